import type { Logger } from "../../logger.ts"
import type { InboundEvent, Sink } from "../../message.ts"
import type { Echoes } from "./echoes.ts"
import type { Arrival } from "./events.ts"
import { rest } from "./deadline.ts"

interface Dependencies {
  readonly accept: Sink["accept"]
  readonly logger: Logger
  /** How long something waits for what was sent before it. */
  readonly holdMs: number
  readonly echoes: Echoes
  /** Before the next try to store, after so many failures. */
  readonly patience: (failures: number) => number
  readonly stopping: AbortSignal
}

interface Held {
  readonly arrival: Arrival
  readonly due: number
}

const REMEMBERED = 5000

/**
 * Zalo's frames are neither in order nor once only: what arrives is held for a moment, sorted by the platform's clock,
 * and handed on in that order. Nothing is dropped when storing fails: the socket confirms nothing, so we must try again.
 */
export function createArrivals({ accept, logger, holdMs, echoes, patience, stopping }: Dependencies) {
  const known = new Set<string>()
  let held: Held[] = []
  let timer: NodeJS.Timeout | null = null
  let storing: Promise<void> = Promise.resolve()

  const store = async (arrivals: readonly Arrival[]) => {
    const events: InboundEvent[] = []
    for (const { event, ownWords } of arrivals) {
      if (ownWords === null || !(await echoes.wasOurs(event.peer.peerId, ownWords))) events.push(event)
    }
    if (events.length === 0) return
    for (let failures = 1; ; failures += 1) {
      try {
        await accept(events)
        return
      } catch (error) {
        logger.error({ error: error instanceof Error ? error.name : typeof error, events: events.length }, "Zalo messages not stored")
        if (stopping.aborted) return
        await rest(patience(failures), stopping)
      }
    }
  }
  const release = (now: number) => {
    timer = null
    const due = held.filter((one) => one.due <= now).map(({ arrival }) => arrival)
    const last = due.sort(inOrder).at(-1)
    if (last) {
      // What came later but was sent earlier must not be left behind.
      const leaving = held.map(({ arrival }) => arrival).filter((arrival) => inOrder(arrival, last) <= 0)
      held = held.filter(({ arrival }) => inOrder(arrival, last) > 0)
      storing = storing.then(() => store(leaving.sort(inOrder)))
    }
    const next = held[0]
    if (next) timer = setTimeout(() => release(performance.now()), Math.max(1, next.due - now))
  }

  return {
    push(arrival: Arrival): void {
      const { dedupeKey } = arrival.event
      if (known.has(dedupeKey)) return
      known.add(dedupeKey)
      if (known.size > REMEMBERED) for (const oldest of known) if (known.delete(oldest)) break
      held.push({ arrival, due: performance.now() + holdMs })
      timer ??= setTimeout(() => release(performance.now()), holdMs)
    },
    /** Stores what is still held. */
    async flush(): Promise<void> {
      if (timer) clearTimeout(timer)
      release(Number.POSITIVE_INFINITY)
      await storing
    },
  }
}

function inOrder(a: Arrival, b: Arrival): number {
  if (a.ts !== b.ts) return a.ts - b.ts
  return a.number === b.number ? 0 : a.number < b.number ? -1 : 1
}
