import type { Database, Transaction } from "../../prisma/database.ts"
import { createBatches } from "../queues/batches.ts"
import type { Row, RowState } from "./row.ts"

interface Change {
  readonly row: Row
  readonly data: Partial<Omit<Row, "id" | "body" | "state" | "sentAt">> & { readonly state: RowState }
  readonly messageIds: readonly string[]
}

/**
 * Writes down that a row is being sent, before it is. False when it was called off meanwhile: a human took the chat between
 * reading it and now. Rows that begin at the same time share a commit.
 */
export function createBegin(db: Database): (row: Row) => Promise<boolean> {
  const beginAll = createBatches(async (ids: readonly string[]) => {
    const where = { id: { in: [...ids] }, state: "pending" }
    const begun = await db.outboxMessage.updateManyAndReturn({ where, data: { state: "sending" }, select: { id: true } })
    const begunIds = new Set(begun.map(({ id }) => id))
    return ids.map((id) => begunIds.has(id))
  })
  return async ({ id }) => (await beginAll([id]))[0] ?? false
}

/** Writes down what became of a row and the platform's ids of its parts. Rows that are settled at the same time are written together. */
export function createSettle({ db, now }: { readonly db: Database; readonly now: () => Date }) {
  const writeAll = createBatches((changes: readonly Change[]) =>
    db.$transaction(async (tx) => {
      const at = now()
      for (const { ids, data } of alike(changes)) {
        const sent = data.state === "sent" ? { sentAt: at } : {}
        await tx.outboxMessage.updateMany({ where: { id: { in: ids } }, data: { ...data, ...sent } })
      }
      await keepParts(tx, changes, at)
      return changes
    }),
  )
  return async (row: Row, data: Change["data"], messageIds: readonly string[] = []) => {
    await writeAll([{ row, data, messageIds }])
    return data.state
  }
}

/** Most rows come to the same end: one statement for all of them. */
function alike(changes: readonly Change[]): Iterable<{ readonly ids: string[]; readonly data: Change["data"] }> {
  const groups = new Map<string, { ids: string[]; data: Change["data"] }>()
  for (const { row, data } of changes) {
    const key = JSON.stringify(data)
    const group = groups.get(key) ?? { ids: [], data }
    group.ids.push(row.id)
    groups.set(key, group)
  }
  return groups.values()
}

/** The platform's ids of what was sent; one that is known already (an echo was faster) stays as it is. */
async function keepParts(tx: Transaction, changes: readonly Change[], createdAt: Date): Promise<void> {
  const parts = new Map(
    changes.flatMap(({ row: { id: outboxId, accountId }, messageIds }) =>
      messageIds.map((messageId) => [partKey({ accountId, messageId }), { accountId, messageId, outboxId, createdAt }] as const),
    ),
  )
  if (parts.size === 0) return
  const ids = {
    accountId: { in: [...parts.values()].map((part) => part.accountId) },
    messageId: { in: [...parts.values()].map((part) => part.messageId) },
  }
  for (const known of await tx.sentPart.findMany({ where: ids, select: { accountId: true, messageId: true } })) parts.delete(partKey(known))
  if (parts.size > 0) await tx.sentPart.createMany({ data: [...parts.values()] })
}

const partKey = ({ accountId, messageId }: { readonly accountId: string; readonly messageId: string }) =>
  JSON.stringify([accountId, messageId])
