import type { Transaction } from "../../prisma/database.ts"

/** Lets a message go that was given up: staff have seen it, nobody says it any more. False when it is not one that was given up. */
export async function dismiss(tx: Transaction, id: string): Promise<boolean> {
  const where = { id, state: { in: ["failed", "unknown"] } }
  return (await tx.outboxMessage.updateMany({ where, data: { state: "cancelled", failure: "dismissed" } })).count === 1
}
