import { describe, expect, test } from "vitest"
import { createGroupCommit } from "../../bot/queues/group-commit.ts"
import type { Transaction } from "../../prisma/database.ts"
import { aMemory, NOW } from "../prisma/temporary-memory.ts"

const conversation = (id: string) => ({ id, accountId: "a", peerId: id, version: 0, context: {}, createdAt: NOW, updatedAt: NOW })

/** Two kinds of writes: one opens conversations, the other renames who holds them. "bad" cannot be written. */
async function aBook() {
  const { database } = await aMemory()
  let commits = 0
  let full = false
  const counting = new Proxy(database, {
    get(target, key, receiver) {
      if (key !== "$transaction") return Reflect.get(target, key, receiver) as unknown
      commits += 1
      return (work: (tx: Transaction) => Promise<unknown>) =>
        database.$transaction(async (tx) => {
          const written = await work(tx)
          if (full) throw new Error("disk full")
          return written
        })
    },
  })
  const group = createGroupCommit(counting)
  const open = group.kind(async (tx, ids: readonly string[]) => {
    if (ids.includes("bad")) throw new Error("disk full")
    await tx.conversation.createMany({ data: ids.map(conversation) })
    return ids.map((id, place) => ({ id, place }))
  })
  const hold = group.kind(async (tx, ids: readonly string[]) => {
    const { count } = await tx.conversation.updateMany({ where: { id: { in: [...ids] } }, data: { heldByName: "Chị Lan" } })
    return ids.map(() => count)
  })
  return {
    database,
    open,
    hold,
    fails: (now: boolean) => (full = now),
    commits: () => commits,
    known: () => database.conversation.findMany({ orderBy: { id: "asc" } }),
  }
}

describe("what waits to be written", () => {
  test("goes into one commit, whatever its kind, and everyone is told their own result", async () => {
    const { open, hold, commits, known } = await aBook()
    const told = await Promise.all([open("b"), hold("b"), open("a"), open("c"), hold("x")])
    expect(told).toEqual([{ id: "b", place: 0 }, 1, { id: "a", place: 1 }, { id: "c", place: 2 }, 1])
    expect(commits()).toBe(1)
    expect(await known()).toMatchObject([{ id: "a" }, { id: "b", heldByName: "Chị Lan" }, { id: "c" }])
  })

  test("is told after the commit alone: one that fails at its very end tells everyone so", async () => {
    const { database, open, hold, fails } = await aBook()
    fails(true)
    const told = await Promise.allSettled([open("a"), hold("a")])
    expect(told.map(({ status }) => status)).toEqual(["rejected", "rejected"])
    fails(false)
    await open("a")
    expect(await database.conversation.count()).toBe(1)
  })

  test("is refused alone when it cannot be written", async () => {
    const { open, hold, known } = await aBook()
    const told = await Promise.allSettled([open("a"), open("bad"), hold("a"), open("b")])
    expect(told.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"])
    expect(await known()).toMatchObject([{ id: "a" }, { id: "b" }])
    await open("c")
    expect(await known()).toHaveLength(3)
  })

  test("in great numbers takes several commits and keeps its order", async () => {
    const { open, commits } = await aBook()
    const ids = Array.from({ length: 150 }, (_, i) => String(i))
    const order: string[] = []
    await Promise.all(ids.map(async (id) => order.push((await open(id)).id)))
    expect(order).toEqual(ids)
    expect(commits()).toBe(3)
  })
})
