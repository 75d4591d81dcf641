import type { JsonObject, Transaction } from "../prisma/database.ts"
import { digestOfAll } from "./base.ts"

/** How a release came about: files or the demo came in, drafts were published, an older one was brought back, the commune was named, a procedure was switched off or on. */
export const RELEASE_ORIGINS = ["import", "drafts", "return", "setup", "switch"] as const
export type ReleaseOrigin = (typeof RELEASE_ORIGINS)[number]

export interface ReleaseNote {
  readonly origin: ReleaseOrigin
  /** Whoever published; null where a command did. */
  readonly by?: string | null
  readonly reason?: string | null
  readonly repeats?: number | null
}

/** Writes down what is told from now on as the next release, and in which wording; returns its number. */
export async function recordRelease(tx: Transaction, { origin, by, reason, repeats }: ReleaseNote, now: Date): Promise<number> {
  const last = await tx.knowledgeRelease.findFirst({ orderBy: { number: "desc" } })
  const number = (last?.number ?? 0) + 1
  const records = await tx.knowledgeRecord.findMany({ where: { status: "published" }, select: { kind: true, key: true, digest: true } })
  const digest = digestOfAll(new Map(records.map((r) => [`${r.kind}:${r.key}`, r.digest])))
  const note = { origin, byName: by ?? null, reason: reason ?? null, repeats: repeats ?? null }
  await tx.knowledgeRelease.create({ data: { number, digest, recordCount: records.length, createdAt: now, ...note } })
  await writeStays(tx, number)
  return number
}

/** Ends the stay of each wording that is told no more, and begins that of each new one. */
async function writeStays(tx: Transaction, number: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE "KnowledgeStay" SET "toRelease" = ${number}
    WHERE "toRelease" IS NULL AND NOT EXISTS (
      SELECT 1 FROM "KnowledgeRecord" AS "r"
      WHERE "r"."id" = "KnowledgeStay"."recordId" AND "r"."status" = 'published'
        AND "r"."version" = "KnowledgeStay"."version" AND "r"."demo" = "KnowledgeStay"."demo")`
  await tx.$executeRaw`
    INSERT INTO "KnowledgeStay" ("recordId", "version", "demo", "fromRelease", "toRelease")
    SELECT "r"."id", "r"."version", "r"."demo", ${number}, NULL FROM "KnowledgeRecord" AS "r"
    WHERE "r"."status" = 'published' AND NOT EXISTS (
      SELECT 1 FROM "KnowledgeStay" AS "s" WHERE "s"."recordId" = "r"."id" AND "s"."toRelease" IS NULL)`
}

/** `unknown`: which wordings it had was never kept. `same`: exactly this is told now. */
export type Returned =
  | { readonly outcome: "returned"; readonly number: number; readonly changed: number; readonly withdrawn: number }
  | { readonly outcome: "unknown" }
  | { readonly outcome: "same" }

interface Return {
  readonly to: number
  readonly by: string
  readonly reason: string
  readonly now: Date
  readonly newId: () => string
}

/** Tells exactly what release `to` told, as a new release. Nothing of what was said since is lost: wordings are only added. */
export async function returnToRelease(tx: Transaction, { to, by, reason, now, newId }: Return): Promise<Returned> {
  if (!(await isKept(tx, to))) return { outcome: "unknown" }
  const stays = await tx.knowledgeStay.findMany({
    where: { fromRelease: { lte: to }, OR: [{ toRelease: null }, { toRelease: { gt: to } }] },
  })
  let changed = 0
  for (const stay of stays) if (await tellAgain(tx, stay, { to, now, newId })) changed++
  const told = new Set(stays.map(({ recordId }) => recordId))
  const live = await tx.knowledgeRecord.findMany({ where: { status: "published" }, select: { id: true } })
  const gone = live.filter(({ id }) => !told.has(id))
  for (const { id } of gone) await tx.knowledgeRecord.update({ where: { id }, data: { status: "withdrawn", updatedAt: now } })
  if (changed + gone.length === 0) return { outcome: "same" }
  const number = await recordRelease(tx, { origin: "return", by, reason, repeats: to }, now)
  return { outcome: "returned", number, changed, withdrawn: gone.length }
}

/** Releases from before wordings were kept cannot be brought back. */
async function isKept(tx: Transaction, number: number): Promise<boolean> {
  const first = await firstKept(tx)
  return first !== null && number >= first && (await tx.knowledgeRelease.findUnique({ where: { number } })) !== null
}

/** The oldest release that can be brought back; null when there is none. */
export async function firstKept(tx: Transaction): Promise<number | null> {
  return (await tx.knowledgeStay.findFirst({ orderBy: { fromRelease: "asc" } }))?.fromRelease ?? null
}

type Stay = Awaited<ReturnType<Transaction["knowledgeStay"]["findMany"]>>[number]

/** False when the record is told in these words already. */
async function tellAgain(tx: Transaction, stay: Stay, { to, now, newId }: Pick<Return, "to" | "now" | "newId">): Promise<boolean> {
  const { recordId, demo } = stay
  const record = await tx.knowledgeRecord.findUniqueOrThrow({ where: { id: recordId } })
  const where = { recordId_version: { recordId, version: stay.version } }
  const { digest } = await tx.knowledgeVersion.findUniqueOrThrow({ where, select: { digest: true } })
  if (record.status === "published" && record.digest === digest && record.demo === demo) return false
  const { body, given } = await tx.knowledgeVersion.findUniqueOrThrow({ where })
  // Numbers of wordings only rise, so the old words come back as the next one.
  const version = record.version + 1
  await tx.knowledgeVersion.create({
    data: {
      id: newId(),
      recordId,
      version,
      digest,
      body: body as JsonObject,
      importedFrom: `bản ${to}`,
      createdAt: now,
      ...(given !== null && { given: given as JsonObject }),
    },
  })
  await tx.knowledgeRecord.update({ where: { id: recordId }, data: { version, digest, demo, status: "published", updatedAt: now } })
  return true
}

/** What a release changed, each record by its kind and key. */
export interface ReleaseChanges {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly withdrawn: readonly string[]
}

/** What a release changed against the one before; null when the one before was not kept. */
export async function changesOf(tx: Transaction, number: number): Promise<ReleaseChanges | null> {
  const first = await firstKept(tx)
  if (first === null || number < first || (number === first && number > 1)) return null
  const began = await tx.knowledgeStay.findMany({ where: { fromRelease: number } })
  const ended = await tx.knowledgeStay.findMany({ where: { toRelease: number } })
  const [beganIds, endedIds] = [new Set(began.map((s) => s.recordId)), new Set(ended.map((s) => s.recordId))]
  const names = await namesOf(tx, [...beganIds, ...endedIds])
  const listed = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? id).sort()
  return {
    added: listed([...beganIds].filter((id) => !endedIds.has(id))),
    changed: listed([...beganIds].filter((id) => endedIds.has(id))),
    withdrawn: listed([...endedIds].filter((id) => !beganIds.has(id))),
  }
}

// SQLite takes so many values in one question.
const BATCH = 500

async function namesOf(tx: Transaction, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (let start = 0; start < ids.length; start += BATCH) {
    const where = { id: { in: ids.slice(start, start + BATCH) } }
    const rows = await tx.knowledgeRecord.findMany({ where, select: { id: true, kind: true, key: true } })
    for (const { id, kind, key } of rows) names.set(id, `${kind}:${key}`)
  }
  return names
}
