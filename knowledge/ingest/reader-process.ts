// The process that opens files from outside. Whatever a file does to a parser, it does it here.
import { readFile } from "node:fs/promises"
import { writeSync } from "node:fs"
import { Worker } from "node:worker_threads"
import { KNOWLEDGE_FOLDER, loadAliases } from "../lexicon.ts"
import { createTesseract } from "../reading/ocr.ts"
import { drawPdfPage } from "../reading/pdf.ts"
import { PAPER_READERS } from "../reading/paper-readers.ts"
import { readSource } from "../reading/read-source.ts"
import { TEXT_READERS } from "../reading/text-readers.ts"
import { UnreadableFileError } from "../reading/unreadable.ts"
import { OUT_OF_MEMORY, type DrawJob, type FromReader, type ReadJob } from "./reader-messages.ts"

const READERS = { ...TEXT_READERS, ...PAPER_READERS }

// A thread of its own: a parser that runs wild never comes back to the timers of this one.
const GUARD = `
const { workerData } = require("node:worker_threads")
const { writeSync } = require("node:fs")
setInterval(() => {
  if (process.memoryUsage.rss() < workerData.limit) return
  writeSync(2, workerData.word)
  process.kill(process.pid, "SIGKILL")
}, 50)`

let guarded = false

function guardMemory(limit: number): void {
  if (guarded) return
  guarded = true
  new Worker(GUARD, { eval: true, workerData: { limit, word: OUT_OF_MEMORY }, execArgv: [] }).unref()
}

let aliases: ((code: string) => readonly string[]) | null = null

const tell = (message: FromReader) => void process.send?.(message)

async function read(job: ReadJob): Promise<void> {
  guardMemory(job.limits.maxMemoryBytes)
  try {
    const bytes = await readFile(job.file)
    const reading = await readSource({ bytes, name: job.name, id: job.id }, READERS, {
      limits: job.limits,
      readPicture: createTesseract(job.tesseract),
      aliases: (code) => (aliases ??= loadAliases(KNOWLEDGE_FOLDER))(code),
      onPage: (done, total) => tell({ type: "page", done, total }),
    })
    tell({ type: "read", reading, rss: process.memoryUsage.rss() })
  } catch (error) {
    tellFailure(error)
  }
}

async function draw({ file, draw: number, limits }: DrawJob): Promise<void> {
  guardMemory(limits.maxMemoryBytes)
  try {
    tell({ type: "drawn", png: await drawPdfPage(await readFile(file), number, limits) })
  } catch (error) {
    tellFailure(error)
  }
}

function tellFailure(error: unknown): void {
  const known = error instanceof UnreadableFileError
  const cause = known ? error.cause : error
  const detail = cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 500) : null
  tell({
    type: "failed",
    reason: known ? error.reason : "broken",
    message: (known ? error : new UnreadableFileError("broken")).message,
    detail,
  })
}

process.on("message", (job: ReadJob | DrawJob) => void ("draw" in job ? draw(job) : read(job)))
// Nobody waits for the result any more.
process.on("disconnect", () => process.exit())
// A fault in a library's own timer or stream belongs to the file that is being read.
process.on("uncaughtException", (error) => {
  writeSync(2, `${error.stack ?? error.message}\n`)
  process.exit(70)
})
