import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { InvalidInputError } from "../../errors.ts"
import { loadDemoOnce, readDemo } from "../../knowledge/demo.ts"
import { importFiles } from "../../knowledge/import/import-files.ts"
import { documentItem, noticeItem, type KnowledgeItem } from "../../knowledge/item.ts"
import { noticeSchema } from "../../knowledge/notice.ts"
import { loadBase, releaseNumber, saveItems, setUpCommune } from "../../knowledge/store.ts"
import type { Database } from "../../prisma/database.ts"
import { aMemory, NOW } from "../prisma/temporary-memory.ts"
import { aDocument, aFile, aProcedure, noAliases, portalLine } from "./samples.ts"

let lastId = 0
const newId = () => `id-${String(++lastId).padStart(6, "0")}`
const own = { now: NOW, newId, demo: false, importedFrom: "tthc.jsonl" }
const shipped = { ...own, demo: true, importedFrom: "demo" }
const options = { keepGoing: false, aliases: noAliases, now: NOW, newId }

const aNotice = (id: string): KnowledgeItem =>
  noticeItem(
    noticeSchema.parse({
      kind: "contact",
      id,
      title: "Đường dây nóng",
      text: "Gọi số này",
      source: "Xã",
      role: "Trực ban",
      phone: "0225 000 0001",
    }),
  )

const namesIn = async (db: Database) => (await loadBase(db)).procedures.map((p) => p.name)

