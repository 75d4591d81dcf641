import type { Transaction } from "../../prisma/database.ts"
import type { KnowledgeBase } from "../base.ts"
import { type Before, mergeFile } from "../file-words.ts"
import type { KnowledgeItem } from "../item.ts"
import type { Procedure } from "../procedure.ts"
import { type Difference, differencesOf } from "./differences.ts"
import { draftOf, type DraftState, type Hand, moveDraft, saveDraft } from "./drafts.ts"

export const IMPORT_CHANGES = ["new", "changed", "gone", "same"] as const
export type ImportChange = (typeof IMPORT_CHANGES)[number]

/** What a file would make of one procedure. */
export interface ImportEntry {
  readonly code: string
  readonly change: ImportChange
  /** As the file would have it told; of what is gone, as it is told now. */
  readonly procedure: Procedure
  readonly differences: readonly Difference[]
}

/**
 * Compares a file's procedures with what is told. Gone are told procedures, not the demo's, of a field (lĩnh vực) which the file
 * has others of: a file of one field says nothing of the other fields. `words`: what was known of each record before, by "kind:key".
 */
export function planImport(
  items: readonly KnowledgeItem[],
  base: Pick<KnowledgeBase, "procedures" | "demoKinds">,
  words: ReadonlyMap<string, Before>,
): ImportEntry[] {
  const told = new Map(base.procedures.map((procedure) => [procedure.code, procedure]))
  const given = items.flatMap((item) => (item.kind === "procedure" ? [item.body] : []))
  const entries = items.flatMap((item) => {
    const before = words.get(`${item.kind}:${item.key}`)
    const next = before ? mergeFile(item, before).item : item
    return next.kind === "procedure" ? [entryOf(next.body, told.get(next.key))] : []
  })
  const codes = new Set(given.map(({ code }) => code))
  const fields = new Set(given.flatMap(({ field }) => (field === "" ? [] : [field])))
  const gone = base.demoKinds.has("procedure") ? [] : base.procedures.filter(({ code, field }) => !codes.has(code) && fields.has(field))
  return [...entries, ...gone.map((procedure): ImportEntry => ({ code: procedure.code, change: "gone", procedure, differences: [] }))]
}

function entryOf(procedure: Procedure, before: Procedure | undefined): ImportEntry {
  const { code } = procedure
  if (!before) return { code, change: "new", procedure, differences: [] }
  const differences = differencesOf(before, procedure)
  return { code, change: differences.length === 0 ? "same" : "changed", procedure, differences }
}

interface Making {
  readonly state: DraftState
  readonly note: string
  readonly hand: Hand
  readonly onProgress: (done: number) => void
}

/** Makes a draft of each entry, in the place of a draft that is there. What is told exactly so already makes none. */
export async function draftImport(tx: Transaction, entries: readonly ImportEntry[], making: Making): Promise<{ drafted: number }> {
  const { state, note, hand, onProgress } = making
  let drafted = 0
  for (const [i, { code, change, procedure }] of entries.entries()) {
    const before = await draftOf(tx, { kind: "procedure", key: code })
    const withdraws = change === "gone"
    const saved = await saveDraft(tx, { kind: "procedure", body: procedure, withdraws, note, seen: before?.version ?? null }, hand)
    if (saved.outcome === "saved") {
      drafted++
      const { id, version } = saved.draft
      if (state === "review") await moveDraft(tx, { id, version }, { to: "review", now: hand.now })
    }
    onProgress(i + 1)
  }
  return { drafted }
}
