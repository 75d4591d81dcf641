import { existsSync } from "node:fs"
import { mkdir, open, rename, rm } from "node:fs/promises"
import path from "node:path"
import Sqlite from "better-sqlite3"
import { InstallationError } from "../errors.ts"
import { syncFolder } from "./sync-folder.ts"

export interface BackUpOptions {
  readonly file: string
  readonly backups: string
  readonly now: Date
}

/**
 * Copies the database, also while others use it, to `backups/<name>-<time>.db` (mode 600) and returns that path; throws an
 * InstallationError when the copy, and so the original, is damaged. The copy is one plain file, ready to be put back.
 */
export async function backUp({ file, backups, now }: BackUpOptions): Promise<string> {
  await mkdir(backups, { recursive: true, mode: 0o700 })
  const target = freeName(path.join(backups, `${path.parse(file).name}-${now.toISOString().replace(/[:.]/g, "-")}`))
  const partial = `${target}.partial`
  try {
    await copyDatabase(file, partial, "nâng cấp")
    await rename(partial, target)
    await syncFolder(backups)
  } finally {
    await removeDatabase(partial)
  }
  return target
}

/**
 * Copies the database as it stands at this moment, also while others write, into one plain file (mode 600); throws an
 * InstallationError that names the `purpose` which cannot go on when the database is damaged.
 */
export async function copyDatabase(file: string, target: string, purpose: "nâng cấp" | "sao lưu"): Promise<void> {
  await (await open(target, "w", 0o600)).close()
  await copy(file, target)
  makePlain(target, file, purpose)
}

/** Removes a copy with what SQLite may have left beside it. */
async function removeDatabase(file: string): Promise<void> {
  for (const end of ["", "-wal", "-shm", "-journal"]) await rm(file + end, { force: true })
}

function freeName(stem: string): string {
  let name = `${stem}.db`
  for (let n = 2; existsSync(name); n++) name = `${stem}-${n}.db`
  return name
}

async function copy(file: string, target: string): Promise<void> {
  const source = new Sqlite(file, { readonly: true })
  try {
    // A read transaction keeps one moment in view: without it each write of another process starts the copy anew.
    source.exec("BEGIN")
    source.prepare("SELECT count(*) FROM sqlite_master").get()
    await source.backup(target)
  } finally {
    source.close()
  }
}

/** Leaves the write-ahead mode, which would need two more files beside the copy, and reads the whole copy once. */
function makePlain(copied: string, original: string, purpose: string): void {
  const database = new Sqlite(copied)
  try {
    database.pragma("journal_mode = DELETE")
    const verdict: unknown = database.pragma("quick_check(1)", { simple: true })
    if (verdict === "ok") return
    throw new InstallationError(
      `Cơ sở dữ liệu ${original} bị hỏng nên chưa ${purpose} được (${String(verdict)}). Xin khôi phục từ bản sao lưu gần nhất.`,
    )
  } finally {
    database.close()
  }
}
