import { expect, it } from "vitest"
import { candidateBase } from "../../knowledge/editing/candidate.ts"
import { type Change, type Draft, saveDraft } from "../../knowledge/editing/drafts.ts"
import type { KnowledgeItem } from "../../knowledge/item.ts"
import { loadBase, saveItems } from "../../knowledge/store.ts"
import type { Database } from "../../prisma/database.ts"
import { aMemory, NOW } from "../prisma/temporary-memory.ts"
import { newId } from "../support/house.ts"
import { aProcedure } from "./samples.ts"

const by = { id: "soan", name: "Nguyễn Văn Soạn" }
const save = (db: Database, items: readonly KnowledgeItem[], demo = false) =>
  saveItems(db, items, { now: NOW, newId, demo, importedFrom: "tệp" })

async function draft(db: Database, item: KnowledgeItem, more: Partial<Change> = {}): Promise<Draft> {
  const change = { kind: item.kind, body: item.body, seen: null, ...more }
  const saved = await db.$transaction((tx) => saveDraft(tx, change, { by, now: NOW, newId }))
  if (saved.outcome !== "saved") throw new Error(saved.outcome)
  return saved.draft
}

it("shows changed, new and withdrawn records together, and citizens are still told the old ones", async () => {
  const { database: db } = await aMemory()
  await save(db, [aProcedure("1.900001", { name: "Nuôi chim" }), aProcedure("1.900002"), aProcedure("1.900003")])
  const drafts = [
    await draft(db, aProcedure("1.900001", { name: "Nuôi ong" })),
    await draft(db, aProcedure("1.900002"), { withdraws: true }),
    await draft(db, aProcedure("1.900004")),
  ]
  const before = await loadBase(db)
  const candidate = await candidateBase(db, drafts)
  expect(candidate.procedures.map(({ code, name }) => [code, name])).toEqual([
    ["1.900001", "Nuôi ong"],
    ["1.900003", "Thủ tục thử số 1.900003"],
    ["1.900004", "Thủ tục thử số 1.900004"],
  ])
  expect(candidate).toMatchObject({ version: 0, demo: false })
  expect((await candidateBase(db, [])).digest).toBe(before.digest)
  expect(await loadBase(db)).toEqual(before)
})

it("a demo record that is changed is demo still; one of the commune's own ends the demo of its kind", async () => {
  const { database: db } = await aMemory()
  await save(db, [aProcedure("1.900001"), aProcedure("1.900002")], true)
  const tried = await draft(db, aProcedure("1.900001", { name: "Nuôi ong" }))
  const trial = await candidateBase(db, [tried])
  expect([trial.procedures.length, trial.demo]).toEqual([2, true])
  const own = await draft(db, aProcedure("1.900009"))
  const candidate = await candidateBase(db, [tried, own])
  expect([candidate.procedures.map(({ code }) => code), candidate.demo]).toEqual([["1.900009"], false])
})
