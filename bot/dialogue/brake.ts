export type Verdict = "go" | "first_refused" | "refused"

const WINDOW_MS = 60_000
const MANY_CONVERSATIONS = 5000

export interface Brake {
  check(conversationId: string, sentAt: Date): Verdict
}

/**
 * Lets a conversation send at most `perMinute` messages within any minute. What is above is kept for staff but not answered
 * (a long backlog of answers to a finger on the Enter key helps nobody), and said so once a minute. Counted is when the
 * citizen sent, not when we read: a backlog after an outage is not refused.
 */
export function createBrake({ perMinute }: { perMinute: number }): Brake {
  const conversations = new Map<string, { sent: number[]; refusedAt: number }>()
  const forgetBefore = (time: number) => {
    for (const [id, { sent }] of conversations) if ((sent.at(-1) ?? 0) < time) conversations.delete(id)
  }
  const check = (conversationId: string, sentAt: Date): Verdict => {
    const at = sentAt.getTime()
    const seen = conversations.get(conversationId) ?? { sent: [], refusedAt: -Infinity }
    const sent = seen.sent.filter((earlier) => earlier > at - WINDOW_MS)
    if (conversations.size > MANY_CONVERSATIONS) forgetBefore(at - WINDOW_MS)
    const over = sent.length >= perMinute
    const first = over && at - seen.refusedAt >= WINDOW_MS
    conversations.set(conversationId, { sent: over ? sent : [...sent, at], refusedAt: first ? at : seen.refusedAt })
    return !over ? "go" : first ? "first_refused" : "refused"
  }
  return { check }
}
