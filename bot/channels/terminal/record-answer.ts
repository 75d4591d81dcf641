import { appendEvidence } from "../../../prisma/evidence.ts"
import type { Database, JsonObject } from "../../../prisma/database.ts"
import { toPublicAnswer } from "../../public-answer.ts"
import type { Answer } from "../../../rag/types.ts"

const plain = (value: object) => JSON.parse(JSON.stringify(value)) as JsonObject

/** Keeps an answer given in the terminal and appends it to the evidence, as for every other channel. */
export async function recordTerminalAnswer(db: Database, answer: Answer, at: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.answer.create({
      data: {
        id: answer.id,
        question: answer.maskedQuestion,
        status: answer.status,
        text: answer.text,
        body: plain(toPublicAnswer(answer)),
        trace: plain({ steps: answer.trace, documents: answer.documents, model: answer.model }),
        knowledgeVersion: answer.knowledgeVersion,
        ms: answer.ms,
        createdAt: at,
      },
    })
    const body = {
      answerId: answer.id,
      status: answer.status,
      channel: "terminal",
      citizen: null,
      question: answer.maskedQuestion,
      procedure: answer.procedure?.code ?? null,
      sources: [...new Set(answer.citations.map((c) => c.sourceId))],
      knowledgeVersion: answer.knowledgeVersion,
      model: answer.model,
      ms: answer.ms,
    }
    await appendEvidence(tx, { at, kind: "answer", body })
  })
}
