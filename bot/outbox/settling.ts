import type { Transaction } from "../../prisma/database.ts"
import { insertRows, updateRows } from "../../prisma/rows.ts"
import type { GroupCommit } from "../queues/group-commit.ts"
import type { Row, RowState } from "./row.ts"

interface Change {
  readonly row: Row
  readonly data: Partial<Omit<Row, "id" | "body" | "state" | "sentAt">> & { readonly state: RowState }
  readonly messageIds: readonly string[]
}

/**
 * Writes down that a row is being sent, before it is. False when it was called off meanwhile: a human took the chat between
 * reading it and now.
 */
export function createBegin(commits: GroupCommit): (row: Row) => Promise<boolean> {
  return commits.kind(async (tx, rows: readonly Row[]) => {
    const where = { id: { in: rows.map(({ id }) => id) }, state: "pending" }
    const begun = await tx.outboxMessage.updateManyAndReturn({ where, data: { state: "sending" }, select: { id: true } })
    const begunIds = new Set(begun.map(({ id }) => id))
    return rows.map(({ id }) => begunIds.has(id))
  })
}

/** Writes down what became of a row and the platform's ids of its parts; resolves to the state that the row is in then. */
export function createSettle({ commits, now }: { readonly commits: GroupCommit; readonly now: () => Date }) {
  const write = commits.kind(async (tx, changes: readonly Change[]) => {
    const at = now()
    const sent = (data: Change["data"]) => (data.state === "sent" ? { ...data, sentAt: at } : data)
    await updateRows(
      tx,
      "OutboxMessage",
      changes.map(({ row: { id }, data }) => ({ where: { id }, data: sent(data) })),
    )
    await keepParts(tx, changes, at)
    return changes.map(({ data }) => data.state)
  })
  return (row: Row, data: Change["data"], messageIds: readonly string[] = []) => write({ row, data, messageIds })
}

/** The platform's ids of what was sent; one that is known already (an echo was faster) stays as it is. */
async function keepParts(tx: Transaction, changes: readonly Change[], createdAt: Date): Promise<void> {
  const rows = changes.flatMap(({ row: { id: outboxId, accountId }, messageIds }) =>
    messageIds.map((messageId) => ({ accountId, messageId, outboxId, createdAt })),
  )
  await insertRows(tx, "SentPart", { rows, keepKnown: true })
}
