import type { JsonObject, Transaction } from "../../prisma/database.ts"
import { digestOf, type KnowledgeItem, type KnowledgeKind } from "../item.ts"
import { checkRecord, type Checked, checkWritten, storedRecord, type RecordName } from "./records.ts"

export const DRAFT_STATES = ["editing", "review"] as const
export type DraftState = (typeof DRAFT_STATES)[number]

/** A record as somebody wants it told. Nothing of it reaches a citizen before it is published. */
export interface Draft {
  readonly id: string
  readonly item: KnowledgeItem
  /** The wording that it was begun from; null where the record is new. */
  readonly baseVersion: number | null
  /** The record shall be told no more; `item` is what was told last. */
  readonly withdraws: boolean
  /** Why, in the editor's words. */
  readonly note: string
  readonly state: DraftState
  readonly version: number
  readonly createdBy: string
  /** Whose hand was the last on it: who may not be the second person. */
  readonly changedBy: { readonly id: string; readonly name: string }
  readonly updatedAt: Date
}

/** Who does something, when, and where a new id comes from. */
export interface Hand {
  readonly by: { readonly id: string; readonly name: string }
  readonly now: Date
  readonly newId: () => string
}

export interface Change {
  readonly kind: KnowledgeKind
  readonly body: unknown
  readonly withdraws?: boolean
  readonly note?: string
  /** The draft's version that the person saw; null when there was none. */
  readonly seen: number | null
}

/** `overtaken`: somebody else was quicker. `unchanged`: citizens are told exactly this already, so the draft is gone. */
export type Saved =
  | { readonly outcome: "saved"; readonly draft: Draft }
  | { readonly outcome: "unchanged" }
  | { readonly outcome: "overtaken" }
  | { readonly outcome: "faulty"; readonly faults: Extract<Checked, { ok: false }>["faults"] }

/** Keeps a record as it shall be told, in the place of what was drafted before; a draft under review is in work again. */
export async function saveDraft(tx: Transaction, change: Change, hand: Hand): Promise<Saved> {
  const { kind, withdraws = false, note = "", seen } = change
  const result = withdraws ? checkRecord(kind, change.body) : checkWritten(kind, change.body)
  if (!result.ok) return { outcome: "faulty", faults: result.faults }
  const { item } = result
  const before = await draftOf(tx, item)
  if ((before?.version ?? null) !== seen) return { outcome: "overtaken" }
  const stored = await storedRecord(tx, item)
  if (!withdraws && stored?.told && digestOf(stored.item) === digestOf(item)) {
    if (before) await tx.knowledgeDraft.delete({ where: { id: before.id } })
    return { outcome: "unchanged" }
  }
  const { by, now, newId } = hand
  const state = {
    ...{ body: item.body as unknown as JsonObject, withdraws, note, state: "editing" },
    ...{ version: (before?.version ?? 0) + 1, changedBy: by.id, changedByName: by.name, updatedAt: now },
  }
  const baseVersion = stored?.version ?? null
  const row = before
    ? await tx.knowledgeDraft.update({ where: { id: before.id }, data: state })
    : await tx.knowledgeDraft.create({
        data: { id: newId(), kind, key: item.key, baseVersion, createdBy: by.id, createdAt: now, ...state },
      })
  return { outcome: "saved", draft: fromRow(row) }
}

/** The draft of this record, if somebody prepares one. */
export async function draftOf(tx: Transaction, { kind, key }: RecordName): Promise<Draft | null> {
  const row = await tx.knowledgeDraft.findUnique({ where: { kind_key: { kind, key } } })
  return row && fromRow(row)
}

/** The draft with this id, if it is still there in this version. */
export async function findDraft(tx: Transaction, { id, version }: DraftSeen): Promise<Draft | null> {
  const row = await tx.knowledgeDraft.findUnique({ where: { id } })
  return row?.version === version ? fromRow(row) : null
}

/** A draft as a person saw it. */
export interface DraftSeen {
  readonly id: string
  readonly version: number
}

/** Throws the draft away; false when it is no longer what the person saw. */
export async function discardDraft(tx: Transaction, { id, version }: DraftSeen): Promise<boolean> {
  const { count } = await tx.knowledgeDraft.deleteMany({ where: { id, version } })
  return count > 0
}

/** Hands the draft on for review, or back for more work with a reason; false when it is no longer what the person saw. */
export async function moveDraft(
  tx: Transaction,
  { id, version }: DraftSeen,
  move: { readonly to: DraftState; readonly note?: string; readonly now: Date },
): Promise<boolean> {
  const data = { state: move.to, updatedAt: move.now, version: version + 1, ...(move.note === undefined ? {} : { note: move.note }) }
  const { count } = await tx.knowledgeDraft.updateMany({ where: { id, version }, data })
  return count > 0
}

type Row = Awaited<ReturnType<Transaction["knowledgeDraft"]["findUniqueOrThrow"]>>

/** A stored draft. It was checked when it was kept, and is checked again because programs change. */
export function fromRow({ kind, key, body, state, changedBy, changedByName, ...row }: Row): Draft {
  const result = checkRecord(kind as KnowledgeKind, body)
  if (!result.ok) throw new Error(`the draft of ${kind}:${key} was stored with faults: ${Object.keys(result.faults).join(", ")}`)
  return {
    ...{ id: row.id, baseVersion: row.baseVersion, withdraws: row.withdraws, note: row.note, version: row.version },
    ...{ createdBy: row.createdBy, updatedAt: row.updatedAt, changedBy: { id: changedBy, name: changedByName } },
    item: { ...result.item, key },
    state: state as DraftState,
  }
}
