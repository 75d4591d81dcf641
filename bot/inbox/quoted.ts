import type { Database } from "../../prisma/database.ts"
import { maskPersonalData } from "../../rag/privacy.ts"
import { textOf } from "../body.ts"
import type { Quote } from "../dialogue/quote.ts"
import type { Body } from "../message.ts"
import type { PublicAnswer } from "../public-answer.ts"
import type { StoredEvent } from "./inbox.ts"

const LONGEST = 200

/** What a citizen's message answers to: a message of this conversation, or, of one that nobody here knows, what the platform quotes. */
export async function readQuote(db: Database, { said, accountId, conversationId }: StoredEvent): Promise<Quote | null> {
  if (said.type !== "message" || !said.replyTo) return null
  const { messageId, text = "" } = said.replyTo
  const own = await db.message.findFirst({ where: { conversationId, externalId: messageId, retractedAt: null }, select: { text: true } })
  if (own) return { text: shortened(own.text), procedure: null }
  const part = await db.sentPart.findUnique({ where: { accountId_messageId: { accountId, messageId } } })
  const row = part && (await db.outboxMessage.findFirst({ where: { id: part.outboxId, conversationId } }))
  if (!row) return text.trim() === "" ? null : { text: shortened(maskPersonalData(text).text), procedure: null }
  const [inboxEventId = ""] = row.idempotencyKey.split(":")
  const answer = await db.answer.findUnique({ where: { inboxEventId }, select: { body: true } })
  const { procedure } = (answer?.body ?? {}) as Partial<PublicAnswer>
  return { text: shortened(textOf((row.body as unknown as { body: Body }).body)), procedure: procedure?.code ?? null }
}

function shortened(text: string): string {
  const signs = Array.from(text.replace(/\s+/g, " ").trim())
  return signs.length > LONGEST ? `${signs.slice(0, LONGEST - 1).join("")}…` : signs.join("")
}
