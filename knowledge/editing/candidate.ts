import type { Database } from "../../prisma/database.ts"
import type { KnowledgeBase } from "../base.ts"
import type { KnowledgeKind } from "../item.ts"
import { baseOf, readRelease, type ToldRecord } from "../store.ts"
import type { Draft } from "./drafts.ts"

const nameOf = ({ item }: Pick<ToldRecord, "item">) => `${item.kind}:${item.key}`

/** What would be told if these drafts were published now. Its version is 0: nobody was ever answered from it. */
export async function candidateBase(db: Database, drafts: readonly Draft[]): Promise<KnowledgeBase> {
  const { home, records } = await readRelease(db)
  return baseOf(withDrafts(records, drafts), { version: 0, home })
}

/** Records as they would be told with the drafts in their places: changed, new, told no more. */
export function withDrafts(live: readonly ToldRecord[], drafts: readonly Draft[]): ToldRecord[] {
  const before = new Map(live.map((record) => [nameOf(record), record]))
  const { changed, ownKinds } = planOf(drafts, (draft) => before.get(nameOf(draft))?.demo === true)
  const drafted = new Set(drafts.map(nameOf))
  const kept = live.filter((record) => !drafted.has(nameOf(record)) && !(record.demo && ownKinds.has(record.item.kind)))
  const told = changed.filter(({ item, demo }) => !(demo && ownKinds.has(item.kind)))
  return [...kept, ...told.map((record) => ({ ...record, suspended: before.get(nameOf(record))?.suspended ?? false }))]
}

/**
 * What becomes of drafts. A demo record that was changed is demo still, so that trying things out takes nothing away; a record
 * of the commune's own ends the demo of its kind, as an import does: half a demo would mislead.
 */
export function planOf(
  drafts: readonly Draft[],
  isDemo: (draft: Draft) => boolean,
): { readonly changed: readonly Omit<ToldRecord, "suspended">[]; readonly ownKinds: ReadonlySet<KnowledgeKind> } {
  const changed = drafts.filter(({ withdraws }) => !withdraws).map((draft) => ({ item: draft.item, demo: isDemo(draft) }))
  return { changed, ownKinds: new Set(changed.flatMap(({ item, demo }) => (demo ? [] : [item.kind]))) }
}
