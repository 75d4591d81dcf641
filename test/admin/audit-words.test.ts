import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { expect, it } from "vitest"
import { auditTexts } from "../../admin/web/pages/audit/texts.ts"

const ADMIN = path.join(import.meta.dirname, "../../admin")
/** What routes log, and what their tables of acts hold. */
const ACT = /"((?:draft|procedure|record|document|questions|golden|publication|release|channel|message|staff|session|setup)\.[a-z_]+)"/g

it("every act that is written into the audit chain has a name that staff read", () => {
  const files = ["routes", "staff"].flatMap((folder) => readdirSync(path.join(ADMIN, folder)).map((file) => path.join(folder, file)))
  const acts = new Set(files.flatMap((file) => [...readFileSync(path.join(ADMIN, file), "utf8").matchAll(ACT)].map(([, act = ""]) => act)))
  expect(acts.size).toBeGreaterThan(30)
  expect([...acts].filter((act) => auditTexts.kinds[act] === undefined)).toEqual([])
})
