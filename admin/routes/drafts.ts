import {
  discardDraft,
  type Draft,
  type DraftSeen,
  draftOf,
  findDraft,
  fromRow,
  moveDraft,
  type Saved,
  saveDraft,
} from "../../knowledge/editing/drafts.ts"
import { figureFaults } from "../../knowledge/editing/figures.ts"
import { storedRecord } from "../../knowledge/editing/records.ts"
import type { KnowledgeItem } from "../../knowledge/item.ts"
import type { Database, JsonObject, Transaction } from "../../prisma/database.ts"
import { pageOfQuery } from "../api/page.ts"
import { conflict, Refusal } from "../api/refusal.ts"
import { type ApiRoute, type AuditNote, read, unlogged, write } from "../api/route.ts"
import { discardRecordDraft, type DraftRow, listDrafts, readRecord, returnDraft, saveRecordDraft, submitDraft } from "../contract/drafts.ts"
import { refusals } from "../texts.ts"

export interface DraftDependencies {
  readonly db: Database
  readonly newId: () => string
}

/** Records in preparation: writing, throwing away, handing on and back. Publishing is another matter. */
export const draftRoutes = (dependencies: DraftDependencies): ApiRoute[] => [
  ...looking(dependencies),
  saving(dependencies),
  discarding(),
  ...moving(),
]

function looking({ db }: DraftDependencies): ApiRoute[] {
  return [
    read(readRecord, async ({ params }) => {
      const [stored, draft] = [await storedRecord(db, params), await draftOf(db, params)]
      const live = stored && { body: { ...stored.item.body }, version: stored.version, told: stored.told, demo: stored.demo }
      return { live, draft: draft && { ...rowOf(draft), body: { ...draft.item.body } } }
    }),
    read(listDrafts, async ({ query }) => {
      const { q, state, kind } = query
      const where = { ...(state ? { state } : {}), ...(kind ? { kind } : {}), ...(q ? { key: { contains: q } } : {}) }
      const rows = await db.knowledgeDraft.findMany({ where, ...pageOfQuery(query) })
      return { total: await db.knowledgeDraft.count({ where }), rows: rows.map((row) => rowOf(fromRow(row))) }
    }),
  ]
}

/** A draft as a list shows it. */
export const rowOf = ({ item, baseVersion, changedBy, updatedAt, ...draft }: Draft): DraftRow => ({
  ...{ id: draft.id, kind: item.kind, key: item.key, name: nameOf(item), state: draft.state, withdraws: draft.withdraws },
  ...{ isNew: baseVersion === null, note: draft.note, version: draft.version, changedBy: changedBy.name },
  updatedAt: updatedAt.toISOString(),
})

/** What people call the record. */
export const nameOf = ({ kind, body }: KnowledgeItem): string => (kind === "procedure" ? body.name : body.title)

/** Names a draft in the audit log. */
const subjectOf = ({ item }: Draft) => `${item.kind}:${item.key}`

function saving({ newId }: DraftDependencies): ApiRoute {
  return write(saveRecordDraft, {
    async act(tx, { body: change, actor, now }) {
      const draft = keptDraft(await saveDraft(tx, change, { by: actor, now, newId }))
      const wrong = draft ? figureFaults((await storedRecord(tx, draft.item))?.item ?? null, draft.item) : {}
      // Thrown, it undoes what was kept.
      if (Object.keys(wrong).length > 0) throw faulty(wrong)
      if (!draft) return { reply: { draft: null }, log: unlogged("nothing differs from what is told") }
      return { reply: { draft: rowOf(draft) }, log: savedNote(draft) }
    },
  })
}

/** The draft that was kept; null when citizens are told exactly this already. Throws what the person must be told. */
export function keptDraft(saved: Saved): Draft | null {
  if (saved.outcome === "overtaken") throw conflict(refusals.overtaken)
  if (saved.outcome === "faulty") throw faulty(saved.faults)
  return saved.outcome === "unchanged" ? null : saved.draft
}

/** The whole wording: an auditor can tell who wrote which figure, even of a draft that was thrown away. */
export function savedNote(draft: Draft): AuditNote {
  const { version, withdraws, note, item } = draft
  const details = { version, withdraws, note, body: { ...item.body } as unknown as JsonObject }
  return { kind: "draft.saved", subject: subjectOf(draft), details }
}

/** A record that cannot be kept, with what is wrong by field. */
export const faulty = (fields: Readonly<Record<string, string>>): Refusal =>
  new Refusal({ status: 400, code: "invalid_input", message: refusals.invalid, fields })

function discarding(): ApiRoute {
  return write(discardRecordDraft, {
    async act(tx, { params }) {
      const draft = await seenDraft(tx, params)
      await discardDraft(tx, params)
      return { reply: {}, log: { kind: "draft.discarded", subject: subjectOf(draft), details: { version: draft.version } } }
    },
  })
}

function moving(): ApiRoute[] {
  return [
    write(submitDraft, {
      async act(tx, { params: { id }, body: { version }, now }) {
        const draft = await seenDraft(tx, { id, version })
        await moveDraft(tx, { id, version }, { to: "review", now })
        return { reply: {}, log: { kind: "draft.submitted", subject: subjectOf(draft), details: { version } } }
      },
    }),
    write(returnDraft, {
      async act(tx, { params: { id }, body: { version, note }, now }) {
        const draft = await seenDraft(tx, { id, version })
        await moveDraft(tx, { id, version }, { to: "editing", note, now })
        return { reply: {}, log: { kind: "draft.returned", subject: subjectOf(draft), details: { version, note } } }
      },
    }),
  ]
}

/** The draft as the person saw it. Throws when somebody was quicker. */
async function seenDraft(tx: Transaction, seen: DraftSeen): Promise<Draft> {
  const draft = await findDraft(tx, seen)
  if (!draft) throw conflict(refusals.overtaken)
  return draft
}
