import { missingShapes } from "../documents/answer-type.ts"
import { passageConfidence } from "../documents/passage-confidence.ts"
import type { RankedPassage } from "../documents/passage-ranking.ts"
import type { NamedPlace } from "../documents/places.ts"
import type { Draft, Step } from "../pipeline.ts"
import { confidenceOf } from "../procedures/confidence.ts"
import { EXACT_SCORE, type Ranked } from "../procedures/ranking.ts"
import type { Field } from "../types.ts"
import type { Decision } from "./decision.ts"
import { CHOOSE_FIELD } from "./read.ts"
import { pastPassage, pastProcedure } from "./validity.ts"

/** Fitted on the development questions; `npm run eval` reports what they bring. */
export const THRESHOLDS = {
  /** Probability that the best procedure is the one meant: answer from here on, … */
  answer: 0.26,
  /** … ask back from here on, else say that there is no information. */
  askBack: 0.1,
  /** A passage answers from here on when a procedure may be meant instead, … */
  passage: 0.35,
  /** … from here on when none comes near, … */
  passageAlone: 0.2,
  /** … and from here on where the knowledge has no procedures at all. */
  onlyPassage: 0.13,
  /** A question whose words all stand in a name is asked back about, however many names hold them ("bảo hiểm"). */
  wholeQuestion: 0.8,
  /** Two everyday procedures this near are asked about, unless the words fit one of them plainly. */
  tie: 0.02,
  plain: 0.9,
} as const

const MAX_CLARIFICATIONS = 2
const MAX_OPTIONS = 3
/** Candidates this near in score are offered beside the answer. */
const NEAR = 0.25
const MAX_PASSAGES = 5
/** Passages of the same document this near the best one are quoted with it. */
const RELATED = 0.5

/** Chooses between answering, asking back and saying honestly that there is no information. */
export const decide: Step = (draft) => {
  if (draft.decision) return { draft, verdict: draft.decision.kind }
  const decision = choose(draft)
  const confidence = "confidence" in decision ? { confidence: Math.round(decision.confidence * 1000) / 1000 } : {}
  return { draft: { ...draft, decision }, verdict: decision.kind, details: confidence }
}

function choose(draft: Draft): Decision {
  // What the law or good sense sends elsewhere goes there whatever the knowledge holds.
  if (draft.screened) return { kind: "route", route: draft.screened.route }
  const followUp = followedProcedure(draft)
  if (followUp !== null)
    return past(draft, followUp) ?? { kind: "procedure", procedure: followUp, fields: draft.fields, near: [], confidence: 1 }
  // "nộp qua mạng thế nào" names nothing: which procedure is meant?
  if (namesNothing(draft) && mayAskBack(draft)) return { kind: "clarify", options: [], confidence: 0 }
  const procedure = chooseProcedure(draft)
  const passages = choosePassages(draft, enoughForPassages(draft, procedure))
  const leaning = draft.fields.some((field) => OF_PROCEDURES.has(field)) ? LEANING : 1
  if (procedure && (!passages || strength(procedure) >= strength(passages) * leaning)) return procedure
  return (
    passages ??
    elsewhere(draft) ?? { kind: "refuse", status: draft.ranked.length + draft.passages.length === 0 ? "no_source" : "low_confidence" }
  )
}

/** Papers, fees and forms are asked of procedures: a passage must fit twice as well to answer such a question. */
const OF_PROCEDURES: ReadonlySet<Field> = new Set(["dossier", "fee", "forms", "steps", "online"])
const LEANING = 0.5

const strength = (decision: Decision) => ("confidence" in decision ? decision.confidence : 1)

/** "thế lệ phí bao nhiêu?" after an answer: a part is asked for and hardly another word is said. */
function followedProcedure({ question, reading, fields, ranked, live }: Draft): number | null {
  const code = question.context?.procedureCode
  if (!code || !reading) return null
  const procedure = live.base.procedures.findIndex((p) => p.code === code)
  if (procedure < 0) return null
  if (question.choiceId?.startsWith(CHOOSE_FIELD)) return procedure
  const best = ranked[0]
  const ownSubject = reading.content.length > 2 || (best !== undefined && reading.content.length > 0 && best.features.titleCoverage >= 0.75)
  return fields.length > 0 && !ownSubject ? procedure : null
}

