import type { Database } from "../../prisma/database.ts"
import type { RowChange } from "../../prisma/rows.ts"
import { type ConversationState, readState } from "../conversation-state.ts"
import type { Said } from "../dialogue/reading.ts"
import type { InboundEvent, Outcome } from "../message.ts"
import type { PublicAnswer } from "../public-answer.ts"
import { createBatches } from "../queues/batches.ts"
import type { GroupCommit } from "../queues/group-commit.ts"
import { readSaid } from "./said.ts"
import { createStoreEvents, type StoredReceipt } from "./store-events.ts"

export interface StoredEvent {
  readonly id: string
  readonly accountId: string
  readonly peerId: string
  readonly conversationId: string
  readonly said: Said
  readonly sentAt: Date
  readonly conversation: {
    readonly version: number
    readonly context: unknown
    readonly state: ConversationState
    readonly createdAt: Date
    readonly updatedAt: Date
  }
}

export interface Inbox {
  /** Stores what is new and tells the row of each event, in order; resolves after the commit. */
  store(events: readonly InboundEvent[]): Promise<readonly StoredReceipt[]>
  /** Null when the event has been handled already. */
  readPending(eventId: string): Promise<StoredEvent | null>
  /** What is still to be handled, oldest first. */
  pending(): Promise<readonly { readonly id: string; readonly conversationId: string; readonly accountId: string }[]>
  /** Counts a failed attempt and returns how many there are now. */
  noteFault(eventId: string, error: string): Promise<number>
  outcome(eventId: string): Promise<Outcome | null>
}

/** What replaces the payload once an event is done: the citizen's raw words are kept no longer than needed. */
interface DonePayload {
  readonly heard: string | null
  readonly outcome: Outcome["kind"]
}

interface Dependencies {
  readonly db: Database
  readonly commits: GroupCommit
  readonly now: () => Date
  readonly newId: () => string
}

/** The book of what arrived: written before anything is acknowledged. */
export function createInbox(dependencies: Dependencies): Inbox {
  const { db, commits } = dependencies
  const storeEvents = createStoreEvents(dependencies)
  const store = commits.kind(async (tx, batches: readonly (readonly InboundEvent[])[]) => {
    const receipts = [...(await storeEvents(tx, batches.flat()))]
    return batches.map((events) => receipts.splice(0, events.length))
  })
  const readAll = createBatches((eventIds: readonly string[]) => readPending(db, eventIds))
  return {
    store,
    readPending: async (eventId) => (await readAll([eventId]))[0] ?? null,
    pending: () =>
      db.inboxEvent.findMany({
        where: { state: "pending" },
        orderBy: { receivedAt: "asc" },
        select: { id: true, conversationId: true, accountId: true },
      }),
    async noteFault(eventId, error) {
      const data = { attempts: { increment: 1 }, error }
      return (await db.inboxEvent.update({ where: { id: eventId }, data, select: { attempts: true } })).attempts
    },
    outcome: (eventId) => readOutcome(db, eventId),
  }
}

/** The events that are still to be handled, each with its conversation as it is now; null in the place of any other. */
async function readPending(db: Database, eventIds: readonly string[]): Promise<readonly (StoredEvent | null)[]> {
  const where = { id: { in: [...eventIds] }, state: "pending" }
  const rows = await db.inboxEvent.findMany({ where, include: { conversation: true } })
  const events = new Map(
    rows.map(({ id, accountId, conversationId, sentAt, payload, conversation: { state, ...conversation } }) => {
      const place = { id, accountId, peerId: conversation.peerId, conversationId, sentAt }
      return [id, { ...place, conversation: { ...conversation, state: readState(state) }, said: readSaid(payload) }]
    }),
  )
  return eventIds.map((id) => events.get(id) ?? null)
}

/** How an event is closed, in the transaction that records what it led to. A failed one keeps its words: staff must be able to answer it. */
export function closing(event: { id: string; at: Date; failed: boolean; done: DonePayload }): RowChange<"InboxEvent"> {
  const { heard, outcome } = event.done
  const data = event.failed ? { state: "failed" } : { state: "done", payload: { type: "done", heard: heard ?? "", outcome }, error: null }
  return { where: { id: event.id }, data: { ...data, handledAt: event.at } }
}

async function readOutcome(db: Database, eventId: string): Promise<Outcome | null> {
  const answer = await db.answer.findUnique({ where: { inboxEventId: eventId }, select: { body: true } })
  if (answer) return { kind: "answered", answer: answer.body as unknown as PublicAnswer }
  const event = await db.inboxEvent.findUnique({ where: { id: eventId }, select: { state: true, payload: true } })
  if (event?.state !== "done") return null
  const { outcome } = event.payload as { outcome?: string }
  return { kind: outcome === "too_many" || outcome === "held" ? outcome : "replied" }
}
