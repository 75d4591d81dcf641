interface Pulse {
  readonly everyMs: number
  readonly now: () => Date
  /** Resolves to whether Zalo answered. Never rejects. */
  readonly beat: () => Promise<boolean>
  readonly lost: () => void
}

const MISSED_BEATS = 2
const TICKS = 4
const SLEPT_TICKS = 4

/**
 * Keeps the session alive (the library never does so itself) and finds out that the line is dead although nothing said so:
 * Zalo does not answer twice in a row, or the machine has slept.
 */
export function watchPulse({ everyMs, now, beat, lost }: Pulse) {
  const tickMs = everyMs / TICKS
  let ticks = 0
  let missed = 0
  let beating = false
  let last = now().getTime()

  const tick = async () => {
    const at = now().getTime()
    const slept = at - last > tickMs * SLEPT_TICKS
    last = at
    ticks += 1
    if (slept) lost()
    if (slept || beating || ticks % TICKS !== 0) return
    beating = true
    missed = (await beat()) ? 0 : missed + 1
    beating = false
    if (missed >= MISSED_BEATS) lost()
  }
  const timer = setInterval(() => void tick(), tickMs)
  return { stop: () => clearInterval(timer) }
}
