import type { Memory } from "./memory.ts"

/** How long a message lay before it was read: an outage, a platform that delivers afterwards. */
export type Lateness = "in_time" | "late" | "too_late"

const LATE_MS = 10 * 60_000
const TOO_LATE_MS = 12 * 60 * 60_000
const APOLOGISE_AGAIN_MS = 60 * 60_000

/** Reads both clocks; a platform whose clock is ahead of ours is never late. */
export function latenessOf({ sentAt, now }: { sentAt: Date; now: Date }): Lateness {
  const lay = now.getTime() - sentAt.getTime()
  return lay > TOO_LATE_MS ? "too_late" : lay > LATE_MS ? "late" : "in_time"
}

/** What to remember when an apology is due: one is enough for everything that came late together. */
export function apologiseOnce({ lateness, memory, now }: { lateness: Lateness; memory: Memory; now: Date }): Partial<Memory> | null {
  const due = lateness === "late" && now.getTime() - memory.apologisedAt > APOLOGISE_AGAIN_MS
  return due ? { apologisedAt: now.getTime() } : null
}