describe("publishing records", () => {
  it("gives back what was saved, sorted by key, whatever their kind", async () => {
    const { database } = await aMemory()
    const items = [
      aProcedure("1.900002"),
      aProcedure("1.900001", { steps: ["Nộp đơn", "Nhận giấy"] }),
      documentItem(aDocument(["Chữ"])),
      aNotice("duong-day-nong"),
    ]
    expect(await saveItems(database, items, own)).toEqual({ added: 4, changed: 0, unchanged: 0, withdrawn: 0 })
    const base = await loadBase(database)
    expect(base).toMatchObject({ version: 1, demo: false, home: null })
    expect(base.procedures).toEqual([items[1]?.body, items[0]?.body])
    expect(base.documents).toEqual([items[2]?.body])
    expect(base.notices).toEqual([items[3]?.body])
    expect(base.digests.size).toBe(4)
  })

  it("writes down each release with the digest of what is live", async () => {
    const { database } = await aMemory()
    await saveItems(database, [aProcedure("1.900001"), aNotice("a")], own)
    await saveItems(database, [aProcedure("1.900002")], own)
    const releases = await database.knowledgeRelease.findMany({ orderBy: { number: "asc" } })
    expect(releases.map((r) => [r.number, r.recordCount])).toEqual([
      [1, 2],
      [2, 3],
    ])
    expect(releases[1]?.digest).toBe((await loadBase(database)).digest)
    expect(await releaseNumber(database)).toBe(2)
  })

  it("a second time changes nothing: no new version, no new release", async () => {
    const { database } = await aMemory()
    const items = [aProcedure("1.900001"), documentItem(aDocument(["Chữ"]))]
    await saveItems(database, items, own)
    const before = await database.knowledgeVersion.findMany()
    expect(await saveItems(database, items, { ...own, now: new Date("2027-01-01") })).toEqual({
      added: 0,
      changed: 0,
      unchanged: 2,
      withdrawn: 0,
    })
    expect(await database.knowledgeVersion.findMany()).toEqual(before)
    expect(await releaseNumber(database)).toBe(1)
  })

  it("of a changed record serves the new wording and keeps the old one for good", async () => {
    const { database } = await aMemory()
    await saveItems(database, [aProcedure("1.900001", { name: "Tên cũ" }), aProcedure("1.900002", { name: "Giữ nguyên" })], own)
    const changed = [aProcedure("1.900001", { name: "Tên mới" }), aProcedure("1.900002", { name: "Giữ nguyên" })]
    expect(await saveItems(database, changed, { ...own, importedFrom: "sua.jsonl" })).toEqual({
      added: 0,
      changed: 1,
      unchanged: 1,
      withdrawn: 0,
    })
    expect(await namesIn(database)).toEqual(["Tên mới", "Giữ nguyên"])
    const versions = await database.knowledgeVersion.findMany({ where: { record: { key: "1.900001" } }, orderBy: { version: "asc" } })
    expect(versions.map((v) => [v.version, (v.body as { name: string }).name, v.importedFrom])).toEqual([
      [1, "Tên cũ", "tthc.jsonl"],
      [2, "Tên mới", "sua.jsonl"],
    ])
    expect((await loadBase(database)).version).toBe(2)
  })

  it("back and forth counts on: an old wording that returns is a new version", async () => {
    const { database } = await aMemory()
    for (const name of ["Tên một", "Tên hai", "Tên một"]) await saveItems(database, [aProcedure("1.900001", { name })], own)
    expect(await namesIn(database)).toEqual(["Tên một"])
    expect(await database.knowledgeVersion.count()).toBe(3)
    expect(await releaseNumber(database)).toBe(3)
  })

  it("in any order makes the same base", { timeout: 60_000 }, async () => {
    const items = [aProcedure("1.900001"), aProcedure("1.900002"), aNotice("a"), documentItem(aDocument(["Chữ"]))]
    const digestAfter = async (order: readonly KnowledgeItem[]) => {
      const { database } = await aMemory()
      await saveItems(database, order, own)
      return (await loadBase(database)).digest
    }
    const wanted = await digestAfter(items)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(items, { minLength: items.length }), async (order) => {
        expect(await digestAfter(order)).toBe(wanted)
      }),
      { numRuns: 5 },
    )
  })

  it("more than one batch saves each once and reports its progress record by record", async () => {
    const { database } = await aMemory()
    const items = Array.from({ length: 450 }, (_, n) => aProcedure(`1.${String(900000 + n)}`))
    const progress: number[] = []
    const report = await saveItems(database, items, { ...own, onProgress: (done) => progress.push(done) })
    expect(report.added).toBe(450)
    expect(progress).toEqual(items.map((_, i) => i + 1))
    expect((await loadBase(database)).procedures.map((p) => p.code)).toEqual(items.map((i) => i.key))
  })

  it("that fails half-way publishes nothing", async () => {
    const { database } = await aMemory()
    await saveItems(database, [aProcedure("1.900001", { name: "Tên cũ" })], own)
    const twice = [aProcedure("1.900001", { name: "Tên mới" }), aProcedure("1.900002"), aProcedure("1.900002")]
    await expect(saveItems(database, twice, own)).rejects.toThrow()
    expect(await namesIn(database)).toEqual(["Tên cũ"])
    expect(await database.knowledgeVersion.count()).toBe(1)
    expect(await releaseNumber(database)).toBe(1)
  })
})

describe("two imports at once", () => {
  it("both count, one after the other, and the last release is what is live", async () => {
    const { database } = await aMemory()
    const shared = aProcedure("1.900001")
    const reports = await Promise.all([
      saveItems(database, [shared, aProcedure("1.900002")], own),
      saveItems(database, [shared, aProcedure("1.900003")], own),
    ])
    expect(reports.map((r) => r.added).sort()).toEqual([1, 2])
    const releases = await database.knowledgeRelease.findMany({ orderBy: { number: "asc" } })
    expect(releases.map((r) => [r.number, r.recordCount])).toEqual([
      [1, 2],
      [2, 3],
    ])
    const base = await loadBase(database)
    expect(base.procedures.map((p) => p.code)).toEqual(["1.900001", "1.900002", "1.900003"])
    expect(base).toMatchObject({ version: 2, digest: releases[1]?.digest })
  })

  it("and somebody who reads meanwhile: always a whole release, never a mixture", { timeout: 60_000 }, async () => {
    const { database } = await aMemory()
    const codes = Array.from({ length: 250 }, (_, n) => `1.${String(900000 + n)}`)
    const edition = (name: string) => codes.map((code) => aProcedure(code, { name }))
    await saveItems(database, edition("Bản 1"), own)
    const writer = { over: false }
    const publishing = (async () => {
      for (const name of ["Bản 2", "Bản 3", "Bản 4"]) await saveItems(database, edition(name), own)
    })().finally(() => (writer.over = true))
    const seen: string[] = []
    const read = async () => {
      const base = await loadBase(database)
      seen.push(`${base.version}: ${[...new Set(base.procedures.map((p) => p.name))].join(" + ")}`)
    }
    while (!writer.over) await read()
    await publishing
    await read()
    expect(seen.at(-1)).toBe("4: Bản 4")
    for (const reading of seen) expect(reading).toMatch(/^(\d): Bản \1$/)
  })
})

