import { NotFoundError } from "../../errors.ts"
import { isUniqueViolation, type Database, type Transaction } from "../../prisma/database.ts"
import type { ReadLimits } from "../reading/limits.ts"
import type { Reading } from "../reading/reading.ts"
import type { FileReader } from "./file-reader.ts"
import { createInbox } from "./inbox.ts"
import { forgetOriginal, originalPath } from "./originals.ts"
import { createQueue } from "./queue.ts"
import { forgetUnfinished, type GivenContent, keepGiven, type KeepOutcome, type KeptFile } from "./receive.ts"
import { fromRow, readingOf, type SourceFile, type SourceState } from "./source-file.ts"

export interface IngestParts {
  readonly db: Database
  readonly limits: ReadLimits
  readonly reader: FileReader
  /** Where originals are kept, and the folder that is watched for new ones (null: none). */
  readonly folders: { readonly files: string; readonly inbox: string | null }
  readonly now: () => Date
  readonly newId: () => string
  readonly report: (error: unknown) => void
  /** Milliseconds; shorter ones are for tests. */
  readonly timing?: { readonly lease: number; readonly scan: number; readonly settle: number }
}

/** A file as somebody gives it in. */
export interface GivenFile {
  readonly name: string
  readonly content: GivenContent
  readonly addedBy: string
}

export type AddOutcome =
  | { readonly outcome: "added"; readonly file: SourceFile }
  /** The same bytes are here already; a file that failed before is read once more. */
  | { readonly outcome: "duplicate"; readonly file: SourceFile; readonly message: string }
  /** Not taken in at all, with the reason in words. */
  | { readonly outcome: "refused"; readonly message: string }

/** How files come in and become readings that a person can look at and publish. */
export interface Ingest {
  add(file: GivenFile): Promise<AddOutcome>
  /** The two halves of `add`, for callers with a transaction: first the original is kept, then it goes on the list. */
  keep(content: GivenContent): Promise<KeepOutcome>
  enlist(tx: Transaction, file: KeptFile & Omit<GivenFile, "content">): Promise<AddOutcome>
  /** Looks for work; after an `enlist` or a retry within a transaction, once that is safe. */
  wake(): void
  /** Newest first, without what was read. */
  list(filter?: { readonly state?: SourceState }): Promise<SourceFile[]>
  get(id: string): Promise<SourceFile>
  reading(id: string): Promise<Reading | null>
  /** Path of the original, to be shown beside the text. */
  original(id: string): Promise<string>
  /** Reads it again, after Tesseract was installed or a limit raised. */
  retry(id: string, tx?: Transaction): Promise<void>
  /** Forgets a file and its original; what was published of it stays. */
  remove(id: string): Promise<void>
  /** Takes a file off the list; what comes back removes the original, for when the transaction is safe. */
  forget(tx: Transaction, id: string): Promise<() => Promise<void>>
  start(): void
  /** Resolves when everything that waits has been read. */
  idle(): Promise<void>
  stop(): Promise<void>
}

const TIMING = { lease: 60_000, scan: 5000, settle: 3000 }

export function createIngest(parts: IngestParts): Ingest {
  const { db, folders, now, newId, reader, report } = parts
  const timing = parts.timing ?? TIMING
  const queue = createQueue({ db, folder: folders.files, reader, now, report, owner: newId(), leaseMs: timing.lease })
  const wake = () => queue.wake()
  const keep = (content: GivenContent) => keepGiven(content, { folder: folders.files, maxBytes: parts.limits.maxBytes, id: newId() })
  const enlisting = (tx: Transaction, file: KeptFile & Omit<GivenFile, "content">) => enlist(tx, file, parts)
  const add = async ({ content, ...given }: GivenFile): Promise<AddOutcome> => {
    const outcome = await keep(content)
    if (!outcome.ok) return { outcome: "refused", message: outcome.message }
    const added = await enlisting(db, { ...given, ...outcome.kept })
    wake()
    return added
  }
  const inbox = folders.inbox === null ? null : createInbox({ db, folder: folders.inbox, add, report, timing })
  let timer: NodeJS.Timeout | undefined
  return {
    ...createShelfOfFiles(parts),
    add,
    keep,
    enlist: enlisting,
    wake,
    async retry(id, tx) {
      await readAgain(tx ?? db, id, now())
      if (!tx) wake()
    },
    start() {
      void forgetUnfinished(folders.files).catch(report)
      // A lease that another process let go of runs out without anybody saying so.
      timer = setInterval(wake, timing.lease / 2)
      timer.unref()
      inbox?.start()
      wake()
    },
    idle: () => queue.idle(),
    async stop() {
      clearInterval(timer)
      await inbox?.stop()
      await queue.stop()
    },
  }
}

