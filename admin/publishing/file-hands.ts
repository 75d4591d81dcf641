import { secondPersons, touchesFigures } from "../../knowledge/editing/figures.ts"
import type { KnowledgeItem } from "../../knowledge/item.ts"
import { wordsBefore } from "../../knowledge/store.ts"
import type { Transaction } from "../../prisma/database.ts"
import { publishersOf } from "./second-person.ts"

/** True when records of a file change a fee or a time limit that is told, or tell one for the first time. */
async function filesFigures(tx: Transaction, items: readonly KnowledgeItem[]): Promise<boolean> {
  const words = await wordsBefore(tx, items)
  return items.some((item) => touchesFigures(words.get(`${item.kind}:${item.key}`)?.ours ?? null, item))
}

/**
 * The members of staff who alone may publish this file, because it touches figures and they had no hand in it; null where
 * everybody may who publishes. Whose hands were on a file, the audit chain knows; on one from the watched folder, nobody's.
 */
export async function secondForFile(
  tx: Transaction,
  { fileId, items }: { readonly fileId: string; readonly items: readonly KnowledgeItem[] },
): Promise<readonly string[] | null> {
  if (!(await filesFigures(tx, items))) return null
  const acts = await tx.auditEntry.findMany({
    where: { subject: `document:${fileId}`, kind: { in: ["document.added", "document.page_corrected", "document.confirmed"] } },
    orderBy: { seq: "asc" },
    select: { actorId: true },
  })
  const [first, last] = [acts[0], acts.at(-1)]
  return first && last ? secondPersons({ createdBy: first.actorId, changedBy: { id: last.actorId } }, await publishersOf(tx)) : null
}
