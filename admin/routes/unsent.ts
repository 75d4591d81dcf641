import type { Engine } from "../../bot/engine.ts"
import { textOf } from "../../bot/body.ts"
import type { Body } from "../../bot/message.ts"
import { sendAgain as putBack } from "../../bot/outbox/send-again.ts"
import { NotFoundError } from "../../errors.ts"
import type { Database } from "../../prisma/database.ts"
import { maskPersonalData } from "../../rag/privacy.ts"
import { pageOfQuery } from "../api/page.ts"
import { wrongField } from "../api/refusal.ts"
import { type ApiRoute, read, write } from "../api/route.ts"
import { channelRefusals } from "../channels/texts.ts"
import { listUnsent, sendAgain, type UnsentRow, UNSENT_STATES } from "../contract/unsent.ts"

export interface UnsentDependencies {
  readonly db: Database
  /** Tells the outbox that something waits there. */
  readonly wake: Engine["wake"]
}

/** Messages that did not reach the citizen: reading why, and sending them again. */
export const unsentRoutes = (dependencies: UnsentDependencies): ApiRoute[] => [listing(dependencies), sendingAgain(dependencies)]

function listing({ db }: UnsentDependencies): ApiRoute {
  return read(listUnsent, async ({ query }) => {
    const where = { state: { in: query.state ? [query.state] : [...UNSENT_STATES] } }
    const rows = await db.outboxMessage.findMany({ where, ...pageOfQuery(query) })
    const accounts = await db.channelAccount.findMany({ select: { accountId: true, name: true } })
    const names = new Map(accounts.map(({ accountId, name }) => [accountId, name]))
    return { total: await db.outboxMessage.count({ where }), rows: rows.map((row) => rowOf(row, names.get(row.accountId))) }
  })
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
      const { accountId, state, failure } = row
      const details = { channel: accountId, before: { state, reason: failure?.split(": ")[0] ?? "" } }
      const log = { kind: "message.sent_again", subject: `message:${id}`, details }
      const afterwards = () => {
        wake(row)
        return Promise.resolve()
      }
      return { reply: {}, log, afterwards }
    },
  })
}