/** Verbs that every procedure shares; alone they name none. */
const SUBJECTLESS: ReadonlySet<string> = new Set(["nop", "gui", "xin", "lam"])

/** A word or two stand in many passages: only a question of more words may be answered from one on less. */
function enoughForPassages({ live, reading }: Draft, procedure: Decision | null): number {
  if (live.base.procedures.length === 0) return THRESHOLDS.onlyPassage
  return procedure || (reading?.content.length ?? 0) < 3 ? THRESHOLDS.passage : THRESHOLDS.passageAlone
}

const namesNothing = ({ reading, fields, ranked }: Draft) =>
  reading !== null &&
  fields.length > 0 &&
  reading.meanings.length === 0 &&
  reading.content.every((word) => SUBJECTLESS.has(word)) &&
  !isExact(ranked[0])

const isExact = (ranked: Ranked | undefined) => ranked !== undefined && ranked.score >= EXACT_SCORE

const mayAskBack = ({ question }: Draft) => (question.context?.clarifications ?? 0) < MAX_CLARIFICATIONS && !question.choiceId

function chooseProcedure(draft: Draft): Decision | null {
  const [best, ...rest] = draft.ranked
  if (!best || !draft.reading) return null
  const confidence = confidenceOf(best, { next: rest[0] ?? null, reading: draft.reading, index: draft.live.procedures })
  const mayAsk = mayAskBack(draft)
  const vague = best.features.questionCoverage >= THRESHOLDS.wholeQuestion
  if (confidence < (mayAsk ? (vague ? 0 : THRESHOLDS.askBack) : THRESHOLDS.answer)) return null
  const ended = past(draft, best.procedure)
  if (ended) return ended
  const tied = rest.filter((r) => best.score - r.score < THRESHOLDS.tie)
  const unsure = confidence < THRESHOLDS.answer || (tied.length > 0 && confidence < THRESHOLDS.plain)
  if (unsure && mayAsk) return { kind: "clarify", options: [best, ...rest].slice(0, MAX_OPTIONS), confidence }
  const near = rest.filter((r) => best.score - r.score < NEAR).slice(0, MAX_OPTIONS)
  return { kind: "procedure", procedure: best.procedure, fields: draft.fields, near, confidence }
}

/** A record past its end is named, never quoted. */
function past({ live, today }: Draft, procedure: number): Decision | null {
  const record = live.base.procedures[procedure]
  const ended = record ? pastProcedure(record, today) : null
  return ended ? { kind: "expired", past: ended } : null
}

function choosePassages(draft: Draft, enough: number): Decision | null {
  const [first] = draft.passages
  const ended = first ? pastPassage(first.passage, draft.today) : null
  // The best answer has ended: that is told, rather than the next best quoted.
  if (ended && fitOf(first, draft) >= enough) return { kind: "expired", past: ended }
  const valid = draft.passages.filter((p) => pastPassage(p.passage, draft.today) === null)
  const [best] = valid
  const confidence = fitOf(best, draft)
  if (!best || confidence < enough || foreign(draft.places, best.passage.place)) return null
  const same = valid.filter((p) => p.passage.documentId === best.passage.documentId && p.score >= best.score * RELATED)
  return { kind: "passages", found: same.slice(0, MAX_PASSAGES), confidence }
}

/** How likely a passage answers; 0 when a telephone number, an amount or a weekday is asked for and it has none. */
function fitOf(ranked: RankedPassage | undefined, { reading }: Draft): number {
  if (!ranked || !reading || missingShapes(reading.text, ranked.passage.text).length > 0) return 0
  return passageConfidence(ranked)
}

/** A place is named and the passage speaks for another one. */
const foreign = (places: readonly NamedPlace[], place: string | null) =>
  places.length > 0 && place !== null && !places.some((p) => p.name === place)

/** A place that none of the documents speaks for: say whose matter it is instead of answering with another's. */
function elsewhere({ places, live }: Draft): Decision | null {
  const own = new Set(live.passages.passages.map((p) => p.place))
  const other = places.find((place) => !own.has(place.name))
  return other ? { kind: "other_place", place: other.written } : null
}
