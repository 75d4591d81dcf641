import path from "node:path"
import { InstallationError } from "../errors.ts"
import type { Database } from "../prisma/database.ts"
import { readKnowledgeFile } from "./import/read-file.ts"
import type { KnowledgeItem } from "./item.ts"
import { yamlFiles } from "./lexicon.ts"
import { saveItems, type SaveReport } from "./store.ts"

export const DEMO_FOLDER = path.join(import.meta.dirname, "demo")

/** The shipped records of the demo commune. Throws InstallationError when a shipped file is not as it should be. */
export async function readDemo(folder = DEMO_FOLDER): Promise<KnowledgeItem[]> {
  const files = [...yamlFiles(folder), ...yamlFiles(path.join(folder, "procedures"))]
  const results = await Promise.all(files.map((file) => readKnowledgeFile(file, { aliases: () => [] })))
  const problems = results.flatMap((r) => r.problems)
  if (problems.length > 0) throw new InstallationError(`Dữ liệu minh họa bị hỏng: ${problems.join("; ")}`)
  return results.flatMap((r) => r.items)
}

/** Loads the demo commune into an empty memory; null when something is known already. */
export async function loadDemoOnce(db: Database, { now, newId }: { now: Date; newId: () => string }): Promise<SaveReport | null> {
  if ((await db.knowledgeRecord.count()) > 0) return null
  return saveItems(db, await readDemo(), { now, newId, demo: true, importedFrom: "demo" })
}
