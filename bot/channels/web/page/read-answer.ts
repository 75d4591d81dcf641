import type { Answer } from "./types.ts"

/** An answer as the page relies on it: the lists are there, if empty. */
export function readAnswer(answer: Partial<Answer> & Pick<Answer, "id">): Answer {
  return { status: "", text: "", ...answer, citations: answer.citations ?? [], choices: answer.choices ?? [] }
}
