import { describe, expect, test } from "vitest"
import type { Database } from "../../prisma/database.ts"
import { insertRows, type NewRow, updateRows } from "../../prisma/rows.ts"
import { aMemory, NOW } from "./temporary-memory.ts"

const conversation = (id: string, more: Partial<NewRow<"Conversation">> = {}): NewRow<"Conversation"> => ({
  ...{ id, accountId: "a", peerId: id, version: 0, context: {}, createdAt: NOW, updatedAt: NOW },
  ...more,
})

const kept = (database: Database) => database.conversation.findMany({ orderBy: { id: "asc" } })
const asText = (database: Database) =>
  database.$queryRaw`SELECT CAST("context" AS TEXT) AS "context", CAST("createdAt" AS TEXT) AS "createdAt", typeof("version") AS "version" FROM "Conversation" WHERE "id" IN ('typed', 'row') ORDER BY "id"`

describe("rows added at once", () => {
  test("are stored letter by letter as the typed query stores them", async () => {
    const { database } = await aMemory()
    const context = { text: "Đặng Thị “Bé” \\ \n \u0000 \u0007 😀", none: null, list: [1, 2.5, true] }
    const row = conversation("row", { context, lastCitizenAt: NOW, unreachable: "it's ; DROP TABLE" })
    await database.$transaction((tx) => insertRows(tx, "Conversation", { rows: [row] }))
    await database.conversation.create({ data: { ...row, context, id: "typed", peerId: "typed" } })
    const [stored, typed] = await kept(database)
    expect({ ...stored, id: "", peerId: "" }).toEqual({ ...typed, id: "", peerId: "" })
    const [first, second] = (await asText(database)) as unknown[]
    expect(first).toEqual(second)
  })

  test("may leave out different columns, and members without a value are left out of JSON", async () => {
    const { database } = await aMemory()
    const rows = [conversation("a", { context: { gone: undefined, there: 1 } }), conversation("b", { heldByName: "Chị Lan" })]
    await database.$transaction((tx) => insertRows(tx, "Conversation", { rows }))
    expect(await kept(database)).toMatchObject([
      { id: "a", context: { there: 1 }, state: "bot", heldByName: null },
      { id: "b", context: {}, state: "bot", heldByName: "Chị Lan" },
    ])
  })

  test("may be more than one statement takes, or none", async () => {
    const { database } = await aMemory()
    const rows = Array.from({ length: 2500 }, (_, i) => conversation(String(i)))
    await database.$transaction(async (tx) => {
      await insertRows(tx, "Conversation", { rows })
      await insertRows(tx, "Conversation", { rows: [] })
    })
    expect(await database.conversation.count()).toBe(2500)
  })

  test("are refused together when one is there already, or pass over it when that is asked for", async () => {
    const { database } = await aMemory()
    const rows = [conversation("a"), conversation("b")]
    await database.$transaction((tx) => insertRows(tx, "Conversation", { rows: rows.slice(0, 1) }))
    await expect(database.$transaction((tx) => insertRows(tx, "Conversation", { rows }))).rejects.toThrow(/UNIQUE/)
    expect(await database.conversation.count()).toBe(1)
    const changed = rows.map((row) => ({ ...row, version: 7 }))
    await database.$transaction((tx) => insertRows(tx, "Conversation", { rows: changed, keepKnown: true }))
    expect(await kept(database)).toMatchObject([{ version: 0 }, { version: 7 }])
  })
})

describe("rows changed at once", () => {
  test("get each its own values, and only those that are found are counted", async () => {
    const { database } = await aMemory()
    const changes = [
      { where: { id: "a", version: 0 }, data: { version: 1, context: { said: "một" } } },
      { where: { id: "b", version: 5 }, data: { version: 6, context: { said: "hai" } } },
      { where: { id: "c", version: 0 }, data: { version: 1, state: "open", stateSince: NOW, context: {} } },
    ]
    const found = await database.$transaction(async (tx) => {
      await insertRows(tx, "Conversation", { rows: ["a", "b", "c", "d"].map((id) => conversation(id)) })
      return updateRows(tx, "Conversation", changes)
    })
    expect(found).toBe(2)
    expect(await kept(database)).toMatchObject([
      { version: 1, context: { said: "một" }, state: "bot" },
      { version: 0, context: {} },
      { version: 1, state: "open", stateSince: NOW },
      { version: 0, context: {} },
    ])
  })
})
