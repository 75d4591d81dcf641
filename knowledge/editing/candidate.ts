import type { Database } from "../../prisma/database.ts"
import type { KnowledgeBase } from "../base.ts"
import { mergeFile } from "../file-words.ts"
import type { KnowledgeItem, KnowledgeKind } from "../item.ts"
import { baseOf, readRelease, type ToldRecord, wordsBefore } from "../store.ts"
import type { Draft } from "./drafts.ts"

const nameOf = ({ item }: Pick<ToldRecord, "item">) => `${item.kind}:${item.key}`

/** What would be told if these drafts were published now. Its version is 0: nobody was ever answered from it. */
export async function candidateBase(db: Database, drafts: readonly Draft[]): Promise<KnowledgeBase> {
  const { home, records } = await readRelease(db)
  return baseOf(withDrafts(records, drafts), { version: 0, home })
}

/** What would be told if these records of a file were published now; `byStaff`: kinds that staff confirmed, told as they are given. */
export async function candidateOfFile(
  db: Database,
  items: readonly KnowledgeItem[],
  byStaff: readonly KnowledgeKind[],
): Promise<KnowledgeBase> {
  const { home, records } = await readRelease(db)
  const words = await wordsBefore(db, items)
  const told = items.map((item): ToldRecord => {
    const before = byStaff.includes(item.kind) ? undefined : words.get(nameOf({ item }))
    return { item: before ? mergeFile(item, before).item : item, demo: false, suspended: false }
  })
  return baseOf(withFile(records, told), { version: 0, home })
}

/** Records of the commune's own in their places; the demo's of the same kinds are gone. */
function withFile(live: readonly ToldRecord[], told: readonly ToldRecord[]): ToldRecord[] {
  const before = new Map(live.map((record) => [nameOf(record), record]))
  const [given, kinds] = [new Set(told.map(nameOf)), new Set(told.map(({ item }) => item.kind))]
  const kept = live.filter((record) => !given.has(nameOf(record)) && !(record.demo && kinds.has(record.item.kind)))
  return [...kept, ...told.map((record) => ({ ...record, suspended: before.get(nameOf(record))?.suspended ?? false }))]
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
