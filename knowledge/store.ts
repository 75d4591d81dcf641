import type { Database, JsonObject, Transaction } from "../prisma/database.ts"
import { makeBase, type KnowledgeBase } from "./base.ts"
import { documentSchema } from "./document.ts"
import { digestOf, documentItem, noticeItem, procedureItem, KNOWLEDGE_KINDS, type KnowledgeItem, type KnowledgeKind } from "./item.ts"
import { type Before, beforeOf, givenBefore, type Merged, mergeFile } from "./file-words.ts"
import { noticeSchema } from "./notice.ts"
import { procedureSchema } from "./procedure.ts"
import { readHome, saveHome } from "./home.ts"
import { recordRelease, type ReleaseOrigin } from "./releases.ts"

export interface SaveReport {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Demo records that gave way to the commune's own. */
  readonly withdrawn: number
  /** Keys of records of which the file said nothing new, so that what staff made of them stands; left out where there are none. */
  readonly kept?: readonly string[]
  /** Keys of records that staff had changed and of which the file said something new, which is told; left out likewise. */
  readonly overruled?: readonly string[]
}

export interface SaveOptions {
  readonly now: Date
  readonly newId: () => string
  /** The shipped demo data; it never replaces a record of the commune's own. */
  readonly demo: boolean
  readonly importedFrom: string
  /** Kinds whose records staff wrote or confirmed: told as they are given. Of others, a file changes what the file changed. */
  readonly byStaff?: readonly KnowledgeKind[]
  /** Whoever publishes; null or left out where a command does. */
  readonly by?: string | null
  /** Why it is told although a check advised against it. */
  readonly reason?: string | null
  /** How the release is listed; an import where it is left out. */
  readonly origin?: ReleaseOrigin
  readonly onProgress?: (done: number) => void
}

interface Given {
  readonly item: KnowledgeItem
  readonly digest: string
}

// Rows that go to the database at once: fewer round trips, and only these bodies are in memory a second time.
const BATCH = 200
// Other writers wait while a large file comes in.
export const TRANSACTION = { maxWait: 2 * 60_000, timeout: 10 * 60_000 }

/**
 * Publishes records in one transaction: all or none. A record that is already there word for word is left alone, a changed
 * one gets the next version number, and every wording is kept.
 */
export async function saveItems(db: Database, items: readonly KnowledgeItem[], options: SaveOptions): Promise<SaveReport> {
  // Before the transaction: it holds up everyone else who wants to write.
  const given = withDigests(items)
  return db.$transaction((tx) => saveWithin(tx, given, options), TRANSACTION)
}

/** The same as part of the caller's transaction. */
export const saveItemsWithin = (tx: Transaction, items: readonly KnowledgeItem[], options: SaveOptions): Promise<SaveReport> =>
  saveWithin(tx, withDigests(items), options)

const withDigests = (items: readonly KnowledgeItem[]): Given[] => items.map((item) => ({ item, digest: digestOf(item) }))

async function saveWithin(tx: Transaction, given: readonly Given[], options: SaveOptions): Promise<SaveReport> {
  const known = await knownRecords(tx)
  const closed = options.demo ? kindsOfOwn(known) : new Set<string>()
  const counts = { added: 0, changed: 0, unchanged: 0 }
  const notes = { kept: [] as string[], overruled: [] as string[] }
  for (let start = 0; start < given.length; start += BATCH) {
    const batch = given.slice(start, start + BATCH)
    const done = await saveBatch(tx, batch, { ...options, known, closed })
    for (const kind of ["added", "changed", "unchanged"] as const) counts[kind] += done[kind]
    for (const kind of ["kept", "overruled"] as const) notes[kind].push(...(done[kind] ?? []))
    for (const [i] of batch.entries()) options.onProgress?.(start + i + 1)
  }
  const kinds = [...new Set(given.map(({ item }) => item.kind))]
  const withdrawn = options.demo ? 0 : await withdrawDemo(tx, { kind: { in: kinds } }, options.now)
  if (counts.added + counts.changed + withdrawn > 0)
    await recordRelease(tx, { origin: options.origin ?? "import", by: options.by ?? null, reason: options.reason ?? null }, options.now)
  return {
    ...counts,
    withdrawn,
    ...(notes.kept.length > 0 && { kept: notes.kept }),
    ...(notes.overruled.length > 0 && { overruled: notes.overruled }),
  }
}

/** Tells records in these words as part of a release that the caller records; nothing else is touched. */
export async function tellWithin(tx: Transaction, items: readonly KnowledgeItem[], options: SaveOptions): Promise<void> {
  await saveBatch(tx, withDigests(items), { ...options, known: await knownRecords(tx), closed: new Set() })
}

