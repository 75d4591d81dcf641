import type { LiveKnowledge } from "./live.ts"
import type { FigureSource } from "./compose/figures.ts"
import type { RankedPassage } from "./documents/passage-ranking.ts"
import type { NamedPlace } from "./documents/places.ts"
import type { Ranked } from "./procedures/ranking.ts"
import type { Screened } from "./screen/screen.ts"
import type { Decision } from "./steps/decision.ts"
import type { AnswerChoice, AnswerContext, Citation, Field, Question, TraceStep } from "./types.ts"
import type { AnswerStatus } from "./answer-status.ts"
import type { Reading } from "./understand/reading.ts"

/** What the asking clauses of a story lead to when read by themselves. */
export interface Asking {
  readonly reading: Reading
  readonly ranked: readonly Ranked[]
}

/** What will be said, with what every figure in it must stand in. */
export interface Reply {
  readonly status: AnswerStatus
  readonly text: string
  readonly procedure?: { readonly code: string; readonly name: string }
  readonly fields: Readonly<Partial<Record<Field, string>>>
  readonly citations: readonly Citation[]
  readonly choices: readonly AnswerChoice[]
  readonly context: AnswerContext | null
  readonly support: readonly FigureSource[]
  readonly model?: string
}

/** Everything known so far about one question. Steps return a new draft; nobody mutates it. */
export interface Draft {
  readonly question: Question
  readonly live: LiveKnowledge
  /** Today's date where the commune is (ISO 8601): records and documents past their end are not answered from. */
  readonly today: string
  readonly text: string
  readonly masked: string
  /** The text as it was meant, slips of typing repaired: for reading only, never shown and never stored. */
  readonly meant: string
  readonly screened: Screened | null
  readonly reading: Reading | null
  /** Parts asked for: of this question, or kept from the one that was clarified. */
  readonly fields: readonly Field[]
  readonly ranked: readonly Ranked[]
  /** Null for a message that is all question. */
  readonly asking: Asking | null
  readonly passages: readonly RankedPassage[]
  readonly places: readonly NamedPlace[]
  readonly decision: Decision | null
  readonly reply: Reply | null
}

export interface StepResult {
  readonly draft: Draft
  /** What the step found, in a word or two, for the trace. */
  readonly verdict: string
  readonly details?: Readonly<Record<string, unknown>>
  /** The answer is complete: the steps after this one have nothing to do. */
  readonly done?: boolean
}

export type Step = (draft: Draft) => StepResult | Promise<StepResult>
export type NamedStep = readonly [name: string, step: Step]

/** Runs the steps in order until one is done. Times are measured here, once for all. */
export async function runPipeline(steps: readonly NamedStep[], first: Draft): Promise<{ draft: Draft; trace: TraceStep[] }> {
  const trace: TraceStep[] = []
  let draft = first
  for (const [name, step] of steps) {
    const started = performance.now()
    const result = await step(draft)
    draft = result.draft
    trace.push({
      step: name,
      verdict: result.verdict,
      ms: round(performance.now() - started),
      ...(result.details ? { details: result.details } : {}),
    })
    if (result.done) break
  }
  return { draft, trace }
}

const round = (ms: number) => Math.round(ms * 100) / 100
