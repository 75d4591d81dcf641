import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript"
import { importX } from "eslint-plugin-import-x"
import tseslint from "typescript-eslint"

// Lowest first. A folder may import only the folders to its left (and errors.ts).
const layers = ["prisma", "knowledge", "rag", "bot", "admin"]
const loose = ["app.ts", "commands.ts", "main.ts", "config.ts", "logger.ts"]
const zones = layers.map((layer, i) => ({
  target: `./${layer}`,
  from: [...layers.slice(i + 1), ...loose].map((p) => `./${p}`),
  message: `${layer}/ may import only: errors.ts ${layers.slice(0, i).join(" ")}`,
}))

// Browser code takes from the server only what both agree on, and that imports nothing but zod.
const SHARED = ["./contract", "./permissions.ts"]
// Of knowledge/, only what a contract names: schemas of records, the wording of their faults, dates, and what compares two records.
const PURE = ["./procedure.ts", "./notice.ts", "./calendar/dates.ts", "./import/wording.ts", "./editing/differences.ts"]
zones.push(
  ...["prisma", "knowledge", "rag", "bot"].flatMap((layer) =>
    ["web", "contract"].map((part) => ({
      ...{ target: `./admin/${part}`, from: `./${layer}`, message: "This runs in the browser." },
      ...(layer === "knowledge" && part === "contract" ? { except: PURE } : {}),
    })),
  ),
  {
    target: "./admin/web",
    from: "./admin",
    except: ["./web", ...SHARED],
    message: "Browser code imports only admin/contract and permissions.",
  },
  { target: "./admin/contract", from: "./admin", except: SHARED, message: "Contracts run in the browser too." },
)

// A vendor library has one address.
const vendors = [
  { name: "grammy", home: "bot/channels/telegram/**" },
  { name: "zca-js", home: "bot/channels/zalo-personal/**" },
  { name: "undici", home: "bot/channels/proxied-fetch.ts" },
  { name: "hnswlib-node", home: "rag/vector-index.ts" },
  { name: "@langchain/*", home: "rag/models.ts" },
  { name: "express", home: "admin/** or the routers of bot/channels/web/" },
  { name: "@fastify/busboy", home: "bot/channels/web/" },
  { name: "@prisma/*", home: "prisma/**" },
  { name: "better-sqlite3", home: "prisma/**, and rag/benchmark/fts5.ts" },
  { name: "yazl", home: "prisma/archive/**" },
  { name: "yauzl", home: "prisma/archive/**" },
  { name: "croner", home: "backup-job.ts" },
  { name: "uuid", home: "app.ts" },
  { name: "react", home: "admin/web/**" },
  { name: "react-dom", home: "admin/web/**" },
  { name: "@mantine/*", home: "admin/web/**" },
  { name: "@tanstack/*", home: "admin/web/**" },
  { name: "@node-rs/argon2", home: "admin/staff/password.ts" },
  { name: "otplib", home: "admin/staff/second-step.ts" },
  { name: "qrcode", home: "admin/staff/second-step.ts" },
  { name: "minisearch", home: "rag/benchmark/peers.ts" },
  { name: "@orama/*", home: "rag/benchmark/peers.ts" },
  { name: "unpdf", home: "knowledge/reading/pdf.ts" },
  { name: "mammoth", home: "knowledge/reading/word.ts" },
  { name: "word-extractor", home: "knowledge/reading/word.ts" },
  { name: "read-excel-file", home: "knowledge/reading/sheet.ts" },
  { name: "linkedom", home: "knowledge/reading/dom.ts" },
  { name: "@mozilla/readability", home: "knowledge/reading/html.ts" },
  { name: "@napi-rs/canvas", home: "knowledge/reading/pdf.ts, bot/media/picture-process.ts and bench-documents.ts" },
]
const onlyVendors = (...allowed) => [
  "error",
  {
    patterns: vendors
      .filter(({ name }) => !allowed.includes(name))
      .map(({ name, home }) => ({ group: [name, `${name}/*`], message: `Only in ${home}.` })),
  },
]

