import type { Health } from "../message.ts"

export type Fault = Extract<Health, { reason: string }>

export interface HealthBoard {
  /** Something is wrong with this part of the account, until `well` is said of it. */
  readonly fault: (part: string, fault: Fault) => void
  readonly well: (part: string) => void
}

/**
 * The health of an account that can fail in several parts: the worst fault is told, and only when it changes. `main` is the part
 * without which nothing comes in: before it is well for the first time, that another one is says nothing.
 */
export function createHealthBoard(tell: (health: Health) => void, main?: string): HealthBoard {
  const faults = new Map<string, Fault>()
  let begun = main === undefined
  let told = ""
  const say = () => {
    const all = [...faults.values()]
    const health: Health = all.find(({ state }) => state === "needs_human") ?? all[0] ?? { state: "online" }
    if (health.state === "online" && !begun) return
    const text = JSON.stringify(health)
    if (text !== told) tell(health)
    told = text
  }
  return {
    fault(part, fault) {
      faults.set(part, fault)
      say()
    },
    well(part) {
      faults.delete(part)
      if (part === main) begun = true
      say()
    },
  }
}
