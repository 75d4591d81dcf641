import type { Database } from "../../../prisma/database.ts"
import { appendEvidence } from "../../../prisma/evidence.ts"
import { insertRows } from "../../../prisma/rows.ts"
import type { Answer } from "../../../rag/types.ts"
import { answerEvidence, answerRow } from "../../answer-record.ts"

/** Keeps an answer given in the terminal and appends it to the evidence, as for every other channel. */
export async function recordTerminalAnswer(db: Database, answer: Answer, at: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    await insertRows(tx, "Answer", { rows: [answerRow(answer, { conversationId: null, inboxEventId: null, at })] })
    const body = answerEvidence(answer, { channel: "terminal", citizen: null, heard: answer.maskedQuestion })
    await appendEvidence(tx, { at, kind: "answer", body })
  })
}
