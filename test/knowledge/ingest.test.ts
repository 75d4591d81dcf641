import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises"
import path from "node:path"
import { describe, expect, it, onTestFinished } from "vitest"
import { readConfig } from "../../config.ts"
import { createFileReader, type ReaderSettings } from "../../knowledge/ingest/file-reader.ts"
import { DONE, NOT_READ } from "../../knowledge/ingest/inbox.ts"
import { createIngest, type Ingest } from "../../knowledge/ingest/ingest.ts"
import { confirmReading, correctPage, type Corrections, proposeMarks, publishReading } from "../../knowledge/ingest/review.ts"
import { SOURCE_STATES } from "../../knowledge/ingest/source-file.ts"
import { loadDiacritics } from "../../knowledge/quality/restore.ts"
import type { ReadLimits } from "../../knowledge/reading/limits.ts"
import { loadBase } from "../../knowledge/store.ts"
import { aFolder, aMemory, type Memory } from "../prisma/temporary-memory.ts"
import { docxOf, pdfOf, xlsxOf, zipOf } from "../support/papers.ts"
import { until } from "../support/until.ts"

const SETTINGS = readConfig(process.env).reading
const FAST = { lease: 600, scan: 30, settle: 0 }

interface Office {
  readonly ingest: Ingest
  readonly reader: ReturnType<typeof createFileReader>
  readonly database: Memory["database"]
  readonly folders: { readonly files: string; readonly inbox: string }
  readonly faults: unknown[]
  readonly put: (name: string, content: string | Uint8Array) => ReturnType<Ingest["add"]>
}

let ids = 0

/** A commune's memory that takes files in, without anything running yet. */
async function anOffice(limits: Partial<ReadLimits> = {}, memory?: Pick<Office, "database" | "folders">): Promise<Office> {
  const root = await aFolder()
  const folders = memory?.folders ?? { files: path.join(root, "files"), inbox: path.join(root, "inbox") }
  const database = memory?.database ?? (await aMemory()).database
  const settings: ReaderSettings = { ...SETTINGS, limits: { ...SETTINGS.limits, ...limits } }
  const reader = createFileReader(settings)
  const faults: unknown[] = []
  const ingest = createIngest({
    db: database,
    limits: settings.limits,
    reader,
    folders,
    now: () => new Date(),
    newId: () => `file-${(ids += 1)}`,
    report: (error) => faults.push(error),
    timing: FAST,
  })
  onTestFinished(() => ingest.stop())
  const put: Office["put"] = (name, content) => ingest.add({ name, content: Buffer.from(content), addedBy: "can-bo" })
  return { ingest, reader, database, folders, faults, put }
}

const NOTICE = (n: number) =>
  `THÔNG BÁO\nVề việc thu gom rác thải đợt ${n}\n\nỦy ban nhân dân xã Suối Trong thông báo lịch thu gom rác thải cồng kềnh đợt ${n}. Các hộ gia đình tập kết rác tại nhà văn hóa thôn trước 7 giờ sáng thứ Bảy. Trưởng thôn có trách nhiệm đôn đốc nhân dân thực hiện đúng quy định.`

async function ninetyGood(): Promise<[string, string | Uint8Array][]> {
  const makers: ((n: number) => Promise<[string, string | Uint8Array]>)[] = [
    async (n) => [`thong-bao-${n}.pdf`, await pdfOf([NOTICE(n)])],
    async (n) => [`thong-bao-${n}.docx`, await docxOf(NOTICE(n).split("\n"))],
    async (n) => [
      `danh-ba-${n}.xlsx`,
      await xlsxOf([
        ["STT", "Bộ phận", "Điện thoại"],
        ["1", `Bộ phận số ${n}`, "0225 000 001"],
        ["2", "Tư pháp", "0225 000 002"],
      ]),
    ],
    (n) => Promise.resolve([`trang-${n}.html`, `<html><body><h1>Thông báo đợt ${n}</h1><p>${NOTICE(n)}</p></body></html>`]),
    (n) => Promise.resolve([`thong-bao-${n}.txt`, Buffer.from(`\ufeff${NOTICE(n)}`, n % 2 ? "utf8" : "utf16le")]),
    (n) => Promise.resolve([`thong-bao-${n}.md`, `# Thông báo đợt ${n}\n\n${NOTICE(n)}`]),
  ]
  return Promise.all(Array.from({ length: 90 }, (_, n) => makers[n % makers.length]?.(n) ?? Promise.reject(new Error("no maker"))))
}

