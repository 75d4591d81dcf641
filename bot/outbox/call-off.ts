import type { Transaction } from "../../prisma/database.ts"

interface CallOff {
  readonly conversationId: string
  /** Why, for staff: "held", "blocked" … */
  readonly why: string
  /** Only what this author was to say. */
  readonly author?: "bot"
}

/** Nothing that still waits to be said in a conversation is said any more. What is on its way already cannot be held back. */
export async function callOff(tx: Transaction, { conversationId, why, author }: CallOff): Promise<void> {
  const where = { conversationId, state: "pending", ...(author ? { author } : {}) }
  await tx.outboxMessage.updateMany({ where, data: { state: "cancelled", failure: why } })
}

/** Nothing that still waits on an account is said any more; tells how many messages that was. */
export async function callOffAccount(tx: Transaction, { accountId, why }: { accountId: string; why: string }): Promise<number> {
  const data = { state: "cancelled", failure: why }
  return (await tx.outboxMessage.updateMany({ where: { accountId, state: "pending" }, data })).count
}
