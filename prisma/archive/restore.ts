import { createWriteStream, existsSync } from "node:fs"
import { mkdir, readdir, rename, rm, rmdir, statfs } from "node:fs/promises"
import path from "node:path"
import { InstallationError, InvalidInputError } from "../../errors.ts"
import { DATABASE_NAME, SECRETS_NAME } from "../data-dir.ts"
import { diskReason } from "../disk-failure.ts"
import { isInUse } from "../in-use.ts"
import { checkMigratable, knownMigrations } from "../migrate.ts"
import { openSecrets } from "../secrets.ts"
import { syncFolder } from "../sync-folder.ts"
import type { ArchiveEntry, Manifest } from "./manifest.ts"
import { freePath, stampOf } from "./names.ts"
import { type Archive, archiveFault, withArchive } from "./read-archive.ts"

export interface RestoreOptions {
  readonly file: string
  readonly dataDir: string
  /** The folder with the migrations that this program knows. */
  readonly migrations: string
  /** Whether what is in DATA_DIR may step aside. */
  readonly force: boolean
  readonly now: Date
  readonly onProgress?: (done: number, total: number) => void
}

export interface RestoreReport {
  readonly manifest: Manifest
  /** Where the former DATA_DIR is now; null when there was none. */
  readonly movedTo: string | null
}

/**
 * Puts a backup in the place of DATA_DIR: unpacked and checked beside it, then swapped by renaming; what was there is kept
 * under another name. Throws an InvalidInputError or InstallationError, with everything as it was, when that may not be.
 */
export async function restore(options: RestoreOptions): Promise<RestoreReport> {
  const { dataDir, now } = options
  const staged = freePath(`${dataDir}.moi-${stampOf(now)}`)
  try {
    const manifest = await withArchive(options.file, (archive) => stage(archive, staged, options))
    // The archive is closed by now: it may lie in the folder that is moved, and Windows moves none with open files.
    return { manifest, movedTo: await swap(staged, options) }
  } catch (error) {
    const reason = diskReason(error)
    throw reason === null ? error : new InstallationError(`Chưa khôi phục được vào ${dataDir}: ${reason}.`, { cause: error })
  } finally {
    await rm(staged, { recursive: true, force: true })
  }
}

async function stage({ manifest, readAll }: Archive, staged: string, options: RestoreOptions): Promise<Manifest> {
  const { file, dataDir, migrations, force, onProgress } = options
  if (!(await knownMigrations(migrations)).includes(manifest.migration)) throw archiveFault("newer", file)
  if (!force && (await contentsOf(dataDir)).length > 0) throw new InvalidInputError(occupied(dataDir))
  refuseInUse(dataDir)
  const parent = path.dirname(dataDir)
  await mkdir(parent, { recursive: true })
  const total = manifest.entries.reduce((sum, { bytes }) => sum + bytes, 0)
  await refuseTooLittleSpace(parent, total)
  await mkdir(staged, { mode: 0o700 })
  const folders = new Set([staged])
  let done = 0
  await readAll(
    (entry) => fileFor(entry, staged, folders),
    (count) => onProgress?.((done += count), total),
  )
  for (const folder of folders) await syncFolder(folder)
  await checkMigratable(path.join(staged, DATABASE_NAME), migrations)
  await openSecrets(path.join(staged, SECRETS_NAME))
  return manifest
}

/** A file for the owner alone, on disk when it is closed; `wx` never follows or replaces what is there. */
async function fileFor({ path: name }: ArchiveEntry, staged: string, folders: Set<string>) {
  const target = path.join(staged, ...name.split("/"))
  for (let folder = path.dirname(target); folder !== staged; folder = path.dirname(folder)) folders.add(folder)
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
  return createWriteStream(target, { flags: "wx", mode: 0o600, flush: true })
}

async function swap(staged: string, { dataDir, now }: RestoreOptions): Promise<string | null> {
  refuseInUse(dataDir) // unpacking may have taken minutes
  const aside = (await contentsOf(dataDir)).length > 0 ? freePath(`${dataDir}.cu-${stampOf(now)}`) : null
  if (aside) await rename(dataDir, aside)
  else if (existsSync(dataDir)) await rmdir(dataDir)
  try {
    await rename(staged, dataDir)
  } catch (error) {
    if (aside) await rename(aside, dataDir)
    throw error
  }
  await syncFolder(path.dirname(dataDir))
  return aside
}

async function contentsOf(folder: string): Promise<string[]> {
  return existsSync(folder) ? readdir(folder) : []
}

function refuseInUse(dataDir: string): void {
  if (!isInUse(path.join(dataDir, DATABASE_NAME))) return
  throw new InstallationError(
    `Chương trình đang chạy và giữ dữ liệu trong ${dataDir}. Xin dừng chương trình (Ctrl+C) rồi khôi phục. Chưa có gì thay đổi.`,
  )
}

const MB = 1024 * 1024

async function refuseTooLittleSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize > bytes + 50 * MB) return
  throw new InstallationError(
    `Ổ đĩa chứa ${folder} không đủ chỗ: cần ${Math.ceil(bytes / MB) + 50} MB, còn ${Math.floor((bavail * bsize) / MB)} MB.`,
  )
}

const occupied = (dataDir: string) =>
  `Thư mục dữ liệu ${dataDir} đang có dữ liệu nên chưa khôi phục. Nếu chắc chắn, xin chạy lại với --force: ` +
  "dữ liệu hiện có được chuyển sang thư mục bên cạnh, không bị xóa."