async function tenBad(): Promise<[name: string, content: string | Uint8Array, words: RegExp][]> {
  const word = await docxOf(["Xin chào."])
  return [
    ["rong.pdf", "", /tệp rỗng/],
    ["mat-khau.pdf", await pdfOf(["Xin chào."], { password: "mat-khau" }), /đặt mật khẩu/],
    ["hong.pdf", "%PDF-1.7 và không có gì nữa", /bị hỏng/],
    ["dut.docx", word.subarray(0, word.length / 2), /bị hỏng/],
    ["phinh.docx", zipOf({ "[Content_Types].xml": "<Types/>", "word/document.xml": Buffer.alloc(30_000_000) }), /phình ra lớn bất thường/],
    ["dai.pdf", await pdfOf(Array.from({ length: 13 }, (_, i) => `Trang ${i + 1}.`)), /quá nhiều trang.*13 trang, tối đa 12/],
    ["nhac.mp3", Buffer.from("ID3\x03\0\0\0\0\0\0"), /chưa đọc được loại tệp này/],
    [
      "bang.xls",
      Buffer.concat([Buffer.from("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "latin1"), Buffer.from("Workbook", "utf16le")]),
      /lưu thành \.xlsx/,
    ],
    ["nang.txt", "x".repeat(3_000_000), /tệp quá lớn.*\(3 MB, tối đa 2 MB\)/],
    ["trung.md", `# Thông báo đợt 5\n\n${NOTICE(5)}`, /trùng hoàn toàn với “thong-bao-5.md”/],
  ]
}

it("of a hundred mixed files with ten bad ones ninety come in, ten are explained, none is lost", { timeout: 120_000 }, async () => {
  const { ingest, put, folders } = await anOffice({ maxBytes: 2_000_000, maxPages: 12, maxUnpackedBytes: 20_000_000 })
  const told = new Map<string, string>()
  const good = await ninetyGood()
  const bad = await tenBad()
  for (const [i, [name, content]] of good.entries()) {
    await put(name, content)
    const faulty = i % 9 === 8 ? bad[Math.floor(i / 9)] : undefined
    if (!faulty) continue
    const outcome = await put(faulty[0], faulty[1])
    if (outcome.outcome !== "added") told.set(faulty[0], outcome.message)
  }
  ingest.start()
  await ingest.idle()
  const files = await ingest.list()
  for (const file of files) if (file.state === "failed") told.set(file.name, file.note ?? "")
  expect(
    files
      .filter((file) => file.state === "read")
      .map((file) => file.name)
      .sort(),
  ).toEqual(good.map(([name]) => name).sort())
  expect([...told.keys()].sort()).toEqual(bad.map(([name]) => name).sort())
  for (const [name, , words] of bad) expect(told.get(name), name).toMatch(words)
  for (const file of files) expect((await stat(path.join(folders.files, file.sha256.slice(0, 2), file.sha256))).size).toBe(file.bytes)
})

describe("a file that is being read", () => {
  const LONG = () => pdfOf(Array.from({ length: 120 }, (_, i) => `${NOTICE(i)}\n\n`.repeat(8)))

  it("is read again when its process is killed in the middle", { timeout: 60_000 }, async () => {
    const { ingest, put, reader, faults } = await anOffice()
    const added = await put("dai.pdf", await LONG())
    await put("ngan.txt", NOTICE(1))
    ingest.start()
    await until(() => expect(reader.pid).toBeGreaterThan(0))
    process.kill(reader.pid ?? 0, "SIGKILL")
    await ingest.idle()
    expect(await ingest.list()).toMatchObject([
      { name: "ngan.txt", state: "read", attempts: 1 },
      { name: "dai.pdf", state: "read", attempts: 2, pagesDone: 240, pagesTotal: 240 },
    ])
    expect(added).toMatchObject({ outcome: "added" })
    expect(faults).toHaveLength(1)
  })

  it(
    "is taken up by the next start when the program was stopped, and the stop does not count against it",
    { timeout: 60_000 },
    async () => {
      const first = await anOffice()
      await first.put("dai.pdf", await LONG())
      first.ingest.start()
      await until(async () => expect((await first.ingest.list())[0]?.state).toBe("reading"))
      await first.ingest.stop()
      expect(await first.ingest.list()).toMatchObject([{ state: "waiting", attempts: 0 }])
      const second = await anOffice({}, first)
      second.ingest.start()
      await second.ingest.idle()
      expect(await second.ingest.list()).toMatchObject([{ state: "read", attempts: 1 }])
    },
  )

  it("is taken up when another process died with it, not before its lease ran out", { timeout: 60_000 }, async () => {
    const { ingest, put, database } = await anOffice()
    await put("mot.txt", NOTICE(1))
    await database.sourceFile.updateMany({
      data: { state: "reading", attempts: 1, leaseOwner: "dead", leaseUntil: new Date(Date.now() + 700) },
    })
    ingest.start()
    await ingest.idle()
    expect(await ingest.list()).toMatchObject([{ state: "reading" }])
    await until(async () => expect(await ingest.list()).toMatchObject([{ state: "read", attempts: 2 }]))
  })

  it.each([
    ["needs too much memory", { maxMemoryBytes: 40 * 1024 * 1024 }, "too_much_memory"],
    ["takes too long", { pageMs: 1 }, "too_slow"],
  ])("and %s ends only its own process", { timeout: 60_000 }, async (_what, limits, reason) => {
    const { ingest, put } = await anOffice(limits)
    await put("nang.pdf", await LONG())
    ingest.start()
    await ingest.idle()
    expect(await ingest.list()).toMatchObject([{ state: "failed", reason }])
  })
})

it("every state has a label for staff", () => {
  for (const label of Object.values(SOURCE_STATES)) expect(label).toMatch(/^\p{Lu}/u)
})

it("a watched folder empties itself: what was read lies here, what was not lies there with a note", { timeout: 60_000 }, async () => {
  const { ingest, folders } = await anOffice()
  await mkdir(folders.inbox, { recursive: true })
  await writeFile(path.join(folders.inbox, "lịch.txt"), NOTICE(1))
  await writeFile(path.join(folders.inbox, "bản sao.txt"), NOTICE(1))
  await writeFile(path.join(folders.inbox, "hỏng.pdf"), "%PDF-1.7 hỏng")
  await writeFile(path.join(folders.inbox, "rỗng.docx"), "")
  await writeFile(path.join(folders.inbox, "~$đang mở.docx"), "x")
  ingest.start()
  await until(async () => expect((await readdir(folders.inbox)).sort()).toEqual(["~$đang mở.docx", DONE, NOT_READ].sort()))
  const done = (await readdir(path.join(folders.inbox, DONE))).sort()
  const failed = (await readdir(path.join(folders.inbox, NOT_READ))).sort()
  expect(done.filter((name) => !name.endsWith(".ghi-chu.txt"))).toEqual(["bản sao.txt", "lịch.txt"])
  expect(done.filter((name) => name.endsWith(".ghi-chu.txt"))).toHaveLength(1)
  expect(failed).toEqual(["hỏng.pdf", "hỏng.pdf.ghi-chu.txt", "rỗng.docx", "rỗng.docx.ghi-chu.txt"].sort())
  expect(await readFile(path.join(folders.inbox, NOT_READ, "hỏng.pdf.ghi-chu.txt"), "utf8")).toContain("tệp bị hỏng")
})

it("what could not be read is read under the name that it is given in with again, also in the watched folder", async () => {
  const { ingest, put, folders } = await anOffice()
  const bee = `${NOTICE(1)}\n: [`
  await put("thong-bao.yaml", bee)
  await put("lich.jsonl", NOTICE(2))
  ingest.start()
  await ingest.idle()
  expect(await ingest.list({ state: "failed" })).toHaveLength(2)
  expect(await put("thong-bao.txt", bee)).toMatchObject({
    outcome: "duplicate",
    file: { name: "thong-bao.txt" },
    message: expect.stringContaining("đọc lại") as string,
  })
  await writeFile(path.join(folders.inbox, "lich.txt"), NOTICE(2))
  await until(async () => expect(await readdir(path.join(folders.inbox, DONE))).toEqual(["lich.txt"]))
  await ingest.idle()
  const files = await ingest.list()
  expect(files.map(({ name, state }) => [name, state]).sort()).toEqual([
    ["lich.txt", "read"],
    ["thong-bao.txt", "read"],
  ])
})

describe("what was read", () => {
  const BARE =
    "Uy ban nhan dan xi Sudi Trong thdng bao lich thu gom rac thai cdng kénh nim nay. Cac hd gia dinh tap két rac tai nha vin héa thdn. ".repeat(
      3,
    )

  it("is published as a person confirmed it, under the name that they gave", async () => {
    const { ingest, put, database } = await anOffice()
    const added = await put("thong-bao.txt", NOTICE(3))
    await ingest.idle()
    if (added.outcome !== "added") throw new Error(added.outcome)
    const given = { fileId: added.file.id, compared: false, now: new Date(), newId: () => `v${(ids += 1)}` }
    const confirm = (corrections: Corrections) =>
      database.$transaction((tx) => confirmReading(tx, { fileId: added.file.id, corrections, compared: false }, new Date()))
    await expect(confirm({ date: "hôm nay" })).rejects.toThrow(/Chưa công bố được\s+- date: ngày cần có thật/)
    await confirm({ number: "5/TB-UBND" })
    await publishReading(database, given)
    const base = await loadBase(database)
    expect(base.documents).toMatchObject([
      { id: "thong-bao", number: "5/TB-UBND", title: "Thông báo về việc thu gom rác thải đợt 3", verified: true },
    ])
    expect((await ingest.get(added.file.id)).publishedAt).not.toBeNull()
  })

  it("and lost its marks waits for a person, who is offered marks, corrects a page, and then publishes it as compared", async () => {
    const { ingest, put, database } = await anOffice()
    const added = await put("ban-quet.txt", BARE)
    await ingest.idle()
    if (added.outcome !== "added") throw new Error(added.outcome)
    const { id } = added.file
    expect(await ingest.get(id)).toMatchObject({ state: "needs_review", note: expect.stringContaining("không phải tiếng Việt") as string })
    const given = { fileId: id, now: new Date(), newId: () => `v${(ids += 1)}` }
    await publishReading(database, { ...given, compared: false })
    expect((await loadBase(database)).documents[0]?.verified).toBe(false)
    const { text, changes } = await proposeMarks(database, { fileId: id, index: 0 }, loadDiacritics())
    expect(text).toContain("thu gom rác thải")
    expect(changes.length).toBeGreaterThan(20)
    const corrected = await correctPage(database, { fileId: id, index: 0, text: NOTICE(9) }, new Date())
    expect(corrected.verdict.passed).toBe(true)
    await publishReading(database, { ...given, compared: true })
    const [document] = (await loadBase(database)).documents
    expect(document?.verified).toBe(true)
    expect(JSON.stringify(document?.sections)).toContain("cồng kềnh đợt 9")
  })

  it("can be read again, and forgotten together with its original", async () => {
    const { ingest, put, folders } = await anOffice()
    const added = await put("mot.txt", NOTICE(1))
    await ingest.idle()
    if (added.outcome !== "added") throw new Error(added.outcome)
    await ingest.retry(added.file.id)
    await ingest.idle()
    expect(await ingest.get(added.file.id)).toMatchObject({ state: "read", attempts: 1 })
    await ingest.remove(added.file.id)
    expect(await ingest.list()).toEqual([])
    expect((await readdir(folders.files, { recursive: true })).filter((name) => name.length > 60)).toEqual([])
  })
})
