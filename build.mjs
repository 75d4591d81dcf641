// Builds the product into dist/: database client, program, chat page and widget, staff pages, and the data that ships with them.
import { execFileSync } from "node:child_process"
import { cpSync, existsSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"

const root = import.meta.dirname
const require = createRequire(import.meta.url)
const PAGES = ["bot/channels/web/page/vite.config.ts", "bot/channels/web/page/vite.widget.config.ts", "admin/web/vite.config.ts"]
const DATA = ["prisma/migrations", "knowledge/demo", "knowledge/lexicon", "knowledge/quality/counts", "rag/vietnamese/lexicon"]

/** Runs the command-line program of a package with this very Node, so that it works without a shell on every system. */
function run(name, bin, args) {
  const home = path.dirname(require.resolve(`${name}/package.json`))
  execFileSync(process.execPath, [path.join(home, bin), ...args], { cwd: root, stdio: ["ignore", 2, 2] })
}

export async function build() {
  const { build: bundle } = await import("vite")
  rmSync(path.join(root, "dist"), { recursive: true, force: true })
  run("prisma", "build/index.js", ["generate", "--config", "prisma/prisma.config.ts"])
  run("typescript", "bin/tsc", ["-p", "tsconfig.build.json"])
  for (const config of PAGES) await bundle({ configFile: path.join(root, config), logLevel: "warn" })
  for (const folder of DATA) cpSync(path.join(root, folder), path.join(root, "dist", folder), { recursive: true })
  writeFileSync(path.join(root, "dist", ".built"), new Date().toISOString())
}

if (process.argv[1] === import.meta.filename) {
  // A production install has no compiler: it runs the dist/ that it was delivered with.
  const possible = existsSync(path.join(root, "node_modules", "typescript")) && existsSync(path.join(root, "node_modules", "vite"))
  if (possible || !process.argv.includes("--if-possible")) await build()
}
