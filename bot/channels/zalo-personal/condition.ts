import type { Health } from "../../message.ts"

type Warning = "strangers" | "throttled" | "storing"

/** Joins how the connection is with what else staff must know; a state is told when it changes, so an alarm rings once. */
export function createCondition(report: (health: Health) => void) {
  const warnings = new Map<Warning, string>()
  let connection: Health = { state: "off" }
  let told = ""

  const tell = () => {
    const [reason] = warnings.values()
    const health: Health = connection.state === "online" && reason !== undefined ? { state: "degraded", reason } : connection
    const text = JSON.stringify(health)
    if (text !== told) report(health)
    told = text
  }
  return {
    connection(health: Health): void {
      connection = health
      tell()
    },
    warn(warning: Warning, reason: string): void {
      warnings.set(warning, reason)
      tell()
    },
    clear(warning: Warning): void {
      if (warnings.delete(warning)) tell()
    },
    /** True when only a person can bring the account back. */
    needsHuman: () => connection.state === "needs_human",
  }
}

export type Condition = ReturnType<typeof createCondition>
