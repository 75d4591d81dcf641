import { describe, expect, it } from "vitest"
import { saveDraft } from "../../knowledge/editing/drafts.ts"
import { publishDraftsWithin } from "../../knowledge/editing/publish.ts"
import { importFiles } from "../../knowledge/import/import-files.ts"
import { documentItem, type KnowledgeItem } from "../../knowledge/item.ts"
import type { Procedure } from "../../knowledge/procedure.ts"
import { returnToRelease } from "../../knowledge/releases.ts"
import { loadBase, releaseNumber, saveItems } from "../../knowledge/store.ts"
import { switchProcedure } from "../../knowledge/editing/suspension.ts"
import type { Database } from "../../prisma/database.ts"
import { aMemory, NOW } from "../prisma/temporary-memory.ts"
import { newId } from "../support/house.ts"
import { aDocument, aFile, aProcedure, portalLine } from "./samples.ts"

const CODE = "1.900001"
const own = { now: NOW, newId, demo: false, importedFrom: "tệp" }
const hand = { by: { id: "an", name: "An" }, now: NOW, newId }
const aMemoryOnly = async () => (await aMemory()).database

const told = async (db: Database): Promise<Procedure> => {
  const found = (await loadBase(db)).procedures.find(({ code }) => code === CODE)
  return found ?? expect.fail("it is not told")
}

/** Staff write and publish. */
async function written(db: Database, item: KnowledgeItem) {
  const { kind, body } = item
  const saved = await db.$transaction((tx) => saveDraft(tx, { kind, body, seen: null }, hand))
  if (saved.outcome !== "saved") throw new Error(saved.outcome)
  await db.$transaction((tx) => publishDraftsWithin(tx, [saved.draft], { ...hand, reason: null }))
}

const change = async (db: Database, changes: Partial<Procedure>) => written(db, aProcedure(CODE, { ...(await told(db)), ...changes }))

/** The command, over a file of the portal. */
async function imported(db: Database, changes: Record<string, unknown> = {}, aliases: readonly string[] = ["nuôi chim"]) {
  const file = await aFile("cong.jsonl", portalLine({ code: CODE, receiving_address: "Quầy số 1", ...changes }))
  return importFiles(db, [file], { aliases: () => aliases, keepGoing: false, now: NOW, newId })
}

describe("importing what staff have a hand in", () => {
  it("leaves names, mutes, the same-day flag, owner, day and switch alone, however often it is done", async () => {
    const db = await aMemoryOnly()
    await imported(db)
    await change(db, { aliases: ["bồ câu nhà em"], notFor: ["chim cảnh"], sameDay: true })
    await db.knowledgeRecord.updateMany({ data: { ownerId: "an", reviewBy: "2026-12-01" } })
    await db.$transaction((tx) => switchProcedure(tx, CODE, { reason: "đang sửa", by: "An", now: NOW }))
    const before = await told(db)
    for (const file of [{}, {}, { receiving_address: "Quầy số 2" }, { receiving_address: "Quầy số 2" }]) {
      await imported(db, file, ["nuôi chim", "xin nuôi chim"])
      expect(await told(db)).toMatchObject({ notFor: ["chim cảnh"], sameDay: true })
      // Taken out by staff, a name stays out; one that the file brings anew comes in beside theirs.
      expect((await told(db)).aliases).toEqual(["bồ câu nhà em", "xin nuôi chim"])
    }
    expect([before.place, (await told(db)).place]).toEqual(["Quầy số 1", "Quầy số 2"])
    expect(await db.knowledgeRecord.findFirstOrThrow()).toMatchObject({ ownerId: "an", reviewBy: "2026-12-01", suspended: "đang sửa" })
  })

  it("undoes nothing that staff wrote where the file says what it said before, and says so", async () => {
    const db = await aMemoryOnly()
    await imported(db)
    await change(db, { place: "Nhà văn hóa thôn Thử" })
    const release = await releaseNumber(db)
    expect(await imported(db)).toMatchObject({ changed: 0, unchanged: 1, kept: [CODE] })
    expect([(await told(db)).place, await releaseNumber(db)]).toEqual(["Nhà văn hóa thôn Thử", release])
  })

  it("tells the file's text as a whole where it says something new, and names what staff had changed", async () => {
    const db = await aMemoryOnly()
    await imported(db)
    await change(db, { place: "Nhà văn hóa thôn Thử", sameDay: true })
    expect(await imported(db, { name: "Cấp giấy phép nuôi chim câu" })).toMatchObject({ changed: 1, overruled: [CODE] })
    expect(await told(db)).toMatchObject({ name: "Cấp giấy phép nuôi chim câu", place: "Quầy số 1", sameDay: true })
    // From now on this is what the file says; a word of staff stands again until the next change.
    await change(db, { place: "Hội trường" })
    expect(await imported(db, { name: "Cấp giấy phép nuôi chim câu" })).toMatchObject({ kept: [CODE] })
    expect((await told(db)).place).toBe("Hội trường")
  })

  it("lets a typed file of the commune's own take back what it said itself, and nothing that staff said", async () => {
    const db = await aMemoryOnly()
    const typed = (changes: Partial<Procedure>) => saveItems(db, [aProcedure(CODE, changes)], own)
    await typed({ aliases: ["một", "hai"], sameDay: true })
    await change(db, { aliases: ["một", "hai", "ba"] })
    await typed({ aliases: ["một"], sameDay: false })
    expect(await told(db)).toMatchObject({ aliases: ["một", "ba"], sameDay: false })
    await change(db, { sameDay: true })
    await typed({ aliases: ["một"], sameDay: false })
    expect(await told(db)).toMatchObject({ aliases: ["một", "ba"], sameDay: true })
  })

  it("keeps staff's words about a demo procedure when the commune's own comes", async () => {
    const db = await aMemoryOnly()
    await saveItems(db, [aProcedure(CODE, { aliases: ["nuôi chim"] })], { ...own, demo: true })
    await change(db, { aliases: ["nuôi chim", "bồ câu nhà em"] })
    await imported(db)
    expect((await told(db)).aliases).toEqual(["nuôi chim", "bồ câu nhà em"])
  })

  it("after a release was gone back from, the same file brings its text again", async () => {
    const db = await aMemoryOnly()
    await imported(db)
    const first = await releaseNumber(db)
    await imported(db, { receiving_address: "Quầy số 2" })
    await db.$transaction((tx) => returnToRelease(tx, { to: first, by: "An", reason: "nhầm", now: NOW, newId }))
    expect((await told(db)).place).toBe("Quầy số 1")
    await imported(db, { receiving_address: "Quầy số 2" })
    expect((await told(db)).place).toBe("Quầy số 2")
  })

  it("puts no scan that nobody compared in the place of a text that somebody did", async () => {
    const db = await aMemoryOnly()
    const plan = aDocument(["Mức hỗ trợ 850.000 đồng"])
    await saveItems(db, [documentItem(plan)], { ...own, byStaff: ["document"] })
    const scan = documentItem({ ...aDocument(["Muc ho tro 350.000 dong"]), verified: false })
    expect(await saveItems(db, [scan], own)).toMatchObject({ changed: 0, unchanged: 1, kept: ["ke-hoach"] })
    expect((await loadBase(db)).documents[0]?.sections).toEqual(plan.sections)
    await saveItems(db, [documentItem(aDocument(["Mức hỗ trợ 900.000 đồng"]))], own)
    expect((await loadBase(db)).documents[0]?.sections[0]?.blocks[0]?.text).toContain("900.000")
  })
})
