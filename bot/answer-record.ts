import type { JsonObject } from "../prisma/database.ts"
import type { NewRow } from "../prisma/rows.ts"
import type { Answer } from "../rag/types.ts"
import { toPublicAnswer } from "./public-answer.ts"

/** JSON as the database keeps it: members without a value are left out. */
export const plainJson = (value: object): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject

/** The row that keeps an answer: what the citizen got, and what staff need to see why. */
export function answerRow(
  answer: Answer,
  { conversationId, inboxEventId, at }: { conversationId: string | null; inboxEventId: string | null; at: Date },
) {
  return {
    id: answer.id,
    conversationId,
    inboxEventId,
    question: answer.maskedQuestion,
    status: answer.status,
    text: answer.text,
    body: toPublicAnswer(answer),
    trace: { steps: answer.trace, documents: answer.documents, model: answer.model },
    knowledgeVersion: answer.knowledgeVersion,
    ms: answer.ms,
    createdAt: at,
  } satisfies NewRow<"Answer">
}

/** What the evidence keeps of an answer: typed, masked, the citizen only as a pseudonym. */
export function answerEvidence(
  answer: Answer,
  { channel, citizen, heard }: { channel: string; citizen: string | null; heard: string },
): JsonObject {
  return {
    answerId: answer.id,
    status: answer.status,
    channel,
    citizen,
    question: heard,
    procedure: answer.procedure?.code ?? null,
    sources: [...new Set(answer.citations.map(({ sourceId }) => sourceId))],
    knowledgeVersion: answer.knowledgeVersion,
    model: answer.model,
    ms: answer.ms,
  }
}
