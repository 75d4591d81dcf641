import type { Transaction } from "../../prisma/database.ts"
import { KNOWLEDGE_KINDS, type KnowledgeItem } from "../item.ts"
import { recordRelease } from "../releases.ts"
import { tellWithin, withdrawDemo } from "../store.ts"
import { planOf } from "./candidate.ts"
import { discardDraft, type Draft, type Hand } from "./drafts.ts"
import { storedRecord } from "./records.ts"

interface Publication extends Hand {
  /** Why it is published although a golden question is lost by it; null where none is. */
  readonly reason: string | null
}

/**
 * Publishes drafts as one release, as part of the caller's transaction, and returns its number; the drafts are gone. Null when
 * one of them is no longer what it was: the caller must then undo the transaction.
 */
export async function publishDraftsWithin(tx: Transaction, drafts: readonly Draft[], publication: Publication): Promise<number | null> {
  const { by, now, newId, reason } = publication
  const demo = new Set<Draft>()
  for (const draft of drafts) {
    const stored = await storedRecord(tx, draft.item)
    if (stored?.told && stored.demo) demo.add(draft)
    if (!(await discardDraft(tx, draft))) return null
  }
  const { changed, ownKinds } = planOf(drafts, (draft) => demo.has(draft))
  const options = { now, newId, importedFrom: `soạn thảo, ${by.name}`, byStaff: KNOWLEDGE_KINDS }
  const itemsOf = (isDemo: boolean): KnowledgeItem[] => changed.filter((record) => record.demo === isDemo).map(({ item }) => item)
  await tellWithin(tx, itemsOf(true), { ...options, demo: true })
  await tellWithin(tx, itemsOf(false), { ...options, demo: false })
  if (ownKinds.size > 0) await withdrawDemo(tx, { kind: { in: [...ownKinds] } }, now)
  for (const { item, withdraws } of drafts) {
    if (!withdraws) continue
    const where = { kind: item.kind, key: item.key }
    await tx.knowledgeRecord.updateMany({ where, data: { status: "withdrawn", updatedAt: now } })
  }
  return recordRelease(tx, { origin: "drafts", by: by.name, reason }, now)
}
