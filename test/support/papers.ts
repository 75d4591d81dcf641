// Files as a commune's office has them, made while the test runs: PDFs with text, scans, pictures.
import { existsSync } from "node:fs"
import { deflateRawSync } from "node:zlib"
import { createCanvas, GlobalFonts, type Canvas } from "@napi-rs/canvas"
import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow } from "docx"
import PDFDocument from "pdfkit"
import writeExcel from "write-excel-file/node"

const FONTS = [
  "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf",
  "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
  "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
  "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
  "C:\\Windows\\Fonts\\times.ttf",
  "/System/Library/Fonts/Supplemental/Times New Roman.ttf",
]

/** A font of this machine with Vietnamese letters. */
export function vietnameseFont(): string {
  const found = FONTS.find((file) => existsSync(file))
  if (!found) throw new Error("no font with Vietnamese letters: apt-get install fonts-noto-core")
  return found
}

const FAMILY = "TestFont"
const A4 = { width: 595.28, height: 841.89 }

function finished(pdf: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk))
    pdf.on("end", () => resolve(Buffer.concat(chunks)))
    pdf.on("error", reject)
    pdf.end()
  })
}

export interface Placed {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size?: number
}

type PageContent = string | readonly Placed[] | { readonly picture: Buffer }

/** A PDF, one entry a page: running text, placed words, or a picture that fills the page. */
export async function pdfOf(pages: readonly PageContent[], options: { password?: string } = {}): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: "A4",
    margin: 56,
    autoFirstPage: false,
    ...(options.password ? { userPassword: options.password } : {}),
  })
  pdf.registerFont(FAMILY, vietnameseFont())
  for (const page of pages) {
    pdf.addPage()
    pdf.font(FAMILY).fontSize(12)
    if (typeof page === "string") pdf.text(page, { lineGap: 3 })
    else if ("picture" in page) pdf.image(page.picture, 0, 0, { width: A4.width, height: A4.height })
    else for (const { text, x, y, size } of page) pdf.fontSize(size ?? 12).text(text, x, y, { lineBreak: false })
  }
  return finished(pdf)
}

interface Look {
  readonly dpi?: number
  readonly size?: number
  /** Degrees that the sheet lies askew. */
  readonly skew?: number
}

/** A sheet of paper as a scanner sees it; lines are wrapped at the margin. */
export function sheetOf(text: string, look: Look = {}): Canvas {
  const dpi = look.dpi ?? 200
  const point = dpi / 72
  const canvas = createCanvas(Math.round(A4.width * point), Math.round(A4.height * point))
  const context = canvas.getContext("2d")
  GlobalFonts.registerFromPath(vietnameseFont(), FAMILY)
  context.fillStyle = "#fff"
  context.fillRect(0, 0, canvas.width, canvas.height)
  if (look.skew) context.rotate((look.skew * Math.PI) / 180)
  context.fillStyle = "#111"
  const size = (look.size ?? 13) * point
  context.font = `${size}px ${FAMILY}`
  let y = 60 * point + size
  for (const line of text
    .split("\n")
    .flatMap((line) => wrapped(line, (part) => context.measureText(part).width <= canvas.width - 112 * point))) {
    context.fillText(line, 56 * point, y)
    y += size * 1.5
  }
  return canvas
}

function wrapped(line: string, fits: (part: string) => boolean): string[] {
  const lines: string[] = []
  let open = ""
  for (const word of line.split(" ")) {
    const longer = open === "" ? word : `${open} ${word}`
    if (fits(longer)) open = longer
    else {
      lines.push(open)
      open = word
    }
  }
  return [...lines, open]
}

export const pngOf = (canvas: Canvas): Buffer => canvas.toBuffer("image/png")
export const jpegOf = (canvas: Canvas): Buffer => canvas.toBuffer("image/jpeg", 85)

/** A zip, as Word and Excel files are. */
export function zipOf(entries: Readonly<Record<string, string | Buffer>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(entries)) {
    const data = Buffer.from(content)
    const packed = deflateRawSync(data)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(data.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, Buffer.from(name), packed])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02"), Buffer.from([20, 0]), fields, place, Buffer.from(name)]))
    parts.push(local)
    at += local.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(listing.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...parts, listing, Buffer.from("PK\x05\x06"), end])
}

/** A Word file: headings by their style, paragraphs, and tables. */
export function docxOf(
  parts: readonly (string | { readonly heading: string } | { readonly table: readonly (readonly string[])[] })[],
): Promise<Buffer> {
  const children = parts.map((part) => {
    if (typeof part === "string") return new Paragraph(part)
    if ("heading" in part) return new Paragraph({ text: part.heading, heading: HeadingLevel.HEADING_1 })
    const rows = part.table.map(
      (row) =>
        new TableRow({ children: row.map((cell) => new TableCell({ children: cell.split("\n").map((line) => new Paragraph(line)) })) }),
    )
    return new Table({ rows })
  })
  return Packer.toBuffer(new Document({ sections: [{ children }] }))
}

/** An Excel file, one sheet. */
export const xlsxOf = (rows: readonly (readonly string[])[], sheet = "Trang 1"): Promise<Buffer> =>
  writeExcel(
    rows.map((row) => row.map((value) => ({ value, type: String }))),
    { sheet },
  ).toBuffer()
