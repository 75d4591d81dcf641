import type { Database } from "../../prisma/database.ts"
import type { Channel, Purpose, SendFailure } from "../message.ts"
import { authorOf, type Row } from "./row.ts"

interface Sending {
  readonly row: Row
  readonly channel: Channel
  readonly now: Date
}

/** Why the platform's window forbids this message now, asked when it is sent and not when it was written; null when it does not. */
export async function windowFault(db: Database, { row, channel, now }: Sending): Promise<SendFailure | null> {
  if (!channel.window) return null
  const { conversationId } = row
  const conversation = await db.conversation.findUnique({ where: { id: conversationId }, select: { lastCitizenAt: true } })
  const lastCitizenAt = conversation?.lastCitizenAt ?? null
  const since = lastCitizenAt ? { sentAt: { gte: lastCitizenAt } } : {}
  const sentSince = await db.outboxMessage.count({ where: { conversationId, state: "sent", ...since } })
  return channel.window({ lastCitizenAt, sentSince, author: authorOf(row.author).kind, purpose: row.purpose as Purpose, now })
}
