import path from "node:path"
import type { Database, JsonObject } from "../../prisma/database.ts"
import { UNREADABLE } from "../reading/unreadable.ts"
import type { FileReader, ReadOutcome } from "./file-reader.ts"
import { originalPath } from "./originals.ts"
import { fromRow, type SourceFile } from "./source-file.ts"

export interface QueueParts {
  readonly db: Database
  /** Where the originals lie. */
  readonly folder: string
  readonly reader: FileReader
  readonly now: () => Date
  /** Names this process: who holds a lease. */
  readonly owner: string
  /** How long a file stays reserved without a sign of life. */
  readonly leaseMs: number
  readonly report: (error: unknown) => void
}

export interface Queue {
  /** Looks for work; returns at once. */
  wake(): void
  /** Resolves when nothing is waiting any more that this process could read. */
  idle(): Promise<void>
  /** Stops; a file that is being read goes back to the others. */
  stop(): Promise<void>
}

/** A file that ends the reading process this often is given up. */
const MAX_ATTEMPTS = 3

/** Reads what is waiting, one file after the other, oldest first. A faulty file never stops the others. */
export function createQueue(parts: QueueParts): Queue {
  let running: Promise<void> | null = null
  const state = { again: false, stopped: false }
  const drain = async () => {
    while (!state.stopped) {
      const file = await claim(parts)
      if (file) await process(file, parts, () => state.stopped)
      else if (state.again) state.again = false
      else return
    }
  }
  const wake = () => {
    state.again = true
    if (state.stopped) return
    running ??= drain()
      .catch(parts.report)
      .finally(() => (running = null))
  }
  return {
    wake,
    async idle() {
      wake()
      while (running) await running
    },
    async stop() {
      state.stopped = true
      await parts.reader.close()
      await running
    },
  }
}

/** Reserves the oldest file that waits, or whose reader gave no sign of life; null when there is none. */
async function claim({ db, now, owner, leaseMs }: QueueParts): Promise<SourceFile | null> {
  for (;;) {
    const at = now()
    const open = { OR: [{ state: "waiting" }, { state: "reading", leaseUntil: { lt: at } }] }
    const row = await db.sourceFile.findFirst({ where: open, orderBy: [{ createdAt: "asc" }, { id: "asc" }] })
    if (!row) return null
    // Another process may have been quicker: whoever changes the row as it was found has it.
    const { count } = await db.sourceFile.updateMany({
      where: { id: row.id, state: row.state, attempts: row.attempts, leaseUntil: row.leaseUntil },
      data: {
        state: "reading",
        attempts: row.attempts + 1,
        leaseOwner: owner,
        leaseUntil: after(at, leaseMs),
        pagesDone: 0,
        updatedAt: at,
      },
    })
    if (count === 1) return fromRow({ ...row, attempts: row.attempts + 1, state: "reading" })
  }
}

const after = (at: Date, ms: number) => new Date(at.getTime() + ms)

async function process(file: SourceFile, parts: QueueParts, isStopped: () => boolean): Promise<void> {
  const { db, now, owner, leaseMs } = parts
  const mine = { id: file.id, state: "reading", leaseOwner: owner }
  const pages: { last: { done: number; total: number } | null } = { last: null }
  const beat = setInterval(
    () => {
      const progress = pages.last ? { pagesDone: pages.last.done, pagesTotal: pages.last.total } : {}
      void db.sourceFile.updateMany({ where: mine, data: { ...progress, leaseUntil: after(now(), leaseMs) } }).catch(parts.report)
    },
    Math.min(2000, leaseMs / 3),
  )
  try {
    const outcome =
      file.attempts > MAX_ATTEMPTS
        ? GIVEN_UP
        : isStopped()
          ? NOT_BEGUN
          : await parts.reader.read(
              { path: originalPath(parts.folder, file.sha256), name: file.name, id: documentId(file.name) },
              (done, total) => (pages.last = { done, total }),
            )
    clearInterval(beat)
    await settle(file, { outcome, parts, stopped: isStopped() })
  } finally {
    clearInterval(beat)
  }
}

/** A document is known by its file's name without ending, the same on every computer. */
export const documentId = (name: string) => path.basename(name, path.extname(name)).normalize("NFC")

const NOT_BEGUN: ReadOutcome = { ok: false, reason: "crashed", message: "", detail: null, interrupted: true }
const GIVEN_UP: ReadOutcome = { ok: false, reason: "crashed", message: UNREADABLE.crashed, detail: null, interrupted: false }

interface Settling {
  readonly outcome: ReadOutcome
  readonly parts: QueueParts
  readonly stopped: boolean
}

async function settle(file: SourceFile, { outcome, parts: { db, now, owner, report }, stopped }: Settling): Promise<void> {
  const mine = { id: file.id, state: "reading", leaseOwner: owner }
  const at = now()
  const freed = { leaseOwner: null, leaseUntil: null, updatedAt: at }
  if (!outcome.ok) {
    if (outcome.interrupted) {
      // Stopped by us: this try does not count against the file.
      const attempts = stopped ? file.attempts - 1 : file.attempts
      const spent = attempts >= MAX_ATTEMPTS
      const state = spent
        ? { state: "failed", reason: "crashed", note: UNREADABLE.crashed }
        : { state: "waiting", reason: null, note: null }
      await db.sourceFile.updateMany({ where: mine, data: { ...freed, ...state, attempts } })
      if (!stopped) report(new Error(`reading ${file.id} was interrupted: ${outcome.detail ?? "no word"}`))
      return
    }
    await db.sourceFile.updateMany({ where: mine, data: { ...freed, state: "failed", reason: outcome.reason, note: outcome.message } })
    return
  }
  const { reading } = outcome
  const usable = reading.items.length > 0
  const review = reading.problems.length > 0 || !reading.verdict.passed || reading.verdict.scanned
  const state = !usable ? "failed" : review ? "needs_review" : "read"
  const note = noteOf([...reading.problems, ...reading.verdict.findings, ...(reading.verdict.scanned ? [SCANNED] : []), ...reading.notes])
  const pages = reading.pages.length
  await db.$transaction(async (tx) => {
    const data = {
      ...freed,
      state,
      kind: reading.kind,
      reason: usable ? null : "faulty",
      note,
      pagesDone: pages,
      pagesTotal: pages,
      toPublishSince: null,
    }
    const { count } = await tx.sourceFile.updateMany({ where: mine, data })
    if (count === 0) return
    const body = reading as unknown as JsonObject
    await tx.sourceReading.upsert({
      where: { fileId: file.id },
      create: { fileId: file.id, body, createdAt: at },
      update: { body, createdAt: at },
    })
  })
}

const SCANNED = "Có trang nhận dạng từ bản quét: xin đối chiếu các con số với bản gốc trước khi công bố."
const MAX_REMARKS = 6

const noteOf = (remarks: readonly string[]) =>
  remarks.length === 0
    ? null
    : [...remarks.slice(0, MAX_REMARKS), ...(remarks.length > MAX_REMARKS ? [`… và ${remarks.length - MAX_REMARKS} điều khác.`] : [])].join(
        "\n",
      )
