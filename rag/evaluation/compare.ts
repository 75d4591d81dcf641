import { z } from "zod"
import { readJsonLines } from "./json-lines.ts"
import { judgementOf, type Judgement } from "./judgement.ts"
import type { EvalQuestion } from "./questions.ts"
import { mcNemar } from "./statistics.ts"

const resultLine = z.looseObject({
  id: z.string(),
  status: z.string(),
  codes: z.array(z.string()),
  docs: z.array(z.string()).default([]),
  text: z.string(),
})
export type ResultLine = z.infer<typeof resultLine>

/** Reads one file of RESULTS lines. Throws InvalidInputError that lists every line at fault. */
export const readResults = (file: string) => readJsonLines([file], resultLine, "Tệp kết quả có dòng chưa đúng")

/** A measure that a question meets or not, before and after. */
export interface Paired {
  readonly n: number
  readonly before: number
  readonly after: number
  readonly gained: number
  readonly lost: number
  readonly p: number
}

export type Measure = "code" | "document" | "spans"

/** One thing that changed about a question: ranks from 1 (null: not among the candidates), or whether the spans are there. */
export interface Change {
  readonly measure: Measure
  readonly before: number | boolean | null
  readonly after: number | boolean | null
}

export interface ChangedQuestion {
  readonly id: string
  readonly question: string
  readonly changes: readonly Change[]
}

export interface Moved {
  readonly id: string
  readonly before: string
  readonly after: string
}

export interface Comparison {
  /** Questions that both files hold; the others are named. */
  readonly common: number
  readonly onlyBefore: readonly string[]
  readonly onlyAfter: readonly string[]
  readonly status: readonly Moved[]
  readonly first: readonly Moved[]
  readonly text: readonly string[]
  /** Null without question files. A question with a gain and a loss stands in both lists. */
  readonly judged: {
    readonly questions: number
    readonly recall1: Paired | null
    readonly document1: Paired | null
    readonly spans: Paired | null
    readonly gained: readonly ChangedQuestion[]
    readonly lost: readonly ChangedQuestion[]
  } | null
}

interface Pair {
  readonly id: string
  readonly before: ResultLine
  readonly after: ResultLine
}

/** What a change of the program won and lost, from the results before and after it; `questions` null: nothing is known to be right. */
export function compare(
  before: readonly ResultLine[],
  after: readonly ResultLine[],
  questions: readonly EvalQuestion[] | null,
): Comparison {
  const [a, b] = [keyed(before), keyed(after)]
  const pairs = [...a].flatMap(([id, line]): Pair[] => {
    const other = b.get(id)
    return other ? [{ id, before: line, after: other }] : []
  })
  const moved = (of: (line: ResultLine) => string): Moved[] =>
    pairs.map((pair) => ({ id: pair.id, before: of(pair.before), after: of(pair.after) })).filter((m) => m.before !== m.after)
  return {
    common: pairs.length,
    onlyBefore: [...a.keys()].filter((id) => !b.has(id)),
    onlyAfter: [...b.keys()].filter((id) => !a.has(id)),
    status: moved((line) => line.status),
    first: moved((line) => line.codes[0] ?? "–"),
    text: moved((line) => line.text).map((m) => m.id),
    judged: questions ? judgedPairs(pairs, keyed(questions)) : null,
  }
}

/** Files put together may use an id twice: the second is told apart by its turn. */
function keyed<T extends { id: string }>(items: readonly T[]): Map<string, T> {
  const map = new Map<string, T>()
  for (const item of items) {
    let turn = 1
    while (map.has(keyOf(item.id, turn))) turn++
    map.set(keyOf(item.id, turn), item)
  }
  return map
}

const keyOf = (id: string, turn: number) => (turn === 1 ? id : `${id} (${turn})`)

interface JudgedPair {
  readonly id: string
  readonly question: string
  readonly before: Judgement
  readonly after: Judgement
}

function judgedPairs(pairs: readonly Pair[], questions: ReadonlyMap<string, EvalQuestion>): Comparison["judged"] {
  const judged = pairs.flatMap(({ id, before, after }): JudgedPair[] => {
    const asked = questions.get(id)
    if (!asked) return []
    return [{ id, question: asked.question, before: judgementOf(asked.expect, before), after: judgementOf(asked.expect, after) }]
  })
  const changed = judged.map((pair) => ({ id: pair.id, question: pair.question, changes: changesOf(pair) }))
  return {
    questions: judged.length,
    recall1: paired(judged, (j) => isFirst(j.codeRank)),
    document1: paired(judged, (j) => isFirst(j.docRank)),
    spans: paired(judged, (j) => j.spansFound),
    gained: changed.filter(({ changes }) => changes.some(isGain)),
    lost: changed.filter(({ changes }) => changes.some((change) => !isGain(change))),
  }
}

const isFirst = (rank: number | null) => (rank === null ? null : rank === 0)

function paired(judged: readonly JudgedPair[], holds: (judgement: Judgement) => boolean | null): Paired | null {
  const known = judged.map((pair) => [holds(pair.before), holds(pair.after)] as const).filter(([before]) => before !== null)
  if (known.length === 0) return null
  const count = (met: (before: boolean, after: boolean) => boolean) => known.filter(([x, y]) => met(x === true, y === true)).length
  const gained = count((before, after) => !before && after)
  const lost = count((before, after) => before && !after)
  return { n: known.length, before: count((x) => x), after: count((_, y) => y), gained, lost, p: mcNemar(gained, lost) }
}

function changesOf({ before, after }: JudgedPair): Change[] {
  const all: readonly Change[] = [
    { measure: "code", before: placeOf(before.codeRank), after: placeOf(after.codeRank) },
    { measure: "document", before: placeOf(before.docRank), after: placeOf(after.docRank) },
    { measure: "spans", before: before.spansFound, after: after.spansFound },
  ]
  return all.filter((change) => change.before !== change.after)
}

const placeOf = (rank: number | null) => (rank === null || rank < 0 ? null : rank + 1)

export function isGain({ before, after }: Change): boolean {
  if (typeof after === "boolean") return after
  return (typeof after === "number" ? after : Infinity) < (typeof before === "number" ? before : Infinity)
}
