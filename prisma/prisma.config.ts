import path from "node:path"
import { defineConfig } from "prisma/config"

// The command line fetches its native schema engine from the internet unless this names one. The config is read before
// that check, so setting it here keeps every `prisma` command offline.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, "schema-engine.mjs")
process.env.CHECKPOINT_DISABLE ??= "1"

export default defineConfig({
  schema: path.join(import.meta.dirname, "schema.prisma"),
  migrations: { path: path.join(import.meta.dirname, "migrations") },
  // Only the development commands (`migrate dev`, `migrate status` …) open a database here; the program is given its file.
  datasource: { url: process.env.DATABASE_URL ?? "file:./data/tro-ly-xa.db" },
})
