import { copyFile, mkdir, readdir } from "node:fs/promises"
import path from "node:path"
import { describe, expect, it } from "vitest"
import { publishDraftsWithin } from "../../knowledge/editing/publish.ts"
import { type Change, saveDraft } from "../../knowledge/editing/drafts.ts"
import { secondPersons, touchesFigures } from "../../knowledge/editing/figures.ts"
import { candidateBase } from "../../knowledge/editing/candidate.ts"
import type { KnowledgeItem } from "../../knowledge/item.ts"
import type { ProcedureMethod } from "../../knowledge/procedure.ts"
import { changesOf, firstKept, returnToRelease } from "../../knowledge/releases.ts"
import { loadBase, releaseNumber, saveItems } from "../../knowledge/store.ts"
import { type Database, openDatabase } from "../../prisma/database.ts"
import { migrate } from "../../prisma/migrate.ts"
import { aFolder, aMemory, NOW } from "../prisma/temporary-memory.ts"
import { newId } from "../support/house.ts"
import { aProcedure } from "./samples.ts"

const by = { id: "soan", name: "Nguyễn Văn Soạn" }
const hand = { by, now: NOW, newId }
const save = (db: Database, items: readonly KnowledgeItem[], demo = false) =>
  saveItems(db, items, { now: NOW, newId, demo, importedFrom: "tệp" })
const goBack = (db: Database, to: number) =>
  db.$transaction((tx) => returnToRelease(tx, { to, by: "Người duyệt", reason: "Sai phí", now: NOW, newId }))

async function draft(db: Database, item: KnowledgeItem, more: Partial<Change> = {}) {
  const saved = await db.$transaction((tx) => saveDraft(tx, { kind: item.kind, body: item.body, seen: null, ...more }, hand))
  if (saved.outcome !== "saved") throw new Error(saved.outcome)
  return saved.draft
}

const publish = (db: Database, drafts: Parameters<typeof publishDraftsWithin>[1]) =>
  db.$transaction((tx) => publishDraftsWithin(tx, drafts, { ...hand, reason: null }))

describe("a release that is gone back to", () => {
  it("tells exactly what it told: changed words are back, what came since is gone, what went is there again", async () => {
    const { database: db } = await aMemory()
    await save(db, [aProcedure("1.900001", { name: "Nuôi chim" }), aProcedure("1.900002")])
    const first = await loadBase(db)
    const drafts = [
      await draft(db, aProcedure("1.900001", { name: "Nuôi ong" })),
      await draft(db, aProcedure("1.900002"), { withdraws: true }),
      await draft(db, aProcedure("1.900003")),
    ]
    const candidate = await candidateBase(db, drafts)
    expect(await publish(db, drafts)).toBe(2)
    const second = await loadBase(db)
    expect(second.digest).toBe(candidate.digest)
    expect(await db.knowledgeDraft.count()).toBe(0)
    expect(await changesOf(db, 2)).toEqual({
      added: ["procedure:1.900003"],
      changed: ["procedure:1.900001"],
      withdrawn: ["procedure:1.900002"],
    })

    expect(await goBack(db, 1)).toEqual({ outcome: "returned", number: 3, changed: 2, withdrawn: 1 })
    const third = await loadBase(db)
    expect([third.version, third.digest, third.procedures]).toEqual([3, first.digest, first.procedures])
    expect(await goBack(db, 2)).toMatchObject({ outcome: "returned", number: 4 })
    expect((await loadBase(db)).digest).toBe(second.digest)
    const releases = await db.knowledgeRelease.findMany({ orderBy: { number: "asc" } })
    expect(releases.map(({ digest }) => digest)).toEqual([first.digest, second.digest, first.digest, second.digest])
    expect(releases[3]).toMatchObject({ origin: "return", repeats: 2, byName: "Người duyệt", reason: "Sai phí" })
  })

  it("brings the demo back as demo, and an import after it goes on as ever", async () => {
    const { database: db } = await aMemory()
    await save(db, [aProcedure("1.900001"), aProcedure("1.900002")], true)
    await save(db, [aProcedure("1.900001", { name: "Của xã" })])
    expect((await loadBase(db)).demo).toBe(false)
    await goBack(db, 1)
    const base = await loadBase(db)
    expect([base.demo, base.procedures.length]).toEqual([true, 2])
    await save(db, [aProcedure("1.900001", { name: "Của xã" })])
    expect((await loadBase(db)).procedures.map(({ name }) => name)).toEqual(["Của xã"])
  })

  it("that is told now, or is none, is not made anew", async () => {
    const { database: db } = await aMemory()
    await save(db, [aProcedure("1.900001")])
    expect(await goBack(db, 1)).toEqual({ outcome: "same" })
    expect(await goBack(db, 7)).toEqual({ outcome: "unknown" })
    expect(await releaseNumber(db)).toBe(1)
  })

  it("cannot be one from before wordings were kept: such an installation starts with what it tells now", async () => {
    const folder = await aFolder()
    const file = path.join(folder, "cu.db")
    const all = path.join(import.meta.dirname, "../../prisma/migrations")
    const older = path.join(folder, "migrations")
    for (const name of (await readdir(all)).filter((n) => n < "20261121115000" && !n.endsWith(".toml"))) {
      await mkdir(path.join(older, name), { recursive: true })
      await copyFile(path.join(all, name, "migration.sql"), path.join(older, name, "migration.sql"))
    }
    const options = { file, backups: path.join(folder, "backups"), now: NOW }
    await migrate({ ...options, migrations: older })
    const { default: Sqlite } = await import("better-sqlite3")
    const raw = new Sqlite(file)
    const record = raw.prepare(`INSERT INTO "KnowledgeRecord" VALUES (?, 'procedure', ?, ?, ?, ?, 0, 0, 0)`)
    const wording = raw.prepare(`INSERT INTO "KnowledgeVersion" VALUES (?, ?, ?, ?, ?, 'tệp', 0)`)
    const { body } = aProcedure("1.900001")
    record.run("r1", "1.900001", 2, "d2", "published")
    record.run("r2", "1.900002", 1, "e1", "withdrawn")
    for (const [id, owner, version, digest] of [
      ["v1", "r1", 1, "d1"],
      ["v2", "r1", 2, "d2"],
      ["w1", "r2", 1, "e1"],
    ] as const)
      wording.run(id, owner, version, digest, JSON.stringify(body))
    for (const number of [1, 2, 3]) raw.prepare(`INSERT INTO "KnowledgeRelease" VALUES (?, 'x', 1, 0)`).run(number)
    raw.close()
    await migrate({ ...options, migrations: all })
    const db = await openDatabase(file)
    try {
      expect(await db.knowledgeStay.findMany()).toEqual([{ recordId: "r1", version: 2, demo: false, fromRelease: 3, toRelease: null }])
      expect([await firstKept(db), await changesOf(db, 3), (await goBack(db, 2)).outcome]).toEqual([3, null, "unknown"])
      await save(db, [aProcedure("1.900001", { name: "Mới" })])
      expect(await goBack(db, 3)).toMatchObject({ outcome: "returned", number: 5, changed: 1 })
    } finally {
      await db.$disconnect()
    }
  })
})

