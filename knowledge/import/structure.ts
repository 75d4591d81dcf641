import { sectionsOf, type Line } from "./sections.ts"
import type { Section } from "../document.ts"

/** One line as it stands on paper. `row` marks a table row that was already put into words. */
export interface SourceLine {
  readonly text: string
  readonly page: number | null
  readonly row?: boolean
}

const ITEM = /^(?:[-+*•–]\s*|[a-zđ]\)\s*|\d{1,2}[.)]\s+)/u
const SENTENCE_END = /[.;:!?…”"]$/

/** Headings of official texts in the order of their rank (Nghị định 30/2020/NĐ-CP, Phụ lục I). */
const HEADINGS: readonly (readonly [pattern: RegExp, level: number])[] = [
  [/^(?:(?:PHẦN|Phần)\s+(?:[IVXLC\d]+|THỨ|thứ)(?!\p{L})|PHỤ LỤC(?!\p{L})|Phụ lục\s+(?:[IVXLC]+|\d+|[A-Z])(?![\p{L}/])|Phụ lục$)/u, 1],
  [/^(?:CHƯƠNG|Chương)\s+[IVXLC\d]+/u, 2],
  [/^(?:MỤC|Mục)\s+\d+/u, 3],
  [/^[IVX]{1,5}\s*[.\-–]\s*\S/u, 3],
  [/^(?:Điều|ĐIỀU)\s+\d+[.:]?/u, 4],
  [/^\d{1,2}(?:\.\d{1,2})*\.?\s+\p{Lu}[^.;]{2,110}$/u, 5],
]

/** "Chương I" alone on its line: its name stands on the next one, in capitals. */
const BARE = /^(?:PHỤ LỤC|(?:PHẦN|Phần|PHỤ LỤC|Phụ lục|CHƯƠNG|Chương|MỤC|Mục)\s+(?:[IVXLC]+|\d+|THỨ\s+\p{Lu}+|thứ\s+\p{L}+))\.?$/u
const CAPITALS = /^[^\p{Ll}]*\p{Lu}[^\p{Ll}]*$/u
const MAX_HEADING = 200

/** The section tree of lines. Headings are told by their numbering; lines that were wrapped are joined again. */
export const structureOf = (lines: Iterable<SourceLine>): Section[] => sectionsOf(joined(lines))

interface Open {
  readonly kind: "paragraph" | "item" | "heading"
  readonly level: number
  readonly text: string
  readonly page: number | null
}

const asLine = ({ kind, level, text, page }: Open): Line =>
  kind === "heading" ? { type: "heading", level, text, page } : { type: "block", block: { kind, text }, page }

function* joined(lines: Iterable<SourceLine>): Generator<Line> {
  let open = null as Open | null
  for (const line of lines) {
    const text = line.text.trim()
    if (open && line.row !== true && goesOn(open, text)) {
      open = { ...open, text: `${open.text} ${text}` }
      continue
    }
    if (open) yield asLine(open)
    open = null
    if (line.row === true) yield { type: "block", block: { kind: "row", text }, page: line.page }
    else if (text !== "") open = opened(text, line.page)
  }
  if (open) yield asLine(open)
}

const levelOf = (text: string) => HEADINGS.find(([pattern]) => pattern.test(text))?.[1]

function opened(text: string, page: number | null): Open {
  const level = levelOf(text)
  if (level !== undefined && text.length <= MAX_HEADING) return { kind: "heading", level, text, page }
  return { kind: ITEM.test(text) ? "item" : "paragraph", level: 0, text, page }
}

/** True when a line is the rest of what is open: the paper was too narrow, the thought goes on. */
function goesOn(open: Open, text: string): boolean {
  if (text === "" || levelOf(text) !== undefined || ITEM.test(text)) return false
  if (open.kind === "heading") {
    const named = BARE.test(open.text) && CAPITALS.test(text)
    const wrapped = /^\p{Ll}/u.test(text) && open.text.length > 40 && !SENTENCE_END.test(open.text)
    return (named || wrapped) && open.text.length + text.length < MAX_HEADING
  }
  return !(SENTENCE_END.test(open.text) && /^\p{Lu}/u.test(text))
}
