import type { FileHandle } from "node:fs/promises"

type OpenXml = "docx" | "xlsx" | "pptx"
type OpenDocument = "odt" | "ods" | "odp"

const END_SIGN = 0x06054b50
const ENTRY_SIGN = 0x02014b50
const END_BYTES = 22
const MOST_COMMENT = 65_535
const MOST_DIRECTORY = 2 * 1024 * 1024
/** What an honest office document unpacks to: more is meant to choke whoever opens it. */
const MOST_UNPACKED = 500 * 1024 * 1024
const MOST_RATIO = 200
const RATIO_FROM = 50 * 1024 * 1024

const OPEN_XML: readonly (readonly [string, OpenXml])[] = [
  ["word/document.xml", "docx"],
  ["xl/workbook.xml", "xlsx"],
  ["ppt/presentation.xml", "pptx"],
]
const OPEN_DOCUMENT: readonly (readonly [string, OpenDocument])[] = [
  ["application/vnd.oasis.opendocument.text", "odt"],
  ["application/vnd.oasis.opendocument.spreadsheet", "ods"],
  ["application/vnd.oasis.opendocument.presentation", "odp"],
]
const RUNS = /(?:^|\/)(?:vbaProject|vbaData)|^(?:Basic|Scripts)\/|\.(?:exe|dll|scr|com|bat|cmd|ps1|vbs|js|jse|wsf|hta|msi|lnk|jar)$/i

interface Entry {
  readonly name: string
  readonly packed: number
  readonly unpacked: number
}

/** What a ZIP holds by its table of contents alone; nothing is unpacked. Any ZIP that is no office document is an archive. */
export async function officeInZip(file: FileHandle): Promise<OpenXml | OpenDocument | "archive" | "macro" | "bomb"> {
  const entries = await contents(file)
  if (entries === null) return "archive"
  const names = new Set(entries.map(({ name }) => name))
  const type = OPEN_XML.find(([name]) => names.has(name) && names.has("[Content_Types].xml"))?.[1] ?? (await openDocument(file, names))
  if (type === null) return "archive"
  if (entries.some(({ name }) => RUNS.test(name))) return "macro"
  return isBomb(entries) ? "bomb" : type
}

function isBomb(entries: readonly Entry[]): boolean {
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0)
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0)
  return unpacked > MOST_UNPACKED || (unpacked > RATIO_FROM && unpacked > packed * MOST_RATIO)
}

/** An OpenDocument file begins with an entry that says what it is, not packed. */
async function openDocument(file: FileHandle, names: ReadonlySet<string>): Promise<OpenDocument | null> {
  if (!names.has("mimetype") || !names.has("content.xml")) return null
  const head = (await read(file, 0, 128)).toString("latin1")
  const said = /^.{30}mimetype([\w./-]+)/s.exec(head)?.[1] ?? ""
  // What follows the text is the next entry ("PK…"): the longest name that fits decides.
  return OPEN_DOCUMENT.find(([mime]) => said === mime || said === `${mime}PK`)?.[1] ?? null
}

/** The table of contents, or null when there is none that can be trusted. */
async function contents(file: FileHandle): Promise<readonly Entry[] | null> {
  const { size } = await file.stat()
  const tailAt = Math.max(0, size - END_BYTES - MOST_COMMENT)
  const tail = await read(file, tailAt, size - tailAt)
  const end = lastIndexOf(tail, END_SIGN)
  if (end < 0) return null
  const count = tail.readUInt16LE(end + 10)
  const length = tail.readUInt32LE(end + 12)
  const start = tail.readUInt32LE(end + 16)
  if (length > MOST_DIRECTORY || start + length > size) return null
  const entries = entriesOf(await read(file, start, length))
  return entries.length === count ? entries : null
}

function lastIndexOf(tail: Buffer, sign: number): number {
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) if (tail.readUInt32LE(at) === sign) return at
  return -1
}

function entriesOf(table: Buffer): readonly Entry[] {
  const entries: Entry[] = []
  let at = 0
  while (at + 46 <= table.length && table.readUInt32LE(at) === ENTRY_SIGN) {
    const nameLength = table.readUInt16LE(at + 28)
    const name = table.toString("utf8", at + 46, at + 46 + nameLength)
    entries.push({ name, packed: table.readUInt32LE(at + 20), unpacked: table.readUInt32LE(at + 24) })
    at += 46 + nameLength + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32)
  }
  return entries
}

async function read(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, at)
  return buffer.subarray(0, bytesRead)
}
