import type { Procedure } from "../../knowledge/procedure.ts"
import { kindOf } from "../index/analyzer.ts"
import { higherLevelWords, lacksHigherLevel } from "../understand/higher-levels.ts"
import type { Reading } from "../understand/reading.ts"
import type { ProcedureIndex } from "./procedure-index.ts"
import { EXACT_SCORE, type Ranked } from "./ranking.ts"

/**
 * Logistic regression (Platt 1999) on the signs of the best candidate. Fitted on the development questions over knowledge
 * of three sizes, on questions about procedures that are not in the knowledge, and, with little weight, on the same questions
 * over a few procedures only and with the right procedure taken away; five-fold cross-validated.
 */
const MODEL = { bias: -5.15, titleCoverage: 3.03, names: 3.47, similarity: 3.05, lead: 2.26, explained: -2.16, pairs: 1.21 } as const
const MAX_LEAD = 0.5
/** Words below this weight only hold the question together. */
const CONTENT = 0.5

/** A matter of another level of government is named that the candidate's names lack. Set by hand, on the careful side. */
const OF_HIGHER_LEVEL = -1.5

interface Signs {
  readonly next: Ranked | null
  readonly reading: Reading
  readonly index: ProcedureIndex
  readonly record: Procedure
}

/** Probability that the best candidate is the procedure meant, 0 to 1. */
export function confidenceOf(best: Ranked, { next, reading, index, record }: Signs): number {
  if (best.score >= EXACT_SCORE) return 1
  const { titleCoverage, names, similarity } = best.features
  const heard = heardOf(reading, index)
  const sum =
    MODEL.bias +
    MODEL.titleCoverage * titleCoverage +
    MODEL.names * names * heard +
    MODEL.similarity * similarity +
    MODEL.lead * Math.min(MAX_LEAD, best.score - (next?.score ?? 0)) +
    // Words that only the long text holds count less than those in a name.
    MODEL.explained * index.explained(reading.content, best.procedure) * heard +
    MODEL.pairs * pairsHeld(best.procedure, reading, index) +
    (lacksHigherLevel(higherLevelWords(reading.tokens), record) ? OF_HIGHER_LEVEL : 0)
  return 1 / (1 + Math.exp(-sum))
}

/** Share of the syllables searched for, as written or as meant, that any procedure knows: of dinosaurs none does. */
function heardOf({ terms }: Reading, index: ProcedureIndex): number {
  const syllables = terms.filter(({ term, weight }) => weight >= CONTENT && kindOf(term) === "syllable")
  const heard = syllables.filter(({ term }) => index.known(term))
  return syllables.length === 0 ? 0 : heard.length / syllables.length
}

/**
 * Share of the question's two-syllable words that stands in the procedure: "lương hưu" missing from it tells more than many
 * small words found. Pairs that no procedure holds are the story or a slip, and count neither way.
 */
function pairsHeld(procedure: number, { terms }: Reading, index: ProcedureIndex): number {
  let all = 0
  let held = 0
  for (const { term, weight } of terms) {
    if (weight < CONTENT || kindOf(term) !== "pair" || !index.known(term)) continue
    const worth = weight * index.idf(term)
    all += worth
    if (index.holds(term, procedure)) held += worth
  }
  return all === 0 ? 1 : held / all
}
