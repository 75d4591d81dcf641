import { mkdir, readdir, rename, stat, writeFile } from "node:fs/promises"
import path from "node:path"
import type { Database } from "../../prisma/database.ts"
import type { AddOutcome, GivenFile } from "./ingest.ts"
import { hashFile } from "./originals.ts"
import { fromRow, isSettled, type SourceFile } from "./source-file.ts"

/** Where a file goes when its fate is known; a note lies beside every file that was not read. */
export const DONE = "Đã xử lý"
export const NOT_READ = "Không đọc được"

interface InboxParts {
  readonly db: Database
  readonly folder: string
  readonly add: (file: GivenFile) => Promise<AddOutcome>
  readonly report: (error: unknown) => void
  readonly timing: { readonly scan: number; readonly settle: number }
}

interface Seen {
  readonly size: number
  readonly mtimeMs: number
  sha256: string | null
}

/** Files that programs leave while they write, and what systems put into folders. */
const PASSING = /^(?:~\$|\.)|\.(?:tmp|part|crdownload|download)$|^(?:Thumbs\.db|desktop\.ini)$/i

export interface Inbox {
  start(): void
  stop(): Promise<void>
}

/**
 * Watches a folder: a scanner or a clerk drops files there, and each goes to "Đã xử lý" or, with a note, to "Không đọc được".
 * A file is taken when it stopped growing. What is under way is told by the database, so a restart forgets nothing.
 */
export function createInbox(parts: InboxParts): Inbox {
  const seen = new Map<string, Seen>()
  let timer: NodeJS.Timeout | undefined
  let scanning: Promise<void> = Promise.resolve()
  let stopped = false
  const next = () => {
    if (stopped) return
    timer = setTimeout(() => {
      scanning = scan(parts, seen).catch(parts.report).finally(next)
    }, parts.timing.scan)
    timer.unref()
  }
  return {
    start() {
      scanning = scan(parts, seen).catch(parts.report).finally(next)
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await scanning
    },
  }
}

async function scan(parts: InboxParts, seen: Map<string, Seen>): Promise<void> {
  await mkdir(parts.folder, { recursive: true, mode: 0o700 })
  const entries = await readdir(parts.folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile() && !PASSING.test(entry.name)).map((entry) => entry.name)
  for (const name of seen.keys()) if (!names.includes(name)) seen.delete(name)
  // One file that cannot be opened now must not hold up the others; the next scan tries again.
  for (const name of names.sort()) await look(name, parts, seen).catch(parts.report)
}

async function look(name: string, parts: InboxParts, seen: Map<string, Seen>): Promise<void> {
  const file = path.join(parts.folder, name)
  const { size, mtimeMs } = await stat(file)
  const before = seen.get(name)
  if (!before || before.size !== size || before.mtimeMs !== mtimeMs) {
    seen.set(name, { size, mtimeMs, sha256: null })
    return
  }
  if (Date.now() - mtimeMs < parts.timing.settle) return
  before.sha256 ??= await hashFile(file)
  const row = await parts.db.sourceFile.findUnique({ where: { sha256: before.sha256 } })
  // What could not be read may be read under its new name.
  if (!row || (row.state === "failed" && !row.publishedAt && row.name !== name.normalize("NFC"))) {
    const outcome = await parts.add({ name, content: { path: file }, addedBy: "inbox" })
    if (outcome.outcome === "refused") await moveAway(parts.folder, name, { into: NOT_READ, note: outcome.message })
    return
  }
  const fate = fateOf(fromRow(row), name)
  if (fate) await moveAway(parts.folder, name, fate)
}

interface Fate {
  readonly into: string
  readonly note: string | null
}

function fateOf(source: SourceFile, name: string): Fate | null {
  if (!isSettled(source.state)) return null
  if (source.state === "failed") return { into: NOT_READ, note: source.note }
  const twin = source.name !== name.normalize("NFC")
  return { into: DONE, note: twin ? `tệp này trùng hoàn toàn với “${source.name}” đã đưa vào trước đó` : source.note }
}

async function moveAway(folder: string, name: string, { into, note }: Fate): Promise<void> {
  const target = path.join(folder, into)
  await mkdir(target, { recursive: true, mode: 0o700 })
  const free = await freeName(target, name)
  // The note first: a file without one would look as if all were well.
  if (note !== null) await writeFile(path.join(target, `${free}.ghi-chu.txt`), `\ufeff${name}: ${note}\r\n`, "utf8")
  await rename(path.join(folder, name), path.join(target, free))
}

async function freeName(folder: string, name: string): Promise<string> {
  const taken = new Set(await readdir(folder))
  const { name: base, ext } = path.parse(name)
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${base} (${n})${ext}`
    if (!taken.has(candidate)) return candidate
  }
}
