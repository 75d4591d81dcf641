import { NotFoundError } from "../errors.ts"
import type { Database } from "../prisma/database.ts"
import { appendEvidence, pseudonym } from "../prisma/evidence.ts"
import { channelOf, type Peer } from "./message.ts"

export interface Feedback {
  readonly peer: Peer
  readonly answerId: string
  readonly verdict: "right" | "wrong"
}

interface Dependencies {
  readonly db: Database
  readonly now: () => Date
  readonly newId: () => string
  readonly pseudonymKey: string
}

/** Keeps a citizen's last word on an answer of their own conversation; throws a NotFoundError for any other answer. */
export function createGiveFeedback({ db, now, newId, pseudonymKey }: Dependencies): (feedback: Feedback) => Promise<void> {
  return ({ peer, answerId, verdict }) =>
    db.$transaction(async (tx) => {
      const conversation = { accountId: peer.accountId, peerId: peer.peerId }
      const answer = await tx.answer.findFirst({ where: { id: answerId, conversation }, select: { id: true } })
      if (!answer) throw new NotFoundError(`No answer ${answerId} in this conversation`)
      const createdAt = now()
      await tx.answerFeedback.upsert({
        where: { answerId },
        create: { id: newId(), answerId, verdict, createdAt },
        update: { verdict, createdAt },
      })
      const citizen = pseudonym(pseudonymKey, `${peer.accountId}:${peer.peerId}`)
      const body = { answerId, verdict, channel: channelOf(peer.accountId), citizen }
      await appendEvidence(tx, { at: createdAt, kind: "feedback", body })
    })
}
