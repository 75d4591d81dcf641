import { execFileSync } from "node:child_process"
import { existsSync } from "node:fs"
import path from "node:path"

const root = path.join(import.meta.dirname, "..", "..")

/** The database client is generated, not committed: a clone that was installed without scripts lacks it. */
export function setup(): void {
  if (existsSync(path.join(root, "prisma", "generated", "client.ts"))) return
  execFileSync("npx", ["prisma", "generate", "--config", "prisma/prisma.config.ts"], { cwd: root, stdio: "inherit" })
}
