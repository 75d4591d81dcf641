import { open, readFile, stat } from "node:fs/promises"
import path from "node:path"
import { AppError, InvalidInputError } from "../../errors.ts"
import type { FileReader } from "../ingest/file-reader.ts"
import type { KnowledgeItem } from "../item.ts"
import { KIND_LABEL, sniff } from "../reading/kinds.ts"
import { DEFAULT_LIMITS } from "../reading/limits.ts"
import { readSource } from "../reading/read-source.ts"
import type { Reading } from "../reading/reading.ts"
import { TEXT_READERS } from "../reading/text-readers.ts"
import { UnreadableFileError } from "../reading/unreadable.ts"

/** Everything readable in one file, and every fault with its line, in words. */
export interface ReadResult {
  readonly items: readonly KnowledgeItem[]
  readonly problems: readonly string[]
  /** What a clerk should know of a file that could be read: another encoding, a scan to be compared. */
  readonly notes: readonly string[]
  /** What was read, in words: "PDF, 12 trang". */
  readonly what: string
}

/** Names that citizens use for a procedure, by its code. */
export type AliasLookup = (code: string) => readonly string[]

export interface FileReading {
  readonly aliases: AliasLookup
  /** Reads what is no text; without it such files are refused. */
  readonly reader?: FileReader
  readonly onPage?: (done: number, total: number) => void
}

const MB = 1024 * 1024
/** Records of the whole country fit; text costs little to read. */
const TEXT_LIMITS = { ...DEFAULT_LIMITS, maxBytes: 200 * MB }

/** Reads one file of knowledge; what is wrong with it is told in `problems`, never thrown. */
export async function readKnowledgeFile(file: string, reading: FileReading): Promise<ReadResult> {
  try {
    const outcome = await readByKind(file, reading)
    return {
      items: outcome.items,
      problems: named(file, outcome.problems),
      notes: [...outcome.notes, ...remarksOn(outcome)],
      what: `${KIND_LABEL[outcome.kind]}${outcome.pages.some((p) => p.number !== null) ? `, ${outcome.pages.length} trang` : ""}`,
    }
  } catch (error) {
    return { items: [], problems: named(file, faultsIn(error)), notes: [], what: "" }
  }
}

async function readByKind(file: string, { aliases, reader, onPage = () => undefined }: FileReading): Promise<Reading> {
  const { size } = await stat(file)
  if (size === 0) throw new UnreadableFileError("empty")
  if (size > TEXT_LIMITS.maxBytes) {
    throw new UnreadableFileError("too_large", { detail: `${Math.ceil(size / MB)} MB, tối đa ${TEXT_LIMITS.maxBytes / MB} MB` })
  }
  const id = path.basename(file, path.extname(file)).normalize("NFC")
  const name = path.basename(file)
  const { kind } = sniff(await wholeOrHead(file), name)
  if (kind in TEXT_READERS || !reader) {
    const tools = { limits: TEXT_LIMITS, aliases, onPage, readPicture: () => Promise.reject(new UnreadableFileError("no_ocr")) }
    return readSource({ bytes: await readFile(file), name, id }, TEXT_READERS, tools)
  }
  const outcome = await reader.read({ path: file, name, id }, onPage)
  if (outcome.ok) return outcome.reading
  throw new InvalidInputError(outcome.message)
}

const HEAD_BYTES = 64 * 1024

/** Enough of a file to know what it is: a zip lists what it holds at its end, so that is read whole. */
async function wholeOrHead(file: string): Promise<Uint8Array> {
  const handle = await open(file)
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const head = buffer.subarray(0, bytesRead)
    return head.subarray(0, 2).toString("latin1") === "PK" || head[0] === 0xd0 ? await readFile(file) : head
  } finally {
    await handle.close()
  }
}

function remarksOn({ verdict, items }: Reading): string[] {
  const unverified = items.some((item) => item.kind === "document" && !item.body.verified)
  const why = verdict.passed ? "văn bản được nhận dạng từ bản quét" : "chữ chưa đạt chất lượng"
  return [
    ...verdict.findings.slice(0, 5),
    ...(unverified ? [`Ghi là “bản quét chưa đối chiếu” vì ${why}; xin đối chiếu với bản gốc.`] : []),
  ]
}

/** What is wrong, in words; what is no fault of the file is thrown on. */
function faultsIn(error: unknown): readonly string[] {
  if (error instanceof AppError) return [error.message]
  const reason = error instanceof Error && "code" in error ? REASONS[String(error.code)] : undefined
  if (reason === undefined) throw error
  return [reason]
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "không tìm thấy tệp",
  ENOTDIR: "không tìm thấy tệp",
  EISDIR: "đây là thư mục, không phải tệp",
  EACCES: "không có quyền đọc tệp",
  EPERM: "không có quyền đọc tệp",
}

const named = (file: string, problems: readonly string[]) => problems.map((problem) => `${file}: ${problem}`)
