import { vi } from "vitest"

/** Waits until an expectation holds; generous, because a busy machine is no fault. */
export function until<T>(expectation: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(expectation, { timeout: 45_000, interval: 10 })
}
