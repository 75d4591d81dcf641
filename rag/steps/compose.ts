import { withOpenDays } from "../calendar/beside.ts"
import { tellOfChoices } from "../compose/choices.ts"
import { tellOutdated } from "../compose/outdated.ts"
import { composePassages } from "../compose/passages.ts"
import { composeProcedure } from "../compose/procedure.ts"
import { passageQuery } from "../documents/passage-query.ts"
import type { RankedPassage } from "../documents/passage-ranking.ts"
import type { SourcedPassage } from "../documents/passage.ts"
import type { Asked } from "../compose/telling-sentences.ts"
import { asksWhether } from "../understand/asked-fields.ts"
import type { Draft, Reply, Step } from "../pipeline.ts"
import type { Ranked } from "../procedures/ranking.ts"
import type { Route } from "../screen/routes.ts"
import type { AnswerTexts } from "../texts.ts"
import type { AnswerStatus } from "../answer-status.ts"
import type { AnswerChoice, AnswerContext } from "../types.ts"
import { recordOf, resembles, THRESHOLDS } from "./decide-procedure.ts"
import type { Decision } from "./decision.ts"
import { CHOOSE_HUMAN, CHOOSE_PROCEDURE } from "./read.ts"

/** The choice that asks for a person; the conversation layer knows it too. */

/** How a route is counted. */
const STATUS_OF_ROUTE: Readonly<Record<Route, AnswerStatus>> = {
  emergency: "emergency",
  blocked_injection: "blocked_injection",
  blocked_abuse: "blocked_abuse",
  routed_denunciation: "routed_denunciation",
  private_data: "out_of_scope",
  routed_human: "routed_human",
  appeal: "routed_complaint",
  routed_complaint: "routed_complaint",
  law_evasion: "out_of_scope",
  politics: "out_of_scope",
  medical: "out_of_scope",
  off_topic: "out_of_scope",
  greeting: "greeting",
  thanks: "greeting",
}

