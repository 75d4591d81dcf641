import type { AnswerStatus } from "./answer-status.ts"

/** The parts of a procedure that citizens ask for; keys of `Answer.fields`. */
export const FIELDS = [
  "dossier",
  "fee",
  "time",
  "place",
  "steps",
  "online",
  "subjects",
  "conditions",
  "result",
  "legalBasis",
  "forms",
] as const
export type Field = (typeof FIELDS)[number]

/** What a follow-up question may lean on; kept by the caller between turns, opaque to it. Plain JSON. */
export interface AnswerContext {
  /** The procedure last answered on. */
  readonly procedureCode?: string
  /** Turns since then that were about no procedure. */
  readonly turnsSince?: number
  /** The fields asked for, kept while the citizen chooses among procedures. */
  readonly fields?: readonly Field[]
  /** The question that led to a clarification. */
  readonly pendingQuestion?: string
  /** How many times in a row the citizen was asked back. */
  readonly clarifications?: number
}

export interface Question {
  readonly text: string
  /** Earlier questions of the same citizen, oldest first; used when there is no context. */
  readonly history?: readonly string[]
  readonly context?: AnswerContext | null
  /** Set when the citizen picked one of the choices of the last answer; `text` is then its label. */
  readonly choiceId?: string
}

export interface Citation {
  readonly sourceId: string
  readonly title: string
  readonly section?: string
  readonly page?: number
  readonly quote: string
  readonly url?: string
  /** Set when the quote comes from a scan that nobody compared yet: its figures are not certain. */
  readonly unverified?: true
}

export interface Candidate {
  readonly code: string
  readonly name: string
  readonly score: number
}

export interface AnswerChoice {
  readonly id: string
  readonly label: string
}

export interface TraceStep {
  readonly step: string
  readonly verdict: string
  readonly ms: number
  readonly details?: Readonly<Record<string, unknown>>
}

/** One answer to one question. The first eight members are the public contract of `ask` and `POST /api/chat`. */
export interface Answer {
  readonly id: string
  readonly status: AnswerStatus
  readonly text: string
  readonly procedure?: { readonly code: string; readonly name: string }
  readonly fields: Readonly<Partial<Record<Field, string>>>
  readonly candidates: readonly Candidate[]
  readonly citations: readonly Citation[]
  readonly choices: readonly AnswerChoice[]
  readonly ms: number
  /** Best documents, by id, best first. */
  readonly documents: readonly string[]
  /** The question with personal data masked: what may be stored. */
  readonly maskedQuestion: string
  readonly trace: readonly TraceStep[]
  readonly context: AnswerContext | null
  readonly knowledgeVersion: number
  /** The model that phrased it; null when composed from the record alone. */
  readonly model: string | null
}

/** A question always gets an Answer: what went wrong is told by its status, never by a throw. */
export type AnswerQuestion = (question: Question) => Promise<Answer>
