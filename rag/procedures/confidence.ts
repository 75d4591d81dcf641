import { kindOf } from "../index/analyzer.ts"
import type { Reading } from "../understand/reading.ts"
import type { ProcedureIndex } from "./procedure-index.ts"
import { EXACT_SCORE, type Ranked } from "./ranking.ts"

/**
 * Logistic regression (Platt 1999) on the signs of the best candidate, fitted on the development questions, on the same
 * questions with the right procedure taken away, and on questions about procedures that are not in the knowledge.
 */
const MODEL = {
  bias: -8.79,
  questionCoverage: 3.09,
  titleCoverage: 4.6,
  body: -1.54,
  similarity: 1.04,
  lead: 4.06,
  agreement: 0.09,
  syllables: 2.02,
  pairs: 3.04,
  missed: -0.58,
} as const
const MAX_LEAD = 0.5
/** Weight of a very rare pair: brings the heaviest missing one to about 1. */
const RARE = 8
/** Words below this weight only hold the question together. */
const CONTENT = 0.5

/** Probability that the best candidate is the procedure meant, 0 to 1. */
export function confidenceOf(
  best: Ranked,
  { next, reading, index }: { next: Ranked | null; reading: Reading; index: ProcedureIndex },
): number {
  if (best.score >= EXACT_SCORE) return 1
  const { questionCoverage, titleCoverage, body, similarity } = best.features
  const { share, missed } = pairsIn(best.procedure, reading, index)
  const sum =
    MODEL.bias +
    MODEL.questionCoverage * questionCoverage +
    MODEL.titleCoverage * titleCoverage +
    MODEL.body * body +
    MODEL.similarity * similarity +
    MODEL.lead * Math.min(MAX_LEAD, best.score - (next?.score ?? 0)) +
    MODEL.agreement * Math.sqrt(questionCoverage * titleCoverage) +
    MODEL.syllables * index.explained(reading.content, best.procedure) +
    MODEL.pairs * share +
    MODEL.missed * (missed / RARE)
  return 1 / (1 + Math.exp(-sum))
}

/**
 * What of the question's two-syllable words stands in the procedure: "lương hưu" missing from it tells more than many small
 * words found. Pairs that no procedure holds are the story or a slip, and count neither way.
 */
function pairsIn(procedure: number, { terms }: Reading, index: ProcedureIndex): { share: number; missed: number } {
  let all = 0
  let held = 0
  let missed = 0
  for (const { term, weight } of terms) {
    if (weight < CONTENT || kindOf(term) !== "pair" || !index.known(term)) continue
    const worth = weight * index.idf(term)
    all += worth
    if (index.holds(term, procedure)) held += worth
    else missed = Math.max(missed, worth)
  }
  return { share: all === 0 ? 1 : held / all, missed }
}
