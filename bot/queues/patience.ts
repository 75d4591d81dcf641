import type { Database } from "../../prisma/database.ts"
import { plainJson } from "../answer-record.ts"
import { bodyOf } from "../body.ts"
import type { Channel } from "../message.ts"
import type { ConversationTexts } from "../texts/conversation.ts"

interface Dependencies {
  readonly db: Database
  readonly texts: ConversationTexts
  readonly channel: (accountId: string) => Channel | undefined
  readonly outbox: { wake(conversation: Conversation): void }
  readonly now: () => Date
  readonly newId: () => string
}

interface Conversation {
  readonly conversationId: string
  readonly accountId: string
}

export interface Patience {
  /** Runs a task of a conversation and knows meanwhile that it is being worked on. */
  during<Result>(conversationId: string, task: () => Promise<Result>): Promise<Result>
  /** Something more arrived: who has waited for long is told once that the question before is still being looked up. */
  arrived(conversation: Conversation): Promise<void>
}

const LONG_MS = 3000

/** A kind word for citizens whose next question comes while the one before takes long (a model that is slow). */
export function createPatience({ db, texts, channel, outbox, now, newId }: Dependencies): Patience {
  const working = new Map<string, { since: number; told: boolean }>()
  return {
    async during(conversationId, task) {
      working.set(conversationId, { since: now().getTime(), told: false })
      return task().finally(() => working.delete(conversationId))
    },
    async arrived({ conversationId, accountId }) {
      const work = working.get(conversationId)
      const open = channel(accountId)
      // The web page shows by itself that the assistant is at work.
      if (!work || work.told || !open || open.resendIsHarmless || now().getTime() - work.since < LONG_MS) return
      work.told = true
      const conversation = await db.conversation.findUnique({ where: { id: conversationId }, select: { peerId: true, state: true } })
      if (!conversation || conversation.state !== "bot") return
      const id = newId()
      const row = {
        id,
        idempotencyKey: `patience:${id}`,
        accountId,
        peerId: conversation.peerId,
        conversationId,
        purpose: "reply",
        author: "bot",
      }
      const body = plainJson({ body: bodyOf(texts.patience), choices: [] })
      await db.outboxMessage.create({
        data: { ...row, body, state: "pending", attempts: 0, partsSent: 0, notBefore: now(), createdAt: now() },
      })
      outbox.wake({ conversationId, accountId })
    },
  }
}
