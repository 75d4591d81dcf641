import { z } from "zod"
import { InvalidInputError } from "../../errors.ts"
import { documentSchema, type KnowledgeDocument } from "../document.ts"
import { placeOf } from "./place.ts"
import { sectionsOf, type Line } from "./sections.ts"
import { fieldOf, inVietnamese } from "./wording.ts"
import { readYaml } from "./yaml-source.ts"

const isoDate = z.iso.date().nullish()
const plain = z.union([z.string(), z.number().transform(String)], "cần là chữ hoặc số").nullish()

const frontMatter = z.looseObject({
  title: z.string().min(1),
  short_title: plain,
  issuing_body: plain,
  number: plain,
  date: isoDate,
  year: z.number().int().nullish(),
  doc_type: plain,
  signer: plain,
  legal_basis: plain,
  place: plain,
  effective_from: isoDate,
  effective_to: isoDate,
  verified: z.boolean().nullish(),
  url: z.url().nullish(),
})

const FRONT_MATTER = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/
const UNCLOSED = /^---[ \t]*\r?\n\w+:/

/** Reads a Markdown document with front matter. Throws InvalidInputError that names the line or field at fault. */
export function fromMarkdown(id: string, source: string): KnowledgeDocument {
  const text = source.replace(/^\ufeff/, "").normalize("NFC")
  const match = FRONT_MATTER.exec(text)
  const meta = readFrontMatter(match?.[1] ?? null, text)
  const issuer = meta.issuing_body ?? ""
  const sections = sectionsOf(linesOf(text.slice(match?.[0].length ?? 0)))
  if (sections.length === 0) throw new InvalidInputError("Văn bản không có nội dung nào sau phần khai báo")
  const values: z.input<typeof documentSchema> = {
    id,
    title: meta.title,
    shortTitle: meta.short_title ?? meta.title,
    issuer,
    number: meta.number ?? null,
    date: meta.date ?? null,
    year: meta.year ?? (meta.date ? Number(meta.date.slice(0, 4)) : null),
    kind: meta.doc_type ?? "",
    signer: meta.signer ?? null,
    legalBasis: meta.legal_basis ?? null,
    place: meta.place ?? placeOf(issuer) ?? placeOf(meta.title),
    effectiveFrom: meta.effective_from ?? null,
    effectiveTo: meta.effective_to ?? null,
    verified: meta.verified ?? true,
    url: meta.url ?? null,
    sections,
  }
  return documentSchema.parse(values, inVietnamese)
}

function readFrontMatter(yaml: string | null, text: string): z.infer<typeof frontMatter> {
  if (yaml === null) {
    if (UNCLOSED.test(text)) throw new InvalidInputError("Phần khai báo mở ở dòng 1 (---) mà không có dòng --- để đóng lại")
    const title = /^#{1,3}\s+(.+)$/m.exec(text)?.[1]
    if (!title) throw new InvalidInputError("Tệp không có phần khai báo (---) và cũng không có tiêu đề nào (# …)")
    return { title: unmark(title) }
  }
  const reading = readYaml(yaml, 1)
  if ("faults" in reading) throw new InvalidInputError("Phần khai báo sai cách viết", reading.faults)
  const parsed = frontMatter.safeParse(reading.value, inVietnamese)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `dòng ${reading.lineOf(issue.path)}: ${fieldOf(issue)}: ${issue.message}`)
  throw new InvalidInputError("Phần khai báo chưa đúng", faults)
}

const HEADING = /^(#{1,6})\s+(.*)$/
const ITEM = /^\s*(?:[-+*•–]\s+|[a-zđ]\)\s+|\d{1,2}[.)]\s+)/u
const ROW = /^\s*\|(.+)\|\s*$/

/** Markdown lines; a table row carries its column names so that it reads on its own. */
function* linesOf(body: string): Generator<Line> {
  let columns: string[] | null = null
  let open: { kind: "paragraph" | "item"; lines: string[] } | null = null
  for (const raw of [...body.split(/\r?\n/), ""]) {
    const line = raw.trim()
    const row = ROW.exec(raw)?.[1]
    const heading = HEADING.exec(line)
    const item = ITEM.test(raw)
    const ends = row !== undefined || heading !== null || item || line === "" || line === "---"
    if (open && !ends) {
      open.lines.push(unmark(line))
      continue
    }
    if (open) yield { type: "block", block: { kind: open.kind, text: open.lines.join(open.kind === "item" ? " " : "\n") } }
    open = null
    if (row !== undefined) {
      const cells = row.split("|").map((cell) => unmark(cell.trim()))
      if (columns === null) columns = cells
      else yield* rowBlock(columns, cells)
      continue
    }
    columns = null
    if (heading) yield { type: "heading", level: heading[1]?.length ?? 1, text: unmark(heading[2] ?? "") }
    else if (!ends || item) open = { kind: item ? "item" : "paragraph", lines: [unmark(line)] }
  }
}

function* rowBlock(columns: readonly string[], cells: readonly string[]): Generator<Line> {
  if (cells.every((cell) => /^:?-*:?$/.test(cell))) return
  const named = cells.map((cell, i) => (columns[i] && cell !== "" ? `${columns[i]}: ${cell}` : cell))
  yield { type: "block", block: { kind: "row", text: named.filter((cell) => cell !== "").join("; ") } }
}

/** Takes Markdown emphasis away; the words stay as they are. */
function unmark(text: string): string {
  return text
    .replace(/\*\*(.+?)\*\*/g, "$1")
    .replace(/(^|\s)[*_](\S(?:.*?\S)?)[*_](?=\s|$|[.,;:])/g, "$1$2")
    .replace(/<br\s*\/?>/gi, " ")
    .trim()
}
