import type { Database } from "../../prisma/database.ts"
import type { MediaStore } from "./store.ts"

interface Forgotten {
  readonly rows: number
  readonly files: number
}

/**
 * Forgets what citizens sent before a moment: that something was there stays, its name and content do not. A file goes when
 * nothing names it any more and nobody has kept it again since.
 */
export async function forgetMedia({ db, store }: { db: Database; store: MediaStore }, before: Date): Promise<Forgotten> {
  const where = { createdAt: { lt: before }, state: { in: ["stored", "quarantined"] } }
  const rows = await db.mediaFile.updateMany({ where, data: { state: "failed", reason: "expired", hash: null, name: null } })
  await db.mediaFile.updateMany({ where: { createdAt: { lt: before }, state: "failed" }, data: { name: null } })
  let files = 0
  for await (const hash of store.keptBefore(before)) {
    if ((await db.mediaFile.count({ where: { hash } })) > 0) continue
    await store.remove(hash)
    files += 1
  }
  return { rows: rows.count, files }
}
