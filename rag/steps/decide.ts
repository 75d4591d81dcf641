import { missingShapes } from "../documents/answer-type.ts"
import { passageConfidence } from "../documents/passage-confidence.ts"
import type { RankedPassage } from "../documents/passage-ranking.ts"
import { speaksHere, type NamedPlace } from "../documents/places.ts"
import type { Draft, Step } from "../pipeline.ts"
import type { Field } from "../types.ts"
import { numberedOtherwise } from "../understand/named-numbers.ts"
import { fold } from "../vietnamese/fold.ts"
import { chooseProcedure, isExact, mayAskBack, past, recordOf, THRESHOLDS, told } from "./decide-procedure.ts"
import type { Decision } from "./decision.ts"
import { CHOOSE_FIELD } from "./read.ts"
import { writtenCode } from "./retrieve.ts"
import { pastPassage } from "../validity.ts"

const MAX_PASSAGES = 5
/** Passages of the same document this near the best one are quoted with it. */
const RELATED = 0.5
/** Passages of other documents are quoted with it, and may answer instead of it, from here on. */
const SECOND = 0.7

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
  if (followUp !== null) return past(draft, followUp) ?? told(draft, { procedure: followUp, near: [], confidence: 1 })
  if (namesUnknownCode(draft)) return { kind: "refuse", status: "no_source" }
  // "nộp qua mạng thế nào" names nothing: which procedure is meant?
  if (namesNothing(draft) && mayAskBack(draft)) return { kind: "clarify", options: [], confidence: 0 }
  const procedure = chooseProcedure(draft)
  const passages = choosePassages(draft, enoughForPassages(draft, procedure))
  const leaning = asksOfProcedures(draft) ? LEANING : 1
  if (procedure && (!passages || givesContactOnly(draft, passages) || strength(procedure) >= strength(passages) * leaning)) return procedure
  return passages ?? elsewhere(draft) ?? { kind: "refuse", status: statusOfRefusal(draft) }
}

/** What is nearest is numbered otherwise ("lớp 6" for "lớp 1"): then it is sure that there is nothing. */
function statusOfRefusal(draft: Draft): "no_source" | "low_confidence" {
  const [best] = draft.ranked
  if (!best) return draft.passages.length === 0 ? "no_source" : "low_confidence"
  return numberedOtherwise(draft.reading?.tokens ?? [], recordOf(draft, best)) ? "no_source" : "low_confidence"
}

const ASKS_FOR_CONTACT =
  /dien thoai|so may|may so|sdt|lien he|hotline|duong day nong|gap ai|hoi ai|goi (?:ai|cho|dau|so)|phu trach|can bo|cong chuc|truc/

/** Who is in charge and by which number answers only those who ask for it: matters are named there in passing. */
function givesContactOnly({ live, reading }: Draft, decision: Decision): boolean {
  if (decision.kind !== "passages" || ASKS_FOR_CONTACT.test(fold(reading?.text ?? ""))) return false
  const contacts = new Set(live.base.notices.flatMap((notice) => (notice.kind === "contact" ? [`notice:${notice.id}`] : [])))
  return decision.found.every(({ passage }) => contacts.has(passage.documentId))
}

/** Papers, fees and forms are asked of procedures: a passage must fit twice as well to answer such a question. */
const OF_PROCEDURES: ReadonlySet<Field> = new Set(["dossier", "fee", "forms", "steps", "online", "subjects", "result"])
const LEANING = 0.5
/** A message of so few words with nothing asked is the name of something to be done: "công chứng", "trích lục". */
const BARE_NAME = 3

function asksOfProcedures({ fields, reading, ranked }: Draft): boolean {
  const bareName = fields.length === 0 && (reading?.content.length ?? 0) <= BARE_NAME && (ranked[0]?.features.titleCoverage ?? 0) > 0.5
  return bareName || fields.some((field) => OF_PROCEDURES.has(field))
}

const strength = (decision: Decision) => ("confidence" in decision ? decision.confidence : 1)

/** "thế lệ phí bao nhiêu?" after an answer: a part is asked for and hardly another word is said. */
function followedProcedure({ question, reading, fields, ranked, live }: Draft): number | null {
  const code = question.context?.procedureCode
  if (!code || !reading) return null
  const procedure = live.base.procedures.findIndex((p) => p.code === code)
  if (procedure < 0) return null
  if (question.choiceId?.startsWith(CHOOSE_FIELD)) return procedure
  const best = ranked[0]
  const named = reading.content.filter((word) => !SUBJECTLESS.has(word))
  const ownSubject = named.length > 2 || (best !== undefined && named.length > 0 && best.features.titleCoverage >= 0.75)
  return fields.length > 0 && !ownSubject ? procedure : null
}

/** Verbs that every procedure shares, and who does them for whom: alone they name none. */
const SUBJECTLESS: ReadonlySet<string> = new Set(["nop", "gui", "xin", "lam", "nhan", "khac", "thay", "nho", "giup", "gium", "tiep", "sau"])

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

/** A code that nothing here has: whatever its question resembles is another procedure. */
function namesUnknownCode({ question, text, live }: Draft): boolean {
  const code = question.choiceId ? null : writtenCode(text)
  return code !== null && !live.base.procedures.some((p) => p.code === code)
}

function choosePassages(draft: Draft, enough: number): Decision | null {
  const [first] = draft.passages
  const ended = first ? pastPassage(first.passage, draft.today) : null
  // The best answer has ended: that is told, rather than the next best quoted.
  if (ended && fitOf(first, draft) >= enough) return { kind: "expired", past: ended }
  const valid = draft.passages.filter((p) => pastPassage(p.passage, draft.today) === null)
  // What the question asks for may stand in a passage that shares fewer of its words.
  const best = valid.find((p) => p.score >= (valid[0]?.score ?? 0) * SECOND && fitOf(p, draft) > 0)
  const confidence = fitOf(best, draft)
  if (!best || confidence < enough || foreign(draft.places, best.passage.place)) return null
  const related = valid.filter((p) => p.score >= best.score * (p.passage.documentId === best.passage.documentId ? RELATED : SECOND))
  return {
    kind: "passages",
    found: [best, ...related.filter((p) => p !== best && !foreign(draft.places, p.passage.place))].slice(0, MAX_PASSAGES),
    confidence,
  }
}

/** How likely a passage answers; 0 when a telephone number, an amount or a weekday is asked for and it has none. */
function fitOf(ranked: RankedPassage | undefined, { reading }: Draft): number {
  if (!ranked || !reading || missingShapes(reading.text, ranked.passage.readable.join("\n")).length > 0) return 0
  return passageConfidence(ranked)
}

/** A place is named and the passage speaks for another one. */
const foreign = (places: readonly NamedPlace[], place: string | null) =>
  places.length > 0 && place !== null && !places.some((p) => p.name === place)

/** A place that none of the documents that may answer here speaks for: say whose matter it is. */
function elsewhere({ places, live }: Draft): Decision | null {
  const { home } = live.base
  const { passages } = live.passages
  const own = new Set(passages.map((p) => p.place).filter((place) => speaksHere(place, home)))
  const other = places.find((place) => !own.has(place.name) && (home === null || !speaksHere(place.name, home)))
  if (!other) return null
  const held = passages.find((p) => p.place === other.name)
  return { kind: "other_place", place: held?.placeWritten ?? other.written }
}
