import type { Channel, OutboundMessage, SendFailure, SendOutcome } from "../message.ts"

interface Where {
  readonly partsSent: number
  /** Why the window forbids it, where that is known beforehand. */
  readonly closed: SendFailure | null
}

/** Sends a message; where its window is closed, and nothing of it was said yet, by the other way that the channel may have. */
export async function sendOrOutside(channel: Channel, message: OutboundMessage, { partsSent, closed }: Where): Promise<SendOutcome> {
  const outcome: SendOutcome = closed ? { ok: false, partsSent, failure: closed } : await channel.send(message, partsSent)
  // The platform may know better than we do that the window is closed.
  if (outcome.ok || outcome.failure.kind !== "window_closed" || outcome.partsSent > 0) return outcome
  return (await channel.sendOutside?.(message)) ?? outcome
}
