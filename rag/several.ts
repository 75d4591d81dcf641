import type { AnswerStatus } from "./answer-status.ts"
import { CHOOSE_FIELD, CHOOSE_PROCEDURE } from "./steps/read.ts"
import type { AnswerTexts } from "./texts.ts"
import type { Answer, Question } from "./types.ts"

export const MAX_CANDIDATES = 10
/** How sure each part must be: cutting up a message that is one question would answer what nobody asked. */
const SURE = { whereAnswered: 0.6, whereNot: 0.4 } as const
const ANSWERED: ReadonlySet<AnswerStatus> = new Set(["answered", "answered_partial"])
/** A part of a message is answered by itself only where the whole message points to one of the parts' procedures too. */
const POINTED_AT = 3

interface Parts {
  readonly whole: Answer
  readonly texts: AnswerTexts
  readonly answerOne: (question: Question) => Promise<Answer>
}

/** Answers the questions of one message side by side; null when they are not surely several procedures. */
export async function answerSeveral(questions: readonly string[], { whole, texts, answerOne }: Parts): Promise<Answer | null> {
  const answers: Answer[] = []
  for (const text of questions) answers.push(await answerOne({ text }))
  const enough = ANSWERED.has(whole.status) ? SURE.whereAnswered : SURE.whereNot
  const codes = answers.flatMap((answer) => (confidenceOf(answer) >= enough && answer.procedure ? [answer.procedure.code] : []))
  const sameKnowledge = answers.every((answer) => answer.knowledgeVersion === whole.knowledgeVersion)
  const different = new Set(codes).size === questions.length
  const pointedAt = whole.candidates.slice(0, POINTED_AT).some((candidate) => codes.includes(candidate.code))
  // A procedure that stands first for the whole message and for none of its parts joins them: "khai sinh và thẻ bảo hiểm" in one.
  const joined = whole.procedure !== undefined && !codes.includes(whole.procedure.code)
  return different && pointedAt && !joined && sameKnowledge ? sideBySide(whole, answers, texts) : null
}

function confidenceOf({ status, trace }: Answer): number {
  if (!ANSWERED.has(status)) return 0
  return Number(trace.find((step) => step.step === "decide")?.details?.["confidence"] ?? 0)
}

/** One answer with a part for each procedure; its procedure and fields are those of the first. */
function sideBySide(whole: Answer, answers: readonly Answer[], texts: AnswerTexts): Answer {
  const [first, ...others] = answers
  if (!first) return whole
  const named = answers.flatMap((answer) => answer.candidates.slice(0, 1))
  const codes = new Set(named.map((candidate) => candidate.code))
  const ms = answers.reduce((sum, answer) => sum + answer.ms, 0)
  const goOn = others.flatMap(({ procedure }) =>
    procedure ? [{ id: CHOOSE_PROCEDURE + procedure.code, label: procedure.name.replace(/^thủ tục\s+/iu, "") }] : [],
  )
  return {
    ...first,
    id: whole.id,
    status: answers.some((answer) => answer.status === "answered_partial") ? "answered_partial" : "answered",
    text: [texts.several, ...answers.map((answer) => answer.text)].join("\n\n"),
    candidates: [...named, ...whole.candidates.filter((candidate) => !codes.has(candidate.code))].slice(0, MAX_CANDIDATES),
    citations: answers.flatMap((answer) => answer.citations),
    choices: [...first.choices.filter((choice) => choice.id.startsWith(CHOOSE_FIELD)), ...goOn],
    documents: whole.documents,
    maskedQuestion: whole.maskedQuestion,
    trace: [...whole.trace, { step: "several", verdict: [...codes].join(" "), ms }],
    ms: Math.round((whole.ms + ms) * 100) / 100,
  }
}
