import { UpstreamError } from "../errors.ts"
import type { AnswerStatus } from "./answer-status.ts"
import type { Embedder } from "./embedder.ts"
import type { LiveKnowledge } from "./live.ts"
import { runPipeline, type Draft, type NamedStep, type Reply } from "./pipeline.ts"
import { answerSeveral, MAX_CANDIDATES } from "./several.ts"
import { calendar } from "./steps/calendar.ts"
import { compose } from "./steps/compose.ts"
import { decide } from "./steps/decide.ts"
import { mask, normalise, repair, screenMessage, storable, understand } from "./steps/read.ts"
import { retrieve } from "./steps/retrieve.ts"
import { verify } from "./steps/verify.ts"
import type { AnswerTexts, RefusalStatus } from "./texts.ts"
import type { Answer, AnswerContext, AnswerQuestion, Candidate, Question, TraceStep } from "./types.ts"
import { questionsOf } from "./understand/clauses.ts"
import { withFigures } from "./understand/figures-in-words.ts"
import type { Reading } from "./understand/reading.ts"
import { tidy } from "./vietnamese/fold.ts"

export interface AnswerDependencies {
  /** The knowledge that is live now. */
  readonly live: () => LiveKnowledge
  readonly read: (text: string) => Reading
  readonly embedder: Embedder
  readonly texts: AnswerTexts
  readonly now: () => Date
  readonly newId: () => string
  readonly report: (error: unknown) => void
}

/** Up to what is found, before anything is decided. */
export const findingSteps = ({ read, embedder, texts }: Pick<AnswerDependencies, "read" | "embedder" | "texts">): NamedStep[] => [
  ["normalise", normalise],
  ["mask", mask],
  ["repair", repair],
  ["screen", screenMessage],
  ["understand", understand(read)],
  ["calendar", calendar(texts)],
  ["retrieve", retrieve(embedder, read)],
]

/** What was routed or stopped stays so, whatever else the message asks. */
const MAY_BE_SEVERAL: ReadonlySet<AnswerStatus> = new Set(["answered", "answered_partial", "clarification", "low_confidence", "no_source"])

/** From a question to an answer. The list of steps is the architecture; this is the border where exceptions become a status. */
export function createAnswerQuestion({ live, read, embedder, texts, now, newId, report }: AnswerDependencies): AnswerQuestion {
  const readFigures = remembering((text) => read(withFigures(text)))
  const steps: readonly NamedStep[] = [
    ...findingSteps({ read: readFigures, embedder, texts }),
    ["decide", decide],
    ["compose", compose(texts)],
    ["verify", verify(texts)],
  ]
  const answerOne = async (question: Question): Promise<Answer> => {
    const started = performance.now()
    const knowledge = live()
    const first = emptyDraft(question, knowledge, today(now()))
    const finish = (draft: Draft, reply: Reply, trace: TraceStep[]) =>
      present({ id: newId(), draft, reply, trace, ms: performance.now() - started })
    try {
      const { draft, trace } = await runPipeline(steps, first)
      return finish(draft, draft.reply ?? failure("error_unexpected", knowledge, texts), trace)
    } catch (error) {
      report(error)
      const draft = { ...first, masked: kept(question.text, knowledge) }
      return finish(draft, failure(error instanceof UpstreamError ? "error_model" : "error_unexpected", knowledge, texts), [])
    }
  }
  return async (question) => {
    const context = question.context ?? (await contextOf(question.history ?? [], answerOne))
    const whole = await answerOne({ ...question, context })
    const questions = question.choiceId || !MAY_BE_SEVERAL.has(whole.status) ? [] : questionsOf(tidy(question.text), readFigures)
    return questions.length < 2 ? whole : ((await answerSeveral(questions, { whole, texts, answerOne })) ?? whole)
  }
}

/** One message is read whole and clause by clause, by several steps; texts are forgotten as soon as others come. */
function remembering(read: (text: string) => Reading): (text: string) => Reading {
  const known = new Map<string, Reading>()
  return (text) => {
    const before = known.get(text)
    if (before) return before
    if (known.size >= MAX_REMEMBERED) known.clear()
    const reading = read(text)
    known.set(text, reading)
    return reading
  }
}

const MAX_REMEMBERED = 32

/** What is kept of a question that failed: nothing when it cannot even be read. */
function kept(text: string, { spell }: LiveKnowledge): string {
  try {
    return storable(text, spell)
  } catch {
    return ""
  }
}

/** What earlier questions of the same citizen were about, when only their words are known. */
async function contextOf(history: readonly string[], answerOne: AnswerQuestion): Promise<AnswerContext | null> {
  let context: AnswerContext | null = null
  for (const text of history) context = (await answerOne({ text, context })).context
  return context
}

/** The date in Vietnam (UTC+7, no daylight saving): there the day begins while the machine may still be in yesterday. */
export const today = (now: Date) => new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)

/** A question that no step has read. */
export function emptyDraft(question: Question, live: LiveKnowledge, today: string): Draft {
  return {
    question,
    live,
    today,
    text: "",
    masked: "",
    meant: "",
    screened: null,
    reading: null,
    fields: [],
    ranked: [],
    asking: null,
    passages: [],
    places: [],
    decision: null,
    reply: null,
  }
}

function failure(status: Extract<RefusalStatus, AnswerStatus>, live: LiveKnowledge, texts: AnswerTexts): Reply {
  const text = texts.refusal({ status, question: "", nearest: [], way: live.way })
  return { status, text, fields: {}, citations: [], choices: [], context: null, support: [text] }
}

function present({ id, draft, reply, trace, ms }: { id: string; draft: Draft; reply: Reply; trace: TraceStep[]; ms: number }): Answer {
  return {
    id,
    status: reply.status,
    text: reply.text,
    ...(reply.procedure ? { procedure: reply.procedure } : {}),
    fields: reply.fields,
    candidates: candidatesOf(draft, reply),
    citations: reply.citations,
    choices: reply.choices,
    ms: Math.round(ms * 100) / 100,
    documents: [...new Set(draft.passages.map((p) => p.passage.documentId))].slice(0, MAX_CANDIDATES),
    maskedQuestion: draft.masked,
    trace,
    context: reply.context,
    knowledgeVersion: draft.live.base.version,
    model: reply.model ?? null,
  }
}

/** Best first. A follow-up is answered on the procedure talked about, whatever its few words resemble. */
function candidatesOf({ ranked, live }: Draft, { procedure: answered }: Reply): Candidate[] {
  const found = ranked.flatMap(({ procedure, score }) => {
    const record = live.base.procedures[procedure]
    return record ? [{ code: record.code, name: record.name, score: Math.round(Math.min(1, Math.max(0, score)) * 1000) / 1000 }] : []
  })
  if (!answered || found[0]?.code === answered.code) return found.slice(0, MAX_CANDIDATES)
  return [{ ...answered, score: 1 }, ...found.filter((c) => c.code !== answered.code)].slice(0, MAX_CANDIDATES)
}