describe("the demo commune", () => {
  it("comes into an empty memory once", { timeout: 60_000 }, async () => {
    const { database } = await aMemory()
    const demo = await readDemo()
    expect(await loadDemoOnce(database, { now: NOW, newId })).toEqual({ added: demo.length, changed: 0, unchanged: 0, withdrawn: 0 })
    expect(await loadDemoOnce(database, { now: NOW, newId })).toBeNull()
    const base = await loadBase(database)
    expect(base).toMatchObject({ version: 1, demo: true })
    expect(base.digests.size).toBe(demo.length)
  })

  it("gives way to the commune's own records kind by kind", async () => {
    const { database } = await aMemory()
    await saveItems(database, [aProcedure("1.900001"), aProcedure("1.900002"), aNotice("minh-hoa")], shipped)
    const report = await saveItems(
      database,
      [aProcedure("1.900002", { name: "Của xã" }), aProcedure("1.900003", { name: "Cũng của xã" })],
      own,
    )
    expect(report).toEqual({ added: 1, changed: 1, unchanged: 0, withdrawn: 1 })
    const base = await loadBase(database)
    expect(base.procedures.map((p) => p.name)).toEqual(["Của xã", "Cũng của xã"])
    expect(base.notices.map((n) => n.id)).toEqual(["minh-hoa"])
    expect(base.demo).toBe(true)
    await saveItems(database, [aNotice("cua-xa")], own)
    expect(await loadBase(database)).toMatchObject({ version: 3, demo: false, notices: [{ id: "cua-xa" }] })
  })

  it("counts as the commune's own when the commune publishes the very same words", async () => {
    const { database } = await aMemory()
    await saveItems(database, [aProcedure("1.900001")], shipped)
    expect(await saveItems(database, [aProcedure("1.900001")], own)).toMatchObject({ changed: 1, withdrawn: 0 })
    expect((await loadBase(database)).demo).toBe(false)
  })

  it("never writes over the commune's own records, nor comes back beside them", async () => {
    const { database } = await aMemory()
    await saveItems(database, [aProcedure("1.900001", { name: "Của xã" })], own)
    const demo = [aProcedure("1.900001", { name: "Minh họa" }), aProcedure("1.900002", { name: "Minh họa" }), aNotice("minh-hoa")]
    expect(await saveItems(database, demo, shipped)).toEqual({ added: 1, changed: 0, unchanged: 2, withdrawn: 0 })
    expect(await namesIn(database)).toEqual(["Của xã"])
    expect(await loadDemoOnce(database, { now: NOW, newId })).toBeNull()
  })
})

