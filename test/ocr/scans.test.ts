import { readFile, writeFile } from "node:fs/promises"
import path from "node:path"
import { beforeAll, describe, expect, it, onTestFinished } from "vitest"
import { readConfig } from "../../config.ts"
import { readDemo } from "../../knowledge/demo.ts"
import { readKnowledgeFile } from "../../knowledge/import/read-file.ts"
import { createFileReader } from "../../knowledge/ingest/file-reader.ts"
import type { Reading } from "../../knowledge/reading/reading.ts"
import { aFolder } from "../prisma/temporary-memory.ts"
import { characterAccuracy } from "../support/accuracy.ts"
import { jpegOf, pdfOf, pngOf, sheetOf } from "../support/papers.ts"

const SETTINGS = readConfig(process.env).reading

async function read(name: string, content: Uint8Array): Promise<Reading> {
  const file = path.join(await aFolder(), name)
  await writeFile(file, content)
  const reader = createFileReader(SETTINGS)
  onTestFinished(() => reader.close())
  const outcome = await reader.read({ path: file, name, id: "ban-quet" })
  if (!outcome.ok) throw new Error(`${outcome.message} ${outcome.detail ?? ""}`)
  return outcome.reading
}

const DECISION = `QUYẾT ĐỊNH
Về việc quản lý đường làng ngõ xóm
Điều 1. Phạm vi áp dụng
Quyết định này quy định việc quản lý, dọn dẹp đường làng ngõ xóm trên địa bàn xã Suối Trong.
Điều 2. Kinh phí
Mỗi thôn được hỗ trợ 1.500.000 đồng một năm từ ngân sách xã, giải ngân trước ngày 30/6/2026.`

describe("a scan", () => {
  it("becomes sections with pages; nobody compared it, so its figures are not certain", async () => {
    const { items, pages, verdict } = await read("quyet-dinh.pdf", await pdfOf([{ picture: jpegOf(sheetOf(DECISION)) }]))
    expect(verdict).toMatchObject({ passed: true, scanned: true })
    expect(items[0]?.body).toMatchObject({ title: "Quyết định về việc quản lý đường làng ngõ xóm", verified: false })
    const sections = items[0]?.kind === "document" ? items[0].body.sections : []
    expect(sections.at(-1)).toMatchObject({ path: ["Điều 2. Kinh phí"], page: 1 })
    expect(JSON.stringify(sections.at(-1))).toContain("1.500.000 đồng")
    const word = pages[0]?.words.find((w) => w.text.startsWith("1.500.000"))
    expect(word?.confidence).toBeGreaterThan(50)
    expect([word?.x, word?.y, word?.width, word?.height].every((n) => (n ?? 0) > 0)).toBe(true)
  })

  it("that lay askew on the glass reads the same", async () => {
    const { pages } = await read("lech.png", pngOf(sheetOf(DECISION, { skew: 0.8 })))
    expect(characterAccuracy(DECISION, pages[0]?.text ?? "")).toBeGreaterThanOrEqual(0.97)
  })

  it("among typed pages is the only one that goes through OCR", async () => {
    const { pages } = await read("lan-lon.pdf", await pdfOf([DECISION, { picture: jpegOf(sheetOf(DECISION)) }, DECISION]))
    expect(pages.map((p) => p.from)).toEqual(["text", "ocr", "text"])
  })

  it("with a page on which no letter is found says so, for a person to look at it", async () => {
    const { pages, verdict } = await read("trang-anh.pdf", await pdfOf([DECISION, { picture: jpegOf(sheetOf("")) }]))
    expect(pages.map((p) => p.findings)).toEqual([[], ["chỉ có ảnh, không nhận ra chữ nào; xin xem trang này trong bản gốc."]])
    expect(verdict).toMatchObject({ passed: false, scanned: true })
  })

  it("is marked in the outcome of an import", async () => {
    const file = path.join(await aFolder(), "anh.jpg")
    await writeFile(file, jpegOf(sheetOf(DECISION)))
    const reader = createFileReader(SETTINGS)
    onTestFinished(() => reader.close())
    const result = await readKnowledgeFile(file, { aliases: () => [], reader })
    expect(result.what).toBe("ảnh, 1 trang")
    expect(result.notes).toEqual(["Ghi là “bản quét chưa đối chiếu” vì văn bản được nhận dạng từ bản quét; xin đối chiếu với bản gốc."])
    expect((await readFile(file)).length).toBeGreaterThan(0)
  })

  it("without Tesseract is explained", async () => {
    const reader = createFileReader({ ...SETTINGS, tesseract: "/nonexistent/tesseract" })
    onTestFinished(() => reader.close())
    const file = path.join(await aFolder(), "anh.jpg")
    await writeFile(file, jpegOf(sheetOf(DECISION)))
    expect(await reader.read({ path: file, name: "anh.jpg", id: "anh" })).toMatchObject({ ok: false, reason: "no_ocr" })
  })
})

describe("at 200 dpi", () => {
  let texts: string[] = []
  beforeAll(async () => {
    const demo = await readDemo()
    const procedures = demo.flatMap((item) => (item.kind === "procedure" ? [item.body] : []))
    texts = procedures.slice(0, 5).map((p) => [p.name, ...p.steps, ...p.conditions].join("\n").slice(0, 1400))
  })

  it("at least 97 of 100 characters of generated pages come back right", { timeout: 120_000 }, async () => {
    const accuracies: number[] = []
    for (const text of texts) {
      const { pages } = await read("trang.pdf", await pdfOf([{ picture: jpegOf(sheetOf(text, { dpi: 200 })) }]))
      accuracies.push(characterAccuracy(text, pages[0]?.text ?? ""))
    }
    const mean = accuracies.reduce((a, b) => a + b, 0) / accuracies.length
    process.stdout.write(
      `OCR, 200 dpi: ${(100 * mean).toFixed(2)}% of characters right, worst page ${(100 * Math.min(...accuracies)).toFixed(2)}%\n`,
    )
    expect(mean).toBeGreaterThanOrEqual(0.97)
  })
})
