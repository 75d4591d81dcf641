import type { Database } from "../../prisma/database.ts"
import { procedureSchema, type Procedure } from "../procedure.ts"
import type { DraftState } from "./drafts.ts"
import { searchTextOf } from "./search-text.ts"
import { lacksOf, type Lack } from "./lacks.ts"

/** What a list tells of one wording of a procedure. */
export interface ProcedureFacts {
  readonly name: string
  readonly field: string
  readonly levels: readonly Procedure["levels"][number][]
  readonly sameDay: boolean
  readonly legacy: boolean
  readonly effectiveTo: string | null
  readonly lacks: readonly Lack[]
  /** Code, names and aliases without marks. */
  readonly search: string
}

/** One procedure as staff find it: what is told of it, or, where nothing is yet, what is being prepared. */
export interface CatalogueRow extends ProcedureFacts {
  readonly code: string
  /** Where its name stands in the alphabet. */
  readonly order: number
  /** Citizens are answered from it. */
  readonly told: boolean
  /** The shipped demo data, still or until it gave way. */
  readonly demo: boolean
  readonly draft: { readonly state: DraftState; readonly withdraws: boolean } | null
  /** Why it is switched off; null while it is on. */
  readonly suspended: string | null
  readonly ownerId: string | null
  readonly reviewBy: string | null
}

/** All procedures as the database holds them now; what did not change since the last time is not read again. */
export interface Catalogue {
  rows(): Promise<readonly CatalogueRow[]>
}

/** Wordings that are asked for at once. */
const BATCH = 200

interface Wanted {
  readonly id: string
  readonly version: number
}

type Known = Map<string, { readonly version: number; readonly facts: ProcedureFacts }>

export function createCatalogue(db: Database): Catalogue {
  const wordings: Known = new Map()
  const prepared: Known = new Map()
  let orders: ReadonlyMap<string, number> = new Map()
  let seen: { readonly stamp: string; readonly rows: readonly CatalogueRow[] } | null = null
  const read = async (): Promise<CatalogueRow[]> => {
    const records = await recordsOf(db)
    const drafts = await db.knowledgeDraft.findMany({ where: { kind: "procedure" }, omit: { body: true } })
    const codes = new Set(records.map(({ key }) => key))
    const news = drafts.filter(({ key }) => !codes.has(key))
    const changed = await fill(wordings, records, (part) => wordingsOf(db, part))
    const changedNews = await fill(prepared, news, (part) => draftsOf(db, part))
    // Comparing words by Vietnamese rules takes longer than all the rest: done when a word changed.
    if (changed || changedNews) orders = ordersOf([...wordings.values(), ...prepared.values()])
    const draftOf = new Map(drafts.map(({ key, state, withdraws }) => [key, { state: state as DraftState, withdraws }]))
    const rowOf = (row: Standing, facts: ProcedureFacts | undefined) =>
      facts ? [{ ...facts, ...row, draft: draftOf.get(row.code) ?? null, order: orders.get(facts.name) ?? 0 }] : []
    return [
      ...records.flatMap((record) => rowOf(standingOf(record), wordings.get(record.id)?.facts)),
      ...news.flatMap(({ id, key }) => rowOf({ ...UNTOLD, code: key }, prepared.get(id)?.facts)),
    ]
  }
  return {
    async rows() {
      const stamp = await stampOf(db)
      if (seen?.stamp !== stamp) seen = { stamp, rows: await read() }
      return seen.rows
    },
  }
}

/** Differs when anything that a row tells may have changed: staff's changes are in the audit chain, imports make a release. */
async function stampOf(db: Database): Promise<string> {
  const found = await db.$queryRaw`
    SELECT (SELECT MAX("number") FROM "KnowledgeRelease") AS "release", (SELECT MAX("seq") FROM "AuditEntry") AS "act",
      (SELECT COUNT(*) FROM "KnowledgeDraft") AS "drafts", (SELECT SUM("version") FROM "KnowledgeDraft") AS "versions"`
  return JSON.stringify(found, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value))
}

type Standing = Omit<CatalogueRow, "draft" | "order" | keyof ProcedureFacts>

const UNTOLD = { told: false, demo: false, suspended: null, ownerId: null, reviewBy: null }

const standingOf = ({ key, status, demo, suspended, ownerId, reviewBy }: RecordRow): Standing => ({
  ...{ code: key, told: status === "published", demo: Boolean(demo), suspended, ownerId, reviewBy },
})

const vietnamese = new Intl.Collator("vi")

/** Where each name stands in the alphabet. */
function ordersOf(known: readonly { readonly facts: ProcedureFacts }[]): Map<string, number> {
  const names = [...new Set(known.map(({ facts }) => facts.name))].sort(vietnamese.compare)
  return new Map(names.map((name, order) => [name, order]))
}

interface RecordRow {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly status: string
  readonly demo: number | boolean
  readonly suspended: string | null
  readonly ownerId: string | null
  readonly reviewBy: string | null
}

/** Plain rows: thousands of them are read for each page of the list. */
const recordsOf = (db: Database) => db.$queryRaw<RecordRow[]>`
  SELECT "id", "key", "version", "status", "demo", "suspended", "ownerId", "reviewBy" FROM "KnowledgeRecord" WHERE "kind" = 'procedure'`

/** Reads what is not known in its present version, and forgets what is gone. False when nothing changed. */
async function fill(known: Known, wanted: readonly Wanted[], read: (part: readonly Wanted[]) => Promise<{ id: string; body: unknown }[]>) {
  const missing = wanted.filter(({ id, version }) => known.get(id)?.version !== version)
  for (let start = 0; start < missing.length; start += BATCH) {
    const part = missing.slice(start, start + BATCH)
    const bodies = new Map((await read(part)).map(({ id, body }) => [id, body]))
    for (const { id, version } of part) {
      const body = bodies.get(id)
      // Gone or changed in between: the next reading brings it.
      if (body !== undefined) known.set(id, { version, facts: factsOf(procedureSchema.parse(body)) })
    }
  }
  if (known.size === wanted.length) return missing.length > 0
  const ids = new Set(wanted.map(({ id }) => id))
  for (const id of known.keys()) if (!ids.has(id)) known.delete(id)
  return true
}

async function wordingsOf(db: Database, part: readonly Wanted[]) {
  const where = { OR: part.map(({ id, version }) => ({ recordId: id, version })) }
  const rows = await db.knowledgeVersion.findMany({ where, select: { recordId: true, body: true } })
  return rows.map(({ recordId, body }) => ({ id: recordId, body }))
}

const draftsOf = (db: Database, part: readonly Wanted[]) =>
  db.knowledgeDraft.findMany({ where: { OR: part.map(({ id, version }) => ({ id, version })) }, select: { id: true, body: true } })

function factsOf(procedure: Procedure): ProcedureFacts {
  const { name, field, levels, sameDay, legacy, effectiveTo } = procedure
  return { name, field, levels, sameDay, legacy, effectiveTo, lacks: lacksOf(procedure), search: searchTextOf(procedure) }
}
