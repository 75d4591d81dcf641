import type { RankedPassage } from "./passage-ranking.ts"

/** Logistic regression (Platt 1999) on the signs of the best passage, fitted on questions that documents answer and on others. */
const MODEL = { bias: -3.2, keyword: 4.6, similarity: 3.6, explained: -0.75, pairs: 0.6, evidence: -0.18, place: 3.1 } as const

/** Probability that the passage answers the question, 0 to 1. */
export function passageConfidence({ signs }: RankedPassage): number {
  const sum =
    MODEL.bias +
    MODEL.keyword * signs.keyword +
    MODEL.similarity * signs.similarity +
    MODEL.explained * signs.explained +
    MODEL.pairs * signs.pairs +
    MODEL.evidence * Math.log1p(signs.evidence) +
    MODEL.place * signs.place
  return 1 / (1 + Math.exp(-sum))
}
