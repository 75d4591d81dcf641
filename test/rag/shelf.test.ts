import { describe, expect, it } from "vitest"
import { answerTexts } from "../../bot/texts/answers.ts"
import { UpstreamError } from "../../errors.ts"
import { saveItems, setUpCommune } from "../../knowledge/store.ts"
import type { KnowledgeItem } from "../../knowledge/item.ts"
import { documentItem, procedureItem } from "../../knowledge/item.ts"
import type { Database } from "../../prisma/database.ts"
import { createAnswerQuestion } from "../../rag/answer.ts"
import type { Embedder } from "../../rag/embedder.ts"
import { openShelf, type Shelf } from "../../rag/shelf.ts"
import { aFolder, aMemory, NOW } from "../prisma/temporary-memory.ts"
import { CLEANING, document, embedder, items, lexicon, MARRIAGE, placeNames, procedure, read } from "./small-commune.ts"

let lastId = 0
const newId = () => `id-${String((lastId += 1)).padStart(6, "0")}`

const publish = (db: Database, given: readonly KnowledgeItem[]) =>
  saveItems(db, given, { now: NOW, newId, demo: false, importedFrom: "thử" })

/** An embedder that can be watched, held up and broken. */
function watchedEmbedder() {
  const readTexts: string[] = []
  const state: { fault: Error | null; before: () => Promise<void> } = { fault: null, before: () => Promise.resolve() }
  const watched: Embedder = {
    ...embedder,
    async embed(texts) {
      await state.before()
      if (state.fault) throw state.fault
      readTexts.push(...texts)
      return embedder.embed(texts)
    },
  }
  return { embedder: watched, readTexts, state }
}

/** A published commune and the folder of its indexes. */
async function published(given: readonly KnowledgeItem[] = items()) {
  const { database } = await aMemory()
  const folder = await aFolder()
  await publish(database, given)
  const open = (using: Embedder = embedder) => openShelf({ db: database, folder, embedder: using, lexicon, placeNames })
  return { database, folder, open }
}

const answerFrom = (shelf: Shelf, using: Embedder = embedder) =>
  createAnswerQuestion({
    live: () => shelf.live(),
    read,
    embedder: using,
    texts: answerTexts,
    now: () => new Date(),
    newId,
    report: () => undefined,
  })

const dearer = procedureItem(
  procedure(MARRIAGE, "Đăng ký kết hôn", {
    methods: [{ channel: "in_person", fees: [{ kind: "lệ phí", text: "31.000 đồng", status: "amount", amount: 31_000 }] }],
  }),
)
const WEDDING = "đăng ký kết hôn lệ phí bao nhiêu"

describe("starting", () => {
  it("the first time reads everything, the second time nothing", async () => {
    const { open } = await published()
    const first = await open()
    expect(first.report.reused).toBe(0)
    expect(first.report.indexed).toBeGreaterThan(20)
    const watched = watchedEmbedder()
    const second = await open(watched.embedder)
    expect(second.report).toMatchObject({ indexed: 0, reused: first.report.indexed })
    expect(watched.readTexts).toEqual([])
    const [before, after] = [await answerFrom(first.shelf)({ text: WEDDING }), await answerFrom(second.shelf)({ text: WEDDING })]
    expect(after.text).toBe(before.text)
    expect(after.candidates).toEqual(before.candidates)
  })

  it("after an import by another program reads only what changed", async () => {
    const { open, database } = await published()
    await open()
    await publish(database, [dearer])
    const watched = watchedEmbedder()
    const { shelf, report } = await open(watched.embedder)
    expect(report.indexed).toBe(1)
    expect(watched.readTexts).toEqual([])
    expect((await answerFrom(shelf)({ text: WEDDING })).text).toContain("31.000 đồng")
  })

  it("with another embedder reads everything anew", async () => {
    const { open } = await published()
    const { report } = await open()
    const other = await open({ ...embedder, name: "another" })
    expect(other.report).toMatchObject({ reused: 0, indexed: report.indexed })
  })

  it("over an empty memory is possible, and everything is refused", async () => {
    const { open } = await published([])
    const { shelf, report } = await open()
    expect(report).toMatchObject({ reused: 0, indexed: 0 })
    expect((await answerFrom(shelf)({ text: WEDDING })).status).toBe("no_source")
    expect((await open()).report.indexed).toBe(0)
  })

  it("does not happen at all when the embedder's service is down and nothing was indexed before", async () => {
    const { open } = await published()
    const watched = watchedEmbedder()
    watched.state.fault = new UpstreamError("không gọi được")
    await expect(open(watched.embedder)).rejects.toThrow(UpstreamError)
  })
})

