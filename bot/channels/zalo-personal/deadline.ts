/**
 * A signal that comes after the time (never, when that is infinite) or with any of the others; aborting it lets go of timer
 * and listeners. Node may collect AbortSignal.timeout under AbortSignal.any before it fires: then a hung call hangs for ever.
 */
export function deadline(ms: number, ...others: readonly AbortSignal[]): AbortController {
  const controller = new AbortController()
  const end = (event: Event) => controller.abort((event.target as AbortSignal).reason)
  const expire = () => controller.abort(new DOMException("The time is over", "TimeoutError"))
  const timer = Number.isFinite(ms) ? setTimeout(expire, ms) : undefined
  const release = () => {
    clearTimeout(timer)
    for (const other of others) other.removeEventListener("abort", end)
  }
  controller.signal.addEventListener("abort", release)
  for (const other of others) {
    if (other.aborted) controller.abort(other.reason)
    else other.addEventListener("abort", end)
  }
  return controller
}

/** Resolves after the time (never, when that is infinite), or when a signal comes. Holds no timer afterwards. */
export function rest(ms: number, ...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const { signal } = deadline(ms, ...signals)
    if (signal.aborted) resolve()
    else signal.addEventListener("abort", () => resolve())
  })
}
