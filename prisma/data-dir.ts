import { mkdir, stat } from "node:fs/promises"
import path from "node:path"
import { InstallationError } from "../errors.ts"
import { openSecrets, type Secrets } from "./secrets.ts"

export interface DataDir {
  readonly path: string
  readonly database: string
  readonly files: string
  readonly index: string
  readonly backups: string
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
  }
  const database = path.join(root, "tro-ly-xa.db")
  const secretsFile = path.join(root, "secrets.json")
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

/** What keeps a folder from being used, by the system's error code, in the operator's words. */
const REASONS: Record<string, string> = {
  EACCES: "không có quyền truy cập",
  EPERM: "không có quyền truy cập",
  EROFS: "ổ đĩa chỉ cho phép đọc",
  ENOSPC: "ổ đĩa đã đầy",
  ENOTDIR: "đường dẫn này không phải là thư mục",
  EEXIST: "đường dẫn này không phải là thư mục",
}

function explained(error: unknown, root: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  const reason = REASONS[code]
  return reason === undefined ? error : new InstallationError(`Không dùng được thư mục dữ liệu ${root}: ${reason}.`, { cause: error })
}
