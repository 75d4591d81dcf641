import type { Database, Transaction } from "../prisma/database.ts"
import { appendAllEvidence, type NewEvidence, pseudonym } from "../prisma/evidence.ts"
import type { Answer } from "../rag/types.ts"
import { answerEvidence, answerRow, plainJson } from "./answer-record.ts"
import { bodyOf } from "./body.ts"
import { after, type ConversationState, isHeld, type Move } from "./conversation-state.ts"
import type { Response, Saying } from "./dialogue/respond.ts"
import { closeEvent, type StoredEvent } from "./inbox/inbox.ts"
import { channelOf, type Outcome } from "./message.ts"
import { type Noted, writeNote } from "./notes.ts"
import { createBatches } from "./queues/batches.ts"

export interface Recording {
  readonly event: StoredEvent
  readonly response: Response
  readonly outcome: Outcome["kind"]
  readonly failed: boolean
}

interface Dependencies {
  readonly db: Database
  readonly now: () => Date
  readonly newId: () => string
  readonly pseudonymKey: string
}

/** Somebody else wrote to the conversation since it was read: read it again. */
class ConversationMovedError extends Error {}

/** Writes what an event led to, all of it or nothing: answer, messages, outbox, memory, evidence, and the event is done. */
export function createRecorder(dependencies: Dependencies): (recording: Recording) => Promise<void> {
  const { db } = dependencies
  const writeAll = createBatches((recordings: readonly Recording[]) =>
    db.$transaction(async (tx) => {
      const rows = []
      for (const recording of recordings) rows.push(await write(tx, recording, dependencies))
      // What is only added is added for all at once: each statement has its price.
      await appendAllEvidence(
        tx,
        rows.flatMap(({ evidence }) => evidence),
      )
      await tx.answer.createMany({ data: rows.flatMap(({ answers }) => answers) })
      await tx.message.createMany({ data: rows.flatMap(({ messages }) => messages) })
      await tx.outboxMessage.createMany({ data: rows.flatMap(({ outbox }) => outbox) })
      return recordings
    }),
  )
  return async (recording) => {
    await writeAll([recording])
  }
}

/** Changes what is there already and returns the rows to add. */
async function write(tx: Transaction, recording: Recording, { now, newId, pseudonymKey }: Dependencies) {
  const { event, response, outcome, failed } = recording
  const { conversationId } = event
  // Message times rise strictly within a conversation: they are the cursor of the web stream.
  const first = Math.max(now().getTime(), event.conversation.updatedAt.getTime() + 1)
  const at = (place: number) => new Date(first + place)
  const noted = response.note ? await writeNote(tx, { event, note: response.note, at: at(0) }) : null
  await moveConversation(tx, { event, response, noted, updatedAt: at(response.says.length) })
  const { answer } = response
  const citizen = pseudonym(pseudonymKey, `${event.accountId}:${event.peerId}`)
  const channel = channelOf(event.accountId)
  const heard = response.heard
  const evidence = (told: Answer): NewEvidence => ({
    at: at(0),
    kind: "answer",
    body: answerEvidence(told, { channel, citizen, heard: heard ?? "" }),
  })
  await closeEvent(tx, { id: event.id, at: now(), failed, done: { heard, outcome } })
  const row = { conversationId, createdAt: at(0) }
  const said = response.says.map((saying, i) => messageRow(saying, { id: newId(), conversationId, createdAt: at(i + 1) }))
  const outbox = response.says.map((saying, i) => outboxRow(saying, { event, id: newId(), place: i, createdAt: at(i + 1), now: now() }))
  return {
    evidence: answer ? [evidence(answer)] : [],
    answers: answer ? [answerRow(answer, { conversationId, inboxEventId: event.id, at: at(0) })] : [],
    messages: [
      ...(heard === null ? [] : [heardRow(event, { ...row, id: newId(), heard })]),
      ...(noted?.messages ?? []).map((m) => ({ ...row, id: newId(), ...m })),
      ...said,
    ],
    outbox,
  }
}

interface MoveTo {
  readonly event: StoredEvent
  readonly response: Response
  readonly noted: Noted | null
  readonly updatedAt: Date
}

/** The one place where an event moves its conversation; it fails when somebody else wrote to it since it was read. */
async function moveConversation(tx: Transaction, { event, response, noted, updatedAt }: MoveTo): Promise<void> {
  const { conversationId, conversation } = event
  // A citizen who writes can be written to again.
  const written = noted ? noted.change : { lastCitizenAt: event.sentAt, unreachable: null }
  const move = noted ? noted.move : response.move
  const state = move === null ? {} : stateAfter(conversation.state, move, updatedAt)
  const moved = await tx.conversation.updateMany({
    where: { id: conversationId, version: conversation.version },
    data: { version: conversation.version + 1, context: plainJson(response.memory), updatedAt, ...state, ...written },
  })
  if (moved.count !== 1) throw new ConversationMovedError()
}

function stateAfter(state: ConversationState, move: Move, at: Date) {
  const next = after(state, move)
  return next === null || next === state ? {} : { state: next, stateSince: at, ...(isHeld(next) ? {} : { heldBy: null, heldByName: null }) }
}

function heardRow({ said }: StoredEvent, { heard, ...row }: { id: string; conversationId: string; createdAt: Date; heard: string }) {
  const externalId = said.type === "message" ? (said.messageId ?? null) : null
  return { ...row, direction: "in", text: heard, answerId: null, externalId }
}

function messageRow({ text, answerId }: Saying, row: { id: string; conversationId: string; createdAt: Date }) {
  return { ...row, direction: "out", text, answerId }
}

function outboxRow({ text, choices }: Saying, row: { event: StoredEvent; id: string; place: number; createdAt: Date; now: Date }) {
  const { accountId, peerId, conversationId, id: eventId } = row.event
  return {
    id: row.id,
    idempotencyKey: `${eventId}:${row.place}`,
    accountId,
    peerId,
    conversationId,
    purpose: "reply",
    author: "bot",
    body: plainJson({ body: bodyOf(text), choices: choices.map(({ id, label }) => ({ id, label })) }),
    state: "pending",
    attempts: 0,
    partsSent: 0,
    notBefore: row.now,
    createdAt: row.createdAt,
  }
}
