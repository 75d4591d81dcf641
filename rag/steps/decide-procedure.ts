import type { Procedure } from "../../knowledge/procedure.ts"
import { analyze, kindOf, termsOf } from "../index/analyzer.ts"
import type { Draft } from "../pipeline.ts"
import { BENEFITS, confidenceOf, lacks } from "../procedures/confidence.ts"
import { EXACT_SCORE, type Ranked } from "../procedures/ranking.ts"
import { deniedOtherwise } from "../understand/denied.ts"
import { higherLevelWords, lacksHigherLevel } from "../understand/higher-levels.ts"
import { numberedOtherwise } from "../understand/named-numbers.ts"
import type { Reading } from "../understand/reading.ts"
import type { Token } from "../vietnamese/syllables.ts"
import type { Decision } from "./decision.ts"
import { asEveryday, calledFor, distinctOptions, holdsAsMuch, nameOf, openRivals, sharedStart, SHARED_NAME } from "./rivals.ts"
import { pastProcedure } from "../validity.ts"

/** Fitted on the development questions; `npm run eval` reports what they bring. */
export const THRESHOLDS = {
  /** Probability that the best procedure is the one meant: answer from here on, … */
  answer: 0.55,
  /** … already from here on where all that come near are rare variants, old records or another place's, … */
  answerAlone: 0.52,
  /** … tell beside a question back what was asked for, or that what is meant has ended, from here on, … */
  tellBeside: 0.45,
  /** … ask back from here on, else say that there is no information. */
  askBack: 0.2,
  /** A passage answers from here on when a procedure may be meant instead, … */
  passage: 0.35,
  /** … from here on when none comes near, … */
  passageAlone: 0.3,
  /** … and from here on where the knowledge has no procedures at all. */
  onlyPassage: 0.2,
  /** A question whose words all stand in a name is asked back about, however many names hold them ("bảo hiểm"). */
  wholeQuestion: 0.8,
  /** Two everyday procedures this near are asked about, unless the words fit one of them plainly. */
  tie: 0.02,
  plain: 0.9,
  /** From here on the asking clauses of a story tell by themselves what is meant. */
  plainAsking: 0.7,
} as const

const MAX_CLARIFICATIONS = 2
const MAX_OPTIONS = 3
/** Candidates this near in score are offered beside the answer. */
const NEAR = 0.25
/** Only what stands this high for the whole message may be moved up by its asking clauses. */
const NEAR_TOP = 5

export const isExact = (ranked: Ranked | undefined) => ranked !== undefined && ranked.score >= EXACT_SCORE

export const mayAskBack = ({ question }: Draft) => (question.context?.clarifications ?? 0) < MAX_CLARIFICATIONS && !question.choiceId

/** Answers with the procedure that is meant, asks back between true rivals, or leaves the question to others (null). */
export function chooseProcedure(draft: Draft): Decision | null {
  const { reading } = draft
  const fitting = draft.ranked.filter((r) => !isOfOthers(reading?.tokens ?? [], recordOf(draft, r)))
  const [best, ...rest] = isExact(draft.ranked[0]) ? draft.ranked : validFirst(benefitFirst(askedFirst(fitting, draft), draft), draft)
  if (!best || !reading) return null
  const confidence = confidenceIn(best, rest, draft)
  const mayAsk = mayAskBack(draft)
  const vague = best.features.questionCoverage >= THRESHOLDS.wholeQuestion
  if (confidence < (mayAsk ? (vague ? 0 : THRESHOLDS.askBack) : THRESHOLDS.answer)) return null
  const ended = past(draft, best.procedure)
  // Likeness this faint does not tell that what has ended is what was meant.
  if (ended) return confidence < THRESHOLDS.tellBeside ? null : ended
  const rivals = rest.filter((r) => best.score - r.score < NEAR && !past(draft, r.procedure))
  const near = rivals.slice(0, MAX_OPTIONS)
  const tied = rivals.filter((r) => best.score - r.score < THRESHOLDS.tie && calledFor(r) >= calledFor(best) && asEveryday(r, best))
  const open = isNamedWhole(best, draft) ? [] : openRivals(best, rivals, draft)
  const higher = higherLevelWords(reading.tokens)
  const alone = !rivals.some((r) => asEveryday(r, best)) && higher.length === 0
  const enough = alone ? THRESHOLDS.answerAlone : THRESHOLDS.answer
  const unsure = confidence < enough || (tied.length > 0 && confidence < THRESHOLDS.plain)
  if (mayAsk && (open.length > 0 || (unsure && (lacksHigherLevel(higher, recordOf(draft, best)) || !isCommonCase(best, rivals, draft))))) {
    const others = rest.filter((r) => vague || resembles(draft, r))
    return { kind: "clarify", options: distinctOptions(best, { rivals: open, others }, draft), confidence }
  }
  return told(draft, { procedure: best.procedure, near, confidence })
}

const isOfOthers = (tokens: readonly Token[], record: Procedure): boolean =>
  numberedOtherwise(tokens, record) || deniedOtherwise(tokens, record)

/** What is meant is answered from, unless staff switched it off: then it is named, and no neighbour answers in its place. */
export function told(
  draft: Draft,
  { procedure, near, confidence }: { procedure: number; near: readonly Ranked[]; confidence: number },
): Decision {
  const { base } = draft.live
  if (base.suspended.has(base.procedures[procedure]?.code ?? "")) return { kind: "suspended", procedure, confidence }
  return { kind: "procedure", procedure, fields: draft.fields, near, confidence }
}

