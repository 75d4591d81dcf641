import type { KnowledgeBase } from "../base.ts"
import { plusDays } from "../calendar/dates.ts"
import type { KnowledgeDocument } from "../document.ts"
import { documentItem, type KnowledgeItem, type KnowledgeKind, noticeItem, procedureItem } from "../item.ts"
import type { Notice } from "../notice.ts"
import type { Procedure } from "../procedure.ts"
import { unmarked } from "../quality/spelling.ts"
import { holding } from "./search-text.ts"
import { isMeant, type Replaced, replacedBy } from "./replaced-numbers.ts"

/** Why a record wants to be looked at, the most pressing first. */
export const UPKEEP_REASONS = ["expired", "superseded", "review_overdue", "expiring", "review_due"] as const
export type UpkeepReason = (typeof UPKEEP_REASONS)[number]

/** Who looks after a record, and by which day it is looked through again. */
export interface RecordCare {
  readonly ownerId: string | null
  readonly reviewBy: string | null
}

/** One record that is told, with what is to be done about it. */
export interface Upkeep extends RecordCare {
  readonly kind: KnowledgeKind
  readonly key: string
  readonly name: string
  /** Its last day (ISO 8601); null where it has none. */
  readonly endsOn: string | null
  readonly reasons: readonly UpkeepReason[]
  /** What is told in its place. */
  readonly successor: { readonly kind: KnowledgeKind; readonly key: string; readonly name: string } | null
}

interface Asked {
  /** Care by "kind:key", for those records that somebody looks after. */
  readonly cares: ReadonlyMap<string, RecordCare>
  /** The date in Vietnam (ISO 8601). */
  readonly today: string
  /** How far ahead "expiring" and "review_due" look. */
  readonly days: number
}

type Told = Pick<KnowledgeBase, "procedures" | "documents" | "notices">

const nameOf = ({ kind, body }: KnowledgeItem) => (kind === "procedure" ? body.name : body.title)

/** Every record that is told, with the reasons why somebody should look at it; most have none. */
export function upkeepOf(told: Told, { cares, today, days }: Asked): Upkeep[] {
  const until = plusDays(today, days)
  const successorOf = successors(told, today)
  const items = [...told.procedures.map(procedureItem), ...told.documents.map(documentItem), ...told.notices.map(noticeItem)]
  return items.map((item): Upkeep => {
    const { ownerId, reviewBy } = cares.get(`${item.kind}:${item.key}`) ?? { ownerId: null, reviewBy: null }
    const endsOn = endOf(item, told)
    const next = successorOf(item)
    const reasons: Readonly<Record<UpkeepReason, boolean>> = {
      expired: endsOn !== null && endsOn < today,
      superseded: next !== null,
      review_overdue: reviewBy !== null && reviewBy < today,
      // The week's schedule always ends within the week.
      expiring: endsOn !== null && endsOn >= today && endsOn <= until && !isWeekly(item),
      review_due: reviewBy !== null && reviewBy >= today && reviewBy <= until,
    }
    return {
      ...{ kind: item.kind, key: item.key, name: nameOf(item), endsOn, ownerId, reviewBy },
      reasons: UPKEEP_REASONS.filter((reason) => reasons[reason]),
      successor: next && { kind: next.kind, key: next.key, name: nameOf(next) },
    }
  })
}

const isWeekly = (item: KnowledgeItem) => item.kind === "notice" && item.body.kind === "weekly_schedule"

/** The last day on which a record is told as valid. Of lists that follow each other only the newest is waited for. */
function endOf(item: KnowledgeItem, { notices }: Told): string | null {
  if (item.kind !== "notice") return item.body.effectiveTo
  const ends = periodEnd(item.body)
  const followed = ends !== null && notices.some((other) => other.kind === item.body.kind && (periodEnd(other) ?? "") > ends)
  return followed ? null : ends
}

function periodEnd(notice: Notice): string | null {
  if (notice.kind === "weekly_schedule") return plusDays(notice.monday, 6)
  return notice.kind === "holidays" ? `${notice.year}-12-31` : null
}

type SuccessorOf = (item: KnowledgeItem) => KnowledgeItem | null

