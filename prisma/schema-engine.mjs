#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which the command line would otherwise fetch from the internet. It speaks the
// same two dialects, JSON-RPC on stdio and a few sub-commands, and lets the WebAssembly build of the engine do the work on
// SQLite. Only developers' commands come here (`prisma generate`, `migrate dev`, `migrate diff` …); the program never does.
import { existsSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"
import { createInterface } from "node:readline"
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3"
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils"
import Sqlite from "better-sqlite3"

// The engine reports a panic through this global, which the host has to provide.
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  message: "",
  set_message(message) {
    this.message = message
    console.error(message)
  },
}

const options = readArguments(process.argv.slice(2))
if (options.command === "version") console.log(`schema-engine-wasm ${(await loadEngineModule()).version()}`)
else if (options.command) runCommand(options.command, fileOf(options.url))
else serve(await openEngine(options))

function readArguments(args) {
  const found = { datamodels: [], url: "", command: "" }
  for (let i = 0; i < args.length; i++) {
    if (args[i] === "--version" || args[i] === "-V") found.command = "version"
    else if (args[i] === "--datamodels") found.datamodels.push(args[++i])
    else if (args[i] === "--datasource") found.url = JSON.parse(args[++i]).url ?? ""
    else if (args[i] === "--enabled-preview-features" || args[i] === "--extension-types") i++
    else if (args[i] === "cli") found.command = args[i + 1]
  }
  return found
}

function fileOf(url) {
  return url.replace(/^(file|sqlite):(\/\/)?/, "").split("?")[0]
}

async function loadEngineModule() {
  const entry = "@prisma/schema-engine-wasm/schema_engine_bg"
  const engine = await import(entry)
  const wasm = path.join(path.dirname(createRequire(import.meta.url).resolve(entry)), "schema_engine_bg.wasm")
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), { "./schema_engine_bg.js": engine })
  engine.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return engine
}

// --- the sub-commands: can-connect-to-database, create-database, drop-database -------------------------------------

function runCommand(command, file) {
  const log = (level, fields) => console.error(JSON.stringify({ level, target: "schema_engine::logger", fields }))
  log("INFO", { message: "Starting schema engine" }) // the command line drops the first line it reads
  if (command === "can-connect-to-database" && !existsSync(file)) {
    log("ERROR", { message: `Database ${file} does not exist`, error_code: "P1003", is_panic: false })
    process.exitCode = 1
    return
  }
  if (command === "create-database") new Sqlite(file).close()
  if (command === "drop-database") for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(file + end, { force: true })
  log("INFO", { message: "ok" })
}

// --- JSON-RPC ------------------------------------------------------------------------------------------------------

async function openEngine({ datamodels, url }) {
  const engineModule = await loadEngineModule()
  const opened = []
  const adapters = bindMigrationAwareSqlAdapterFactory(adapterFactory(url, opened))
  const schemas = datamodels.length > 0 ? datamodels.map((file) => [file, readFileSync(file, "utf8")]) : undefined
  const engine = await engineModule.SchemaEngine.new({ datamodels: schemas }, () => {}, adapters)
  return { engine, opened, errors: adapters.errorRegistry }
}

/** Opens connections, remembers them in `opened`, and lets them take scripts where the engine expects that they do. */
function adapterFactory(url, opened) {
  const factory = new PrismaBetterSqlite3({ url: url || ":memory:" }, { shadowDatabaseUrl: ":memory:" })
  for (const name of ["connect", "connectToShadowDb"]) {
    const connect = factory[name].bind(factory)
    factory[name] = async () => {
      const adapter = await connect()
      opened.push(adapter)
      return acceptScripts(adapter)
    }
  }
  return factory
}

/** Replaying the history, the engine sends whole scripts to `executeRaw`, where better-sqlite3 takes a single statement. */
function acceptScripts(adapter) {
  const executeOne = adapter.executeRaw.bind(adapter)
  adapter.executeRaw = async (query) => {
    try {
      return await executeOne(query)
    } catch (error) {
      if (!/more than one statement/.test(error.message)) throw error
      await adapter.executeScript(query.sql)
      return 0
    }
  }
  return adapter
}

function serve(host) {
  let queue = Promise.resolve() // the engine must not be entered twice at once
  const reply = (message) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", ...message }) + "\n")
  const lines = createInterface({ input: process.stdin })
  lines.on("line", (line) => {
    if (line.trim() !== "") queue = queue.then(() => handle(host, JSON.parse(line), reply))
  })
  lines.on("close", () => queue.then(() => process.exit(0)))
}

async function handle(host, { id, method, params }, reply) {
  if (method === undefined) return // the answer to one of our `print` messages
  try {
    const result = (await call(host, method === "getDatabaseVersion" ? "version" : method, params)) ?? null
    if (method !== "diff" || result?.stdout == null) return reply({ id, result })
    // The native engine prints a diff by asking its host to.
    reply({ id: `print-${id}`, method: "print", params: { content: result.stdout.replace(/\n$/, "") } })
    reply({ id, result: { ...result, stdout: null } })
  } catch (error) {
    const data = { is_panic: false, message: messageOf(error, host), meta: error.meta ?? null, error_code: error.code }
    reply({ id, error: { code: 4466, message: "An error happened. Check the data field for details.", data } })
  }
}

/** The engine names an error of the driver only by number: put the driver's own words in its place. */
function messageOf(error, { errors }) {
  const number = /External error id#(\d+)/.exec(error.message)
  const cause = number && errors.consumeError(Number(number[1]))?.error
  return cause ? error.message.replace(number[0], cause.stack ?? String(cause)) : error.message
}

async function call({ engine, opened }, method, params) {
  if (typeof engine[method] !== "function") throw new Error(`method ${method} is not supported by the schema engine`)
  if (method === "reset") return emptyDatabase(engine, opened)
  try {
    return await engine[method](params)
  } catch (error) {
    if (!(await prepareSecondTry(engine, error, params ?? {}))) throw error
    return engine[method](params)
  }
}

/** Two faults of the WebAssembly engine go away when another method is called first; says whether one of them was met. */
async function prepareSecondTry(engine, error, { migrationsList, filters }) {
  if (!migrationsList) return false
  const request = { migrationsList, filters: filters ?? { externalTables: [], externalEnums: [] } }
  if (error.code === "P1014" && /_prisma_migrations/.test(error.message)) {
    // "Table missing" where the native engine says "not initialised".
    await engine.applyMigrations({ ...request, migrationsList: { ...migrationsList, migrationDirectories: [] } })
    return true
  }
  if (/must be provided through an external factory/.test(error.message)) {
    // After applyMigrations it has forgotten how to open its shadow database.
    await engine.devDiagnostic(request)
    return true
  }
  return false
}

/** The engine's own reset does nothing on SQLite, without a word. */
async function emptyDatabase(engine, opened) {
  await engine.version(null) // connects
  const sqlite = opened[0].client
  sqlite.unsafeMode(true)
  sqlite.exec("PRAGMA writable_schema = 1; DELETE FROM sqlite_master; PRAGMA writable_schema = RESET; VACUUM;")
  sqlite.unsafeMode(false)
  return null
}
