import { createHash } from "node:crypto"
import { closeSync, existsSync, openSync } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import path from "node:path"
import Sqlite from "better-sqlite3"
import { AppError, InstallationError } from "../errors.ts"
import { backUp } from "./backup.ts"
import { explainingFailures, hasRemedy } from "./sqlite-failure.ts"

export interface MigrateOptions {
  /** The SQLite file; made when it is missing. */
  readonly file: string
  /** The folder with one sub-folder per migration, each with its `migration.sql`. */
  readonly migrations: string
  readonly backups: string
  readonly now: Date
}

export interface MigrateReport {
  /** The names of the migrations that this call applied, in order. */
  readonly applied: readonly string[]
  /** The copy taken before the first change, or null when there was nothing to change or nothing to lose. */
  readonly backup: string | null
}

interface Migration {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

interface HistoryRow {
  readonly name: string
  readonly finished_at: string | number | null
}

const HISTORY = "_prisma_migrations"

// As Prisma's schema engine writes it, so that `prisma migrate status` and `deploy` read our rows as their own.
const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS "${HISTORY}" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`

const LOCK_WAIT_MS = 30_000

/**
 * Brings the file to this program's version, forward only, and returns what it did; throws an InstallationError, with the
 * data as they were, when the file is damaged, foreign, of a newer version, or when a migration fails.
 */
export async function migrate(options: MigrateOptions): Promise<MigrateReport> {
  const migrations = await readMigrations(options.migrations)
  return explainingFailures(options.file, async () => {
    const database = open(options.file)
    try {
      return await applyPending(database, migrations, options)
    } finally {
      database.close()
    }
  })
}

/** The names of the migrations that this program knows, oldest first. */
export async function knownMigrations(folder: string): Promise<readonly string[]> {
  return (await readMigrations(folder)).map(({ name }) => name)
}

/** Reads a database that nobody uses without changing it; throws the InstallationError that `migrate` would. */
export async function checkMigratable(file: string, folder: string): Promise<void> {
  const migrations = await readMigrations(folder)
  await explainingFailures(file, () => {
    const database = new Sqlite(file, { readonly: true, fileMustExist: true })
    try {
      pending(database, migrations)
    } finally {
      database.close()
    }
    return Promise.resolve()
  })
}

/** The newest migration that a database has had; null when it has none. */
export function lastMigration(file: string): string | null {
  const database = new Sqlite(file, { readonly: true, fileMustExist: true })
  try {
    const newest = `SELECT max(migration_name) FROM ${HISTORY} WHERE rolled_back_at IS NULL`
    const name: unknown = tables(database).includes(HISTORY) ? database.prepare(newest).pluck().get() : null
    return typeof name === "string" ? name : null
  } finally {
    database.close()
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, "migration.sql"), "utf8")
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") }
    }),
  )
}

function open(file: string): Sqlite.Database {
  // SQLite would make the file readable for everyone on the machine; citizens' words are in it.
  if (!existsSync(file)) closeSync(openSync(file, "a", 0o600))
  const database = new Sqlite(file, { timeout: LOCK_WAIT_MS })
  try {
    // Migrations rebuild tables, which foreign keys would not survive. The switch does nothing inside a transaction, so it
    // is set here, and each migration ends with a check of all keys.
    database.pragma("foreign_keys = OFF")
    database.pragma("synchronous = FULL")
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

async function applyPending(database: Sqlite.Database, migrations: readonly Migration[], options: MigrateOptions): Promise<MigrateReport> {
  const applied: string[] = []
  let backup: string | null = null
  // Look without the lock first: the usual start has nothing to do and need not wait for anyone.
  for (const migration of pending(database, migrations)) {
    database.exec("BEGIN IMMEDIATE")
    try {
      // Another process may have come first while this one waited for the lock.
      if (pending(database, migrations).includes(migration)) {
        if (applied.length === 0 && dataTables(database).length > 0) backup = await backUp(options)
        apply(database, migration, options.now)
        applied.push(migration.name)
      }
      database.exec("COMMIT")
    } catch (error) {
      if (database.inTransaction) database.exec("ROLLBACK")
      throw withName(error, migration.name)
    }
  }
  return { applied, backup }
}

/** The migrations that the database lacks; throws when its history is not one that this program can go on from. */
function pending(database: Sqlite.Database, migrations: readonly Migration[]): Migration[] {
  if (!tables(database).includes(HISTORY)) {
    if (dataTables(database).length === 0) return [...migrations]
    throw new InstallationError(`Tệp ${database.name} là cơ sở dữ liệu của một chương trình khác. Xin chọn thư mục dữ liệu khác.`)
  }
  const rows = database
    .prepare<[], HistoryRow>(`SELECT migration_name AS name, finished_at FROM ${HISTORY} WHERE rolled_back_at IS NULL`)
    .all()
  const known = new Set(migrations.map((migration) => migration.name))
  const newer = rows.filter((row) => !known.has(row.name)).map((row) => row.name)
  if (newer.length > 0) {
    throw new InstallationError(
      `Tệp ${database.name} chứa dữ liệu của phiên bản mới hơn (${newer.join(", ")}). ` +
        "Xin dùng đúng phiên bản chương trình đã ghi dữ liệu này, hoặc khôi phục bản sao lưu cũ hơn.",
    )
  }
  const failed = rows.filter((row) => row.finished_at === null).map((row) => row.name)
  if (failed.length > 0) {
    throw new InstallationError(
      `Tệp ${database.name} có lần nâng cấp dữ liệu bị dở dang (${failed.join(", ")}). Xin khôi phục từ bản sao lưu gần nhất.`,
    )
  }
  const done = new Set(rows.map((row) => row.name))
  return migrations.filter((migration) => !done.has(migration.name))
}

function apply(database: Sqlite.Database, { name, sql, checksum }: Migration, now: Date): void {
  database.exec(HISTORY_TABLE)
  database.exec(sql)
  const orphans = database.pragma("foreign_key_check") as unknown[]
  if (orphans.length > 0) throw new Error(`foreign_key_check: ${orphans.length}`)
  const at = now.toISOString().replace("Z", "+00:00")
  database
    .prepare(
      `INSERT INTO ${HISTORY} (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)`,
    )
    .run(rowId(name, checksum), checksum, name, at, at)
}

/** Prisma puts a random UUID here; a migration is recorded once, so what it is can name its row. */
function rowId(name: string, checksum: string): string {
  const digest = createHash("sha256").update(`${name}\n${checksum}`).digest("hex")
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5")
}

function tables(database: Sqlite.Database): string[] {
  const listing = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
  return database
    .prepare<[], { name: string }>(listing)
    .all()
    .map((table) => table.name)
}

function dataTables(database: Sqlite.Database): string[] {
  return tables(database).filter((name) => name !== HISTORY)
}

function withName(error: unknown, migration: string): unknown {
  if (error instanceof AppError || hasRemedy(error)) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new InstallationError(
    `Nâng cấp dữ liệu "${migration}" không thành công nên đã được hủy, dữ liệu cũ giữ nguyên. Chi tiết: ${reason}`,
    { cause: error },
  )
}
