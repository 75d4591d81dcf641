import { existsSync } from "node:fs"
import Sqlite from "better-sqlite3"

/**
 * True while any process has the database open. In write-ahead mode every connection keeps a shared lock of the operating
 * system, which ends with its process, so nothing stale is left after a crash. Leaving that mode needs all of them gone; the
 * next start enters it again. A file that is no database is in nobody's use.
 */
export function isInUse(file: string): boolean {
  if (!existsSync(file)) return false
  try {
    const database = new Sqlite(file, { timeout: 0 })
    try {
      if (database.pragma("journal_mode = DELETE", { simple: true }) !== "delete") return true
      database.exec("BEGIN EXCLUSIVE; ROLLBACK")
      return false
    } finally {
      database.close()
    }
  } catch (error) {
    return error instanceof Sqlite.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code)
  }
}
