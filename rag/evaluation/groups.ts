import { FIELDS, type Field } from "../types.ts"
import type { Lexicon } from "../understand/lexicon.ts"
import { isAnswerable, type Judged } from "./run.ts"
import { wilson, type Interval } from "./statistics.ts"
import { styleOf } from "./style.ts"

/** A share of the questions for which it is known. */
export interface Rate {
  readonly n: number
  readonly rate: number
  readonly interval: Interval
}

/** What is measured of any set of questions; null: none of them tells. */
export interface Measures {
  readonly n: number
  readonly recall1: Rate | null
  readonly recall10: Rate | null
  readonly document1: Rate | null
  readonly fields: Rate | null
  /** Answered, of those that can be answered. */
  readonly answered: Rate | null
  readonly figuresWithoutSource: number
}

export interface Group extends Measures {
  readonly name: string
}

export interface Groups {
  readonly style: readonly Group[]
  readonly origin: readonly Group[]
  /** By expected field: a question counts in each of its fields, and `fields` tells whether that one was in the answer. */
  readonly field: readonly Group[]
}

/** The figures by how a question is written, where it comes from and what it asks for; the largest group first. */
export function groupsOf(judged: readonly Judged[], lexicon: Pick<Lexicon, "abbreviations">): Groups {
  return {
    style: groupedBy(judged, (j) => styleOf(j.question, lexicon)),
    origin: groupedBy(judged, (j) => j.question.origin ?? NO_ORIGIN),
    field: bySize(FIELDS.flatMap((field) => fieldGroup(judged, field))),
  }
}

export const NO_ORIGIN = "(không ghi)"

export function measuresOf(judged: readonly Judged[], fieldsFound = (j: Judged) => j.fieldsFound): Measures {
  const within = (k: number) => rateOf(judged.map((j) => (j.codeRank === null ? null : j.codeRank >= 0 && j.codeRank < k)))
  return {
    n: judged.length,
    recall1: within(1),
    recall10: within(10),
    document1: rateOf(judged.map((j) => (j.docRank === null ? null : j.docRank === 0))),
    fields: rateOf(judged.map(fieldsFound)),
    answered: rateOf(judged.map((j) => (isAnswerable(j) ? j.answered : null))),
    figuresWithoutSource: judged.reduce((sum, j) => sum + j.madeUp.length, 0),
  }
}

function fieldGroup(judged: readonly Judged[], field: Field): Group[] {
  const asked = judged.filter((j) => j.question.expect.fields?.includes(field))
  return asked.length > 0 ? [{ name: field, ...measuresOf(asked, (j) => field in j.result.fields) }] : []
}

function groupedBy(judged: readonly Judged[], nameOf: (j: Judged) => string): Group[] {
  const groups = new Map<string, Judged[]>()
  for (const j of judged) groups.set(nameOf(j), [...(groups.get(nameOf(j)) ?? []), j])
  return bySize([...groups].map(([name, members]) => ({ name, ...measuresOf(members) })))
}

const bySize = (groups: readonly Group[]) => [...groups].sort((a, b) => b.n - a.n)

function rateOf(found: readonly (boolean | null)[]): Rate | null {
  const known = found.filter((f) => f !== null)
  const hits = known.filter((f) => f).length
  return known.length === 0 ? null : { n: known.length, rate: hits / known.length, interval: wilson(hits, known.length) }
}
