import { mkdir, readFile, rm, writeFile } from "node:fs/promises"
import path from "node:path"
import { Cron } from "croner"
import { programVersion } from "./backup-commands.ts"
import type { Config } from "./config.ts"
import { AppError } from "./errors.ts"
import type { Logger } from "./logger.ts"
import { forgetOldBackups, freeBackupPath, listBackups, clockOf } from "./prisma/archive/names.ts"
import { writeArchive } from "./prisma/archive/write-archive.ts"

interface Dependencies {
  readonly logger: Logger
  readonly now: () => Date
}

type Settings = Pick<Config, "dataDir" | "backup">

const NIGHTLY = { pattern: "0 2 * * *", timezone: "Asia/Ho_Chi_Minh" }
const DAY_MS = 24 * 3600_000
/** An office PC is often off at night: what the night missed is made up for when the morning's start is over. */
const CATCH_UP_MS = 10 * 60_000
const FAILURE_NAME = "sao-luu-loi.txt"

/** Backs up every night and, when the last one is older than a day, soon after the start; returns how to stop in order. */
export function startBackups(config: Settings, { logger, now }: Dependencies): () => Promise<void> {
  if (!config.backup.nightly) return () => Promise.resolve()
  const stopping = new AbortController()
  let running: Promise<unknown> | null = null
  const turn = () => (running ??= backUpTonight(config, { logger, now, signal: stopping.signal }).finally(() => (running = null)))
  const nightly = new Cron(NIGHTLY.pattern, { timezone: NIGHTLY.timezone, unref: true }, () => void turn())
  const catchUp = setTimeout(() => void missedNight(config, now()).then((missed) => missed && turn()), CATCH_UP_MS).unref()
  return async () => {
    nightly.stop()
    clearTimeout(catchUp)
    stopping.abort()
    await running
  }
}

/** True when no backup was made in the last 24 hours. */
export async function missedNight({ dataDir }: Pick<Settings, "dataDir">, now: Date): Promise<boolean> {
  const [last] = await listBackups(path.join(dataDir, "backups"))
  return last === undefined || now.getTime() - last.at.getTime() > DAY_MS
}

/** One nightly backup, then those past their time go. A failure is logged and noted for `doctor`; nothing old goes then. */
export async function backUpTonight(
  { dataDir, backup }: Settings,
  { logger, now, signal }: Dependencies & { readonly signal?: AbortSignal },
): Promise<boolean> {
  const backups = path.join(dataDir, "backups")
  const at = now()
  try {
    await mkdir(backups, { recursive: true, mode: 0o700 })
    const target = freeBackupPath(backups, "nightly", at)
    await writeArchive({ dataDir, target, program: programVersion(), now: at, ...(signal ? { signal } : {}) })
    await rm(path.join(backups, FAILURE_NAME), { force: true })
    const gone = await forgetOldBackups(backups, { now: at, keepDays: backup.keepDays })
    logger.info({ file: path.basename(target), removed: gone.length }, "nightly backup made")
    return true
  } catch (error) {
    if (signal?.aborted) return false
    logger.error({ err: error }, "nightly backup failed")
    const reason = error instanceof AppError ? error.message : "lỗi ngoài dự kiến, xin xem nhật ký kỹ thuật"
    const note = `${clockOf(at)} – ${reason}\n`
    await writeFile(path.join(backups, FAILURE_NAME), note, { mode: 0o600 }).catch((failed: unknown) => {
      logger.error({ err: failed }, "could not note the failed backup")
    })
    return false
  }
}

/** When and why the last nightly backup failed; null when it did not. */
export async function lastFailure(backups: string): Promise<string | null> {
  const text = await readFile(path.join(backups, FAILURE_NAME), "utf8").catch(() => null)
  return text === null ? null : text.trim()
}
