import type { Procedure } from "../../knowledge/procedure.ts"
import { accented, analyze, kindOf, termsOf } from "../index/analyzer.ts"
import { higherLevelWords, lacksHigherLevel } from "../understand/higher-levels.ts"
import { isMarked } from "../understand/marked.ts"
import type { Reading } from "../understand/reading.ts"
import { fold } from "../vietnamese/fold.ts"
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

/** Set by hand, on the careful side; on the development questions none costs a right answer. */
const CAREFUL = {
  /** A matter of another level of government is named that the candidate's names lack. */
  higherLevel: -1.5,
  /** A benefit is asked for that the candidate does not speak of at all. */
  otherAim: -2,
  /** An everyday phrase was understood, and the candidate holds little of what it means: the matter is another one. */
  otherMeaning: -1.1,
  /** Most of what was asked stands in the candidate without its marks only: "chó" is not "cho". */
  lettersOnly: -3,
} as const
const pairsOf = (...phrases: readonly string[]): ReadonlySet<string> =>
  new Set(phrases.flatMap((phrase) => analyze(phrase).filter((term) => kindOf(term) === "pair")))
/** What is paid out: who names it wants it. */
export const BENEFITS = pairsOf("trợ cấp", "phụ cấp", "học bổng", "bồi thường", "khen thưởng")
/** What is asked for by its own name, whatever happened before: "đi nghĩa vụ về, xin trợ cấp" is no matter of enlisting. */
const AIMS: ReadonlySet<string> = new Set([...BENEFITS, ...pairsOf("lương hưu", "thất nghiệp", "mai táng")])
/** Of a meaning's weight, and of the question's. */
const LITTLE = 0.5
const MOST = 0.6
/** From here on the question names the candidate in its own words. */
const NAMED = 0.65

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
    (lacksHigherLevel(higherLevelWords(reading.tokens), record) ? CAREFUL.higherLevel : 0) +
    (lacks(AIMS, best.procedure, { reading, index }) ? CAREFUL.otherAim : 0) +
    (titleCoverage < NAMED ? doubtOf(best, reading, index) : 0)
  return 1 / (1 + Math.exp(-sum))
}

/** True when the question names one of the aims, and the procedure does not speak of it at all. */
export function lacks(
  aims: ReadonlySet<string>,
  procedure: number,
  { reading, index }: { readonly reading: Reading; readonly index: ProcedureIndex },
): boolean {
  return reading.terms.some(({ term, weight }) => weight >= CONTENT && aims.has(term) && !index.holds(term, procedure))
}

/** For what the question does not name in its own words. */
function doubtOf({ procedure, parts }: Ranked, reading: Reading, index: ProcedureIndex): number {
  // "bàn ghế" without marks is no sale of a boat where the record speaks of "bàn ghế".
  const saidSo = shareOf(reading.said, { index, isIn: (term) => index.holds(term, procedure), nothing: 0 })
  const meant = meaningHeld(procedure, reading, index)
  const isOther = saidSo < LITTLE && ((parts["asked"] ?? 0) === 0 ? meant < LITTLE : meant === 0)
  return (isOther ? CAREFUL.otherMeaning : 0) + (lettersOnly(procedure, reading, index) > MOST ? CAREFUL.lettersOnly : 0)
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
function pairsHeld(procedure: number, reading: Reading, index: ProcedureIndex): number {
  let all = 0
  let held = 0
  const others = otherReadings(procedure, reading, index)
  for (const { term, weight } of reading.terms) {
    if (weight < CONTENT || kindOf(term) !== "pair" || !index.known(term) || others.has(term)) continue
    const worth = weight * index.idf(term)
    all += worth
    if (index.holds(term, procedure)) held += worth
  }
  return all === 0 ? 1 : held / all
}

/** Where phrases may mean several things, one is right: pairs that only the others bring do not speak against the procedure. */
function otherReadings(procedure: number, { tokens, meanings }: Reading, index: ProcedureIndex): ReadonlySet<string> {
  if (meanings.length < 2) return NONE
  const pairs = meanings.map((meaning) => analyze(meaning).filter((term) => kindOf(term) === "pair"))
  const shares = pairs.map((own) => shareOf(own, { index, isIn: (term) => index.holds(term, procedure), nothing: 0 }))
  const nearest = pairs[shares.indexOf(Math.max(...shares))] ?? []
  const own = new Set([...nearest, ...termsOf(tokens)])
  return new Set(pairs.flat().filter((term) => !own.has(term)))
}

const NONE: ReadonlySet<string> = new Set()

/**
 * How much of one of the question's meanings stands in the procedure, 0 to 1, the most of any; 1 where there is none. A meaning whose
 * first word is missing is another matter: admission to a school is no "chuyển trường".
 */
function meaningHeld(procedure: number, { meanings }: Reading, index: ProcedureIndex): number {
  if (meanings.length === 0) return 1
  const shares = meanings.map((meaning) => {
    const terms = analyze(meaning).filter((term) => kindOf(term) !== "accented")
    const first = terms.find((term) => kindOf(term) === "pair")
    const isIn = (term: string) => index.holds(term, procedure)
    return first && !isIn(first)
      ? 0
      : shareOf(
          terms.filter((term) => index.known(term)),
          { index, isIn, nothing: 1 },
        )
  })
  return Math.max(...shares)
}

/** Share of the question's content that the procedure holds in another spelling alone; 0 for a question without marks. */
function lettersOnly(procedure: number, { text, tokens, content }: Reading, index: ProcedureIndex): number {
  if (!isMarked(text)) return 0
  const searched = new Set(content)
  const words = tokens.flatMap(({ text: word, folded }) => (searched.has(folded) ? [word === folded ? folded : accented(word)] : []))
  const isIn = (term: string) => {
    const folded = fold(term.slice(1))
    return kindOf(term) === "accented" && index.holds(folded, procedure) && !index.holds(term, procedure)
  }
  return shareOf(words, { index, isIn, nothing: 0 })
}

interface Share {
  readonly index: ProcedureIndex
  readonly isIn: (term: string) => boolean
  readonly nothing: number
}

/** Share of the terms' rarity. */
function shareOf(terms: readonly string[], { index, isIn, nothing }: Share): number {
  const weight = (list: readonly string[]) => list.reduce((sum, term) => sum + index.idf(term), 0)
  const all = weight(terms)
  return all === 0 ? nothing : weight(terms.filter(isIn)) / all
}
