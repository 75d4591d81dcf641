import type { Transaction } from "../../prisma/database.ts"
import { EXPIRES_MS } from "./delivery.ts"

/**
 * Puts a message that was given up back among those that wait, with a day from now to be said; parts that were sent are not
 * sent again. False when it is not one that was given up. Whoever asks wakes the outbox once this is committed.
 */
export async function sendAgain(tx: Transaction, { id, now }: { readonly id: string; readonly now: Date }): Promise<boolean> {
  const where = { id, state: { in: ["failed", "unknown"] } }
  const expiresAt = new Date(now.getTime() + EXPIRES_MS)
  const data = { state: "pending", attempts: 0, notBefore: now, failure: null, expiresAt }
  return (await tx.outboxMessage.updateMany({ where, data })).count === 1
}
