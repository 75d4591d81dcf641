import { rightDocs } from "./judgement.ts"
import { isAnswerable, isUnanswerable, type Judged } from "./run.ts"
import { whyOf, type Why } from "./why.ts"

export type Fault = "wrong_first" | "field_missing" | "span_missing" | "status_wrong" | "answered_unanswerable" | "not_answered"

/** A question that went wrong, with what is needed to see why. */
export interface Worst {
  readonly id: string
  readonly question: string
  readonly status: string
  readonly faults: readonly Fault[]
  readonly expected: Part & { readonly spans: readonly string[]; readonly status: string | null }
  readonly given: Part
  readonly why: Why
}

interface Part {
  readonly codes: readonly string[]
  readonly docs: readonly string[]
  readonly fields: readonly string[]
}

const LISTED = 20
const SHOWN = 3

/** The twenty worst questions: those that were answered with the most confidence first. */
export function worstOf(judged: readonly Judged[]): Worst[] {
  return judged
    .filter((j) => faultsOf(j).length > 0)
    .map(describe)
    .sort((a, b) => (b.why.confidence ?? -1) - (a.why.confidence ?? -1))
    .slice(0, LISTED)
}

export function faultsOf(j: Judged): Fault[] {
  const wrong = (rank: number | null) => rank !== null && rank !== 0
  const found: readonly (readonly [Fault, boolean])[] = [
    ["wrong_first", wrong(j.codeRank) || wrong(j.docRank)],
    // Who is rightly asked back is not told the fields yet.
    ["field_missing", j.fieldsFound === false && j.statusRight !== true],
    ["span_missing", j.spansFound === false],
    ["status_wrong", j.statusRight === false],
    ["answered_unanswerable", isUnanswerable(j) && j.answered],
    ["not_answered", isAnswerable(j) && !j.answered],
  ]
  return found.flatMap(([fault, holds]) => (holds ? [fault] : []))
}

function describe(j: Judged): Worst {
  const { expect, question, id } = j.question
  return {
    id,
    question,
    status: j.result.status,
    faults: faultsOf(j),
    expected: {
      codes: expect.codes ?? [],
      docs: rightDocs(expect) ?? [],
      fields: expect.fields ?? [],
      spans: expect.spans ?? [],
      status: expect.status ?? null,
    },
    given: { codes: j.result.codes.slice(0, SHOWN), docs: j.result.docs.slice(0, SHOWN), fields: Object.keys(j.result.fields) },
    why: whyOf(j.answer),
  }
}
