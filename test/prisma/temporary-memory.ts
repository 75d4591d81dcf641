import { execFile } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"
import { onTestFinished } from "vitest"
import { type Database, openDatabase } from "../../prisma/database.ts"
import { migrate } from "../../prisma/migrate.ts"

export const MIGRATIONS = path.resolve(import.meta.dirname, "../../prisma/migrations")
export const NOW = new Date("2026-03-02T01:30:00.000Z")

/** A folder that goes away with the test. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "tro-ly-xa-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export interface Memory {
  readonly file: string
  readonly database: Database
}

/** A migrated, empty database that is closed with the test. */
export async function aMemory(): Promise<Memory> {
  const folder = await aFolder()
  const file = path.join(folder, "memory.db")
  await migrate({ file, migrations: MIGRATIONS, backups: path.join(folder, "backups"), now: NOW })
  return { file, database: await opened(file) }
}

export async function opened(file: string): Promise<Database> {
  const database = await openDatabase(file)
  onTestFinished(() => database.$disconnect())
  return database
}

/** Runs a TypeScript file of this folder as a process of its own and returns what it printed. */
export async function inOwnProcess(script: string, ...args: string[]): Promise<string> {
  const file = path.join(import.meta.dirname, script)
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", file, ...args])
  return stdout
}
