import { randomBytes } from "node:crypto"
import { createWriteStream } from "node:fs"
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises"
import path from "node:path"
import { pipeline } from "node:stream/promises"
import { ZipFile } from "yazl"
import { InstallationError } from "../../errors.ts"
import { copyDatabase } from "../backup.ts"
import { DATABASE_NAME, SECRETS_NAME } from "../data-dir.ts"
import { diskReason } from "../disk-failure.ts"
import { lastMigration } from "../migrate.ts"
import { explainingFailures } from "../sqlite-failure.ts"
import { syncFolder } from "../sync-folder.ts"
import { type ArchiveEntry, FOLDERS, type Manifest, MANIFEST_NAME, manifestOf } from "./manifest.ts"
import { createMeter } from "./meter.ts"
import { UNFINISHED } from "./names.ts"
import { verifyArchive } from "./read-archive.ts"

export interface WriteArchiveOptions {
  readonly dataDir: string
  /** The path of the archive: nothing may be there yet. */
  readonly target: string
  /** The version of this program. */
  readonly program: string
  readonly now: Date
  /** Bytes read so far, of how many; each byte is read twice, the second time from the finished archive. */
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

interface Source {
  readonly path: string
  readonly file: string
  readonly bytes: number
}

const BIG = 2 ** 30

/**
 * Writes database, files, media and secrets into one archive (mode 600) while others go on working, reads it back, and gives
 * it its name only then. Throws an InstallationError when something cannot be read or written; what was there stays.
 */
export async function writeArchive(options: WriteArchiveOptions): Promise<Manifest> {
  const { dataDir, target, now } = options
  const mark = `${UNFINISHED}${now.getTime()}-${randomBytes(4).toString("hex")}`
  const scratch = path.join(dataDir, "backups", mark)
  const partial = path.join(path.dirname(target), `${mark}.zip`)
  try {
    await mkdir(scratch, { recursive: true, mode: 0o700 })
    const sources = await collect(dataDir, scratch)
    const manifest = await write(partial, sources, options)
    await verifyArchive(partial, advancing(options, manifest))
    options.signal?.throwIfAborted()
    await rename(partial, target)
    await syncFolder(path.dirname(target))
    return manifest
  } catch (error) {
    const reason = diskReason(error)
    throw reason === null ? error : new InstallationError(`Không ghi được bản sao lưu ${target}: ${reason}.`, { cause: error })
  } finally {
    await rm(partial, { force: true })
    await rm(scratch, { recursive: true, force: true })
  }
}

/** The database first: every file that its copy speaks of was stored before. */
async function collect(dataDir: string, scratch: string): Promise<Source[]> {
  const database = path.join(dataDir, DATABASE_NAME)
  const copy = path.join(scratch, DATABASE_NAME)
  await explainingFailures(database, () => copyDatabase(database, copy, "sao lưu"))
  const files = await Promise.all(FOLDERS.map((folder) => filesIn(path.join(dataDir, folder), folder)))
  const named = [{ path: DATABASE_NAME, file: copy }, { path: SECRETS_NAME, file: path.join(dataDir, SECRETS_NAME) }, ...files.flat()]
  const sources: Source[] = []
  for (const each of named) {
    const found = await stat(each.file).catch(ifGone)
    if (!found && each.path === SECRETS_NAME) throw new InstallationError(`Không thấy tệp khóa bí mật ${each.file} nên chưa sao lưu.`)
    if (found) sources.push({ ...each, bytes: found.size })
  }
  return sources
}

/** Regular files only: a link could lead out of the folder. */
async function filesIn(folder: string, name: string): Promise<{ path: string; file: string }[]> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(ifGone)) ?? []
  const lists = entries.map(async (entry) => {
    const found = { path: `${name}/${entry.name}`, file: path.join(folder, entry.name) }
    if (entry.isDirectory()) return filesIn(found.file, found.path)
    return entry.isFile() ? [found] : []
  })
  return (await Promise.all(lists)).flat()
}

async function write(partial: string, sources: readonly Source[], options: WriteArchiveOptions): Promise<Manifest> {
  const { program, now, signal } = options
  const zip = new ZipFile()
  const output = createWriteStream(partial, { flags: "wx", mode: 0o600, flush: true })
  const written = pipeline(zip.outputStream, output, { signal })
  zip.on("error", (error: Error) => output.destroy(error))
  const advance = counter(options, 2 * sum(sources))
  const failed = written.then(() => [])
  const entries: ArchiveEntry[] = []
  for (const source of sources) entries.push(...(await Promise.race([add(zip, source, advance), failed])))
  const migration = lastMigration(sources.find(({ path: name }) => name === DATABASE_NAME)?.file ?? "") ?? ""
  const manifest = manifestOf({ program, createdAt: now.toISOString(), migration, entries })
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), MANIFEST_NAME, { mtime: now, mode: 0o100600 })
  zip.end()
  await written
  return manifest
}

/** Nothing when the file went away meanwhile, as what citizens sent does after its time. */
async function add(zip: ZipFile, source: Source, advance: (count: number) => void): Promise<ArchiveEntry[]> {
  const handle = await open(source.file).catch(ifGone)
  if (!handle) return []
  const meter = createMeter(advance)
  const options = { mode: 0o100600, compress: source.path === DATABASE_NAME, forceZip64Format: source.bytes > BIG }
  zip.addReadStream(meter.stream, source.path, options)
  await pipeline(handle.createReadStream(), meter.stream)
  return [{ path: source.path, ...meter.result() }]
}

function ifGone(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
  throw error
}

const sum = (sizes: readonly { readonly bytes: number }[]) => sizes.reduce((total, { bytes }) => total + bytes, 0)

function counter({ onProgress }: WriteArchiveOptions, total: number, from = 0): (count: number) => void {
  let done = from
  return (count) => onProgress?.((done += count), total)
}

function advancing(options: WriteArchiveOptions, { entries }: Manifest): (count: number) => void {
  return counter(options, 2 * sum(entries), sum(entries))
}
