import { existsSync } from "node:fs"
import { readdir, rm } from "node:fs/promises"
import path from "node:path"

export type BackupKind = "manual" | "nightly"

const PREFIX: Record<BackupKind, string> = { manual: "tro-ly-xa-", nightly: "tro-ly-xa-hang-dem-" }
const NAME = /^tro-ly-xa-(hang-dem-)?(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)(?:-\d+)?\.zip$/
const VIETNAM_MS = 7 * 3600_000 // no summer time
const DAY_MS = 24 * 3600_000
/** However old they are, so that a clock that jumped ahead does not cost them all. */
const ALWAYS_KEPT = 3
/** What a power cut in the middle of a backup leaves behind carries this mark. */
export const UNFINISHED = ".dang-sao-luu-"

/** The moment on a Vietnamese clock, fit for a file name on every system: `2026-11-21T02-00`. */
export function stampOf(now: Date): string {
  return new Date(now.getTime() + VIETNAM_MS).toISOString().slice(0, 16).replace(":", "-")
}

/** The same moment as people read it: `2026-11-21 02:00`. */
export const clockOf = (now: Date) => new Date(now.getTime() + VIETNAM_MS).toISOString().slice(0, 16).replace("T", " ")

/** A path in the folder that no file has yet, named by kind and moment. */
export function freeBackupPath(folder: string, kind: BackupKind, now: Date): string {
  return freePath(path.join(folder, PREFIX[kind] + stampOf(now)), ".zip")
}

/** The first of `stem.end`, `stem-2.end`, … that does not exist. */
export function freePath(stem: string, end = ""): string {
  let name = stem + end
  for (let n = 2; existsSync(name); n++) name = `${stem}-${n}${end}`
  return name
}

interface Named {
  readonly name: string
  readonly kind: BackupKind
  readonly at: Date
}

/** The backups in the folder by their names, newest first; each was read back before it got its name. */
export async function listBackups(folder: string): Promise<readonly Named[]> {
  const names = await readdir(folder).catch(() => [])
  return names.flatMap((name) => parseName(name) ?? []).sort((a, b) => b.at.getTime() - a.at.getTime())
}

function parseName(name: string): Named | null {
  const [, nightly, day, hour, minute] = NAME.exec(name) ?? []
  const at = new Date(`${day ?? ""}T${hour ?? ""}:${minute ?? ""}:00+07:00`)
  return Number.isNaN(at.getTime()) ? null : { name, kind: nightly ? "nightly" : "manual", at }
}

/** Removes nightly backups older than `keepDays` and unfinished ones older than a day; returns the names of what went. */
export async function forgetOldBackups(folder: string, { now, keepDays }: { now: Date; keepDays: number }): Promise<readonly string[]> {
  const oldest = now.getTime() - keepDays * DAY_MS
  const nightly = (await listBackups(folder)).filter(({ kind }) => kind === "nightly")
  const old = nightly.slice(ALWAYS_KEPT).filter(({ at }) => at.getTime() < oldest)
  const gone = [...old.map(({ name }) => name), ...(await unfinished(folder, now))]
  for (const name of gone) await rm(path.join(folder, name), { recursive: true, force: true })
  return gone
}

async function unfinished(folder: string, now: Date): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => {
    const [, began] = /^\.dang-sao-luu-(\d+)-/.exec(name) ?? []
    return began !== undefined && now.getTime() - Number(began) > DAY_MS
  })
}
