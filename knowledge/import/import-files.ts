import path from "node:path"
import type { Database } from "../../prisma/database.ts"
import { InvalidInputError } from "../../errors.ts"
import type { KnowledgeItem } from "../item.ts"
import { saveItems, type SaveReport } from "../store.ts"
import { readKnowledgeFile, type FileReading } from "./read-file.ts"

/** What became of one file, told as soon as it is known. */
export interface FileReport {
  readonly file: string
  readonly items: number
  readonly problems: readonly string[]
  readonly notes: readonly string[]
  readonly what: string
}

export interface FilesReading extends FileReading {
  readonly onFile?: (report: FileReport) => void
}

/** Reads files of knowledge in order. A key that comes twice is a fault of the later file. */
export async function readKnowledgeFiles(
  files: readonly string[],
  reading: FilesReading,
): Promise<{ items: KnowledgeItem[]; problems: string[] }> {
  const items = new Map<string, KnowledgeItem>()
  const problems: string[] = []
  for (const file of files) {
    const result = await readKnowledgeFile(file, reading)
    problems.push(...result.problems)
    for (const item of result.items) {
      const key = `${item.kind}:${item.key}`
      if (items.has(key)) problems.push(`${file}: ${item.key} đã có trong một tệp đứng trước`)
      else items.set(key, item)
    }
    reading.onFile?.({ ...result, file, items: result.items.length })
  }
  return { items: [...items.values()], problems }
}

interface ImportOptions extends FilesReading {
  readonly keepGoing: boolean
  readonly now: Date
  readonly newId: () => string
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * Imports files: all of it or, when a line is at fault, nothing (InvalidInputError lists every fault) – unless told to keep
 * going, which skips what is at fault and reports it.
 */
export async function importFiles(
  db: Database,
  files: readonly string[],
  options: ImportOptions,
): Promise<SaveReport & { problems: readonly string[] }> {
  const { items, problems } = await readKnowledgeFiles(files, options)
  if (problems.length > 0 && !options.keepGoing)
    throw new InvalidInputError("Chưa nhập gì vì có lỗi (thêm --keep-going để bỏ qua các dòng lỗi)", problems)
  const report = await saveItems(db, items, {
    now: options.now,
    newId: options.newId,
    demo: false,
    // Names only: the folders of somebody's computer are nobody's business.
    importedFrom: files.map((file) => path.basename(file)).join(", "),
    onProgress: (done) => options.onProgress?.(done, items.length),
  })
  return { ...report, problems }
}
