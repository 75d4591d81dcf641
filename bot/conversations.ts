import type { Transaction } from "../prisma/database.ts"
import { appendAllEvidence, type NewEvidence, pseudonym } from "../prisma/evidence.ts"
import { insertRows, type NewRow, type RowChange, updateRows } from "../prisma/rows.ts"
import type { Answer } from "../rag/types.ts"
import { answerEvidence, answerRow } from "./answer-record.ts"
import { bodyOf } from "./body.ts"
import { after, type ConversationState, isHeld, type Move } from "./conversation-state.ts"
import type { Response, Saying } from "./dialogue/respond.ts"
import { closing, type StoredEvent } from "./inbox/inbox.ts"
import { channelOf, type Outcome } from "./message.ts"
import { type Noted, writeNote } from "./notes.ts"
import type { GroupCommit } from "./queues/group-commit.ts"

export interface Recording {
  readonly event: StoredEvent
  readonly response: Response
  readonly outcome: Outcome["kind"]
  /** The words of the message that the citizen answered to. */
  readonly quoted: string | null
  readonly failed: boolean
}

interface Dependencies {
  readonly commits: GroupCommit
  readonly now: () => Date
  readonly newId: () => string
  readonly pseudonymKey: string
}

/** Somebody else wrote to the conversation since it was read: read it again. */
class ConversationMovedError extends Error {}

/** Writes what an event led to, all of it or nothing: answer, messages, outbox, memory, evidence, and the event is done. */
export function createRecorder(dependencies: Dependencies): (recording: Recording) => Promise<void> {
  return dependencies.commits.kind(async (tx, recordings: readonly Recording[]) => {
    const written: Written[] = []
    for (const recording of recordings) written.push(await write(tx, recording, dependencies))
    // All of a kind at once: each statement has its price.
    const all = <Row>(rowsOf: (one: Written) => readonly Row[]) => written.flatMap(rowsOf)
    const moved = await updateRows(
      tx,
      "Conversation",
      all(({ move }) => [move]),
    )
    if (moved !== recordings.length) throw new ConversationMovedError()
    await updateRows(
      tx,
      "InboxEvent",
      all(({ closed }) => [closed]),
    )
    await appendAllEvidence(
      tx,
      all(({ evidence }) => evidence),
    )
    await insertRows(tx, "Answer", { rows: all(({ answers }) => answers) })
    await insertRows(tx, "Message", { rows: all(({ messages }) => messages) })
    await insertRows(tx, "OutboxMessage", { rows: all(({ outbox }) => outbox) })
    return recordings.map(() => undefined)
  })
}

/** What one event leads to, table by table. */
interface Written {
  readonly move: RowChange<"Conversation">
  readonly closed: RowChange<"InboxEvent">
  readonly evidence: readonly NewEvidence[]
  readonly answers: readonly NewRow<"Answer">[]
  readonly messages: readonly NewRow<"Message">[]
  readonly outbox: readonly NewRow<"OutboxMessage">[]
}

/** Writes a note, which may touch anything, and returns the rows of everything else. */
async function write(tx: Transaction, recording: Recording, { now, newId, pseudonymKey }: Dependencies): Promise<Written> {
  const { event, response, outcome, quoted, failed } = recording
  const { conversationId } = event
  // Message times rise strictly within a conversation: they are the cursor of the web stream.
  const first = Math.max(now().getTime(), event.conversation.updatedAt.getTime() + 1)
  const at = (place: number) => new Date(first + place)
  const noted = response.note ? await writeNote(tx, { event, note: response.note, at: at(0) }) : null
  const { answer } = response
  const citizen = pseudonym(pseudonymKey, `${event.accountId}:${event.peerId}`)
  const channel = channelOf(event.accountId)
  const heard = response.heard
  const evidence = (told: Answer): NewEvidence => ({
    at: at(0),
    kind: "answer",
    body: answerEvidence(told, { channel, citizen, heard: heard ?? "" }),
  })
  const row = { conversationId, createdAt: at(0) }
  const said = response.says.map((saying, i) => messageRow(saying, { id: newId(), conversationId, createdAt: at(i + 1) }))
  return {
    move: moveOf({ event, response, noted, updatedAt: at(response.says.length) }),
    closed: closing({ id: event.id, at: now(), failed, done: { heard, outcome } }),
    evidence: answer ? [evidence(answer)] : [],
    answers: answer ? [answerRow(answer, { conversationId, inboxEventId: event.id, at: at(0) })] : [],
    messages: [
      ...(heard === null ? [] : [heardRow(event, { ...row, id: newId(), heard, quoted })]),
      ...(noted?.messages ?? []).map((m) => ({ ...row, id: newId(), ...m })),
      ...said,
    ],
    outbox: response.says.map((saying, i) => outboxRow(saying, { event, id: newId(), place: i, createdAt: at(i + 1), now: now() })),
  }
}

interface MoveTo {
  readonly event: StoredEvent
  readonly response: Response
  readonly noted: Noted | null
  readonly updatedAt: Date
}

/** The one place where an event moves its conversation; the row is not found when somebody else wrote to it since it was read. */
function moveOf({ event, response, noted, updatedAt }: MoveTo): RowChange<"Conversation"> {
  const { conversationId, conversation } = event
  // A citizen who writes can be written to again.
  const written = noted ? noted.change : { lastCitizenAt: event.sentAt, unreachable: null }
  const move = noted ? noted.move : response.move
  const state = move === null ? {} : stateAfter(conversation.state, move, updatedAt)
  return {
    where: { id: conversationId, version: conversation.version },
    data: { version: conversation.version + 1, context: response.memory, updatedAt, ...state, ...written },
  }
}

function stateAfter(state: ConversationState, move: Move, at: Date) {
  const next = after(state, move)
  return next === null || next === state ? {} : { state: next, stateSince: at, ...(isHeld(next) ? {} : { heldBy: null, heldByName: null }) }
}

function heardRow(
  { said }: StoredEvent,
  { heard, ...row }: { id: string; conversationId: string; createdAt: Date; heard: string; quoted: string | null },
) {
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
    body: { body: bodyOf(text), choices: choices.map(({ id, label }) => ({ id, label })) },
    state: "pending",
    attempts: 0,
    partsSent: 0,
    notBefore: row.now,
    createdAt: row.createdAt,
  }
}
