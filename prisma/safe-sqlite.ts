// The official adapter keeps one connection for everything: while an interactive transaction is open, every other query
// of the process runs inside it. Readers see what may never be, and a write that was acknowledged is gone when the
// transaction rolls back (see also prisma/orm#29933). Here reads have a connection of their own and writes wait in line.
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3"
import { DriverAdapterError } from "@prisma/driver-adapter-utils"
import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQuery, SqlQueryable, Transaction } from "@prisma/driver-adapter-utils"
import type Sqlite from "better-sqlite3"

// A property of the official adapter which its types leave out; the exact version is pinned.
type Connection = SqlDriverAdapter & { readonly client: Sqlite.Database }

const SELF = { provider: "sqlite", adapterName: "safe-better-sqlite3" } as const
const BUSY_MS = 5000

/** Returns a Prisma adapter for one existing SQLite file in which a query sees only what has been committed. */
export function createSafeSqlite(file: string): SqlDriverAdapterFactory {
  return { ...SELF, connect: () => connect(file) }
}

async function connect(file: string): Promise<SqlDriverAdapter> {
  const writer = await open(file, { readonly: false })
  const reader = await open(file, { readonly: true }).catch(async (error: unknown) => {
    await writer.dispose()
    throw error
  })
  const line = createLine()
  return {
    ...SELF,
    queryRaw: (query) => (isRead(query) ? reader.queryRaw(query) : line.run(() => writer.queryRaw(query))),
    executeRaw: (query) => line.run(() => writer.executeRaw(query)),
    executeScript: (script) => line.run(() => writer.executeScript(script)),
    startTransaction: async () => startTransaction(writer, await line.enter()),
    dispose: async () => {
      // The writer last: only a connection that may write can fold the write-ahead log into the file as it closes.
      await reader.dispose()
      await writer.dispose()
    },
  }
}

async function open(file: string, { readonly }: { readonly: boolean }): Promise<Connection> {
  const factory = new PrismaBetterSqlite3({ url: file, timeout: BUSY_MS, readonly, fileMustExist: true })
  const connection = (await factory.connect()) as Connection
  try {
    if (readonly) return connection
    connection.client.pragma("journal_mode = WAL")
    // better-sqlite3 is built with NORMAL for WAL, which may lose the last commits in a power cut.
    connection.client.pragma("synchronous = FULL")
    connection.client.pragma("foreign_keys = ON")
    // Without it INSERT OR REPLACE deletes rows behind the back of the triggers that forbid deleting.
    connection.client.pragma("recursive_triggers = ON")
    return connection
  } catch (error) {
    await connection.dispose()
    throw error
  }
}

/** What begins with another word (INSERT … RETURNING, WITH, PRAGMA, a comment) may write, so it goes to the writer. */
function isRead({ sql }: SqlQuery): boolean {
  return /^\s*SELECT\b/i.test(sql)
}

interface Line {
  /** Waits for everyone who came before; the next one may go when the returned function has been called. */
  enter(): Promise<() => void>
  run<T>(work: () => Promise<T>): Promise<T>
}

function createLine(): Line {
  let last: Promise<void> = Promise.resolve()
  const enter = async () => {
    const before = last
    let leave = () => {}
    last = new Promise((resolve) => (leave = resolve))
    await before
    return leave
  }
  const run = async <T>(work: () => Promise<T>) => {
    const leave = await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
  return { enter, run }
}

/** BEGIN IMMEDIATE takes the write lock at once: a transaction that reads before it writes can then never be refused half-way. */
async function startTransaction(writer: Connection, leave: () => void): Promise<Transaction> {
  try {
    await writer.executeScript("BEGIN IMMEDIATE")
  } catch (error) {
    leave()
    throw error
  }
  let over = false
  // Prisma sends COMMIT or ROLLBACK as a statement and then calls this; after a failed COMMIT the transaction is still open.
  const finish = async () => {
    if (over) return
    over = true
    try {
      if (writer.client.inTransaction) await writer.executeScript("ROLLBACK")
    } finally {
      leave()
    }
  }
  return { ...guarded(writer, () => over), ...savepoints(writer), commit: finish, rollback: finish }
}

/** A statement that comes after the end (time-out, disk full) must not slip through as a write of its own or of a stranger. */
function guarded(writer: Connection, isOver: () => boolean): SqlQueryable & Pick<Transaction, "options"> {
  const check = () => {
    if (!isOver() && writer.client.inTransaction) return
    throw new DriverAdapterError({ kind: "TransactionAlreadyClosed", cause: "SQLite has ended this transaction" })
  }
  return {
    ...SELF,
    options: { usePhantomQuery: false },
    queryRaw: async (query) => {
      check()
      return writer.queryRaw(query)
    },
    executeRaw: async (query) => {
      // SQLite may have rolled back by itself; saying so again would hide the reason.
      if (query.sql === "ROLLBACK" && !isOver() && !writer.client.inTransaction) return 0
      check()
      return writer.executeRaw(query)
    },
  }
}

function savepoints(writer: Connection) {
  return {
    createSavepoint: (name: string) => writer.executeScript(`SAVEPOINT ${name}`),
    rollbackToSavepoint: (name: string) => writer.executeScript(`ROLLBACK TO ${name}`),
    releaseSavepoint: (name: string) => writer.executeScript(`RELEASE SAVEPOINT ${name}`),
  }
}