function successors({ procedures, documents }: Told, today: string): SuccessorOf {
  const [ofProcedure, ofDocument] = [sameProcedure(procedures, today), replacingDocument(documents, today)]
  const found: Readonly<Record<KnowledgeKind, SuccessorOf>> = {
    procedure: (item) => (item.kind === "procedure" ? ofProcedure(item.body) : null),
    document: (item) => (item.kind === "document" ? ofDocument(item.body) : null),
    notice: () => null,
  }
  return (item) => found[item.kind](item)
}

const isValid = ({ effectiveFrom, effectiveTo }: Pick<Procedure, "effectiveFrom" | "effectiveTo">, today: string) =>
  (effectiveTo === null || effectiveTo >= today) && (effectiveFrom === null || effectiveFrom <= today)

/** A procedure that has ended, or is from before the two-tier government, gives way to a valid one of the same name. */
function sameProcedure(procedures: readonly Procedure[], today: string) {
  const plain = ({ name }: Procedure) => unmarked(name).replace(/\s+/g, " ").trim()
  const valid = new Map(procedures.filter((one) => !one.legacy && isValid(one, today)).map((one) => [plain(one), one]))
  return (one: Procedure): KnowledgeItem | null => {
    const next = one.legacy || !isValid(one, today) ? valid.get(plain(one)) : undefined
    return next && next.code !== one.code ? procedureItem(next) : null
  }
}

/** What each document says it replaces is read once: documents never change, a new wording is a new object. */
const read = new WeakMap<KnowledgeDocument, readonly Replaced[]>()

function replacedIn(document: KnowledgeDocument): readonly Replaced[] {
  const known = read.get(document) ?? replacedBy(document)
  read.set(document, known)
  return known
}

function replacingDocument(documents: readonly KnowledgeDocument[], today: string) {
  const claims = documents.filter((one) => isValid(one, today)).flatMap((by) => replacedIn(by).map((replaced) => ({ by, replaced })))
  return (one: KnowledgeDocument): KnowledgeItem | null => {
    const claim = claims.find(({ by, replaced }) => by.id !== one.id && isMeant(replaced, one) && !isOlder(by, one))
    return claim ? documentItem(claim.by) : null
  }
}

/** Nothing is replaced by what was there before it. */
const isOlder = (by: KnowledgeDocument, one: KnowledgeDocument) => by.date !== null && one.date !== null && by.date < one.date

/** What is looked for among them. */
export interface UpkeepWish {
  /** "": whatever has a reason; "all": also what has none. */
  readonly show: "" | "all" | UpkeepReason
  readonly kind: "" | KnowledgeKind
  readonly ownerId: string
  /** With or without marks, words in any order. */
  readonly q: string
  /** `due` or `name`, with `-` the other way round. */
  readonly sort: string
}

/** The records that are wished for, in order. */
export function findUpkeep(rows: readonly Upkeep[], { show, kind, ownerId, q, sort }: UpkeepWish): Upkeep[] {
  const holds = holding(q)
  const isShown = ({ reasons }: Upkeep) => show === "all" || (show === "" ? reasons.length > 0 : reasons.includes(show))
  const found = rows.filter(
    (row) =>
      isShown(row) &&
      (kind === "" || row.kind === kind) &&
      (ownerId === "" || row.ownerId === ownerId) &&
      holds(unmarked(`${row.key} ${row.name}`)),
  )
  const turn = sort.startsWith("-") ? -1 : 1
  const order = sort.endsWith("due") ? byDue : byName
  return found.sort((a, b) => turn * order(a, b) || byName(a, b) || (a.key < b.key ? -1 : 1))
}

const vietnamese = new Intl.Collator("vi")
const byName = (a: Upkeep, b: Upkeep) => vietnamese.compare(a.name, b.name)
/** What has no day comes last. */
const dueOf = ({ endsOn, reviewBy }: Upkeep) => [endsOn ?? "9999", reviewBy ?? "9999"].sort()[0] ?? "9999"
const rankOf = ({ reasons }: Upkeep) => (reasons[0] ? UPKEEP_REASONS.indexOf(reasons[0]) : UPKEEP_REASONS.length)
const byDue = (a: Upkeep, b: Upkeep) => rankOf(a) - rankOf(b) || dueOf(a).localeCompare(dueOf(b))
