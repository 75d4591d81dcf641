import { open } from "node:fs/promises"
import { type Readable, Writable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { pipeline } from "node:stream/promises"
import { type Entry, openPromise, type ZipFile } from "yauzl"
import { AppError, InvalidInputError } from "../../errors.ts"
import { type ArchiveEntry, type Manifest, MANIFEST_NAME, readManifest } from "./manifest.ts"
import { createMeter } from "./meter.ts"

/** What can be wrong with a file that is given as a backup. */
export type ArchiveFault = "missing" | "foreign" | "damaged" | "newer"

const FAULTS: Record<ArchiveFault, (file: string) => string> = {
  missing: (file) => `Không thấy tệp sao lưu ${file}. Xin kiểm tra lại đường dẫn.`,
  foreign: (file) => `Tệp ${file} không phải là bản sao lưu của Trợ lý Xã. Xin chọn tệp tro-ly-xa-….zip.`,
  damaged: (file) =>
    `Bản sao lưu ${file} bị hỏng, chép thiếu hoặc đã bị sửa nên không dùng được. Dữ liệu hiện có giữ nguyên. Xin dùng một bản sao lưu khác.`,
  newer: (file) => `Bản sao lưu ${file} do phiên bản chương trình mới hơn ghi. Xin cài phiên bản mới rồi khôi phục.`,
}

export const archiveFault = (fault: ArchiveFault, file: string, cause?: unknown): InvalidInputError => {
  const error = new InvalidInputError(FAULTS[fault](file))
  if (cause !== undefined) error.cause = cause
  return error
}

/** A backup whose manifest agrees with its table of contents. */
export interface Archive {
  readonly manifest: Manifest
  /** Reads every entry into what `sink` gives for it; throws an InvalidInputError when one is not what the manifest says. */
  readonly readAll: (sink: Reading["sink"], onBytes: Reading["onBytes"]) => Promise<void>
}

const MAX_MANIFEST_BYTES = 256 * 1024 * 1024

/** Opens a backup for `work` and closes it; throws an InvalidInputError for a missing, foreign, damaged or newer file. */
export async function withArchive<T>(file: string, work: (archive: Archive) => Promise<T>): Promise<T> {
  const zip = await openZip(file)
  try {
    const contents = await orDamaged(file, () => readContents(zip))
    const head = contents.get(MANIFEST_NAME)
    if (!head) throw archiveFault("foreign", file)
    const manifest = await orDamaged(file, () => manifestIn(zip, head))
    if (typeof manifest === "string") throw archiveFault(manifest, file)
    contents.delete(MANIFEST_NAME)
    const agrees = ({ path, bytes }: ArchiveEntry) => contents.get(path)?.uncompressedSize === bytes
    if (contents.size !== manifest.entries.length || !manifest.entries.every(agrees)) throw archiveFault("damaged", file)
    return await work({ manifest, readAll: (sink, onBytes) => readAll({ zip, file, contents, manifest }, { sink, onBytes }) })
  } finally {
    zip.close()
  }
}

/** Reads a whole backup and checks every sum, keeping nothing. */
export async function verifyArchive(file: string, onBytes: (count: number) => void): Promise<Manifest> {
  return withArchive(file, async ({ manifest, readAll: read }) => {
    await read(() => new Writable({ write: (_chunk, _encoding, done) => done() }), onBytes)
    return manifest
  })
}

async function openZip(file: string): Promise<ZipFile> {
  const start = await firstBytes(file)
  try {
    return await openPromise(file, { autoClose: false, lazyEntries: true, strictFileNames: true })
  } catch (error) {
    if (isSystemError(error)) throw error
    throw archiveFault(start.startsWith("PK") ? "damaged" : "foreign", file, error)
  }
}

async function firstBytes(file: string): Promise<string> {
  const handle = await open(file).catch((error: unknown) => {
    throw isSystemError(error) && error.code === "ENOENT" ? archiveFault("missing", file) : error
  })
  try {
    if (!(await handle.stat()).isFile()) throw archiveFault("foreign", file)
    const { buffer: bytes, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return bytes.toString("latin1", 0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function readContents(zip: ZipFile): Promise<Map<string, Entry>> {
  const contents = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    if (contents.has(entry.fileName)) throw new Error(`twice: ${entry.fileName}`)
    contents.set(entry.fileName, entry)
  }
  return contents
}

async function manifestIn(zip: ZipFile, entry: Entry): Promise<ReturnType<typeof readManifest>> {
  if (entry.uncompressedSize > MAX_MANIFEST_BYTES) return "damaged"
  return readManifest((await buffer(await zip.openReadStreamPromise(entry))).toString("utf8"))
}

interface Opened {
  readonly zip: ZipFile
  readonly file: string
  readonly contents: ReadonlyMap<string, Entry>
  readonly manifest: Manifest
}

interface Reading {
  readonly sink: (entry: ArchiveEntry) => Writable | Promise<Writable>
  readonly onBytes: (count: number) => void
}

async function readAll({ zip, file, contents, manifest }: Opened, { sink, onBytes }: Reading): Promise<void> {
  for (const entry of manifest.entries) {
    const packed = contents.get(entry.path)
    if (!packed) throw archiveFault("damaged", file)
    const stream: Readable = await orDamaged(file, () => zip.openReadStreamPromise(packed))
    const meter = createMeter(onBytes)
    const target = await sink(entry)
    await orDamaged(file, () => pipeline(stream, meter.stream, target))
    const { bytes, sha256 } = meter.result()
    if (bytes !== entry.bytes || sha256 !== entry.sha256) throw archiveFault("damaged", file)
  }
}

/** What the reader of archives or the inflater complains of is the file's fault; what the system says is not. */
async function orDamaged<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError || isSystemError(error)) throw error
    throw archiveFault("damaged", file, error)
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error
}