/**
 * "em chưa đăng ký kết hôn, giờ làm khai sinh cho con được không" asks of the birth. What the asking clauses plainly lead to
 * goes before what the story resembles, unless the story calls for a rare variant.
 */
function askedFirst(ranked: readonly Ranked[], draft: Draft): readonly Ranked[] {
  const { reading, asking, live } = draft
  const [first, second] = asking?.ranked ?? []
  const at = ranked.slice(0, NEAR_TOP).findIndex((r) => r.procedure === first?.procedure)
  const [best] = ranked
  if (!asking || !first || !reading || !best || at <= 0 || reading.variants.size > 0) return ranked
  const of = (of: Ranked, next: Ranked | undefined, words: Reading) =>
    confidenceOf(of, { next: next ?? null, reading: words, index: live.procedures, record: recordOf(draft, of) })
  const sure = of(first, second, asking.reading)
  const before = of(best, ranked[1], reading)
  if (sure < THRESHOLDS.plainAsking || sure < before) return ranked
  return [...ranked.slice(at, at + 1), ...ranked.filter((_, i) => i !== at)]
}

/** Who asks for a benefit is told of one: "bị tai biến có được trợ cấp không" is about the allowance, not about the certificate. */
function benefitFirst(ranked: readonly Ranked[], { reading, live }: Draft): readonly Ranked[] {
  // As written: "đang thất nghiệp" may mean an allowance and ask of something else.
  const named = new Set(termsOf(reading?.tokens ?? []).filter((term) => BENEFITS.has(term)))
  const isOther = ({ procedure }: Ranked) => reading !== null && lacks(named, procedure, { reading, index: live.procedures })
  const [best] = ranked
  if (!best || !isOther(best) || ranked.slice(0, NEAR_TOP).every(isOther)) return ranked
  return [...ranked.filter((r) => !isOther(r)), ...ranked.filter(isOther)]
}

/** What has ended hides nothing valid that is no rarer, holds as much of the question and would be answered by itself. */
function validFirst(ranked: readonly Ranked[], draft: Draft): readonly Ranked[] {
  const [best] = ranked
  if (!best || !past(draft, best.procedure)) return ranked
  const [first, ...rest] = ranked.filter((r) => !past(draft, r.procedure))
  const isAsNear = first !== undefined && holdsAsMuch(first, best) && asEveryday(first, best)
  return isAsNear && confidenceIn(first, rest, draft) >= THRESHOLDS.answer ? [first, ...rest] : ranked
}

/** Of the whole message, or of its asking clauses where they lead to the same procedure: a story explains little of itself. */
function confidenceIn(best: Ranked, rest: readonly Ranked[], draft: Draft): number {
  const { reading, asking, live } = draft
  const of = (first: Ranked, next: Ranked | undefined, words: Reading) =>
    confidenceOf(first, { next: next ?? null, reading: words, index: live.procedures, record: recordOf(draft, first) })
  const whole = reading
    ? of(
        best,
        rest.find((r) => asEveryday(r, best)),
        reading,
      )
    : 0
  const first = asking?.ranked[0]
  return asking && first?.procedure === best.procedure ? Math.max(whole, of(first, asking.ranked[1], asking.reading)) : whole
}

/** Names told apart only by circumstances that the question does not mention: the first answers, the others are offered. */
function isCommonCase(best: Ranked, rivals: readonly Ranked[], draft: Draft): boolean {
  if (isNamedWhole(best, draft)) return true
  const name = nameOf(draft, best)
  const twins = rivals.filter((r) => r.features.questionCoverage > best.features.questionCoverage - LESS_COVERED)
  if (best.features.questionCoverage < THRESHOLDS.wholeQuestion || twins.length > MAX_TWINS) return false
  return twins.every((rival) => {
    const shared = sharedStart(name, nameOf(draft, rival))
    return shared.length >= SHARED_NAME && (draft.reading?.content ?? []).every((word) => shared.includes(word))
  })
}

/** The citizen writes out the official name: nothing is open. */
function isNamedWhole(best: Ranked, draft: Draft): boolean {
  const words = (draft.reading?.tokens ?? []).map((token) => token.folded).join(" ")
  const name = nameOf(draft, best)
  return name.length >= SHARED_NAME && ` ${words} `.includes(` ${name.join(" ")} `)
}

const MAX_TWINS = 2
/** A name that covers so much less of the question is no twin. */
const LESS_COVERED = 0.3

export function recordOf({ live }: Draft, { procedure }: Ranked): Procedure {
  const record = live.base.procedures[procedure]
  if (!record) throw new RangeError(`no procedure at ${procedure}`)
  return record
}

/** A record past its end is named, never quoted. */
export function past({ live, today }: Draft, procedure: number): Decision | null {
  const record = live.base.procedures[procedure]
  const ended = record ? pastProcedure(record, today) : null
  return ended ? { kind: "expired", past: ended, procedure } : null
}

/** Weight from which a pair of syllables is a word of the matter. */
const WORD = 0.5

/** A procedure worth offering: still valid, and one of its names shares a whole word (two syllables) with the question. */
export function resembles(draft: Draft, ranked: Ranked): boolean {
  const asked = new Set(draft.reading?.terms.flatMap(({ term, weight }) => (kindOf(term) === "pair" && weight >= WORD ? [term] : [])))
  const { name, aliases } = recordOf(draft, ranked)
  return past(draft, ranked.procedure) === null && [name, ...aliases].some((title) => analyze(title).some((term) => asked.has(term)))
}