describe("publishing drafts", () => {
  it("is refused as a whole when one of them is no longer what it was", async () => {
    const { database: db } = await aMemory()
    await save(db, [aProcedure("1.900001")])
    const first = await draft(db, aProcedure("1.900001", { name: "Nuôi ong" }))
    const second = await draft(db, aProcedure("1.900002"))
    await draft(db, aProcedure("1.900002", { name: "Nuôi bò" }), { seen: 1 })
    const undo = new Error("undone")
    const act = db.$transaction(async (tx) => {
      if ((await publishDraftsWithin(tx, [first, second], { ...hand, reason: null })) === null) throw undo
    })
    await expect(act).rejects.toBe(undo)
    expect([await releaseNumber(db), await db.knowledgeDraft.count(), (await loadBase(db)).procedures.length]).toEqual([1, 2, 1])
  })
})

const method = (more: Partial<ProcedureMethod>): ProcedureMethod => ({ channel: "in_person", time: null, fees: [], note: null, ...more })
const FEE = { kind: "lệ phí", text: "8.000 đồng", status: "amount", amount: 8000, per: null, exemptions: null } as const
const TIME = { text: "3 ngày", amount: 3, unit: "day", certain: true } as const

const eight = { methods: [method({ fees: [FEE] })] }
it.each([
  { what: "a fee", before: eight, after: { methods: [method({ fees: [{ ...FEE, text: "9.000 đồng", amount: 9000 }] })] }, asks: true },
  { what: "a time limit", before: { methods: [method({ time: TIME })] }, after: { methods: [method({})] }, asks: true },
  { what: "the same day", before: {}, after: { sameDay: true }, asks: true },
  { what: "a note beside the same fee", before: eight, after: { methods: [method({ fees: [FEE], note: "Quầy 3" })] }, asks: false },
  { what: "a name", before: eight, after: { ...eight, name: "Nuôi ong" }, asks: false },
])("touching $what asks for a second person: $asks", ({ before, after, asks }) => {
  expect(touchesFigures(aProcedure("1.900001", before), aProcedure("1.900001", after))).toBe(asks)
})

it.each([
  { rule: "the last hand and whoever began it are no second persons", began: "a", last: "b", publishers: ["a", "b", "c"], may: ["c"] },
  { rule: "between two, whoever began it is", began: "a", last: "b", publishers: ["a", "b"], may: ["a"] },
  { rule: "an editor's work is anybody's to publish", began: "x", last: "x", publishers: ["a", "b"], may: ["a", "b"] },
  { rule: "who is alone publishes alone", began: "a", last: "a", publishers: ["a"], may: ["a"] },
])("$rule", ({ began, last, publishers, may }) => {
  expect(secondPersons({ createdBy: began, changedBy: { id: last } }, publishers)).toEqual(may)
})
