import { kindOf } from "../index/analyzer.ts"
import type { SourcedPassage } from "./passage.ts"
import type { PassageQuery } from "./passage-query.ts"
import type { FoundPassage, PassageIndex } from "./passage-index.ts"
import type { NamedPlace } from "./places.ts"

/** Worth of the signs that a passage answers; see RANKING for procedures. */
export const PASSAGE_RANKING = { keyword: 1, similarity: 0.2, pairs: 0.3, elsewhere: -0.4, wide: 0.06 } as const

/** A passage with the signs by which it is chosen. */
export interface RankedPassage {
  readonly passage: SourcedPassage
  /** Its place among the passages of the index: its neighbours stand beside it. */
  readonly position: number
  readonly score: number
  readonly signs: PassageSigns
}

export interface PassageSigns {
  readonly keyword: number
  readonly similarity: number
  /** Share of the weight of the question's content syllables that the passage and its headings hold. */
  readonly explained: number
  /** Share of the weight of the question's neighbouring pairs that they hold: words, not only syllables. */
  readonly pairs: number
  /** The shared pairs counted in pairs that stand nowhere else: long stories share a small part of much. */
  readonly evidence: number
  /** 1: of the place that the question names; -1: of another; 0: none is named, or the passage is for everybody. */
  readonly place: number
  /** The question calls for a procedure by one of the everyday names that the language tables know. */
  readonly meant: boolean
}

/** Orders passages. Words that only name the place choose the document and are no sign of its content. */
export function rankPassages(
  { content: all, meant }: PassageQuery,
  found: readonly FoundPassage[],
  { index, places }: { index: PassageIndex; places: readonly NamedPlace[] },
): RankedPassage[] {
  const content = all.filter((t) => t.weight >= 0.5).map(({ term, weight }) => ({ term, worth: weight * index.idf(term) }))
  const asked = {
    syllables: content.filter((t) => kindOf(t.term) === "syllable"),
    pairs: content.filter((t) => kindOf(t.term) === "pair"),
  }
  // A place that documents speak for chooses among them; what covers it (its city, its province) stays.
  const known = found.some(({ passage }) => placeOf(passage, places) > 0)
  const fitting = known ? found.filter(({ passage }) => placeOf(passage, places) >= 0 || passage.wide) : found
  const unseen = index.idf("")
  const ranked = fitting.map(({ passage, position, keyword, similarity }): RankedPassage => {
    const place = placeOf(passage, places)
    const syllables = shareOf(asked.syllables, position, index)
    const pairs = shareOf(asked.pairs, position, index)
    const signs = { keyword, similarity, explained: syllables.share, pairs: pairs.share, evidence: pairs.mass / unseen, place, meant }
    const score =
      PASSAGE_RANKING.keyword * keyword +
      PASSAGE_RANKING.similarity * similarity +
      PASSAGE_RANKING.pairs * pairs.share +
      (place < 0 ? PASSAGE_RANKING.elsewhere : 0) +
      (passage.wide && places.length === 0 ? PASSAGE_RANKING.wide : 0)
    return { passage, position, score, signs }
  })
  return ranked.sort((a, b) => b.score - a.score)
}

function placeOf(passage: SourcedPassage, places: readonly NamedPlace[]): number {
  if (places.length === 0 || passage.place === null) return 0
  return places.some((p) => p.name === passage.place) ? 1 : -1
}

interface Worth {
  readonly term: string
  readonly worth: number
}

function shareOf(terms: readonly Worth[], position: number, index: PassageIndex): { share: number; mass: number } {
  let mass = 0
  let all = 0
  for (const { term, worth } of terms) {
    all += worth
    if (index.has(term, position)) mass += worth
  }
  return { share: all === 0 ? 0 : mass / all, mass }
}
