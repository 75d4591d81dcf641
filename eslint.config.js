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

// A vendor library has one address.
const vendors = [
  { name: "grammy", home: "bot/channels/telegram/**" },
  { name: "hnswlib-node", home: "rag/vector-index.ts" },
  { name: "@langchain/*", home: "rag/models.ts" },
  { name: "express", home: "admin/** or the routers of bot/channels/web/" },
  { name: "@prisma/*", home: "prisma/**" },
  { name: "better-sqlite3", home: "prisma/**, and rag/benchmark/fts5.ts" },
  { name: "minisearch", home: "rag/benchmark/peers.ts" },
  { name: "@orama/*", home: "rag/benchmark/peers.ts" },
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
  { files: ["bot/channels/web/**", "admin/**"], rules: { "no-restricted-imports": onlyVendors("express") } },
  { files: ["rag/vector-index.ts"], rules: { "no-restricted-imports": onlyVendors("hnswlib-node") } },
  { files: ["rag/models.ts"], rules: { "no-restricted-imports": onlyVendors("@langchain/*") } },
  { files: ["prisma/**"], rules: { "no-restricted-imports": onlyVendors("@prisma/*", "better-sqlite3") } },
  // The benchmark sets SQLite's full-text search beside our own, on a table in memory: nothing of it is remembered.
  { files: ["rag/benchmark/fts5.ts"], rules: { "no-restricted-imports": onlyVendors("better-sqlite3") } },
  { files: ["rag/benchmark/peers.ts"], rules: { "no-restricted-imports": onlyVendors("minisearch", "@orama/*") } },
  { files: ["test/**"], rules: { "max-lines-per-function": "off", "no-restricted-imports": "off", "max-lines": "off" } },
)
