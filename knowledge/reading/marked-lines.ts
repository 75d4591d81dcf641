import type { Line } from "../import/sections.ts"
import type { SourceLine } from "../import/structure.ts"

/** A line, and the rank of the heading that the file itself makes of it (a style of Word, h1 to h6 of a page). */
export type MarkedLine = SourceLine & { readonly heading?: number }

/** Lines whose ranks the page gives itself, for the section tree. */
export const hasHeadings = (lines: readonly MarkedLine[]) => lines.filter((line) => line.heading !== undefined).length >= 2

export const withHeadings = (lines: readonly MarkedLine[]): Line[] =>
  lines.flatMap((line): Line[] => {
    if (line.text === "") return []
    if (line.heading !== undefined) return [{ type: "heading", level: line.heading, text: line.text }]
    const kind = line.row ? "row" : /^(?:[-+*•–]\s|[a-zđ]\)\s|\d{1,2}[.)]\s)/u.test(line.text) ? "item" : "paragraph"
    return [{ type: "block", block: { kind, text: line.text } }]
  })
