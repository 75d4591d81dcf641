// Starts a command of the built product; builds it first when a source file is newer than the build.
import { existsSync, readdirSync, statSync } from "node:fs"
import path from "node:path"

const root = import.meta.dirname
const SOURCES = ["prisma", "knowledge", "rag", "bot", "admin"]
const SKIPPED = new Set(["generated", "node_modules"])

function newest(folder) {
  let time = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (SKIPPED.has(entry.name)) continue
    const file = path.join(folder, entry.name)
    time = Math.max(time, entry.isDirectory() ? newest(file) : statSync(file).mtimeMs)
  }
  return time
}

function isStale() {
  const stamp = path.join(root, "dist", ".built")
  if (!existsSync(stamp)) return true
  const built = statSync(stamp).mtimeMs
  const loose = readdirSync(root).filter((name) => /\.(ts|json)$/.test(name) && name !== "package-lock.json")
  const times = [...SOURCES.map((name) => newest(path.join(root, name))), ...loose.map((name) => statSync(path.join(root, name)).mtimeMs)]
  return Math.max(...times) > built
}

if (existsSync(path.join(root, "main.ts")) && existsSync(path.join(root, "node_modules", "typescript")) && isStale()) {
  process.stderr.write("Đang dựng chương trình, xin chờ ít giây…\n")
  const { build } = await import("./build.mjs")
  await build()
}
await import("./dist/main.js")
