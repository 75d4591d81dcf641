import { fold } from "../vietnamese/fold.ts"
import { measuresOf, type Measures } from "./groups.ts"
import type { EvalQuestion } from "./questions.ts"
import type { Judged } from "./run.ts"
import { withSlips } from "./slips.ts"

/** How the same question fares as written, without diacritics, and mistyped. */
export type Twins = Readonly<Record<"original" | "folded" | "slips", Measures>>

/** The question as written by someone who leaves out the marks. */
export const foldedTwin = (question: EvalQuestion) => rewritten(question, fold)

/** The question as written in haste; the same slips on every run. */
export const slippedTwin = (question: EvalQuestion) => rewritten(question, (text) => withSlips(text))

export function twinsOf(judged: Readonly<Record<"original" | "folded" | "slips", readonly Judged[]>>): Twins {
  return { original: measuresOf(judged.original), folded: measuresOf(judged.folded), slips: measuresOf(judged.slips) }
}

/** Who types like this did so in the earlier questions too. */
const rewritten = (question: EvalQuestion, write: (text: string) => string): EvalQuestion => ({
  ...question,
  question: write(question.question),
  ...(question.history ? { history: question.history.map(write) } : {}),
})
