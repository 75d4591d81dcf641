import type { EvalQuestion } from "./questions.ts"

/** What was given for a question, as far as its judgement goes. */
export interface Given {
  readonly status: string
  readonly codes: readonly string[]
  readonly docs: readonly string[]
  readonly text: string
}

export interface Judgement {
  /** Place of the first right procedure or document among the candidates, from 0; -1: not there; null: none expected. */
  readonly codeRank: number | null
  readonly docRank: number | null
  /** All expected spans are in the text; null: none expected. */
  readonly spansFound: boolean | null
  /** The answer has the expected status; null: none expected. */
  readonly statusRight: boolean | null
}

/** Judges what was given against what was expected. */
export function judgementOf(expect: EvalQuestion["expect"], given: Given): Judgement {
  const { codes, spans, status } = expect
  const docs = rightDocs(expect)
  return {
    codeRank: codes ? given.codes.findIndex((c) => codes.includes(c)) : null,
    docRank: docs ? given.docs.findIndex((d) => docs.includes(d)) : null,
    spansFound: spans ? spans.every((s) => squeeze(given.text).includes(squeeze(s))) : null,
    statusRight: status === undefined ? null : given.status === status,
  }
}

/** The documents of which any may answer; null when none is expected. */
export const rightDocs = ({ doc, docs }: EvalQuestion["expect"]): readonly string[] | null => docs ?? (doc ? [doc] : null)

const squeeze = (text: string) => text.normalize("NFC").replace(/\s+/g, " ").trim()
