import type { Database, JsonObject, Transaction } from "../../prisma/database.ts"
import { type ConversationState, readState } from "../conversation-state.ts"
import type { Said } from "../dialogue/reading.ts"
import type { InboundEvent, Outcome } from "../message.ts"
import type { PublicAnswer } from "../public-answer.ts"
import { createBatches } from "../queues/batches.ts"
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

/** The book of what arrived: written before anything is acknowledged. */
export function createInbox(dependencies: { db: Database; now: () => Date; newId: () => string }): Inbox {
  const { db } = dependencies
  return {
    store: createBatches(createStoreEvents(dependencies)),
    async readPending(eventId) {
      const row = await db.inboxEvent.findUnique({ where: { id: eventId }, include: { conversation: true } })
      if (row?.state !== "pending") return null
      const { id, accountId, conversationId, sentAt } = row
      const conversation = { ...row.conversation, state: readState(row.conversation.state) }
      return { id, accountId, conversationId, sentAt, conversation, peerId: conversation.peerId, said: readSaid(row.payload) }
    },
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

/** Closes an event inside the transaction that records what it led to. A failed one keeps its words: staff must be able to answer it. */
export async function closeEvent(tx: Transaction, event: { id: string; at: Date; failed: boolean; done: DonePayload }): Promise<void> {
  const { heard, outcome } = event.done
  const payload: JsonObject = { type: "done", heard: heard ?? "", outcome }
  const data = event.failed ? { state: "failed" } : { state: "done", payload, error: null }
  await tx.inboxEvent.updateMany({ where: { id: event.id }, data: { ...data, handledAt: event.at } })
}

async function readOutcome(db: Database, eventId: string): Promise<Outcome | null> {
  const answer = await db.answer.findUnique({ where: { inboxEventId: eventId }, select: { body: true } })
  if (answer) return { kind: "answered", answer: answer.body as unknown as PublicAnswer }
  const event = await db.inboxEvent.findUnique({ where: { id: eventId }, select: { state: true, payload: true } })
  if (event?.state !== "done") return null
  const { outcome } = event.payload as { outcome?: string }
  return { kind: outcome === "too_many" || outcome === "held" ? outcome : "replied" }
}
