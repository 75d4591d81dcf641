import { documentItem, type KnowledgeItem } from "../item.ts"
import { sectionsOf } from "../import/sections.ts"
import { structureOf } from "../import/structure.ts"
import { judgeDocument, judgePage, type Verdict } from "../quality/gate.ts"
import { documentOf } from "./document-of.ts"
import { hasHeadings, withHeadings, type MarkedLine } from "./marked-lines.ts"
import { repairOldFonts } from "./encoding.ts"
import { readHeader } from "./official-header.ts"
import { pageText } from "./page-text.ts"
import type { Reading, ReadPage } from "./reading.ts"
import { UnreadableFileError } from "./unreadable.ts"

/** What a reader makes of its kind of file: records as they are, or pages of lines that become a document. */
export type Outcome = Records | Paged

export interface Records {
  readonly items: readonly KnowledgeItem[]
  readonly problems: readonly string[]
  /** The text to judge, where the record is a document. */
  readonly text?: string
  readonly notes?: readonly string[]
}

export interface Paged {
  readonly pages: readonly ReadPage[]
  /** Their lines without what is printed on every page. */
  readonly lines: readonly MarkedLine[]
  readonly title?: string | null
  readonly notes?: readonly string[]
}

/** A file without pages. */
export const onePage = (lines: readonly MarkedLine[]): Paged => ({
  pages: [{ number: null, from: "text", lines, words: [], confidence: null, problem: null }],
  lines,
})

/** Judges what a reader found and makes a document of its lines. Throws UnreadableFileError when there is nothing in it. */
export function readingOf(id: string, outcome: Outcome): Omit<Reading, "kind" | "notes"> {
  return "pages" in outcome ? documentReading(id, outcome) : recordsReading(outcome)
}

const UNJUDGED: Verdict = { score: null, passed: true, scanned: false, findings: [] }

function recordsReading({ items, problems, text }: Records): Omit<Reading, "kind" | "notes"> {
  if (items.length + problems.length === 0) throw new UnreadableFileError("nothing_inside")
  if (text === undefined) return { items, problems, proposals: [], pages: [], verdict: UNJUDGED }
  const quality = judgePage({ text, confidence: null })
  const verdict = judgeDocument([{ ...quality, number: null, from: "text" }])
  return {
    items: items.map((item) => (item.kind === "document" && !verdict.passed ? documentItem({ ...item.body, verified: false }) : item)),
    problems,
    proposals: [],
    pages: [{ ...quality, number: null, from: "text", text, words: [] }],
    verdict,
  }
}

function documentReading(id: string, { pages, lines: given, title }: Paged): Omit<Reading, "kind" | "notes"> {
  const { lines, converted } = repaired(given)
  const unread = pages.find((page) => page.problem !== null)
  if (lines.every((line) => line.text.trim() === "")) throw new UnreadableFileError(unread?.problem ?? "no_text")
  const reports = pages.map((page) => {
    const text = pageText(converted ? lines : page.lines)
    const quality = judgePage({ text, confidence: page.confidence })
    const findings = [...silences(page), ...quality.findings]
    return { ...quality, findings, number: page.number, from: page.from, text, words: page.words }
  })
  const verdict = judgeDocument(reports)
  const proposals = readHeader(lines)
  const sections = hasHeadings(lines) ? sectionsOf(withHeadings(lines)) : structureOf(lines)
  const document = documentOf({ id, lines, sections, proposals, ownTitle: title ?? null, verified: verdict.passed && !verdict.scanned })
  return { items: [documentItem(document)], problems: [], proposals, pages: reports, verdict }
}

const WORDLESS = "chỉ có ảnh, không nhận ra chữ nào; xin xem trang này trong bản gốc."

/** A page without text must not pass for an empty one: the clerk is told to look at it. */
function silences({ from, problem, words }: ReadPage): string[] {
  if (problem) return [new UnreadableFileError(problem).message]
  return from === "ocr" && words.length === 0 ? [WORDLESS] : []
}

/** A DOCX or PDF of twenty years ago may be typed in .VnTime: its letters are Western ones until they are converted. */
function repaired(lines: readonly MarkedLine[]): { lines: readonly MarkedLine[]; converted: boolean } {
  const joined = lines.map((line) => line.text).join("\n")
  const { text, encoding } = repairOldFonts(joined)
  if (encoding === null) return { lines, converted: false }
  const texts = text.split("\n")
  return { lines: lines.map((line, i) => ({ ...line, text: texts[i] ?? line.text })), converted: true }
}