interface Around {
  readonly known: ReadonlyMap<string, KnownRecord>
  /** Kinds that the commune has records of its own of: the demo stays away from them. */
  readonly closed: ReadonlySet<string>
}

type KnownRecord = Awaited<ReturnType<Database["knowledgeRecord"]["findMany"]>>[number]

const nameOf = ({ kind, key }: { kind: string; key: string }) => `${kind}:${key}`

const knownRecords = async (tx: Transaction) => new Map((await tx.knowledgeRecord.findMany()).map((r) => [nameOf(r), r]))

const kindsOfOwn = (known: ReadonlyMap<string, KnownRecord>) => new Set([...known.values()].filter((r) => !r.demo).map((r) => r.kind))

async function saveBatch(tx: Transaction, batch: readonly Given[], options: SaveOptions & Around): Promise<Omit<SaveReport, "withdrawn">> {
  const { known, now, newId, demo, importedFrom } = options
  const { news, ...notes } = await newsOf(tx, batch, options)
  const planned = news.map(({ item, digest, given }) => {
    const before = known.get(nameOf(item))
    const recordId = before?.id ?? newId()
    const version = (before?.version ?? 0) + 1
    const state = { version, digest, status: "published", demo, updatedAt: now }
    const wording = { id: newId(), recordId, version, digest, body: item.body, importedFrom, createdAt: now, ...given }
    return { before, state, wording, record: { id: recordId, kind: item.kind, key: item.key, createdAt: now, ...state } }
  })
  const added = planned.filter(({ before }) => before === undefined)
  await tx.knowledgeRecord.createMany({ data: added.map(({ record }) => record) })
  for (const { before, state } of planned) if (before) await tx.knowledgeRecord.update({ where: { id: before.id }, data: state })
  await tx.knowledgeVersion.createMany({ data: planned.map(({ wording }) => wording) })
  return { added: added.length, changed: planned.length - added.length, unchanged: batch.length - planned.length, ...notes }
}

interface News extends Given {
  /** What is stored beside the wording. */
  readonly given: { readonly given?: JsonObject }
}

/** What is not told yet, with what staff made of it in the place of what the file repeats. */
async function newsOf(tx: Transaction, batch: readonly Given[], options: SaveOptions & Around) {
  const news = batch.filter((given) => isNews(given, options))
  if (options.demo) return { news: news.map((given): News => ({ ...given, given: {} })) }
  const stored = await storedWords(tx, news, options.known)
  const notes: Record<Exclude<Merged["outcome"], "as_given">, string[]> = { kept: [], overruled: [] }
  const merged = news.map(({ item, digest }): News => {
    const words = stored.get(nameOf(item))
    if (options.byStaff?.includes(item.kind)) return { item, digest, given: { given: givenBefore(words) } }
    if (!words) return { item, digest, given: {} }
    const { outcome, ...result } = mergeFile(item, beforeOf(item, words))
    if (outcome !== "as_given") notes[outcome].push(item.key)
    const given = result.given ? { given: result.given.body as unknown as JsonObject } : {}
    return { item: result.item, digest: digestOf(result.item), given }
  })
  return { news: merged.filter((given) => isNews(given, options)), ...notes }
}

/** What is known of each of these records before a file speaks of it, by "kind:key"; nothing of those that are new. */
export async function wordsBefore(tx: Transaction, items: readonly KnowledgeItem[]): Promise<Map<string, Before>> {
  const known = await knownRecords(tx)
  const found = new Map<string, Before>()
  for (let start = 0; start < items.length; start += BATCH) {
    const batch = items.slice(start, start + BATCH)
    const stored = await storedWords(tx, withDigests(batch), known)
    for (const item of batch) {
      const words = stored.get(nameOf(item))
      if (words) found.set(nameOf(item), beforeOf(item, words))
    }
  }
  return found
}

/** The newest wording of each record that is there already, with what is stored beside it. */
async function storedWords(tx: Transaction, given: readonly Given[], known: ReadonlyMap<string, KnownRecord>) {
  const records = given.flatMap(({ item }) => known.get(nameOf(item)) ?? [])
  const names = new Map(records.map((record) => [record.id, nameOf(record)]))
  const where = { OR: records.map(({ id, version }) => ({ recordId: id, version })) }
  const rows =
    records.length === 0 ? [] : await tx.knowledgeVersion.findMany({ where, select: { recordId: true, body: true, given: true } })
  return new Map(rows.map(({ recordId, ...words }) => [names.get(recordId) ?? "", words]))
}

function isNews({ item, digest }: Given, { known, closed, demo }: Around & { demo: boolean }): boolean {
  const before = known.get(nameOf(item))
  const same = before?.digest === digest && before.status === "published" && before.demo === demo
  return !same && !closed.has(item.kind)
}

