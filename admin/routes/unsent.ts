import type { Engine } from "../../bot/engine.ts"
import { textOf } from "../../bot/body.ts"
import type { Body } from "../../bot/message.ts"
import { dismiss } from "../../bot/outbox/dismiss.ts"
import { sendAgain as putBack } from "../../bot/outbox/send-again.ts"
import { NotFoundError } from "../../errors.ts"
import type { Database } from "../../prisma/database.ts"
import { maskPersonalData } from "../../rag/privacy.ts"
import { pageOfQuery } from "../api/page.ts"
import { wrongField } from "../api/refusal.ts"
import { type ApiRoute, read, write } from "../api/route.ts"
import { channelRefusals } from "../channels/texts.ts"
import { dismissUnsent, listUnsent, listUnsentChannels, sendAgain, type UnsentRow, UNSENT_STATES } from "../contract/unsent.ts"

export interface UnsentDependencies {
  readonly db: Database
  /** Tells the outbox that something waits there. */
  readonly wake: Engine["wake"]
}

/** Messages that did not reach the citizen: reading why, sending them again, or letting them go. */
export const unsentRoutes = (dependencies: UnsentDependencies): ApiRoute[] => [
  listing(dependencies),
  listingChannels(dependencies),
  sendingAgain(dependencies),
  dismissing(),
]

const ANY_STATE = { in: [...UNSENT_STATES] }

function listing({ db }: UnsentDependencies): ApiRoute {
  return read(listUnsent, async ({ query }) => {
    const where = { state: query.state || ANY_STATE, ...(query.channel ? { accountId: query.channel } : {}) }
    const rows = await db.outboxMessage.findMany({ where, ...pageOfQuery(query) })
    const names = await channelNames(db)
    return { total: await db.outboxMessage.count({ where }), rows: rows.map((row) => rowOf(row, names.get(row.accountId))) }
  })
}

function listingChannels({ db }: UnsentDependencies): ApiRoute {
  return read(listUnsentChannels, async () => {
    const rows = await db.outboxMessage.findMany({
      where: { state: ANY_STATE },
      distinct: ["accountId"],
      orderBy: { accountId: "asc" },
      select: { accountId: true },
    })
    const names = await channelNames(db)
    return { rows: rows.map(({ accountId }) => ({ id: accountId, name: names.get(accountId) ?? accountId })) }
  })
}

/** The names of the accounts that staff set up; others go by their id. */
async function channelNames(db: Database): Promise<ReadonlyMap<string, string>> {
  const accounts = await db.channelAccount.findMany({ select: { accountId: true, name: true } })
  return new Map(accounts.map(({ accountId, name }) => [accountId, name]))
}

const SHOWN_TEXT = 200

interface Stored {
  readonly id: string
  readonly accountId: string
  readonly state: string
  readonly body: unknown
  readonly failure: string | null
  readonly createdAt: Date
}

function rowOf({ id, accountId, state, body, failure, createdAt }: Stored, name: string | undefined): UnsentRow {
  const [reason = "", ...detail] = (failure ?? "").split(": ")
  const text = maskPersonalData(textOf((body as { body: Body }).body)).text
  return {
    ...{ id, reason, at: createdAt.toISOString() },
    channel: name ?? accountId,
    state: state === "failed" ? "failed" : "unknown",
    text: text.length > SHOWN_TEXT ? `${text.slice(0, SHOWN_TEXT)}…` : text,
    // Platforms quote what was refused, numbers of citizens with it.
    detail: maskPersonalData(detail.join(": ")).text,
  }
}

function sendingAgain({ wake }: UnsentDependencies): ApiRoute {
  return write(sendAgain, {
    async act(tx, { params: { id }, body: { mayArriveTwice }, now }) {
      const row = await tx.outboxMessage.findUnique({ where: { id } })
      if (row?.state === "unknown" && !mayArriveTwice) throw wrongField("mayArriveTwice", channelRefusals.mayArriveTwice)
      if (!row || !(await putBack(tx, { id, now }))) throw new NotFoundError("message")
      const log = { kind: "message.sent_again", subject: `message:${id}`, details: detailsOf(row) }
      const afterwards = () => {
        wake(row)
        return Promise.resolve()
      }
      return { reply: {}, log, afterwards }
    },
  })
}

function dismissing(): ApiRoute {
  return write(dismissUnsent, {
    async act(tx, { params: { id } }) {
      const row = await tx.outboxMessage.findUnique({ where: { id } })
      if (!row || !(await dismiss(tx, id))) throw new NotFoundError("message")
      return { reply: {}, log: { kind: "message.dismissed", subject: `message:${id}`, details: detailsOf(row) } }
    },
  })
}

const detailsOf = ({ accountId, state, failure }: Pick<Stored, "accountId" | "state" | "failure">) => ({
  channel: accountId,
  before: { state, reason: failure?.split(": ")[0] ?? "" },
})
