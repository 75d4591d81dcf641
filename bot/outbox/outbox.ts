import type { Database } from "../../prisma/database.ts"
import type { Logger } from "../logger.ts"
import type { Channel } from "../message.ts"
import { createLanes, type Lanes } from "../queues/lanes.ts"
import { createDeliver, type Row } from "./delivery.ts"

export interface Outbox {
  /** Settles what a crash left half-done and begins to send. */
  start(): Promise<void>
  /** Something was written for this conversation. */
  wake(conversation: { readonly conversationId: string; readonly accountId: string }): void
  stop(): Promise<void>
}

interface Dependencies {
  readonly db: Database
  readonly channels: readonly Channel[]
  readonly now: () => Date
  readonly logger: Logger
  /** Runs something after a time and returns how to call it off. */
  readonly later?: Later
}

export type Later = (ms: number, run: () => void) => () => void

interface Account {
  readonly channel: Channel
  readonly lanes: Lanes
}

const WIDTH = 8

/** The one gate to citizens: sends the rows of each conversation in order, different conversations side by side. */
export function createOutbox(dependencies: Dependencies): Outbox {
  const { db, now, later = afterTimeout } = dependencies
  const deliver = createDeliver(dependencies)
  const accounts = openAccounts(dependencies)
  const waiting = new Map<string, () => void>()
  let stopped = false

  const wake: Outbox["wake"] = ({ conversationId, accountId }) => {
    const account = accounts.get(accountId)
    if (!stopped && account) account.lanes.run(conversationId, () => sendNext(conversationId, account))
  }
  const sendNext = async (conversationId: string, { channel }: Account) => {
    const where = { conversationId, state: "pending" }
    const [row, another] = await db.outboxMessage.findMany({ where, orderBy: { createdAt: "asc" }, take: 2 })
    if (!row) return
    const early = row.notBefore.getTime() - now().getTime()
    if (early > 0) {
      wait(row, early)
      return
    }
    const state = await deliver(row, channel)
    if (another || state === "pending") wake(row)
  }
  const wait = (row: Row, ms: number) => {
    waiting.get(row.conversationId)?.()
    const run = () => {
      waiting.delete(row.conversationId)
      wake(row)
    }
    waiting.set(row.conversationId, later(ms, run))
  }

  return {
    wake,
    async start() {
      for (const { channel } of accounts.values()) await recover(db, channel)
      const where = { state: "pending", accountId: { in: [...accounts.keys()] } }
      const select = { conversationId: true, accountId: true }
      const rows = await db.outboxMessage.findMany({ where, select, orderBy: { createdAt: "asc" }, distinct: ["conversationId"] })
      rows.forEach(wake)
    },
    async stop() {
      stopped = true
      for (const callOff of waiting.values()) callOff()
      await Promise.all([...accounts.values()].map(({ lanes }) => lanes.stop()))
    },
  }
}

/** Each account has lanes of its own: a platform that is slow or away holds up nobody on another one. */
function openAccounts({ channels, logger }: Dependencies): ReadonlyMap<string, Account> {
  const onError = (error: unknown) => {
    logger.error({ error: error instanceof Error ? error.name : typeof error }, "Outbox could not be worked off")
  }
  return new Map(channels.map((channel) => [channel.accountId, { channel, lanes: createLanes({ width: WIDTH, onError }) }]))
}

/** What was being sent when the program died may have arrived: only a channel that does not mind gets it again. */
async function recover(db: Database, { accountId, resendIsHarmless }: Channel): Promise<void> {
  const data = resendIsHarmless ? { state: "pending" } : { state: "unknown", failure: "unknown: interrupted" }
  await db.outboxMessage.updateMany({ where: { accountId, state: "sending" }, data })
}

const afterTimeout: Later = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => {
    clearTimeout(timer)
  }
}
