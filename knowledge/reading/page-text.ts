import type { SourceLine } from "../import/structure.ts"

/** Marks a table row in a page's text, so that a person who corrects the page keeps the row a row. */
const ROW = "| "

/** The text of a page as it is shown and corrected. */
export const pageText = (lines: readonly SourceLine[]) => lines.map((line) => (line.row ? `${ROW}${line.text}` : line.text)).join("\n")

/** One line of such a text. */
export const lineOf = (line: string, page: number | null): SourceLine =>
  line.startsWith(ROW) ? { text: line.slice(ROW.length), page, row: true } : { text: line, page }
