/** Runs something after a time and returns how to call it off. */
export type Later = (ms: number, run: () => void) => () => void

export interface Alarms {
  /** What is set later for a key replaces what was set before. */
  set(key: string, ms: number, ring: () => void): void
  stop(): void
}

/** At most one alarm a key. */
export function createAlarms(later: Later): Alarms {
  const set = new Map<string, () => void>()
  return {
    set(key, ms, ring) {
      set.get(key)?.()
      const run = () => {
        set.delete(key)
        ring()
      }
      set.set(key, later(ms, run))
    },
    stop() {
      for (const callOff of set.values()) callOff()
    },
  }
}

export const afterTimeout: Later = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => {
    clearTimeout(timer)
  }
}
