import { type Draft, fromRow } from "../../knowledge/editing/drafts.ts"
import { storedRecord } from "../../knowledge/editing/records.ts"
import { releaseNumber, TRANSACTION } from "../../knowledge/store.ts"
import type { Database, Transaction } from "../../prisma/database.ts"
import { conflict, Refusal, wrongField } from "../api/refusal.ts"
import { type ApiRoute, read, write } from "../api/route.ts"
import { publishCheck, readCheck, readWaiting, startCheck, type WaitingDraft } from "../contract/publishing.ts"
import type { Checks } from "../publishing/checks.ts"
import { differencesOf } from "../publishing/differences.ts"
import { changesFigures, needsAnother, othersWhoMay } from "../publishing/second-person.ts"
import { lostIn, storedCheck } from "../publishing/stored-check.ts"
import { subjectOf } from "../publishing/subjects.ts"
import { publishingRefusals as texts } from "../publishing/texts.ts"
import { nameOf, rowOf } from "./drafts.ts"

export interface PublishingDependencies {
  readonly db: Database
  readonly newId: () => string
  readonly checks: Pick<Checks, "start" | "progress">
  /** Brings what was just published before the citizens. */
  readonly onPublished: () => Promise<void>
}

/** From drafts under review to what citizens are told: looked through, tried out, published as one release. */
export const publishingRoutes = (dependencies: PublishingDependencies): ApiRoute[] => [
  waiting(dependencies),
  checking(dependencies),
  starting(dependencies),
  publishing(dependencies),
]

const SHOWN = 200
/** Shorter reasons explain nothing to whoever reads them a year later. */
const LEAST_REASON = 10

function waiting({ db }: PublishingDependencies): ApiRoute {
  return read(readWaiting, async ({ actor }) => {
    const where = { state: "review" }
    const rows = await db.knowledgeDraft.findMany({ where, orderBy: [{ updatedAt: "asc" }, { id: "asc" }], take: SHOWN })
    const drafts: WaitingDraft[] = []
    for (const row of rows) drafts.push(await waitingOf(db, fromRow(row), actor.id))
    return { drafts, more: (await db.knowledgeDraft.count({ where })) - rows.length }
  })
}

async function waitingOf(db: Database, draft: Draft, actorId: string): Promise<WaitingDraft> {
  const stored = await storedRecord(db, draft.item)
  const told = stored?.told ? stored.item : null
  return {
    ...rowOf(draft),
    differences: differencesOf(told, draft.withdraws ? null : draft.item),
    figures: await changesFigures(db, draft),
    outdated: draft.baseVersion !== (stored?.version ?? null),
    barred: (await needsAnother(db, draft, actorId)) ? texts.secondPerson(await othersWhoMay(db, draft)) : null,
  }
}

function checking({ db, checks }: PublishingDependencies): ApiRoute {
  return read(readCheck, async ({ query: { file }, actor }) => {
    const where = { fileId: file || null }
    const row = await db.publicationCheck.findFirst({ where, orderBy: [{ createdAt: "desc" }, { id: "desc" }] })
    if (!row) return { check: null }
    const progress = checks.progress(row.id)
    const check = storedCheck(row)
    // The start of the program does broken checks once more: one that is in no hands now is another process's, or failed.
    const state = check.state === "running" && !progress ? "failed" : check.state
    const closed = state === "done" ? await whyClosed(db, check, actor.id) : null
    return { check: { ...check, state, progress, closed: closed?.details.message ?? null } }
  })
}

/** Why this person cannot publish from a check any more, or yet; null where they can. */
async function whyClosed(tx: Transaction, check: Parameters<typeof subjectOf>[1], actorId: string): Promise<Refusal | null> {
  const subject = await subjectOf(tx, check)
  return subject instanceof Refusal ? subject : subject.barred(tx, actorId)
}

function starting({ db, checks }: PublishingDependencies): ApiRoute {
  return write(startCheck, {
    async prepare({ body, actor }) {
      const release = await releaseNumber(db)
      const order = { drafts: body.drafts.map((seen) => ({ ...seen, name: "" })), file: body.file, release, by: actor.name }
      if (body.file || body.drafts.length > 0) {
        const subject = await subjectOf(db, order)
        if (subject instanceof Refusal) throw subject
      }
      const drafts = await named(db, order.drafts)
      const id = await checks.start({ ...order, drafts })
      if (id === null) throw conflict(texts.busy)
      return { id, release, of: [...drafts.map(({ record }) => record), ...(body.file ? [`document:${body.file.id}`] : [])] }
    },
    act: (_tx, _call, { id, release, of }) => {
      const details = { release, drafts: of }
      return Promise.resolve({ reply: { id }, log: { kind: "publication.checked", subject: `publication:${id}`, details } })
    },
  })
}

async function named(db: Database, drafts: readonly { readonly id: string; readonly version: number }[]) {
  const rows = await db.knowledgeDraft.findMany({ where: { id: { in: drafts.map(({ id }) => id) } } })
  const items = new Map(rows.map((row) => [row.id, fromRow(row).item]))
  return drafts.flatMap(({ id, version }) => {
    const item = items.get(id)
    return item ? [{ id, version, name: nameOf(item), record: `${item.kind}:${item.key}` }] : []
  })
}

function publishing({ newId, onPublished }: PublishingDependencies): ApiRoute {
  return write(publishCheck, {
    patience: TRANSACTION,
    async act(tx, { params: { id }, body, actor, now }) {
      const row = await tx.publicationCheck.findUnique({ where: { id } })
      if (row?.state !== "done") throw conflict(texts.notReady)
      const check = storedCheck(row)
      const subject = await subjectOf(tx, check)
      if (subject instanceof Refusal) throw subject
      const barred = await subject.barred(tx, actor.id)
      if (barred) throw barred
      const lost = lostIn(check)
      if (lost.length > 0 && body.reason.length < LEAST_REASON) throw wrongField("reason", texts.lost(lost.length))
      const reason = body.reason || null
      const { release, log } = await subject.publish(tx, { actor, now, newId, reason })
      await tx.publicationCheck.update({ where: { id }, data: { state: "published", updatedAt: now } })
      return { reply: { release }, log: { ...log, details: { ...log.details, release, reason, lost } }, afterwards: onPublished }
    },
  })
}
