import { execFile } from "node:child_process"
import { readdirSync } from "node:fs"
import { cp, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises"
import path from "node:path"
import { promisify } from "node:util"
import Sqlite from "better-sqlite3"
import { describe, expect, it } from "vitest"
import { InstallationError } from "../../errors.ts"
import { migrate } from "../../prisma/migrate.ts"
import { aFolder, inOwnProcess, MIGRATIONS, NOW } from "./temporary-memory.ts"

const ROOT = path.resolve(import.meta.dirname, "../..")
const SHIPPED = readdirSync(MIGRATIONS)
  .filter((name) => /^\d/.test(name))
  .sort()

/** An office PC with nothing on it yet, and a copy of the migrations that a test may add to. */
async function anInstallation() {
  const folder = await aFolder()
  const paths = {
    file: path.join(folder, "memory.db"),
    migrations: path.join(folder, "migrations"),
    backups: path.join(folder, "backups"),
  }
  await cp(MIGRATIONS, paths.migrations, { recursive: true })
  const addMigration = async (name: string, sql: string) => {
    await mkdir(path.join(paths.migrations, name))
    await writeFile(path.join(paths.migrations, name, "migration.sql"), sql)
  }
  return { ...paths, addMigration, upgrade: () => migrate({ ...paths, now: NOW }) }
}

function query<T = unknown>(file: string, sql: string): T[] {
  const database = new Sqlite(file)
  try {
    return database.prepare<[], T>(sql).all()
  } finally {
    database.close()
  }
}

function run(file: string, sql: string): void {
  const database = new Sqlite(file)
  database.exec(sql)
  database.close()
}

const INSERT_SETTING = `INSERT INTO "Setting" VALUES ('commune', '"Xã An Bình"', '2026-03-01T00:00:00.000+00:00')`

describe("a first start", () => {
  it("makes the database, readable for its owner only, and needs no backup", async () => {
    const { file, upgrade } = await anInstallation()
    expect(await upgrade()).toEqual({ applied: SHIPPED, backup: null })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(query(file, `SELECT * FROM "Setting"`)).toEqual([])
  })

  it("leaves a history that Prisma's own command line agrees with", { timeout: 60_000 }, async () => {
    const { file, upgrade } = await anInstallation()
    await upgrade()
    const prisma = (...args: string[]) =>
      promisify(execFile)(path.join(ROOT, "node_modules/.bin/prisma"), [...args, "--config", "prisma/prisma.config.ts"], {
        cwd: ROOT,
        env: { PATH: path.dirname(process.execPath), DATABASE_URL: `file:${file}` },
      })
    expect((await prisma("migrate", "status")).stdout).toContain("Database schema is up to date!")
    const diff = await prisma("migrate", "diff", "--from-config-datasource", "--to-schema", "prisma/schema.prisma")
    expect(diff.stdout).toContain("No difference detected")
  })

  it("by two processes at once applies everything once", { timeout: 60_000 }, async () => {
    const { file, migrations, backups } = await anInstallation()
    const start = () => inOwnProcess("migrate-in-own-process.ts", file, migrations, backups)
    // While somebody else holds the lock both find everything missing and wait.
    const somebody = new Sqlite(file)
    somebody.exec("BEGIN IMMEDIATE")
    const starting = Promise.all([start(), start()])
    await new Promise((resolve) => setTimeout(resolve, 2000))
    somebody.exec("ROLLBACK")
    somebody.close()
    const reports = (await starting).map((text) => JSON.parse(text) as { applied: string[] })
    expect(reports.flatMap((report) => report.applied).sort()).toEqual(SHIPPED)
    expect(query(file, "SELECT migration_name AS name FROM _prisma_migrations ORDER BY name")).toEqual(SHIPPED.map((name) => ({ name })))
  })
})

describe("a later start", () => {
  it("with nothing new changes nothing", async () => {
    const { file, backups, upgrade } = await anInstallation()
    await upgrade()
    const before = await readFile(file)
    expect(await upgrade()).toEqual({ applied: [], backup: null })
    expect((await readFile(file)).equals(before)).toBe(true)
    await expect(readdir(backups)).rejects.toThrow("ENOENT")
  })

  it("of a new version copies the data first, then upgrades it", async () => {
    const { file, addMigration, upgrade } = await anInstallation()
    await upgrade()
    run(file, INSERT_SETTING)
    await addMigration("20270101000000_greeting", `ALTER TABLE "Setting" ADD COLUMN "note" TEXT`)

    const { applied, backup } = await upgrade()

    expect(applied).toEqual(["20270101000000_greeting"])
    expect(query(file, `SELECT "key", "note" FROM "Setting"`)).toEqual([{ key: "commune", note: null }])
    expect(path.basename(String(backup))).toBe("memory-2026-03-02T01-30-00-000Z.db")
    expect((await stat(String(backup))).mode & 0o777).toBe(0o600)
    expect(await readdir(path.dirname(String(backup)))).toEqual([path.basename(String(backup))])
    expect(query(String(backup), `SELECT * FROM "Setting"`)).toHaveLength(1)
    expect(query(String(backup), `SELECT name FROM pragma_table_info('Setting') WHERE name = 'note'`)).toEqual([])
  })

  it("copies also what is still in the write-ahead log of a running server", async () => {
    const { file, addMigration, upgrade } = await anInstallation()
    await upgrade()
    const server = new Sqlite(file)
    server.pragma("journal_mode = WAL")
    server.exec(INSERT_SETTING)
    await addMigration("20270101000000_greeting", `ALTER TABLE "Setting" ADD COLUMN "note" TEXT`)
    const { backup } = await upgrade()
    server.close()
    expect(query(String(backup), `SELECT "key" FROM "Setting"`)).toEqual([{ key: "commune" }])
  })

  it("never writes over an earlier backup", async () => {
    const { addMigration, upgrade } = await anInstallation()
    await upgrade()
    await addMigration("20270101000000_one", `CREATE TABLE "One" ("id" TEXT PRIMARY KEY)`)
    const first = await upgrade()
    await addMigration("20270102000000_two", `CREATE TABLE "Two" ("id" TEXT PRIMARY KEY)`)
    const second = await upgrade()
    expect(second.backup).not.toBe(first.backup)
    expect(query(String(first.backup), `SELECT name FROM sqlite_master WHERE name = 'One'`)).toEqual([])
  })
})

describe("a migration that fails", () => {
  it("half-way leaves the old data and structure, and says so", async () => {
    const { file, addMigration, upgrade } = await anInstallation()
    await upgrade()
    run(file, INSERT_SETTING)
    await addMigration("20270101000000_broken", `DELETE FROM "Setting"; ALTER TABLE "Nowhere" ADD COLUMN "x" TEXT;`)

    await expect(upgrade()).rejects.toThrow(
      /Nâng cấp dữ liệu "20270101000000_broken" không thành công nên đã được hủy, dữ liệu cũ giữ nguyên.*Nowhere/,
    )
    expect(query(file, `SELECT "key" FROM "Setting"`)).toEqual([{ key: "commune" }])
    expect(query(file, "SELECT migration_name FROM _prisma_migrations")).toHaveLength(SHIPPED.length)
  })

  it("because rows would lose what they refer to is undone", async () => {
    const { file, addMigration, upgrade } = await anInstallation()
    await upgrade()
    await addMigration(
      "20270101000000_orphan",
      `INSERT INTO "AnswerFeedback" ("id", "answerId", "verdict", "createdAt") VALUES ('f', 'no such answer', 'đúng', '2026')`,
    )
    await expect(upgrade()).rejects.toThrow(InstallationError)
    expect(query(file, `SELECT * FROM "AnswerFeedback"`)).toEqual([])
  })

  it("keeps those before it, so that the repaired version goes on from there", async () => {
    const { migrations, addMigration, upgrade } = await anInstallation()
    await addMigration("20270101000000_broken", "THIS IS NOT SQL")
    await expect(upgrade()).rejects.toThrow(InstallationError)
    await writeFile(path.join(migrations, "20270101000000_broken/migration.sql"), `CREATE TABLE "Repaired" ("id" TEXT)`)
    expect((await upgrade()).applied).toEqual(["20270101000000_broken"])
  })
})

describe("a file that this program must not touch", () => {
  it("holds data of a newer version", async () => {
    const { file, upgrade } = await anInstallation()
    await upgrade()
    run(file, `UPDATE _prisma_migrations SET migration_name = '20300101000000_future' WHERE migration_name = '${SHIPPED.at(-1)}'`)
    const before = await readFile(file)

    await expect(upgrade()).rejects.toThrow(/chứa dữ liệu của phiên bản mới hơn \(20300101000000_future\)/)
    expect((await readFile(file)).equals(before)).toBe(true)
  })

  it("stopped in the middle of a migration by another tool", async () => {
    const { file, upgrade } = await anInstallation()
    await upgrade()
    run(file, "UPDATE _prisma_migrations SET finished_at = NULL")
    await expect(upgrade()).rejects.toThrow(/lần nâng cấp dữ liệu bị dở dang/)
  })

  it("belongs to another program", async () => {
    const { file, upgrade } = await anInstallation()
    run(file, "CREATE TABLE accounts (id INTEGER)")
    await expect(upgrade()).rejects.toThrow(/cơ sở dữ liệu của một chương trình khác/)
  })

  it("is not a database at all", async () => {
    const { file, upgrade } = await anInstallation()
    await writeFile(file, "Kính gửi Ủy ban nhân dân xã, ".repeat(500))
    const refused = await upgrade().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(InstallationError)
    expect(String(refused)).toContain("tệp bị hỏng hoặc không phải là cơ sở dữ liệu")
  })

  it("is damaged inside, which shows when it is copied before an upgrade", async () => {
    const { file, addMigration, upgrade, backups } = await anInstallation()
    await upgrade()
    const bytes = await readFile(file)
    bytes.fill(0xff, 4096 * 6, 4096 * 9)
    await writeFile(file, bytes)
    await addMigration("20270101000000_one", `CREATE TABLE "One" ("id" TEXT PRIMARY KEY)`)
    await expect(upgrade()).rejects.toThrow(/bị hỏng/)
    expect(await readdir(backups)).toEqual([])
  })
})
