import type { FileHandle } from "node:fs/promises"

const CHUNK = 256 * 1024
/** Longer than any name that is looked for. */
const OVERLAP = 64

const wide = (name: string) => Buffer.from(name, "utf16le")
const MACROS = wide("_VBA_PROJECT\0")
const DOCUMENTS = [
  [wide("WordDocument\0"), "doc"],
  [wide("Workbook\0"), "xls"],
  [wide("PowerPoint Document\0"), "ppt"],
] as const

/** What an old office container is, by the names of its streams; installers and stored mails have the same form and are archives. */
export async function officeInOle(file: FileHandle): Promise<"doc" | "xls" | "ppt" | "archive" | "macro"> {
  const found = new Set<Buffer>()
  const names = [MACROS, ...DOCUMENTS.map(([name]) => name)]
  for await (const chunk of overlapping(file)) {
    for (const name of names) if (chunk.includes(name)) found.add(name)
  }
  if (found.has(MACROS)) return "macro"
  return DOCUMENTS.find(([name]) => found.has(name))?.[1] ?? "archive"
}

/** The file by the chunk; each begins with the end of the one before, so that no name is cut in two. */
async function* overlapping(file: FileHandle): AsyncGenerator<Buffer> {
  const buffer = Buffer.alloc(CHUNK)
  for (let at = 0; ; at += CHUNK - OVERLAP) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK, at)
    yield buffer.subarray(0, bytesRead)
    if (bytesRead < CHUNK) return
  }
}
