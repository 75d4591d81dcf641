import type { Procedure } from "../../knowledge/procedure.ts"
import type { Draft } from "../pipeline.ts"
import type { Ranked } from "../procedures/ranking.ts"
import type { Field } from "../types.ts"
import { foldedSyllables } from "../vietnamese/syllables.ts"
import { pastProcedure } from "../validity.ts"

/** Those further behind in score are no rivals. */
const NEAR = 0.2
/** Names that fit this much less are no rivals. */
const LESS_FITTING = 0.1
/** Of two names one may hold this much less of the question's words. */
const LESS_HELD = 0.01
/** Choices that share more of their words than this, the question's own aside, are one choice to a citizen. */
const ALIKE = 0.6
const MAX_OPTIONS = 3

/** The part of a record that answers for each field. */
const PART: Readonly<Record<Field, (procedure: Procedure) => unknown>> = {
  dossier: (p) => p.dossier,
  fee: (p) => p.methods,
  time: (p) => p.methods,
  place: (p) => [p.place, p.authority],
  steps: (p) => p.steps,
  online: (p) => p.methods,
  subjects: (p) => p.subjects,
  conditions: (p) => p.conditions,
  result: (p) => p.results,
  legalBasis: (p) => p.legalBasis,
  forms: (p) => [p.forms, p.dossier],
}
/** What is shown when nothing is asked for by name. */
const SHOWN: readonly Field[] = ["dossier", "fee", "place"]

/** Signs by which a procedure is rarer than another: circumstances nobody asked for, another place's copy, an older record. */
const RARITY = ["unasked", "locality", "legacy"] as const

/** Circumstances of its name that the citizen's words call for: the name with more of them is the one meant. */
export const calledFor = ({ parts }: Ranked): number => parts["asked"] ?? 0

/** True when nothing makes the procedure rarer than the other one. */
export const asEveryday = (ranked: Ranked, than: Ranked): boolean =>
  RARITY.every((sign) => (ranked.parts[sign] ?? 0) >= (than.parts[sign] ?? 0))

/**
 * Everyday procedures that the question fits as well as the best one, and that answer otherwise: "mai táng phí" is paid for
 * several kinds of people. Where their records say the same, it does not matter which of them is meant.
 */
export function openRivals(best: Ranked, others: readonly Ranked[], draft: Draft): Ranked[] {
  const record = recordAt(draft, best)
  return others.filter(
    (r) =>
      best.score - r.score < NEAR &&
      isValid(draft, r) &&
      asEveryday(r, best) &&
      calledFor(r) >= calledFor(best) &&
      holdsAsMuch(r, best) &&
      (r.features.titleCoverage > best.features.titleCoverage - LESS_FITTING || isOneMatter(best, r, draft)) &&
      answersOtherwise(record, recordAt(draft, r), draft.fields),
  )
}

/** Of the question's words. */
export const holdsAsMuch = (r: Ranked, best: Ranked) => r.features.names >= best.features.names - LESS_HELD

/** Names that begin alike, and the question calls for nothing of what comes after in the best one. */
function isOneMatter(best: Ranked, other: Ranked, draft: Draft): boolean {
  const name = nameOf(draft, best)
  const shared = sharedStart(name, nameOf(draft, other))
  const called = (draft.reading?.content ?? []).filter((word) => name.includes(word))
  return shared.length >= SHARED_NAME && called.length > 0 && called.every((word) => shared.includes(word))
}

function answersOtherwise(a: Procedure | undefined, b: Procedure | undefined, asked: readonly Field[]): boolean {
  if (!a || !b) return false
  return (asked.length > 0 ? asked : SHOWN).some((field) => JSON.stringify(PART[field](a)) !== JSON.stringify(PART[field](b)))
}

/** At most three choices, first the best and its true rivals, then others that differ: no copies, everyday ones first. */
export function distinctOptions(best: Ranked, { rivals, others }: { rivals: readonly Ranked[]; others: readonly Ranked[] }, draft: Draft) {
  const asked = new Set(draft.reading?.tokens.map((token) => token.folded))
  const wordsOf = (r: Ranked) =>
    new Set(foldedSyllables(recordAt(draft, r)?.name ?? "").filter((word) => !asked.has(word) && !EMPTY.has(word)))
  const options = [best, ...rivals].slice(0, MAX_OPTIONS)
  const fits = (r: Ranked) => rivals.length === 0 || (holdsAsMuch(r, best) && asEveryday(r, best))
  const valid = others.filter((r) => isValid(draft, r) && !options.includes(r) && fits(r))
  const everyday = valid.filter((r) => asEveryday(r, best))
  for (const candidate of [...everyday, ...valid.filter((r) => !everyday.includes(r))]) {
    if (options.length >= MAX_OPTIONS) break
    if (options.every((option) => shareOf(wordsOf(option), wordsOf(candidate)) <= ALIKE)) options.push(candidate)
  }
  return options
}

const EMPTY: ReadonlySet<string> = new Set(["thu", "tuc"])

/** What two sets have in common (Jaccard). */
function shareOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((word) => b.has(word)).length
  const all = a.size + b.size - common
  return all === 0 ? 1 : common / all
}

/** Syllables that names must share before they count as one matter: "đăng ký lại" alone says too little. */
export const SHARED_NAME = 4

/** Folded syllables of a procedure's name. */
export const nameOf = (draft: Draft, ranked: Ranked): readonly string[] =>
  foldedSyllables((recordAt(draft, ranked)?.name ?? "").replace(/^thủ tục\s+/iu, ""))

export function sharedStart(a: readonly string[], b: readonly string[]): readonly string[] {
  const end = a.findIndex((syllable, i) => syllable !== b[i])
  return end < 0 ? a : a.slice(0, end)
}

const recordAt = ({ live }: Draft, { procedure }: Ranked): Procedure | undefined => live.base.procedures[procedure]

function isValid(draft: Draft, ranked: Ranked): boolean {
  const record = recordAt(draft, ranked)
  return record !== undefined && pastProcedure(record, draft.today) === null
}
