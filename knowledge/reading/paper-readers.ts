import { readPortalRecords } from "../import/portal-lines.ts"
import type { SourceLine } from "../import/structure.ts"
import { judgePage } from "../quality/gate.ts"
import { decode } from "./encoding.ts"
import { readHtml } from "./html.ts"
import { onePage } from "./outcome.ts"
import { readPdf } from "./pdf.ts"
import { readPictureFile } from "./picture.ts"
import { portalRecordsOf } from "./portal-sheet.ts"
import type { Readers } from "./read-source.ts"
import type { ReadPage } from "./reading.ts"
import { linesOfSheets, readSheets } from "./sheet.ts"
import { encodingNote } from "./text-readers.ts"
import { readDoc, readDocx } from "./word.ts"

/** Formats that need libraries: read in a process of their own only (`knowledge/ingest/reader-process.ts`). */
export const PAPER_READERS: Readers = {
  pdf: async ({ bytes }, tools) => {
    const quality = (text: string) => judgePage({ text, confidence: null }).score ?? 1
    const pages = await readPdf(bytes, { ...tools, quality })
    return { pages, lines: withoutFurniture(pages) }
  },
  image: async ({ bytes }, tools) => {
    const page = await readPictureFile(bytes, tools)
    return { pages: [page], lines: page.lines }
  },
  docx: async ({ bytes }, { limits }) => onePage(await readDocx(bytes, limits)),
  doc: async ({ bytes }) => onePage(await readDoc(bytes)),
  xlsx: async ({ bytes }, { limits, aliases }) => {
    const sheets = await readSheets(bytes, limits)
    const records = portalRecordsOf(sheets)
    if (records) return readPortalRecords(records, aliases)
    return onePage(linesOfSheets(sheets))
  },
  html: ({ bytes }) => {
    const { text, encoding } = decode(bytes)
    const { lines, title } = readHtml(text)
    return { ...onePage(lines), title, notes: encodingNote(encoding) }
  },
}

const EDGE = 2
const OFTEN = 3

/** Lines of all pages without page numbers and without what is printed at the edge of page after page. */
function withoutFurniture(pages: readonly ReadPage[]): SourceLine[] {
  const plain = (text: string) => text.replace(/\d+/g, "#").replace(/\s+/g, " ").trim()
  const edges = (page: ReadPage) => {
    const filled = page.lines.filter((line) => line.text.trim() !== "")
    const edge = filled.length > 3 * EDGE ? EDGE : 1
    return [...filled.slice(0, edge), ...filled.slice(-edge)]
  }
  const seen = new Map<string, number>()
  for (const page of pages)
    for (const text of new Set(edges(page).map((line) => plain(line.text)))) seen.set(text, (seen.get(text) ?? 0) + 1)
  return pages.flatMap((page) => {
    const border = new Set(edges(page))
    return page.lines.filter((line) => {
      const text = plain(line.text)
      const repeated = (seen.get(text) ?? 0) >= Math.max(OFTEN, pages.length / 2) && !/^(?:Điều|Chương|Mục)\s/u.test(text)
      return !(border.has(line) && line.row !== true && (/^(?:[-–]\s*)?#(?:\s*[-–/]\s*#?)?$|^Trang #/u.test(text) || repeated))
    })
  })
}
