import { draftImport, type ImportEntry, planImport } from "../../knowledge/editing/import-plan.ts"
import type { KnowledgeItem } from "../../knowledge/item.ts"
import { readingOf, type SourceFile } from "../../knowledge/ingest/source-file.ts"
import { loadBase, TRANSACTION, wordsBefore } from "../../knowledge/store.ts"
import type { Database, Transaction } from "../../prisma/database.ts"
import { conflict } from "../api/refusal.ts"
import { type ApiRoute, read, unlogged, write } from "../api/route.ts"
import { draftProcedureImport, IMPORT_CHANGES, type ProcedureImport, readProcedureImport } from "../contract/procedure-import.ts"
import { importNote, refusals } from "../texts.ts"
import { fileOf } from "./documents.ts"

export interface ProcedureImportDependencies {
  readonly db: Database
  readonly newId: () => string
}

interface Plan {
  readonly entries: readonly ImportEntry[]
  readonly problems: readonly string[]
}

/** Files of procedures: what they would change, and making drafts of it. */
export function procedureImportRoutes({ db, newId }: ProcedureImportDependencies): ApiRoute[] {
  const plans = createPlans(db)
  const making = new Map<string, { done: number; total: number }>()
  return [
    read(readProcedureImport, async ({ params: { id }, query }) => {
      const file = await fileOf(db, id)
      const { entries, problems } = await plans.of(file)
      const drafted = await draftedCodes(db)
      const found = entries.filter(({ change, code, procedure }) => matches(query, { change, code, name: procedure.name }))
      const rows = found.slice((query.page - 1) * query.size, query.page * query.size)
      return {
        ...{ name: file.name, state: file.state, note: file.note, problems: problems.slice(0, MAX_PROBLEMS), counts: countsOf(entries) },
        rows: rows.map(({ procedure, differences, ...entry }) => ({
          ...{ ...entry, name: procedure.name, drafted: drafted.has(entry.code), differences: [...differences] },
        })),
        ...{ total: found.length, making: making.get(id) ?? null, last: making.has(id) ? null : await lastRun(db, id) },
      }
    }),
    write(draftProcedureImport, {
      patience: TRANSACTION,
      prepare: async ({ params: { id }, body, actor, now }) => {
        const file = await fileOf(db, id)
        const { entries } = await plans.of(file)
        if (entries.length === 0) throw conflict(refusals.noProcedures)
        if (making.has(id)) throw conflict(refusals.importRunning)
        const groups = new Set<string>(body.take)
        const single = new Set(body.codes)
        const wanted = entries.filter(({ change, code }) => groups.has(change) || (single.has(code) && change !== "same"))
        const run = { state: "running", total: wanted.length, drafted: 0, left: 0, byName: actor.name, startedAt: now }
        // Before the transaction: what the program's end breaks off leaves nothing else behind.
        await db.importRun.upsert({ where: { fileId: id }, create: { fileId: id, ...run }, update: run })
        making.set(id, { done: 0, total: wanted.length })
        return { file, wanted, single }
      },
      async act(tx, { params: { id }, body, actor, now }, { file, wanted, single }) {
        const drafted = await draftedCodes(tx)
        const chosen = wanted.filter(({ code }) => single.has(code) || !drafted.has(code))
        const onProgress = (done: number) => void making.set(id, { done, total: chosen.length })
        const hand = { by: actor, now, newId }
        const made = await draftImport(tx, chosen, { state: body.state, note: importNote(file.name), hand, onProgress })
        const reply = { drafted: made.drafted, left: wanted.length - chosen.length }
        await tx.importRun.update({ where: { fileId: id }, data: { state: "done", ...reply } })
        if (made.drafted === 0) return { reply, log: unlogged("nothing was chosen that differs") }
        const details = { name: file.name, sha256: file.sha256, state: body.state, codes: chosen.map(({ code }) => code) }
        return { reply, log: { kind: "procedure.imported", subject: `document:${id}`, details } }
      },
      ended: ({ params: { id } }) => void making.delete(id),
    }),
  ]
}

/** One that is in no process's hands was broken off, and its transaction with it. */
async function lastRun(db: Database, fileId: string): Promise<ProcedureImport["last"]> {
  const run = await db.importRun.findUnique({ where: { fileId } })
  if (!run) return null
  const { state, total, drafted, left, byName, startedAt } = run
  return { state: state === "done" ? "done" : "broken", total, drafted, left, by: byName, at: startedAt.toISOString() }
}

const MAX_PROBLEMS = 100

const matches = ({ change, q }: { change: string; q: string }, entry: { change: string; code: string; name: string }) =>
  (change === "" || entry.change === change) && `${entry.code} ${entry.name}`.toLowerCase().includes(q.normalize("NFC").toLowerCase())

const countsOf = (entries: readonly ImportEntry[]) =>
  Object.fromEntries(
    IMPORT_CHANGES.map((change) => [change, entries.filter((entry) => entry.change === change).length]),
  ) as ProcedureImport["counts"]

async function draftedCodes(tx: Transaction): Promise<ReadonlySet<string>> {
  const drafts = await tx.knowledgeDraft.findMany({ where: { kind: "procedure" }, select: { key: true } })
  return new Set(drafts.map(({ key }) => key))
}

/** Comparing a whole country takes a second or two, so the last comparison is kept while neither side changes. */
function createPlans(db: Database) {
  let last: { readonly key: string; readonly plan: Plan } | null = null
  return {
    async of({ id, updatedAt, state }: SourceFile): Promise<Plan> {
      const release = await db.knowledgeRelease.findFirst({ orderBy: { number: "desc" } })
      const key = [id, state, updatedAt.toISOString(), release?.number ?? 0].join(" ")
      if (last?.key !== key) {
        const reading = await readingOf(db, id)
        const plan = reading ? { entries: await planOf(reading.items, db), problems: reading.problems } : NOTHING
        last = { key, plan }
      }
      return last.plan
    },
  }
}

const planOf = async (items: readonly KnowledgeItem[], db: Database) => planImport(items, await loadBase(db), await wordsBefore(db, items))

const NOTHING: Plan = { entries: [], problems: [] }
