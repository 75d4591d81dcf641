import { createIsomorphicCanvasFactory, getDocumentProxy } from "unpdf"
import { layOut, linesOfPage, type Run } from "./layout.ts"
import { meanConfidence, type ReadPicture, type ScannedWord } from "./ocr.ts"
import type { ReadLimits } from "./limits.ts"
import type { ReadPage } from "./reading.ts"
import { UnreadableFileError } from "./unreadable.ts"

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>
type PdfPage = Awaited<ReturnType<Pdf["getPage"]>>

export interface PageWork {
  readonly limits: ReadLimits
  readonly readPicture: ReadPicture
  /** How well a page reads, 0 to 1: decides whether its text layer or a fresh OCR is taken. */
  readonly quality: (text: string) => number
  readonly onPage: (done: number, total: number) => void
}

/** Below this many letters a page has no text layer worth the name. */
const FEW_LETTERS = 12
/** A text layer that reads worse than this was made by a scanner without Vietnamese. */
const POOR = 0.8
const POINTS_PER_INCH = 72

/** Reads a PDF page by page: its text layer, or, where there is none or a spoilt one, the drawn page through OCR. */
export async function readPdf(bytes: Uint8Array, work: PageWork): Promise<ReadPage[]> {
  const pdf = await opened(bytes, work.limits)
  if (pdf.numPages > work.limits.maxPages) {
    throw new UnreadableFileError("too_many_pages", { detail: `${pdf.numPages} trang, tối đa ${work.limits.maxPages}` })
  }
  const pages: ReadPage[] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    pages.push(await readPage(await pdf.getPage(number), work))
    work.onPage(number, pdf.numPages)
  }
  return pages
}

async function opened(bytes: Uint8Array, limits: ReadLimits): Promise<Pdf> {
  try {
    return await getDocumentProxy(Uint8Array.from(bytes), {
      CanvasFactory: await createIsomorphicCanvasFactory(() => import("@napi-rs/canvas")),
      verbosity: 0,
      maxImageSize: limits.maxPixels,
      isEvalSupported: false,
    })
  } catch (error) {
    const name = error instanceof Error ? error.name : ""
    throw new UnreadableFileError(name === "PasswordException" ? "encrypted" : "broken", { cause: error })
  }
}

async function readPage(page: PdfPage, work: PageWork): Promise<ReadPage> {
  const layer = await textLayer(page)
  try {
    const letters = layer.text.replace(/[^\p{L}]/gu, "").length
    if (letters >= FEW_LETTERS && work.quality(layer.text) >= POOR) return layer.page
    if (!(await hasPicture(page))) return layer.page
    const scanned = await scan(page, work)
    return letters < FEW_LETTERS || work.quality(textOf(scanned)) > work.quality(layer.text) ? scanned : layer.page
  } finally {
    page.cleanup()
  }
}

async function textLayer(page: PdfPage): Promise<{ text: string; page: ReadPage }> {
  const { height } = page.getViewport({ scale: 1 })
  const content = await page.getTextContent()
  const runs: Run[] = content.items.flatMap((item) => {
    if (!("str" in item)) return []
    const [, , , , x = 0, y = 0] = item.transform as number[]
    return [{ text: item.str.normalize("NFC"), x, y: height - y - item.height, width: item.width, height: item.height }]
  })
  const lines = linesOfPage(layOut(runs), page.pageNumber)
  return {
    text: lines.map((line) => line.text).join("\n"),
    page: { number: page.pageNumber, from: "text", lines, words: [], confidence: null, problem: null },
  }
}

const textOf = (page: ReadPage) => page.lines.map((line) => line.text).join("\n")

/** Operator codes of pdf.js that paint a picture. */
const PICTURES: ReadonlySet<number> = new Set([82, 83, 84, 85, 86, 87, 88, 89, 90])

async function hasPicture(page: PdfPage): Promise<boolean> {
  const { fnArray } = await page.getOperatorList()
  return fnArray.some((code) => PICTURES.has(code))
}

async function scan(page: PdfPage, { limits, readPicture }: PageWork): Promise<ReadPage> {
  const { png, dpi } = await draw(page, limits)
  return scannedPage(page.pageNumber, () => readPicture(png, dpi))
}

/** One page as a picture (PNG), for a person to compare the text with. Throws UnreadableFileError. */
export async function drawPdfPage(bytes: Uint8Array, number: number, limits: ReadLimits): Promise<Uint8Array> {
  const pdf = await opened(bytes, limits)
  if (number > pdf.numPages) throw new UnreadableFileError("broken")
  return (await draw(await pdf.getPage(number), limits)).png
}

async function draw(page: PdfPage, limits: ReadLimits): Promise<{ png: Buffer; dpi: number }> {
  const { createCanvas } = await import("@napi-rs/canvas")
  const points = page.getViewport({ scale: 1 })
  // A poster in points would be a wall in pixels: it is drawn as large as the limit allows.
  const scale = Math.min(limits.dpi / POINTS_PER_INCH, Math.sqrt(limits.maxPixels / (points.width * points.height)))
  const viewport = page.getViewport({ scale })
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height))
  const context = canvas.getContext("2d")
  context.fillStyle = "#fff"
  context.fillRect(0, 0, canvas.width, canvas.height)
  await page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise
  return { png: canvas.toBuffer("image/png"), dpi: Math.round(scale * POINTS_PER_INCH) }
}

/** A page by OCR. Without OCR on this machine, or when it fails, the page stays empty and says why. */
export async function scannedPage(number: number, read: () => Promise<ScannedWord[]>): Promise<ReadPage> {
  try {
    const words = await read()
    const lines = linesOfPage(layOut(words), number)
    return { number, from: "ocr", lines, words, confidence: meanConfidence(words), problem: null }
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error
    return { number, from: "ocr", lines: [], words: [], confidence: null, problem: error.reason }
  }
}