export default tseslint.config(
  { ignores: ["node_modules", "dist", "data", "prisma/generated", "test-output", "**/*.mjs", "eslint.config.js"] },
  ...tseslint.configs.strictTypeChecked,
  importX.flatConfigs.typescript,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      "import-x/no-cycle": "error",
      "import-x/no-default-export": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "max-params": ["error", 3],
      "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "no-restricted-properties": ["error", { object: "process", property: "env", message: "Only config.ts reads the environment." }],
      "no-restricted-imports": onlyVendors(),
      "no-console": "error",
    },
  },
  { files: ["config.ts", "vitest.config.ts", "prisma/prisma.config.ts", "test/**"], rules: { "no-restricted-properties": "off" } },
  { files: ["**/*.config.ts"], rules: { "import-x/no-default-export": "off" } },
  { files: ["bot/channels/telegram/**"], rules: { "no-restricted-imports": onlyVendors("grammy") } },
  { files: ["bot/channels/zalo-personal/**"], rules: { "no-restricted-imports": onlyVendors("zca-js") } },
  { files: ["bot/channels/web/**"], rules: { "no-restricted-imports": onlyVendors("express", "@fastify/busboy") } },
  { files: ["admin/**"], rules: { "no-restricted-imports": onlyVendors("express") } },
  { files: ["admin/web/**"], rules: { "no-restricted-imports": onlyVendors("react", "react-dom", "@mantine/*", "@tanstack/*") } },
  { files: ["admin/staff/password.ts"], rules: { "no-restricted-imports": onlyVendors("@node-rs/argon2") } },
  { files: ["admin/staff/second-step.ts"], rules: { "no-restricted-imports": onlyVendors("otplib", "qrcode") } },
  { files: ["bot/media/picture-process.ts"], rules: { "no-restricted-imports": onlyVendors("@napi-rs/canvas") } },
  // On a foreign page there is no other place for a word to its makers.
  { files: ["bot/channels/web/page/widget/permission.ts"], rules: { "no-console": ["error", { allow: ["error"] }] } },
  { files: ["bot/channels/proxied-fetch.ts"], rules: { "no-restricted-imports": onlyVendors("undici") } },
  { files: ["rag/vector-index.ts"], rules: { "no-restricted-imports": onlyVendors("hnswlib-node") } },
  { files: ["rag/models.ts"], rules: { "no-restricted-imports": onlyVendors("@langchain/*") } },
  { files: ["prisma/**"], rules: { "no-restricted-imports": onlyVendors("@prisma/*", "better-sqlite3") } },
  { files: ["prisma/archive/**"], rules: { "no-restricted-imports": onlyVendors("yazl", "yauzl") } },
  { files: ["backup-job.ts"], rules: { "no-restricted-imports": onlyVendors("croner") } },
  { files: ["app.ts"], rules: { "no-restricted-imports": onlyVendors("uuid") } },
  // The benchmark sets SQLite's full-text search beside our own, on a table in memory: nothing of it is remembered.
  { files: ["rag/benchmark/fts5.ts"], rules: { "no-restricted-imports": onlyVendors("better-sqlite3") } },
  {
    files: ["knowledge/reading/{pdf,word,sheet,dom,html}.ts", "bench-documents.ts"],
    rules: {
      "no-restricted-imports": onlyVendors(
        "unpdf",
        "mammoth",
        "word-extractor",
        "read-excel-file",
        "linkedom",
        "@mozilla/readability",
        "@napi-rs/canvas",
      ),
    },
  },
  { files: ["rag/benchmark/peers.ts"], rules: { "no-restricted-imports": onlyVendors("minisearch", "@orama/*") } },
  { files: ["test/**"], rules: { "max-lines-per-function": "off", "no-restricted-imports": "off", "max-lines": "off" } },
)
