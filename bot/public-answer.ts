import type { Answer } from "../rag/types.ts"

/** What leaves the house of an answer: the contract of `ask --json` and `POST /api/chat`. */
export type PublicAnswer = Pick<Answer, "id" | "status" | "text" | "procedure" | "fields" | "candidates" | "citations" | "choices" | "ms">

/** Lists the members that leave; the masked question, the trace and the context stay. */
export function toPublicAnswer(answer: Answer): PublicAnswer {
  const { id, status, text, procedure, fields, candidates, citations, choices, ms } = answer
  return { id, status, text, ...(procedure ? { procedure } : {}), fields, candidates, citations, choices, ms }
}