/** Puts the decision into words: the record's, the passage's, or the fixed texts. */
export function compose(texts: AnswerTexts): Step {
  return (draft) => {
    const { decision } = draft
    if (!decision) return { draft, verdict: "nothing to say", done: true }
    const composed = (asked: Draft) => replyTo(asked, asked.decision ?? decision, texts)
    const reply = MAY_WAIT_FOR.has(decision.kind) ? withOpenDays({ draft, texts }, composed) : composed(draft)
    const text =
      draft.masked !== "" && draft.text !== draft.question.text && /\[số|\[mã|\[thư|\[biển/.test(draft.masked)
        ? `${reply.text}\n${texts.masked}`
        : reply.text
    return { draft: { ...draft, reply: { ...reply, text } }, verdict: reply.status }
  }
}

/** What is done at the office, on a day on which it is open. */
const MAY_WAIT_FOR: ReadonlySet<Decision["kind"]> = new Set(["procedure", "clarify", "refuse"])

type Compose<K extends Decision["kind"]> = (draft: Draft, decision: Extract<Decision, { kind: K }>, texts: AnswerTexts) => Reply

const COMPOSERS: { readonly [K in Decision["kind"]]: Compose<K> } = {
  procedure: (draft, { procedure, fields, near }, texts) => {
    const record = draft.live.base.procedures[procedure]
    if (!record) throw new RangeError(`no procedure at ${procedure}`)
    const alternatives = near.map((r) => procedureChoice(draft, r))
    return composeProcedure({
      procedure: record,
      fields,
      whether: whetherOf(draft),
      alternatives,
      texts,
      demo: draft.live.base.demoKinds.has("procedure"),
    })
  },
  clarify: (draft, decision, texts) => {
    const question = questionBack(draft, decision.options, texts)
    const told = decision.confidence < THRESHOLDS.tellBeside ? null : tellOfChoices({ ...recordsOf(draft, decision.options), texts })
    return {
      ...plain("clarification", told ? `${told.text}\n${question}` : question),
      ...(told ? { fields: told.fields, citations: told.citations, support: [...told.support, question] } : {}),
      choices: [...decision.options.map((r) => procedureChoice(draft, r)), { id: CHOOSE_HUMAN, label: texts.choiceOther }],
      context: { fields: draft.fields, pendingQuestion: draft.masked, clarifications: (draft.question.context?.clarifications ?? 0) + 1 },
    }
  },
  passages: (draft, { found }, texts) => ({
    ...composePassages({
      question: draft.reading?.text ?? "",
      found: found.map((ranked) => ({ ...ranked, next: following(draft, ranked) })),
      terms: draft.reading ? passageQuery(draft.reading, draft.places).content : [],
      idf: (term) => draft.live.passages.idf(term),
      texts,
      demo: draft.live.base.demoKinds.has(found[0]?.passage.documentId.startsWith("notice:") === true ? "notice" : "document"),
    }),
    context: inBetween(draft.question.context),
  }),
  refuse: (draft, { status }, texts) => ({
    ...plain(status, texts.refusal({ status, question: draft.masked, nearest: [], way: draft.live.way })),
    choices: [
      ...draft.ranked
        .filter((r) => resembles(draft, r))
        .slice(0, MAX_OFFERED)
        .map((r) => procedureChoice(draft, r)),
      { id: CHOOSE_HUMAN, label: texts.choiceOther },
    ],
    context: { fields: draft.fields, pendingQuestion: draft.masked, clarifications: 0 },
  }),
  expired: (draft, { past, procedure }, texts) => {
    const warned = plain("expired_source", texts.expired({ ...past, way: draft.live.way }))
    const record = past.ended === null && procedure !== undefined ? draft.live.base.procedures[procedure] : undefined
    const told = record ? tellOutdated({ procedure: record, fields: draft.fields, texts }) : null
    return {
      ...warned,
      ...(told ? { ...told, text: `${warned.text}\n${told.text}`, support: [...told.support, warned.text] } : {}),
      choices: [{ id: CHOOSE_HUMAN, label: texts.choiceOther }],
    }
  },
  suspended: (draft, { procedure }, texts) => ({
    ...plain("topic_off", texts.suspended({ name: draft.live.base.procedures[procedure]?.name ?? "", way: draft.live.way })),
    choices: [{ id: CHOOSE_HUMAN, label: texts.choiceOther }],
  }),
  other_place: (draft, { place }, texts) => plain("no_source", texts.otherPlace({ place, way: draft.live.way })),
  told: (draft, { reply }) => ({ ...reply, context: inBetween(draft.question.context) }),
  route: (draft, { route }, texts) => ({
    ...plain(STATUS_OF_ROUTE[route], texts.route({ route, way: draft.live.way })),
    context: inBetween(draft.question.context),
  }),
}

function questionBack({ masked, question }: Draft, options: readonly Ranked[], texts: AnswerTexts): string {
  if (options.length === 0) return texts.whichProcedure
  return texts.clarify({ question: masked, repeated: (question.context?.clarifications ?? 0) > 0 })
}

const recordsOf = (draft: Draft, options: readonly Ranked[]) => ({
  options: options.map((r) => recordOf(draft, r)),
  fields: draft.fields,
  demo: draft.live.base.demoKinds.has("procedure"),
})

/** The passage that goes on under the same heading: a list may be cut between the two. */
function following({ live }: Draft, { passage, position }: RankedPassage): SourcedPassage | null {
  const next = live.passages.passages[position + 1]
  return next?.documentId === passage.documentId && next.path.join("\n") === passage.path.join("\n") ? next : null
}

function replyTo(draft: Draft, decision: Decision, texts: AnswerTexts): Reply {
  const composer = COMPOSERS[decision.kind] as Compose<Decision["kind"]>
  return composer(draft, decision, texts)
}

/** A citizen who says thanks or asks after a notice may come back to the procedure; after a few such turns it is forgotten. */
const MAX_BETWEEN = 3

function inBetween(context: AnswerContext | null | undefined): AnswerContext | null {
  const turns = (context?.turnsSince ?? 0) + 1
  return context?.procedureCode !== undefined && turns <= MAX_BETWEEN ? { procedureCode: context.procedureCode, turnsSince: turns } : null
}

const MAX_OFFERED = 2

/** What a yes-or-no question names, for finding the sentence that rules it; null for other questions and for a part that was picked. */
function whetherOf({ reading, fields, live }: Draft): Asked | null {
  if (!reading || !fields.includes("conditions") || !asksWhether(reading.tokens)) return null
  const { text, terms } = reading
  return { text, terms, idf: (term) => live.procedures.idf(term), known: (term) => live.procedures.known(term) }
}

/** A fixed text; its figures (telephone numbers, hours) are the commune's own notices and the emergency numbers. */
function plain(status: AnswerStatus, text: string): Reply {
  return { status, text, fields: {}, citations: [], choices: [], context: null, support: [text] }
}

function procedureChoice({ live }: Draft, { procedure }: Ranked): AnswerChoice {
  const record = live.base.procedures[procedure]
  return { id: CHOOSE_PROCEDURE + (record?.code ?? ""), label: (record?.name ?? "").replace(/^thủ tục\s+/iu, "") }
}
