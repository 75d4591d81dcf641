const LONGEST_PATIENCE_MS = 60_000

/** How many milliseconds to wait after so many failures in a row: 1 s, 2 s, 4 s … at most a minute. */
export function doubling(failures: number): number {
  return Math.min(1000 * 2 ** (failures - 1), LONGEST_PATIENCE_MS)
}

/** Resolves after `ms`, or at once when the signal is aborted. */
export function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener("abort", end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener("abort", end)
  })
}
