import type { Outcome } from "../message.ts"

export interface Waiting {
  /** The event will be handled in this run of the program. */
  expect(eventId: string): void
  /** False when the event is not expected any more: its outcome stands in the database. */
  expects(eventId: string): boolean
  wait(eventId: string): Promise<Outcome>
  settle(eventId: string, outcome: Outcome): void
}

/** Those who wait for the outcome of an event. */
export function createWaiting(): Waiting {
  const waiters = new Map<string, ((outcome: Outcome) => void)[]>()
  return {
    expect: (eventId) => waiters.set(eventId, waiters.get(eventId) ?? []),
    expects: (eventId) => waiters.has(eventId),
    wait: (eventId) =>
      new Promise((resolve) => {
        waiters.set(eventId, [...(waiters.get(eventId) ?? []), resolve])
      }),
    settle(eventId, outcome) {
      const waiting = waiters.get(eventId) ?? []
      waiters.delete(eventId)
      for (const resolve of waiting) resolve(outcome)
    },
  }
}
