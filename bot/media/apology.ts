import { type Database, isUniqueViolation } from "../../prisma/database.ts"
import { plainJson } from "../answer-record.ts"
import { bodyOf } from "../body.ts"
import { isHeld, readState } from "../conversation-state.ts"
import { storedAuthor } from "../outbox/row.ts"

interface Dependencies {
  readonly db: Database
  readonly now: () => Date
  readonly newId: () => string
  /** Something was written for this conversation. */
  readonly wake: (conversation: { readonly conversationId: string; readonly accountId: string }) => void
}

/** The file that failed: where it came from, and what it belongs to. */
export interface Failed {
  readonly conversationId: string
  readonly accountId: string
  readonly inboxEventId: string
  readonly albumKey: string | null
}

/** Tells a citizen that a file was not kept: once for a message or album, and not while a human holds the chat. */
export function createApologise({ db, now, newId, wake }: Dependencies): (failed: Failed, text: string) => Promise<void> {
  const write = async ({ conversationId, accountId, inboxEventId, albumKey }: Failed, text: string) =>
    db.$transaction(async (tx) => {
      const conversation = await tx.conversation.findUnique({ where: { id: conversationId } })
      if (!conversation || isHeld(readState(conversation.state)) || conversation.unreachable !== null) return false
      // After everything that was said: the web page reads on from the last message that it knows.
      const createdAt = new Date(Math.max(now().getTime(), conversation.updatedAt.getTime() + 1))
      const idempotencyKey = `media:${albumKey === null ? inboxEventId : `${conversationId}:${albumKey}`}`
      const to = { accountId, peerId: conversation.peerId, conversationId }
      const row = { ...to, idempotencyKey, purpose: "reply", author: storedAuthor({ kind: "bot" }), notBefore: now(), createdAt }
      const body = plainJson({ body: bodyOf(text), choices: [] })
      await tx.outboxMessage.create({ data: { id: newId(), ...row, body, state: "pending", attempts: 0, partsSent: 0 } })
      await tx.message.create({ data: { id: newId(), conversationId, direction: "out", text, createdAt } })
      await tx.conversation.update({ where: { id: conversationId }, data: { updatedAt: createdAt } })
      return true
    })
  return async (failed, text) => {
    const written = await write(failed, text).catch((error: unknown) => {
      if (isUniqueViolation(error)) return false
      throw error
    })
    if (written) wake(failed)
  }
}
