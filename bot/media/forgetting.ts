interface Dependencies {
  /** Forgets what was sent before a moment. */
  readonly forget: (before: Date) => Promise<unknown>
  /** How many days citizens' photos and files are kept; asked each time, because what was promised may change. */
  readonly keepDays: () => number
  readonly now: () => Date
  readonly report: (error: unknown) => void
  readonly everyMs?: number
}

const DAY_MS = 24 * 3600_000
const HOUR_MS = 3600_000

/** Forgets old photos and files now and every hour: an office PC is seldom on for a whole day. Returns how to stop in order. */
export function startForgetting({ forget, keepDays, now, report, everyMs = HOUR_MS }: Dependencies): () => Promise<void> {
  let running: Promise<unknown> | null = null
  const turn = () => {
    running ??= forget(new Date(now().getTime() - keepDays() * DAY_MS))
      .catch(report)
      .finally(() => (running = null))
  }
  turn()
  const timer = setInterval(turn, everyMs).unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