describe("while it runs", () => {
  it("nothing is done when nothing was published", async () => {
    const { open } = await published()
    const { shelf } = await open()
    const before = shelf.live()
    expect(await shelf.refresh()).toBeNull()
    expect(shelf.live()).toBe(before)
  })

  it("an import goes live whole, and only what changed is read", async () => {
    const { open, database } = await published()
    const watched = watchedEmbedder()
    const { shelf, report } = await open(watched.embedder)
    const answer = answerFrom(shelf)
    watched.readTexts.length = 0
    await publish(database, [dearer, documentItem(document("hoi-tha-dieu", { "I. Hội": ["Hội thả diều tổ chức ngày 5 tháng 6."] }))])
    expect((await answer({ text: WEDDING })).text).toContain("Miễn lệ phí")
    const renewed = await shelf.refresh()
    expect(renewed).toMatchObject({ indexed: 2, reused: report.indexed - 1 })
    expect(watched.readTexts).toEqual([expect.stringContaining("Hội thả diều tổ chức ngày 5 tháng 6.")])
    const after = await answer({ text: WEDDING })
    expect(after.text).toContain("31.000 đồng")
    expect(after.knowledgeVersion).toBe(shelf.live().base.version)
    expect((await answer({ text: "hội thả diều tổ chức ngày nào" })).text).toContain("ngày 5 tháng 6")
    expect((await open()).report.indexed).toBe(0)
  })

  it("a document under another title is found by the new one, and by the old one no more", async () => {
    const { open, database } = await published()
    const called = (title: string) => {
      const lines = { "I. Hội": ["Hội tổ chức ngày 5 tháng 6.", "Người dân xem hội không phải mua vé."] }
      return documentItem({ ...document("hoi-xuan", lines), title })
    }
    await publish(database, [called("Kế hoạch thả diều")])
    const { shelf } = await open()
    const has = (word: string) => {
      const { passages } = shelf.live()
      return passages.passages.some(({ documentId }, position) => documentId === "hoi-xuan" && passages.has(word, position))
    }
    expect([has("dieu"), has("vat")]).toEqual([true, false])
    await publish(database, [called("Kế hoạch đấu vật")])
    await shelf.refresh()
    expect([has("dieu"), has("vat")]).toEqual([false, true])
  })

  it("naming the commune is news as well", async () => {
    const { open, database } = await published()
    const { shelf } = await open()
    const start = { home: { commune: "xã Tên Mới", province: "Hải Phòng" }, items: [], keepDemo: true }
    await database.$transaction((tx) => setUpCommune(tx, start, { now: NOW, newId, importedFrom: "setup" }))
    expect(await shelf.refresh()).toMatchObject({ indexed: 0 })
    expect((await answerFrom(shelf)({ text: "cách nuôi khủng long" })).text).toContain("xã Tên Mới")
    expect((await open()).shelf.live().way.commune).toBe("xã Tên Mới")
  })

  it("an answer that is being made stays with the knowledge that it began with", async () => {
    const { open, database } = await published()
    const { shelf } = await open()
    const watched = watchedEmbedder()
    let letGo: () => void = () => undefined
    let begun: () => void = () => undefined
    const started = new Promise<void>((resolve) => (begun = resolve))
    watched.state.before = () =>
      new Promise((resolve) => {
        letGo = resolve
        begun()
      })
    const slow = answerFrom(shelf, watched.embedder)({ text: WEDDING })
    await started
    await publish(database, [dearer])
    await shelf.refresh()
    letGo()
    const old = await slow
    expect(old.text).toContain("Miễn lệ phí")
    expect(old.text).not.toContain("31.000")
    expect(old.knowledgeVersion).toBe(1)
    expect((await answerFrom(shelf)({ text: WEDDING })).text).toContain("31.000 đồng")
  })

  it("an embedder that fails leaves the old knowledge live, and the next try brings the new one", async () => {
    const { open, database } = await published()
    const watched = watchedEmbedder()
    const { shelf } = await open(watched.embedder)
    const before = shelf.live()
    await publish(database, [documentItem(document("hoi-tha-dieu", { "I. Hội": ["Hội thả diều tổ chức ngày 5 tháng 6."] }))])
    watched.state.fault = new UpstreamError("không gọi được")
    await expect(shelf.refresh()).rejects.toThrow(UpstreamError)
    expect(shelf.live()).toBe(before)
    expect((await answerFrom(shelf)({ text: "bao giờ dọn vệ sinh đường làng" })).documents[0]).toBe(CLEANING.id)
    watched.state.fault = null
    expect(await shelf.refresh()).toMatchObject({ indexed: 1 })
    expect(shelf.live()).not.toBe(before)
  })

  it("several who ask for the news at once share one reading of it", async () => {
    const { open, database } = await published()
    const { shelf } = await open()
    await publish(database, [dearer])
    const reports = await Promise.all([shelf.refresh(), shelf.refresh(), shelf.refresh()])
    expect(reports[1]).toBe(reports[0])
    expect(reports[2]).toBe(reports[0])
    expect(reports[0]).toMatchObject({ indexed: 1 })
    expect(await shelf.refresh()).toBeNull()
  })
})
