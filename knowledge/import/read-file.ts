import { readFile, stat } from "node:fs/promises"
import path from "node:path"
import { z } from "zod"
import { AppError, InvalidInputError } from "../../errors.ts"
import { documentItem, type KnowledgeItem } from "../item.ts"
import { fromMarkdown } from "./markdown.ts"
import { fromPlainText } from "./plain-text.ts"
import { readPortalLines } from "./portal-lines.ts"
import { readTypedRecords } from "./typed-records.ts"
import { faultsOf } from "./wording.ts"

/** Everything readable in one file, and every fault with its line, in words. */
export interface ReadResult {
  readonly items: readonly KnowledgeItem[]
  readonly problems: readonly string[]
}

/** Names that citizens use for a procedure, by its code. */
export type AliasLookup = (code: string) => readonly string[]

const MAX_BYTES = 200 * 1024 * 1024

type Reader = (file: { id: string; text: string; aliases: AliasLookup }) => ReadResult

const asDocument =
  (read: typeof fromMarkdown): Reader =>
  ({ id, text }) => ({ items: [documentItem(read(id, text))], problems: [] })

const READERS: Readonly<Record<string, Reader>> = {
  ".jsonl": ({ text, aliases }) => readPortalLines(text, aliases),
  ".yaml": ({ text }) => readTypedRecords(text),
  ".yml": ({ text }) => readTypedRecords(text),
  ".md": asDocument(fromMarkdown),
  ".txt": asDocument(fromPlainText),
}

/** Endings that can be imported. */
export const IMPORT_ENDINGS = Object.keys(READERS)

/** Reads one file of knowledge; what is wrong with it is told in `problems`, never thrown. */
export async function readKnowledgeFile(file: string, aliases: AliasLookup): Promise<ReadResult> {
  const ending = path.extname(file).toLowerCase()
  const reader = READERS[ending]
  if (!reader) return failed(file, [`không đọc được loại tệp “${ending}”; các loại đọc được: ${IMPORT_ENDINGS.join(", ")}`])
  try {
    const text = await readUtf8(file)
    const result = reader({ id: path.basename(file, path.extname(file)).normalize("NFC"), text, aliases })
    if (result.items.length + result.problems.length === 0) return failed(file, ["tệp không có mục nào"])
    return { items: result.items, problems: named(file, result.problems) }
  } catch (error) {
    return failed(file, faultsIn(error))
  }
}

/** What is wrong, in words; what is no fault of the file is thrown on. */
function faultsIn(error: unknown): readonly string[] {
  if (error instanceof InvalidInputError && error.problems.length > 0) return error.problems
  if (error instanceof AppError) return [error.message]
  if (error instanceof z.ZodError) return faultsOf(error.issues)
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

async function readUtf8(file: string): Promise<string> {
  const { size } = await stat(file)
  if (size === 0) throw new InvalidInputError("tệp rỗng (0 byte)")
  if (size > MAX_BYTES)
    throw new InvalidInputError(`tệp quá lớn (${Math.round(size / 1024 / 1024)} MB, tối đa ${MAX_BYTES / 1024 / 1024} MB)`)
  const bytes = await readFile(file)
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).normalize("NFC")
  } catch {
    throw new InvalidInputError("tệp không phải chữ mã UTF-8; hãy lưu lại với bảng mã UTF-8")
  }
}

const named = (file: string, problems: readonly string[]) => problems.map((problem) => `${file}: ${problem}`)

const failed = (file: string, problems: readonly string[]): ReadResult => ({ items: [], problems: named(file, problems) })
