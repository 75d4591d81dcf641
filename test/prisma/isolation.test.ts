import { describe, expect, it } from "vitest"
import { type Database, isUniqueViolation, openDatabase, type Transaction } from "../../prisma/database.ts"
import { aFolder, aMemory, NOW, opened } from "./temporary-memory.ts"

const setting = (key: string) => ({ data: { key, value: true, updatedAt: NOW } })
const keys = async (database: Database) => (await database.setting.findMany({ orderBy: { key: "asc" } })).map((s) => s.key)

/** A transaction that has run `work` and stays open until it is told how to end. */
async function openTransaction(database: Database, work: (tx: Transaction) => Promise<unknown>) {
  let end: (how: "commit" | "roll back") => void = () => {}
  const told = new Promise<string>((resolve) => (end = resolve))
  let outcome = Promise.resolve("not begun")
  await new Promise<void>((begun) => {
    const done = database.$transaction(async (tx) => {
      await work(tx)
      begun()
      if ((await told) === "roll back") throw new Error("changed my mind")
    })
    outcome = done.then(
      () => "committed",
      () => "rolled back",
    )
  })
  const finish = (how: "commit" | "roll back") => {
    end(how)
    return outcome
  }
  return { commit: () => finish("commit"), rollBack: () => finish("roll back") }
}

describe("while a transaction is open", () => {
  it("nobody outside sees what it has written until it commits", async () => {
    const { database } = await aMemory()
    const transaction = await openTransaction(database, (tx) => tx.setting.create(setting("half done")))

    expect(await keys(database)).toEqual([])
    expect(await transaction.commit()).toBe("committed")
    expect(await keys(database)).toEqual(["half done"])
  })

  it("the transaction itself sees what it has written", async () => {
    const { database } = await aMemory()
    const seen = await database.$transaction(async (tx) => {
      await tx.setting.create(setting("mine"))
      return tx.setting.count()
    })
    expect(seen).toBe(1)
  })

  it("a write from outside waits its turn and survives the rollback", async () => {
    const { database } = await aMemory()
    const transaction = await openTransaction(database, (tx) => tx.setting.create(setting("inside")))
    let acknowledged = false
    const outside = database.setting.create(setting("outside")).then(() => (acknowledged = true))

    await database.setting.count()
    expect(acknowledged).toBe(false)
    expect(await transaction.rollBack()).toBe("rolled back")
    await outside
    expect(await keys(database)).toEqual(["outside"])
  })

  it("an INSERT … RETURNING from outside waits as well, although it returns rows like a query", async () => {
    const { database } = await aMemory()
    const transaction = await openTransaction(database, (tx) => tx.setting.create(setting("inside")))
    const insert = database.$queryRaw<{ key: string }[]>`
      INSERT INTO "Setting" ("key", "value", "updatedAt") VALUES ('outside', 'true', ${NOW}) RETURNING "key"`
    const returned = insert.then((rows) => rows)

    await transaction.rollBack()
    expect(await returned).toEqual([{ key: "outside" }])
    expect(await keys(database)).toEqual(["outside"])
  })

  it("a statement that arrives after the time-out is refused and writes nothing", async () => {
    const { database } = await aMemory()
    const late = database.$transaction(
      async (tx) => {
        await tx.setting.create(setting("early"))
        await new Promise((resolve) => setTimeout(resolve, 120))
        await tx.setting.create(setting("late"))
      },
      { timeout: 30 },
    )
    await expect(late).rejects.toThrow()
    await database.setting.create(setting("next"))
    expect(await keys(database)).toEqual(["next"])
  })

  it("which SQLite has ended by itself takes no further statement: it would be a write outside any transaction", async () => {
    const { database } = await aMemory()
    await database.setting.create(setting("taken"))
    const broken = database.$transaction(async (tx) => {
      await tx.setting.create(setting("first half"))
      const clash = tx.$executeRaw`INSERT OR ROLLBACK INTO "Setting" VALUES ('taken', 'true', ${NOW})`
      await expect(clash).rejects.toThrow()
      await tx.setting.create(setting("second half"))
    })
    await expect(broken).rejects.toThrow()
    await database.setting.create(setting("next"))
    expect(await keys(database)).toEqual(["next", "taken"])
  })

  it("one that gave up waiting leaves the line free for those behind it", async () => {
    const { database } = await aMemory()
    const first = await openTransaction(database, (tx) => tx.setting.create(setting("first")))
    const impatient = database.$transaction((tx) => tx.setting.create(setting("impatient")), { maxWait: 20 })
    await expect(impatient).rejects.toThrow()

    await first.commit()
    await database.$transaction((tx) => tx.setting.create(setting("second")))
    expect(await keys(database)).toEqual(["first", "second"])
  })
})

describe("a database", () => {
  it("shows a reader every write that was acknowledged before", async () => {
    const { database } = await aMemory()
    for (let n = 1; n <= 50; n++) {
      await database.setting.create(setting(`key ${n}`))
      expect(await database.setting.count()).toBe(n)
    }
  })

  it("goes on after a commit that the foreign keys refused", async () => {
    const { database } = await aMemory()
    const orphan = database.$transaction(async (tx) => {
      await tx.$executeRaw`PRAGMA defer_foreign_keys = ON`
      await tx.setting.create(setting("with the orphan"))
      await tx.$executeRaw`INSERT INTO "AnswerFeedback" ("id", "answerId", "verdict", "createdAt") VALUES ('f', 'none', 'đúng', ${NOW})`
    })
    await expect(orphan).rejects.toThrow()
    await database.$transaction((tx) => tx.setting.create(setting("after")))
    expect(await keys(database)).toEqual(["after"])
  })

  it("is shared by two clients without either losing a write", async () => {
    const { file, database } = await aMemory()
    const other = await opened(file)
    const writes = Array.from({ length: 20 }, (_, n) => [
      database.setting.create(setting(`one ${n}`)),
      other.setting.create(setting(`other ${n}`)),
    ])
    await Promise.all(writes.flat())
    expect(await database.setting.count()).toBe(40)
  })

  it("tells a second delivery of the same key from other failures", async () => {
    const { database } = await aMemory()
    await database.setting.create(setting("once"))
    const again = await database.setting.create(setting("once")).catch((error: unknown) => error)
    expect(isUniqueViolation(again)).toBe(true)
    expect(isUniqueViolation(new Error("disk full"))).toBe(false)
  })

  it("is not made out of nothing: a missing file is named", async () => {
    const missing = `${await aFolder()}/missing.db`
    await expect(openDatabase(missing)).rejects.toThrow(`Không dùng được cơ sở dữ liệu ${missing}: không mở được tệp`)
  })

  it("keeps what a power cut must not take: write-ahead log, full sync, foreign keys", async () => {
    const { database } = await aMemory()
    const pragma = (name: string) => database.$queryRawUnsafe(`PRAGMA ${name}`)
    expect(await pragma("journal_mode")).toEqual([{ journal_mode: "wal" }])
    expect(await pragma("synchronous")).toEqual([{ synchronous: 2n }])
    expect(await pragma("foreign_keys")).toEqual([{ foreign_keys: 1n }])
  })
})
