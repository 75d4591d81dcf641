import type { Procedure } from "../procedure.ts"
import { holding, searchTextOf } from "./search-text.ts"
import type { CatalogueRow } from "./catalogue.ts"
import type { Lack } from "./lacks.ts"

/** What staff look for among the procedures; each can be joined with a field, a level and words. */
export const SHOWN = ["", "drafted", "suspended", "incomplete", "expiring", "review_due", "same_day", "withdrawn"] as const
export type Shown = (typeof SHOWN)[number]

export const PROCEDURE_ORDERS = ["name", "code", "field", "reviewBy", "effectiveTo"] as const
export type ProcedureOrder = (typeof PROCEDURE_ORDERS)[number]

export interface Wish {
  readonly show: Shown
  readonly field: string
  readonly level: string
  readonly lack: Lack | ""
  readonly ownerId: string
  /** How far ahead "expiring" and "review_due" look. */
  readonly days: number
  /** With or without marks, words in any order. */
  readonly q: string
  /** `name`, or `-name` the other way round. */
  readonly sort: string
}

const DAY_MS = 24 * 60 * 60 * 1000

type Test = (row: CatalogueRow, until: string) => boolean

/** What gave way to the commune's own data is nobody's procedure any more. */
const isCurrent: Test = ({ told, draft }) => told || draft !== null

const SHOWS: Readonly<Record<Shown, Test>> = {
  "": isCurrent,
  drafted: ({ draft }) => draft !== null,
  suspended: (row, until) => isCurrent(row, until) && row.suspended !== null,
  incomplete: (row, until) => isCurrent(row, until) && row.lacks.length > 0,
  expiring: (row, until) => isCurrent(row, until) && isDue(row.effectiveTo, until),
  review_due: (row, until) => isCurrent(row, until) && isDue(row.reviewBy, until),
  same_day: (row, until) => isCurrent(row, until) && row.sameDay,
  withdrawn: ({ told, demo }) => !told && !demo,
}

/** On or before the day: also when it has passed. */
const isDue = (day: string | null, until: string) => day !== null && day <= until

/** The procedures that are wished for, in order. `today` is the date in Vietnam (ISO 8601). */
export function findInCatalogue(rows: readonly CatalogueRow[], wish: Wish, today: string): CatalogueRow[] {
  const until = new Date(Date.parse(today) + wish.days * DAY_MS).toISOString().slice(0, 10)
  const holds = holding(wish.q)
  const found = rows.filter(
    (row) =>
      SHOWS[wish.show](row, until) &&
      (wish.field === "" || row.field === wish.field) &&
      (wish.level === "" || row.levels.some((level) => level === wish.level)) &&
      (wish.lack === "" || row.lacks.includes(wish.lack)) &&
      (wish.ownerId === "" || row.ownerId === wish.ownerId) &&
      holds(row.search),
  )
  const column = wish.sort.replace(/^-/, "") as ProcedureOrder
  const turn = wish.sort.startsWith("-") ? -1 : 1
  return found.sort((a, b) => turn * ORDERS[column](a, b) || (a.code < b.code ? -1 : 1))
}

/** Fewer than anybody scrolls through. */
const PICKED = 20

/** Procedures to choose from while somebody types: the chosen ones by their codes, then those that hold the words, short names first. */
export function pickProcedures(
  procedures: readonly Procedure[],
  { q, codes }: { readonly q: string; readonly codes: readonly string[] },
): { code: string; name: string }[] {
  const holds = holding(q)
  const chosen = procedures.filter(({ code }) => codes.includes(code))
  const found = procedures.filter((procedure) => !codes.includes(procedure.code) && holds(searchTextOf(procedure)))
  const short = found.toSorted((a, b) => a.name.length - b.name.length || (a.code < b.code ? -1 : 1)).slice(0, PICKED)
  return [...chosen, ...short].map(({ code, name }) => ({ code, name }))
}

const byName = (a: CatalogueRow, b: CatalogueRow) => a.order - b.order
const vietnamese = new Intl.Collator("vi")
/** What has no day comes last. */
const byDay = (a: string | null, b: string | null) => (a ?? "9999").localeCompare(b ?? "9999")

const ORDERS: Readonly<Record<ProcedureOrder, (a: CatalogueRow, b: CatalogueRow) => number>> = {
  name: byName,
  code: (a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  field: (a, b) => (a.field === b.field ? byName(a, b) : vietnamese.compare(a.field, b.field)),
  reviewBy: (a, b) => byDay(a.reviewBy, b.reviewBy),
  effectiveTo: (a, b) => byDay(a.effectiveTo, b.effectiveTo),
}
