import type { Database, Transaction } from "../prisma/database.ts"
import { appendEvidence, pseudonym } from "../prisma/evidence.ts"
import { answerEvidence, answerRow, plainJson } from "./answer-record.ts"
import { bodyOf } from "./body.ts"
import type { Response, Saying } from "./dialogue/respond.ts"
import { closeEvent, type StoredEvent } from "./inbox/inbox.ts"
import { channelOf, type Outcome } from "./message.ts"
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
  await move(tx, { event, memory: response.memory, updatedAt: at(response.says.length) })
  const { answer } = response
  const citizen = pseudonym(pseudonymKey, `${event.accountId}:${event.peerId}`)
  const channel = channelOf(event.accountId)
  if (answer)
    await appendEvidence(tx, { at: at(0), kind: "answer", body: answerEvidence(answer, { channel, citizen, heard: response.heard }) })
  await closeEvent(tx, { id: event.id, at: now(), failed, done: { heard: response.heard, outcome } })
  const heard = { id: newId(), conversationId, direction: "in", text: response.heard, answerId: null, createdAt: at(0) }
  const said = response.says.map((saying, i) => messageRow(saying, { id: newId(), conversationId, createdAt: at(i + 1) }))
  const outbox = response.says.map((saying, i) => outboxRow(saying, { event, id: newId(), place: i, createdAt: at(i + 1), now: now() }))
  return {
    answers: answer ? [answerRow(answer, { conversationId, inboxEventId: event.id, at: at(0) })] : [],
    messages: [heard, ...said],
    outbox,
  }
}

async function move(tx: Transaction, to: { event: StoredEvent; memory: object; updatedAt: Date }): Promise<void> {
  const { conversationId, conversation } = to.event
  const moved = await tx.conversation.updateMany({
    where: { id: conversationId, version: conversation.version },
    data: { version: conversation.version + 1, context: plainJson(to.memory), updatedAt: to.updatedAt },
  })
  if (moved.count !== 1) throw new ConversationMovedError()
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
