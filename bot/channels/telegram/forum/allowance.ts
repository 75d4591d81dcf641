/** Telegram takes 20 messages a minute in a group, all its topics together; the rest is for the time that one is on its way. */
const MESSAGES = 20
const WITHIN_MS = 63_000

/** Counts what was sent to a group in the last minute; `take` takes a place for one more, false when there is none. */
export function createAllowance(now: () => Date): { take(): boolean } {
  let sent: number[] = []
  return {
    take() {
      const at = now().getTime()
      sent = sent.filter((earlier) => earlier > at - WITHIN_MS)
      if (sent.length >= MESSAGES) return false
      sent.push(at)
      return true
    },
  }
}
