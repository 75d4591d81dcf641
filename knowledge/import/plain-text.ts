import type { z } from "zod"
import { InvalidInputError } from "../../errors.ts"
import { documentSchema, type KnowledgeDocument } from "../document.ts"
import { placeOf } from "./place.ts"
import { sectionsOf, type Line } from "./sections.ts"
import { inVietnamese } from "./wording.ts"

const ITEM = /^(?:[-+*•–]\s*|[a-zđ]\)\s*|\d{1,2}[.)]\s+)/u
const SENTENCE_END = /[.;:!?…”"]$/

/** Headings of official texts in the order of their rank (Nghị định 30/2020/NĐ-CP, Phụ lục I). */
const HEADINGS: readonly (readonly [pattern: RegExp, level: number])[] = [
  [/^(?:PHẦN|Phần|PHỤ LỤC|Phụ lục)\s+\S+/u, 1],
  [/^(?:CHƯƠNG|Chương)\s+[IVXLC\d]+/u, 2],
  [/^(?:MỤC|Mục)\s+\d+/u, 3],
  [/^[IVX]{1,5}\s*[.\-–]\s*\S/u, 3],
  [/^(?:Điều|ĐIỀU)\s+\d+[.:]?/u, 4],
  [/^\d{1,2}(?:\.\d{1,2})*\.?\s+\p{Lu}[^.;]{2,110}$/u, 5],
]

/** Reads a plain text. Headings are told by their numbering; lines that were wrapped are joined again. */
export function fromPlainText(id: string, source: string): KnowledgeDocument {
  const text = source
    .replace(/^\ufeff/, "")
    .normalize("NFC")
    .replace(/[ \t\u00a0]+/g, " ")
  if (text.trim() === "") throw new InvalidInputError("Tệp không có chữ nào")
  const title = titleOf(text) ?? id
  const issuer = /^.*(?:ỦY|UỶ) BAN NHÂN DÂN.*$/mu.exec(text)?.[0].trim() ?? ""
  const place = placeOf(title) ?? placeOf(text.slice(0, 3000))
  const values: z.input<typeof documentSchema> = {
    id,
    title,
    shortTitle: title,
    issuer,
    place,
    verified: false,
    sections: sectionsOf(linesOf(text)),
  }
  return documentSchema.parse(values, inVietnamese)
}

/** The line under "KẾ HOẠCH", "QUYẾT ĐỊNH"… says what the text is about. */
function titleOf(text: string): string | null {
  const match = /^\s*(KẾ HOẠCH|QUYẾT ĐỊNH|THÔNG BÁO|BÁO CÁO|NGHỊ QUYẾT|CÔNG VĂN|HƯỚNG DẪN|QUY CHẾ|NỘI QUY)\s*\n+((?:[^\n]+\n){1,3})/mu.exec(
    text,
  )
  if (match?.[1] && match[2]) return `${match[1].charAt(0)}${match[1].slice(1).toLowerCase()} ${match[2].replace(/\s+/g, " ").trim()}`
  return (
    text
      .split("\n")
      .map((line) => line.trim())
      .find((line) => line.length > 10) ?? null
  )
}

function* linesOf(text: string): Generator<Line> {
  let open: { kind: "paragraph" | "item"; text: string } | null = null
  for (const raw of [...text.split(/\r?\n/), ""]) {
    const line = raw.trim()
    const level = HEADINGS.find(([pattern]) => pattern.test(line))?.[1]
    const item = ITEM.test(line)
    const goesOn = open !== null && line !== "" && level === undefined && !item && !(SENTENCE_END.test(open.text) && /^\p{Lu}/u.test(line))
    if (goesOn && open) {
      open = { kind: open.kind, text: `${open.text} ${line}` }
      continue
    }
    if (open) yield { type: "block", block: open }
    open = null
    if (line === "") continue
    if (level !== undefined && line.length <= 200) yield { type: "heading", level, text: line }
    else open = { kind: item ? "item" : "paragraph", text: line }
  }
}
