import type { Procedure } from "../../knowledge/procedure.ts"
import { best } from "../index/best.ts"
import { eachOf } from "../understand/alternatives.ts"
import { type Lexicon, phraseOf } from "../understand/lexicon.ts"
import { contains, lengthAt } from "../understand/phrases.ts"
import type { Reading } from "../understand/reading.ts"
import { fold, tidy } from "../vietnamese/fold.ts"
import { tokenize } from "../vietnamese/syllables.ts"
import { pastProcedure } from "../validity.ts"
import type { ProcedureFeatures } from "./procedure-index.ts"
import { OPENING } from "./titles.ts"

/** What each sign is worth. Fitted on the questions of the development set, rounded; `npm run eval` shows the effect. */
export const RANKING = {
  questionCoverage: 0.5,
  titleCoverage: 0.5,
  names: 0.3,
  body: 0.5,
  similarity: 0.15,
  /** For each rare circumstance in the name that nobody asked for. */
  unaskedVariant: -0.08,
  /** For each circumstance that was asked for and stands in the name. */
  askedVariant: 0.13,
  otherLocality: -0.12,
  /** Decided by a ministry alone: where a province or the commune decides the same, theirs is the one meant. */
  ministry: -0.03,
  legacy: -0.1,
} as const

/** A code that was typed or a procedure that was chosen: above every score that words can reach. */
export const EXACT_SCORE = 3

/** What is known of a procedure before any question. */
export interface ProcedureTraits {
  readonly variants: ReadonlySet<string>
  /** The place that the record is only for, without marks; empty when it is for everyone. */
  readonly locality: string
  readonly ofMinistry: boolean
  /** It is how the thing comes about, not what is done when it is lost, ends or changes. */
  readonly isBeginning: boolean
  /** Procedures of one name are one to a citizen: they share this key. */
  readonly family: string
}

export interface Ranked {
  readonly procedure: number
  readonly score: number
  readonly features: ProcedureFeatures
  readonly parts: Readonly<Record<string, number>>
}

const BEGINNINGS = ["cấp {mới|giấy|thẻ|chứng chỉ|phép|phù hiệu}", "đăng ký {thành lập|doanh nghiệp|tham gia}", "thành lập"]
  .flatMap(eachOf)
  .map(phraseOf)
/** Circumstances of what exists already. */
const AFTERWARDS = ["re_issue", "exchange", "extension"]

/** The rare circumstances that a procedure's name carries, and the family of equal names that it belongs to. */
export function traitsOf(procedure: Procedure, lexicon: Lexicon): ProcedureTraits {
  const tokens = tokenize(tidy(procedure.name))
  const act = tokenize(tidy(procedure.name).replace(OPENING, ""))
  const variants = lexicon.variants
    .filter((v) => v.name.some((phrase) => contains(tokens, phrase)) || v.opens.some((phrase) => lengthAt(act, 0, phrase) > 0))
    .map((v) => v.id)
  return {
    variants: new Set(variants),
    locality: fold(procedure.locality ?? ""),
    isBeginning: BEGINNINGS.some((phrase) => lengthAt(act, 0, phrase) > 0),
    ofMinistry: procedure.levels.length > 0 && procedure.levels.every((level) => level === "ministry"),
    family: fold(procedure.name)
      .replace(/^thu tuc\s+/, "")
      .replace(/[^a-z0-9]+/g, " ")
      .trim(),
  }
}

interface Known {
  readonly procedures: readonly Procedure[]
  readonly traits: readonly ProcedureTraits[]
  /** The province that is home; null when nobody has named the commune. */
  readonly locality: string | null
  /** ISO 8601: a record that ended before is past. */
  readonly today: string
}

/** Orders candidates: everyday procedures before rare variants that were not called for, the commune's own before another province's. */
export function rank(reading: Reading, candidates: readonly ProcedureFeatures[], known: Known): Ranked[] {
  const home = fold(known.locality ?? "")
  const isAfterwards = AFTERWARDS.some((circumstance) => reading.variants.has(circumstance))
  const parts = candidates.map((features) => partsOf(features, { reading, home, isAfterwards, known }))
  const scores = parts.map(sumOf)
  const places = candidates.map((_, i) => i)
  const first = best(places, scores, MAX_RANKED).flatMap(({ position, score }): Ranked[] => {
    const [features, own] = [candidates[position], parts[position]]
    return features && own ? [{ procedure: features.procedure, score, features, parts: own }] : []
  })
  return oneOfEachFamily(first, known)
}

type Parts = Readonly<Record<"question" | "title" | "names" | "body" | "similarity" | "unasked" | "asked" | "locality" | "legacy", number>>

interface Asked {
  readonly reading: Reading
  readonly home: string
  readonly isAfterwards: boolean
  readonly known: Known
}

function partsOf(features: ProcedureFeatures, { reading, home, isAfterwards, known }: Asked): Parts {
  const procedure = known.procedures[features.procedure]
  const traits = known.traits[features.procedure]
  const variants = traits?.variants ?? NO_VARIANTS
  const asked = variants.size === 0 ? 0 : [...variants].filter((v) => reading.variants.has(v)).length
  const isForeign = traits !== undefined && traits.locality !== "" && traits.locality !== home
  return {
    question: RANKING.questionCoverage * features.questionCoverage,
    title: RANKING.titleCoverage * features.titleCoverage,
    names: RANKING.names * features.names,
    body: RANKING.body * features.body,
    similarity: RANKING.similarity * features.similarity,
    unasked: RANKING.unaskedVariant * Math.min(3, variants.size - asked + (isAfterwards && traits?.isBeginning === true ? 1 : 0)),
    asked: RANKING.askedVariant * Math.min(2, asked),
    locality: isForeign ? RANKING.otherLocality : traits?.ofMinistry === true ? RANKING.ministry : 0,
    legacy: procedure?.legacy ? RANKING.legacy : 0,
  }
}

const NO_VARIANTS: ReadonlySet<string> = new Set()

/** Far more than are looked at or offered, copies of one name included. */
const MAX_RANKED = 100

const sumOf = (p: Parts): number => p.question + p.title + p.names + p.body + p.similarity + p.unasked + p.asked + p.locality + p.legacy

/** The best of each family; one that has ended stands for it only where none is valid. */
function oneOfEachFamily(ranked: readonly Ranked[], { procedures, traits, today }: Known): Ranked[] {
  const familyOf = ({ procedure }: Ranked) => traits[procedure]?.family ?? String(procedure)
  const isValid = ({ procedure }: Ranked) => {
    const record = procedures[procedure]
    return record !== undefined && pastProcedure(record, today) === null
  }
  const valid = new Set(ranked.filter(isValid).map(familyOf))
  const seen = new Set<string>()
  return ranked.filter((r) => {
    const family = familyOf(r)
    if (seen.has(family) || (valid.has(family) && !isValid(r))) return false
    seen.add(family)
    return true
  })
}
