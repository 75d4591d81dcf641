import type { API } from "zca-js"
import type { Condition } from "./condition.ts"
import { type ConnectionDependencies, createConnection } from "./connection.ts"
import { deadline, rest } from "./deadline.ts"
import { watchPulse } from "./pulse.ts"
import { CLOSED, type Session } from "./session.ts"
import { endVerdict, EXPIRED, healthOf, LOST, type Verdict } from "./verdicts.ts"

/** How long things may take; one place, so that a test need not wait as long as an office does. */
export interface Pace {
  readonly callMs: number
  readonly handshakeMs: number
  readonly holdMs: number
  readonly keepAliveMs: number
  readonly uploadMs: number
  /** Before the one retry when Zalo throws us out right after our own restart. */
  readonly kickedMs: number
  /** Before the next try, after so many failures in a row. */
  readonly patience: (failures: number) => number
}

interface Dependencies extends Omit<ConnectionDependencies, "handshakeMs"> {
  readonly condition: Condition
  readonly pace: Pace
  readonly now: () => Date
}

/** A kick this soon after our start is usually the session that we ourselves left open. */
const OWN_RESTART_MS = 120_000
/** A connection that held this long was a good one. */
const GOOD_MS = 30_000

/** Keeps one connection, from login to its end and again, because the library's own retrying cannot be relied on. */
export function createSupervisor(given: Dependencies) {
  const { condition, logger, pace, stopping } = given
  const connection = createConnection({ ...given, handshakeMs: pace.handshakeMs })
  const held = createHeldSession()
  const forgivable = createForgiveness(given.now)
  let failures = 0

  const verdictOf = (code: number): Verdict => (forgivable(code) ? { ...LOST, again: true, afterMs: pace.kickedMs } : endVerdict(code))
  const connect = async (): Promise<Verdict> => {
    const opened = await connection.open()
    if (!opened.ok) return "code" in opened ? verdictOf(opened.code) : opened.verdict
    const { session } = opened
    const since = given.now().getTime()
    held.set(session)
    condition.connection({ state: "online" })
    // What came while we were away is only handed out when asked for.
    session.api.listener.requestOldMessages(0, null)
    const beat = async () => {
      const { alive, verdict } = await connection.beat(session.api)
      if (verdict) held.end(verdict)
      return alive
    }
    const pulse = watchPulse({ everyMs: pace.keepAliveMs, now: given.now, beat, lost: () => session.close() })
    const code = await session.ended
    pulse.stop()
    logger.info({ code }, "Zalo connection ended")
    if (given.now().getTime() - since >= GOOD_MS) failures = 0
    return held.clear() ?? verdictOf(code)
  }
  const turn = async () => {
    const renewed = held.renewal()
    const verdict = await connect().catch((error: unknown): Verdict => {
      logger.error({ error: error instanceof Error ? error.name : typeof error }, "Zalo connection failed")
      return LOST
    })
    if (stopping.aborted) return
    failures += 1
    condition.connection(healthOf(verdict))
    if (!verdict.again) held.forget()
    const afterMs = verdict.again ? (verdict.afterMs ?? pace.patience(failures)) : Number.POSITIVE_INFINITY
    await rest(afterMs, stopping, renewed)
    if (renewed.aborted) failures = 0
  }
  return {
    ...held.port,
    /** Resolves after the signal to stop, when nothing is held any more. */
    async run(): Promise<void> {
      while (!stopping.aborted) await turn()
    },
    /** The open connection, waited for if need be; null when there is none in time. */
    online: (within: number) => held.online(deadline(within, stopping)),
  }
}

export type Supervisor = ReturnType<typeof createSupervisor>

/** What the rest of the channel sees and does of the connection while the supervisor runs. */
function createHeldSession() {
  const opened = new EventTarget()
  let api: API | null = null
  let session: Session | null = null
  let overruled: Verdict | null = null
  let renewal = new AbortController()
  const end = (verdict: Verdict) => {
    // Without a connection the next login finds out by itself.
    if (session === null) return
    overruled = verdict
    session.close()
  }
  return {
    end,
    set(now: Session): void {
      session = now
      api = now.api
      opened.dispatchEvent(new Event("open"))
    },
    /** What was decided about the connection while it was open. */
    clear(): Verdict | null {
      const verdict = overruled
      overruled = null
      session = null
      return verdict
    },
    forget: () => void (api = null),
    renewal: () => (renewal = new AbortController()).signal,
    async online(limit: AbortController): Promise<Session | null> {
      const { signal } = limit
      if (session === null && !signal.aborted) {
        await new Promise<void>((resolve) => {
          opened.addEventListener("open", () => resolve(), { once: true, signal })
          signal.addEventListener("abort", () => resolve(), { once: true })
        })
      }
      limit.abort()
      return session
    },
    port: {
      /** The account as it is logged in, also while the socket is down; null when it is not. */
      api: () => api,
      /** Zalo has refused the session in the midst of work. */
      expired: () => end(EXPIRED),
      /** There are new credentials: log in with them now. */
      renew(): void {
        renewal.abort()
        session?.close()
      },
    },
  }
}

/** One retry, when Zalo throws us out soon after we have started. */
function createForgiveness(now: () => Date) {
  const startedAt = now().getTime()
  let used = false
  return (code: number) => {
    if (used || code !== CLOSED.kicked || now().getTime() - startedAt >= OWN_RESTART_MS) return false
    return (used = true)
  }
}
