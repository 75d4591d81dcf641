import { newId } from "../support/house.ts"
import type { StaffSite } from "./staff-site.ts"

interface Unsent {
  readonly accountId?: string
  readonly state?: string
  readonly failure: string | null
  readonly text?: string
}

/** A message that the outbox gave up, to a citizen of its own. */
export async function unsent({ db, clock }: Pick<StaffSite, "db" | "clock">, given: Unsent): Promise<string> {
  const { accountId = "telegram:5150", state = "failed", failure, text = "Kính gửi ông/bà" } = given
  const [id, conversationId, createdAt] = [newId(), newId(), clock.now()]
  const peer = { accountId, peerId: String(1000 + (people += 1)) }
  await db.conversation.create({ data: { id: conversationId, ...peer, version: 1, context: {}, createdAt, updatedAt: createdAt } })
  await db.outboxMessage.create({
    data: {
      ...{ id, idempotencyKey: id, ...peer, conversationId, purpose: "reply", author: "bot", state, failure, createdAt },
      ...{ body: { body: [[{ text }]], choices: [] }, attempts: 1, partsSent: 0, notBefore: createdAt },
    },
  })
  return id
}

let people = 0