/** The commune's own procedures or documents replace the demo's of the same kind as a whole: half a demo would mislead. */
export async function withdrawDemo(tx: Transaction, which: { readonly kind?: { in: KnowledgeKind[] } }, now: Date): Promise<number> {
  const { count } = await tx.knowledgeRecord.updateMany({
    where: { demo: true, status: "published", ...which },
    data: { status: "withdrawn", updatedAt: now },
  })
  return count
}

/** Everything that is published now. */
export async function loadBase(db: Database): Promise<KnowledgeBase> {
  const { version, home, records } = await readRelease(db)
  return baseOf(records, { version, home })
}

/** One published record; `demo`: shipped with the program. */
export interface ToldRecord {
  readonly item: KnowledgeItem
  readonly demo: boolean
  /** Staff switched it off: it is named, and never answered from. */
  readonly suspended: boolean
}

/** The newest release with its records, as they were at one moment. */
export async function readRelease(db: Database): Promise<Pick<KnowledgeBase, "version" | "home"> & { readonly records: ToldRecord[] }> {
  for (;;) {
    const version = await releaseNumber(db)
    const home = await readHome(db)
    const records = await readPublished(db)
    // Every change makes a release, so an equal number means that nothing changed while this was reading.
    if ((await releaseNumber(db)) === version) return { version, home, records }
  }
}

/** Records as a base; the same records give the same base, in whatever order they come. */
export function baseOf(records: readonly ToldRecord[], identity: Pick<KnowledgeBase, "version" | "home">): KnowledgeBase {
  const items = records.map(({ item }) => item).sort((a, b) => (a.key < b.key ? -1 : 1))
  const demoKinds = new Set(records.flatMap((r) => (r.demo ? [r.item.kind] : [])))
  const suspended = new Set(records.flatMap((r) => (r.suspended && r.item.kind === "procedure" ? [r.item.key] : [])))
  return makeBase(items, { ...identity, demo: demoKinds.size > 0, demoKinds, suspended })
}

/** Number of the newest release; 0 before the first. */
export async function releaseNumber(db: Transaction): Promise<number> {
  return (await db.knowledgeRelease.findFirst({ orderBy: { number: "desc" } }))?.number ?? 0
}

interface PublishedRow {
  readonly id: string
  readonly kind: KnowledgeKind
  readonly key: string
  readonly demo: number | boolean
  readonly suspended: string | null
  readonly body: string
}

/** Each published record in its newest wording only: the typed query would bring in every older one as well. */
async function readPublished(db: Database): Promise<ToldRecord[]> {
  const found: ToldRecord[] = []
  let rows: PublishedRow[]
  let last = ""
  do {
    rows = await db.$queryRaw<PublishedRow[]>`
      SELECT "r"."id", "r"."kind", "r"."key", "r"."demo", "r"."suspended", CAST("v"."body" AS TEXT) AS "body"
      FROM "KnowledgeRecord" AS "r" JOIN "KnowledgeVersion" AS "v" ON "v"."recordId" = "r"."id" AND "v"."version" = "r"."version"
      WHERE "r"."status" = 'published' AND "r"."id" > ${last} ORDER BY "r"."id" LIMIT ${BATCH}`
    for (const { kind, key, body, demo, suspended } of rows)
      found.push({ item: itemOf(kind, key, JSON.parse(body)), demo: Boolean(demo), suspended: suspended !== null })
    last = rows.at(-1)?.id ?? last
  } while (rows.length === BATCH)
  return found
}

/** Stored bodies were checked when they were saved; parsing them again fills in fields that newer programs added. */
function itemOf(kind: KnowledgeKind, key: string, body: unknown): KnowledgeItem {
  const parsers: Readonly<Record<KnowledgeKind, () => KnowledgeItem>> = {
    procedure: () => procedureItem(procedureSchema.parse(body)),
    document: () => documentItem(documentSchema.parse(body)),
    notice: () => noticeItem(noticeSchema.parse(body)),
  }
  return { ...parsers[kind](), key }
}

interface CommuneStart {
  readonly home: NonNullable<KnowledgeBase["home"]>
  /** The commune's own first notices. */
  readonly items: readonly KnowledgeItem[]
  /** False: nothing of the demo commune is told any more. */
  readonly keepDemo: boolean
}

/** Names the commune that this installation belongs to and publishes its first notices, as part of the caller's transaction. */
export async function setUpCommune(tx: Transaction, start: CommuneStart, options: Omit<SaveOptions, "demo">): Promise<void> {
  await saveHome(tx, start.home, options.now)
  await saveWithin(tx, withDigests(start.items), { ...options, demo: false, origin: "setup", byStaff: KNOWLEDGE_KINDS })
  if (!start.keepDemo) await withdrawDemo(tx, {}, options.now)
  // A release of its own, because answers name the commune.
  await recordRelease(tx, { origin: "setup" }, options.now)
}
