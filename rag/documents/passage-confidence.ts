import type { RankedPassage } from "./passage-ranking.ts"

/**
 * Logistic regression (Platt 1999) on the signs of the best passage. Fitted on 1,490 readings of the development questions,
 * each as written and without marks, against five documents and against their raw scans: 216 that the document answers; all
 * that ask for procedures or are out of scope, which no document answers, count a quarter each. Log loss in cross-validation
 * by question: 0.208. Likeness, explained share and share of pairs bring nothing beside these signs.
 */
const MODEL = { bias: -4.04, keyword: 3.42, evidence: 2.74, place: 4.03, meant: -2.47 } as const
/** A short question may repeat a heading: more than this is no better. */
const MAX_KEYWORD = 1.3

/** Probability that the passage answers the question, 0 to 1. */
export function passageConfidence({ signs }: Pick<RankedPassage, "signs">): number {
  const sum =
    MODEL.bias +
    MODEL.keyword * Math.min(signs.keyword, MAX_KEYWORD) +
    MODEL.evidence * Math.log1p(signs.evidence) +
    MODEL.place * signs.place +
    (signs.meant ? MODEL.meant : 0)
  return 1 / (1 + Math.exp(-sum))
}