/** Looking at what is there. */
function createShelfOfFiles({ db, folders }: IngestParts): Pick<Ingest, "list" | "get" | "reading" | "original" | "remove" | "forget"> {
  const get = async (id: string): Promise<SourceFile> => {
    const row = await db.sourceFile.findUnique({ where: { id } })
    if (!row) throw new NotFoundError("Không tìm thấy tệp này")
    return fromRow(row)
  }
  const forget = async (tx: Transaction, id: string) => {
    const row = await tx.sourceFile.findUnique({ where: { id } })
    if (!row) throw new NotFoundError("Không tìm thấy tệp này")
    await tx.sourceFile.delete({ where: { id } })
    return () => forgetOriginal(folders.files, row.sha256)
  }
  return {
    get,
    async list(filter = {}) {
      const rows = await db.sourceFile.findMany({ where: filter.state ? { state: filter.state } : {}, orderBy: { createdAt: "desc" } })
      return rows.map(fromRow)
    },
    reading: (id) => readingOf(db, id),
    original: async (id) => originalPath(folders.files, (await get(id)).sha256),
    remove: async (id) => (await forget(db, id))(),
    forget,
  }
}

async function readAgain(tx: Transaction, id: string, at: Date): Promise<void> {
  const fresh = { state: "waiting", attempts: 0, reason: null, note: null, leaseOwner: null, leaseUntil: null, updatedAt: at }
  await tx.sourceFile.updateMany({ where: { id, state: { not: "reading" } }, data: fresh })
}

/** The original is there before its row: a row always has its file. */
async function enlist(tx: Transaction, file: KeptFile & Omit<GivenFile, "content">, { now, newId }: IngestParts): Promise<AddOutcome> {
  const { sha256, bytes, name, addedBy } = file
  const at = now()
  const known = await tx.sourceFile.findUnique({ where: { sha256 } })
  if (known?.state === "failed" && !known.publishedAt) return givenAgain(tx, { known: fromRow(known), name: name.normalize("NFC") }, at)
  if (known?.state === "failed") await readAgain(tx, known.id, at)
  if (known) return duplicateOf(fromRow(known))
  const start = { state: "waiting", pagesDone: 0, attempts: 0, addedBy, createdAt: at, updatedAt: at }
  try {
    const row = await tx.sourceFile.create({ data: { id: newId(), sha256, name: name.normalize("NFC"), bytes, ...start } })
    return { outcome: "added", file: fromRow(row) }
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return duplicateOf(fromRow(await tx.sourceFile.findUniqueOrThrow({ where: { sha256 } })))
  }
}

/** The ending tells what kind of text a file is, so what could not be read is read under the name that it has now. */
async function givenAgain(tx: Transaction, { known, name }: { known: SourceFile; name: string }, at: Date): Promise<AddOutcome> {
  await tx.sourceFile.update({ where: { id: known.id }, data: { name } })
  await readAgain(tx, known.id, at)
  const message = `tệp này trùng hoàn toàn với “${known.name}”, trước đó không đọc được; chương trình đọc lại theo tên mới nhất`
  return { outcome: "duplicate", file: { ...known, name, state: "waiting" }, message }
}

const duplicateOf = (file: SourceFile): AddOutcome => ({
  outcome: "duplicate",
  file,
  message: `tệp này trùng hoàn toàn với “${file.name}” đã đưa vào trước đó`,
})
