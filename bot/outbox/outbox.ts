import type { Database } from "../../prisma/database.ts"
import type { Logger } from "../logger.ts"
import type { Attachment, Channel } from "../message.ts"
import { afterTimeout, createAlarms, type Later } from "../queues/alarms.ts"
import { createBatches } from "../queues/batches.ts"
import type { GroupCommit } from "../queues/group-commit.ts"
import { createLanes, type Lanes } from "../queues/lanes.ts"
import { createDeliver, type StoredAttachment } from "./delivery.ts"
import type { Row } from "./row.ts"

export interface Outbox {
  /** Settles what a crash left half-done on this channel and begins to send there. */
  open(channel: Channel): Promise<void>
  /** Begins nothing more there and waits a while for what has begun; what is pending waits for the channel's return. */
  close(accountId: string): Promise<void>
  /** Something was written for this conversation. */
  readonly wake: (conversation: { readonly conversationId: string; readonly accountId: string }) => void
  /** Begins nothing more, and waits a few seconds for what has begun. */
  stop(): Promise<void>
}

interface Dependencies {
  readonly db: Database
  readonly commits: GroupCommit
  readonly now: () => Date
  readonly logger: Logger
  readonly openAttachment?: (stored: StoredAttachment) => Attachment
  /** Runs something after a time and returns how to call it off. */
  readonly later?: Later
}

interface Account {
  readonly channel: Channel
  readonly lanes: Lanes
  /** The platform takes nothing from this account before (ms). */
  heldUntil: number
}

const WIDTH = 32
/** How long the end waits for what is being sent: an upload may hang for minutes, and the program has ten seconds. */
const STOP_WITHIN_MS = 4000

/** The one gate to citizens: sends the rows of each conversation in order, different conversations side by side. */
export function createOutbox(dependencies: Dependencies): Outbox {
  const { db, now, logger, later = afterTimeout } = dependencies
  const deliver = createDeliver(dependencies)
  const nextOf = createBatches((conversationIds: readonly string[]) => waitingIn(db, conversationIds))
  const accounts = new Map<string, Account>()
  const alarms = createAlarms(later)
  const onError = (error: unknown) => {
    logger.error({ error: error instanceof Error ? error.name : typeof error }, "Outbox could not be worked off")
  }
  let stopped = false

  const wake: Outbox["wake"] = ({ conversationId, accountId }) => {
    const account = accounts.get(accountId)
    if (!stopped && account) account.lanes.run(conversationId, () => sendNext(conversationId, account))
  }
  const sendNext = async (conversationId: string, account: Account) => {
    const [waiting] = await nextOf([conversationId])
    const [row, another] = waiting ?? []
    if (!row) return
    const early = Math.max(row.notBefore.getTime(), account.heldUntil) - now().getTime()
    if (early > 0) {
      alarms.set(conversationId, early, () => wake(row))
      return
    }
    const { state, accountHeldMs } = await deliver(row, account.channel)
    if (accountHeldMs > 0) account.heldUntil = now().getTime() + accountHeldMs
    if (another || state === "pending") wake(row)
  }
  return {
    wake,
    async open(channel) {
      const { accountId } = channel
      // Each account has lanes of its own: a platform that is slow or away holds up nobody on another one.
      accounts.set(accountId, { channel, lanes: createLanes({ width: WIDTH, onError }), heldUntil: 0 })
      await recover(db, channel)
      const select = { conversationId: true, accountId: true }
      const where = { state: "pending", accountId }
      const rows = await db.outboxMessage.findMany({ where, select, orderBy: { createdAt: "asc" }, distinct: ["conversationId"] })
      rows.forEach(wake)
    },
    async close(accountId) {
      const account = accounts.get(accountId)
      accounts.delete(accountId)
      if (account) await endWithin(account.lanes, later)
    },
    async stop() {
      stopped = true
      alarms.stop()
      await Promise.all([...accounts.values()].map(({ lanes }) => endWithin(lanes, later)))
    },
  }
}

/** What waits in each of the conversations, oldest first; asked for together, because each question to the database has its price. */
async function waitingIn(db: Database, conversationIds: readonly string[]): Promise<readonly (readonly Row[])[]> {
  const where = { conversationId: { in: [...conversationIds] }, state: "pending" }
  const rows = await db.outboxMessage.findMany({ where, orderBy: { createdAt: "asc" } })
  const byConversation = new Map(conversationIds.map((id) => [id, [] as Row[]]))
  for (const row of rows) byConversation.get(row.conversationId)?.push(row)
  return conversationIds.map((id) => byConversation.get(id) ?? [])
}

/** What was being sent when the program died may have arrived: only a channel that does not mind gets it again. */
async function recover(db: Database, { accountId, resendIsHarmless }: Channel): Promise<void> {
  const data = resendIsHarmless ? { state: "pending" } : { state: "unknown", failure: "unknown: interrupted" }
  await db.outboxMessage.updateMany({ where: { accountId, state: "sending" }, data })
}

/** What still hangs then stays "sending": the next start does not know whether it arrived, as after a kill. */
const endWithin = (lanes: Lanes, later: Later) =>
  new Promise<void>((resolve) => {
    const callOff = later(STOP_WITHIN_MS, resolve)
    void lanes.stop().then(callOff).then(resolve)
  })