describe("importing files", () => {
  const GOOD = `${portalLine()}\n${portalLine({ code: "1.900002" })}\n`
  const BAD = `${portalLine({ code: "1.900003" })}\n{ hỏng\n`

  it("tells what it did, and keeps the names of the files but not where they lay", async () => {
    const { database } = await aMemory()
    const files = [await aFile("tthc.jsonl", GOOD), await aFile("ke-hoach.md", "# Kế hoạch\n\nDọn đường.")]
    const progress: [number, number][] = []
    const report = await importFiles(database, files, { ...options, onProgress: (done, total) => progress.push([done, total]) })
    expect(report).toEqual({ added: 3, changed: 0, unchanged: 0, withdrawn: 0, problems: [] })
    expect(progress).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ])
    const versions = await database.knowledgeVersion.findMany()
    expect(new Set(versions.map((v) => v.importedFrom))).toEqual(new Set(["tthc.jsonl, ke-hoach.md"]))
  })

  it("again changes nothing", async () => {
    const { database } = await aMemory()
    const file = await aFile("tthc.jsonl", GOOD)
    await importFiles(database, [file], options)
    expect(await importFiles(database, [file], options)).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
    expect(await database.knowledgeVersion.count()).toBe(2)
    expect(await releaseNumber(database)).toBe(1)
  })

  it("with one bad line imports nothing at all and tells every fault", async () => {
    const { database } = await aMemory()
    const files = [await aFile("tthc.jsonl", GOOD), await aFile("hong.jsonl", BAD), await aFile("rong.md", "")]
    const refused = await importFiles(database, files, options).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(InvalidInputError)
    expect((refused as InvalidInputError).problems).toEqual([
      `${String(files[1])}: dòng 2: không phải JSON hợp lệ`,
      `${String(files[2])}: tệp rỗng (0 byte)`,
    ])
    expect(String(refused)).toContain("Chưa nhập gì vì có lỗi (thêm --keep-going để bỏ qua các dòng lỗi)")
    expect(await database.knowledgeRecord.count()).toBe(0)
    expect(await releaseNumber(database)).toBe(0)
  })

  it("told to keep going skips what is at fault and reports it", async () => {
    const { database } = await aMemory()
    const file = await aFile("hong.jsonl", BAD)
    const report = await importFiles(database, [file], { ...options, keepGoing: true })
    expect(report).toMatchObject({ added: 1, problems: [`${file}: dòng 2: không phải JSON hợp lệ`] })
    expect((await loadBase(database)).procedures.map((p) => p.code)).toEqual(["1.900003"])
  })

  it("told to keep going with nothing good leaves the demo in place", async () => {
    const { database } = await aMemory()
    await saveItems(database, [aProcedure("1.900001")], shipped)
    const report = await importFiles(database, [await aFile("hong.jsonl", "{ hỏng")], { ...options, keepGoing: true })
    expect(report).toMatchObject({ added: 0, withdrawn: 0 })
    expect((await loadBase(database)).version).toBe(1)
  })

  it("puts the names that citizens use with the records", async () => {
    const { database } = await aMemory()
    await importFiles(database, [await aFile("tthc.jsonl", GOOD)], {
      ...options,
      aliases: (code) => (code === "1.900002" ? ["nuôi chim"] : []),
    })
    expect((await loadBase(database)).procedures.map((p) => p.aliases)).toEqual([[], ["nuôi chim"]])
  })
})

describe("setting the commune up", () => {
  const start = (database: Database, given: { commune: string; keepDemo: boolean; items?: KnowledgeItem[] }) =>
    database.$transaction((tx) =>
      setUpCommune(
        tx,
        { home: { commune: given.commune, province: "Hải Phòng" }, items: given.items ?? [], keepDemo: given.keepDemo },
        { now: NOW, newId, importedFrom: "setup" },
      ),
    )

  it("is a release of its own, because answers name the commune", async () => {
    const { database } = await aMemory()
    await saveItems(database, [aProcedure("1.900001")], own)
    const before = await loadBase(database)
    await start(database, { commune: "xã Suối Trong", keepDemo: true })
    const after = await loadBase(database)
    expect(after).toMatchObject({ version: 2, home: { commune: "xã Suối Trong", province: "Hải Phòng" }, digest: before.digest })
    await expect(start(database, { commune: "", keepDemo: true })).rejects.toThrow()
    expect((await loadBase(database)).version).toBe(2)
  })

  it("keeps the demo's procedures or starts empty, as staff chose; they do not come back", async () => {
    for (const keepDemo of [true, false]) {
      const { database } = await aMemory()
      await loadDemoOnce(database, { now: NOW, newId })
      await start(database, { commune: "xã Suối Trong", keepDemo })
      await loadDemoOnce(database, { now: NOW, newId })
      const { procedures, demo } = await loadBase(database)
      expect({ known: procedures.length > 0, demo }).toEqual({ known: keepDemo, demo: keepDemo })
    }
  })
})
