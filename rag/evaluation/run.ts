import type { KnowledgeBase } from "../../knowledge/base.ts"
import { STATUS_TABLE } from "../answer-status.ts"
import { type FigureSource, unsupportedFigures } from "../compose/figures.ts"
import { figureSources } from "../compose/record-fields.ts"
import type { Answer, AnswerQuestion } from "../types.ts"
import { judgementOf, type Judgement } from "./judgement.ts"
import type { EvalQuestion } from "./questions.ts"

/** One line of RESULTS: what was answered, without what was expected. */
export interface EvalResult {
  readonly id: string
  readonly status: string
  readonly codes: readonly string[]
  readonly doc: string | null
  readonly docs: readonly string[]
  readonly text: string
  readonly fields: Readonly<Record<string, string>>
  readonly citations: Answer["citations"]
  readonly ms: number
}

export interface Judged extends Judgement {
  readonly question: EvalQuestion
  readonly result: EvalResult
  readonly answer: Answer
  /** All expected fields are in the answer; null: none expected. */
  readonly fieldsFound: boolean | null
  readonly answered: boolean
  /** Figures that stand in no record, passage or notice that the answer names. */
  readonly madeUp: readonly string[]
}

/** Answers every question and judges each answer against what was expected. */
export async function evaluate(
  questions: readonly EvalQuestion[],
  answer: AnswerQuestion,
  { base, onProgress }: { base: KnowledgeBase; onProgress?: (done: number) => void },
): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const question of questions) {
    const given = await answer({ text: question.question, ...(question.history ? { history: question.history } : {}) })
    judged.push(judge(question, given, base))
    onProgress?.(judged.length)
  }
  return judged
}

function judge(question: EvalQuestion, answer: Answer, base: KnowledgeBase): Judged {
  const { fields } = question.expect
  const result: EvalResult = {
    id: question.id,
    status: answer.status,
    codes: answer.candidates.map((c) => c.code),
    doc: answer.documents[0] ?? null,
    docs: answer.documents,
    text: answer.text,
    fields: answer.fields,
    citations: answer.citations,
    ms: answer.ms,
  }
  return {
    question,
    result,
    answer,
    ...judgementOf(question.expect, result),
    fieldsFound: fields ? fields.every((f) => f in answer.fields) : null,
    answered: ["answered", "answered_partial"].includes(answer.status),
    madeUp: STATUS_TABLE[answer.status].family === "served" ? unsupportedFigures(answer.text, sourcesOf(answer, base)) : [],
  }
}

/** Questions that the knowledge can and cannot answer; of the others nothing is said about it. */
export const isAnswerable = ({ question }: Pick<Judged, "question">) => question.expect.answerable === true
export const isUnanswerable = ({ question }: Pick<Judged, "question">) => question.expect.answerable === false && !question.expect.codes

/** False when procedures are expected and the knowledge has none of them: with `--known-only` such questions are left out. */
export function isKnown({ expect }: EvalQuestion, { procedures }: KnowledgeBase): boolean {
  return expect.codes === undefined || procedures.some((p) => expect.codes?.includes(p.code))
}

/** What an answer may take figures from: the records it names, and what it quotes with the names of its documents. */
function sourcesOf(answer: Answer, base: KnowledgeBase): FigureSource[] {
  const records = base.procedures.filter((p) => p.code === answer.procedure?.code || answer.citations.some((c) => c.sourceId === p.code))
  const documents = base.documents.filter((d) => answer.citations.some((c) => c.sourceId === d.id))
  const quotes = answer.citations.map((c) => `${c.title} ${c.section ?? ""} ${c.quote}`)
  return [...records.flatMap(figureSources), ...documents.map((d) => `${d.date ?? ""} ${d.number ?? ""}`), ...quotes]
}
