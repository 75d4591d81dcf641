import readExcel from "read-excel-file/node"
import type { SourceLine } from "../import/structure.ts"
import type { ReadLimits } from "./limits.ts"
import { namedRows } from "./layout.ts"
import { UnreadableFileError } from "./unreadable.ts"
import { checkZip } from "./zip.ts"

export interface SheetTable {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
  /** Where each row stands in the sheet, counted from 1: empty rows are left out above. */
  readonly numbers: readonly number[]
}

const OLE = 0xd0

/** The sheets of a workbook as rows of text; dates as day/month/year, empty rows left out. */
export async function readSheets(bytes: Uint8Array, limits: ReadLimits): Promise<SheetTable[]> {
  if (bytes[0] === OLE) throw new UnreadableFileError("encrypted")
  checkZip(bytes, limits)
  try {
    const sheets = await readExcel(Buffer.from(bytes))
    return sheets.map(({ sheet, data }) => {
      const rows = data.map((row, i) => ({ cells: row.map(textOf), number: i + 1 })).filter(({ cells }) => filled(cells) > 0)
      return { name: sheet.normalize("NFC"), rows: rows.map(({ cells }) => cells), numbers: rows.map(({ number }) => number) }
    })
  } catch (error) {
    throw new UnreadableFileError("broken", { cause: error })
  }
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10).split("-").reverse().join("/")
  if (typeof value === "number") return String(Math.round(value * 1e9) / 1e9)
  return typeof value === "string" || typeof value === "boolean" ? String(value).normalize("NFC").trim() : ""
}

/** Sheets as lines of a document: a heading each, what stands above the table, and its rows under their column names. */
export function linesOfSheets(sheets: readonly SheetTable[]): (SourceLine & { heading?: number })[] {
  return sheets.flatMap(({ name, rows }) => {
    // Not Math.max: a sheet has more rows than a call may have arguments.
    const width = rows.reduce((widest, row) => Math.max(widest, filled(row)), 0)
    const start = rows.findIndex((row) => filled(row) >= Math.max(2, width / 2))
    const above = start < 0 ? rows : rows.slice(0, start)
    const table = start < 0 ? [] : rows.slice(start)
    return [
      ...(sheets.length > 1 && rows.length > 0 ? [{ text: name, page: null, heading: 1 }] : []),
      ...above.map((row) => ({ text: row.filter((cell) => cell !== "").join(" "), page: null })),
      ...namedRows(table).map((text) => ({ text, page: null, row: true })),
    ]
  })
}

const filled = (row: readonly string[]) => row.filter((cell) => cell !== "").length
