import { mkdir, stat } from "node:fs/promises"
import path from "node:path"
import { InstallationError } from "../errors.ts"
import { diskReason } from "./disk-failure.ts"
import { openSecrets, type Secrets } from "./secrets.ts"

export const DATABASE_NAME = "tro-ly-xa.db"
export const SECRETS_NAME = "secrets.json"

export interface DataDir {
  readonly path: string
  readonly database: string
  readonly files: string
  readonly index: string
  readonly backups: string
  /** Watched: what is dropped here is read. */
  readonly inbox: string
  readonly secrets: Secrets
  /** Vietnamese sentences for the operator: what other users of the machine can read and should not. */
  readonly warnings: readonly string[]
}

/**
 * Opens the folder that holds everything the commune owns, making what is missing; throws an InstallationError when it
 * cannot be written or its secrets cannot be used.
 */
export async function openDataDir(dataDir: string): Promise<DataDir> {
  const root = path.resolve(dataDir)
  const folders = {
    files: path.join(root, "files"),
    index: path.join(root, "index"),
    backups: path.join(root, "backups"),
    inbox: path.join(root, "inbox"),
  }
  const database = path.join(root, DATABASE_NAME)
  const secretsFile = path.join(root, SECRETS_NAME)
  try {
    for (const folder of [root, ...Object.values(folders)]) await mkdir(folder, { recursive: true, mode: 0o700 })
    const secrets = await openSecrets(secretsFile)
    const warnings = await warnAboutModes([secretsFile, database, ...Object.values(folders)])
    return { path: root, database, ...folders, secrets, warnings }
  } catch (error) {
    throw explained(error, root)
  }
}

async function warnAboutModes(paths: readonly string[]): Promise<string[]> {
  if (process.platform === "win32") return [] // modes mean nothing there
  const warnings: string[] = []
  for (const each of paths) {
    const found = await stat(each).catch(() => undefined)
    if (found === undefined || (found.mode & 0o077) === 0) continue
    const wanted = found.isDirectory() ? "700" : "600"
    const mode = (found.mode & 0o777).toString(8)
    warnings.push(`Người dùng khác trên máy có thể đọc ${each} (quyền ${mode}). Xin chạy: chmod ${wanted} "${each}"`)
  }
  return warnings
}

function explained(error: unknown, root: string): unknown {
  const reason = diskReason(error)
  return reason === null ? error : new InstallationError(`Không dùng được thư mục dữ liệu ${root}: ${reason}.`, { cause: error })
}
