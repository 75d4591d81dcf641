import { existsSync } from "node:fs"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { createCanvas, GlobalFonts } from "@napi-rs/canvas"
import PDFDocument from "pdfkit"
import { readConfig } from "./config.ts"
import { InvalidInputError } from "./errors.ts"
import { readDemo } from "./knowledge/demo.ts"
import { createFileReader, type FileReader } from "./knowledge/ingest/file-reader.ts"

interface Io {
  readonly print: (text: string) => void
}

const TEXT_PAGES = 200
const SCANNED_PAGES = 10
const FONTS = [
  "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf",
  "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
  "C:\\Windows\\Fonts\\times.ttf",
  "/System/Library/Fonts/Supplemental/Times New Roman.ttf",
]
const FAMILY = "BenchFont"
const A4 = { width: 595.28, height: 841.89, margin: 56 }
const LINES = 42
const DPI = 200

/** `bench documents [FILE…]`: pages a second of text and of scans, on generated pages or on files of one's own. */
export async function benchDocuments(files: readonly string[], { print }: Io): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), "tro-ly-xa-bench-"))
  const { reading } = readConfig()
  const reader = createFileReader(reading)
  try {
    for (const file of files.length > 0 ? files : await generated(folder)) print(await measure(file, reader))
  } finally {
    await reader.close()
    await rm(folder, { recursive: true, force: true })
  }
  return 0
}

async function measure(file: string, reader: FileReader): Promise<string> {
  const name = path.basename(file)
  const started = performance.now()
  const outcome = await reader.read({ path: file, name, id: name })
  const seconds = (performance.now() - started) / 1000
  if (!outcome.ok) return `${name}: ${outcome.message}`
  const { pages, verdict } = outcome.reading
  const confidence = verdict.scanned ? ", nhận dạng từ bản quét" : ""
  return `${name}: ${pages.length} trang trong ${seconds.toFixed(1)} s = ${(pages.length / seconds).toFixed(2)} trang/s, chất lượng ${verdict.score ?? "–"}${confidence}`
}

/** A first file so that the start of the reading process is not measured, one of text, one of scans. */
async function generated(folder: string): Promise<string[]> {
  const font = FONTS.find((file) => existsSync(file))
  if (!font) throw new InvalidInputError("Máy không có phông chữ tiếng Việt để tạo trang thử: apt-get install fonts-noto-core")
  GlobalFonts.registerFromPath(font, FAMILY)
  const pages = await pagesOfText()
  const write = async (name: string, bytes: Buffer) => {
    await writeFile(path.join(folder, name), bytes)
    return path.join(folder, name)
  }
  const page = (n: number) => pages[n % pages.length] ?? []
  return [
    await write("khoi-dong.pdf", await pdfOf(font, [page(0)])),
    await write(
      "van-ban.pdf",
      await pdfOf(
        font,
        Array.from({ length: TEXT_PAGES }, (_, n) => page(n)),
      ),
    ),
    await write(
      "ban-quet.pdf",
      await pdfOf(
        font,
        Array.from({ length: SCANNED_PAGES }, (_, n) => scanOf(page(n))),
      ),
    ),
  ]
}

/** The steps of the demo's procedures, as many lines a page as an official text has. */
async function pagesOfText(): Promise<string[][]> {
  const lines = (await readDemo())
    .flatMap((item) => (item.kind === "procedure" ? [item.body.name, ...item.body.steps] : []))
    .flatMap(wrapped)
  return Array.from({ length: Math.floor(lines.length / LINES) }, (_, n) => lines.slice(n * LINES, (n + 1) * LINES))
}

const wrapped = (text: string) => text.match(/.{1,80}(?:\s|$)/gu)?.map((line) => line.trim()) ?? []

function scanOf(lines: readonly string[]): Buffer {
  const point = DPI / 72
  const canvas = createCanvas(Math.round(A4.width * point), Math.round(A4.height * point))
  const context = canvas.getContext("2d")
  context.fillStyle = "#fff"
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = "#111"
  context.font = `${12 * point}px ${FAMILY}`
  for (const [i, line] of lines.entries()) context.fillText(line, A4.margin * point, (A4.margin + 17 * (i + 1)) * point)
  return canvas.toBuffer("image/jpeg", 85)
}

function pdfOf(font: string, pages: readonly (readonly string[] | Buffer)[]): Promise<Buffer> {
  const pdf = new PDFDocument({ size: "A4", margin: A4.margin, autoFirstPage: false })
  const chunks: Buffer[] = []
  for (const page of pages) {
    pdf.addPage().font(font).fontSize(11)
    if (Buffer.isBuffer(page)) pdf.image(page, 0, 0, { width: A4.width, height: A4.height })
    else for (const [i, line] of page.entries()) pdf.text(line, A4.margin, A4.margin + 16 * i, { lineBreak: false })
  }
  return new Promise((resolve, reject) => {
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk))
    pdf.on("end", () => resolve(Buffer.concat(chunks)))
    pdf.on("error", reject)
    pdf.end()
  })
}
