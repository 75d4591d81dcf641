import { type Draft, findDraft, fromRow } from "../../knowledge/editing/drafts.ts"
import { publishDraftsWithin } from "../../knowledge/editing/publish.ts"
import { storedRecord } from "../../knowledge/editing/records.ts"
import { releaseNumber, TRANSACTION } from "../../knowledge/store.ts"
import type { Database, Transaction } from "../../prisma/database.ts"
import { conflict, Refusal, wrongField } from "../api/refusal.ts"
import { type ApiRoute, read, write } from "../api/route.ts"
import { type CheckRow, publishCheck, readCheck, readWaiting, startCheck, type WaitingDraft } from "../contract/publishing.ts"
import type { Checks } from "../publishing/checks.ts"
import { differencesOf } from "../publishing/differences.ts"
import { changesFigures, needsAnother, othersWhoMay } from "../publishing/second-person.ts"
import { lostIn, storedCheck } from "../publishing/stored-check.ts"
import { publishingRefusals as texts } from "../publishing/texts.ts"
import { rowOf } from "./drafts.ts"

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
  return read(readCheck, async ({ actor }) => {
    const row = await db.publicationCheck.findFirst({ orderBy: [{ createdAt: "desc" }, { id: "desc" }] })
    if (!row) return { check: null }
    const progress = checks.progress(row.id)
    const check = storedCheck(row)
    // A running check that is in no hands was broken off by the end of the program.
    const state = check.state === "running" && !progress ? "failed" : check.state
    const closed = state === "done" ? await whyClosed(db, check, actor.id) : null
    return { check: { ...check, state, progress, closed: closed?.details.message ?? null } }
  })
}

type Stored = Pick<CheckRow, "drafts" | "release">

/** Why this person cannot publish from a check any more, or yet; null where they can. */
async function whyClosed(tx: Transaction, check: Stored, actorId: string): Promise<Refusal | null> {
  const found = await draftsOf(tx, check)
  return found instanceof Refusal ? found : await whyBarred(tx, found, actorId)
}

/** The drafts of a check, unless they or what is live are no longer what was checked. */
async function draftsOf(tx: Transaction, { drafts, release }: Stored): Promise<Draft[] | Refusal> {
  if (drafts.length === 0) return conflict(texts.nothing)
  if ((await releaseNumber(tx)) !== release) return conflict(texts.releaseChanged)
  const found: Draft[] = []
  for (const seen of drafts) {
    const draft = await findDraft(tx, seen)
    if (draft?.state !== "review") return conflict(texts.draftChanged)
    found.push(draft)
  }
  return found
}

async function whyBarred(tx: Transaction, drafts: readonly Draft[], actorId: string): Promise<Refusal | null> {
  for (const draft of drafts) {
    if (!(await needsAnother(tx, draft, actorId))) continue
    return new Refusal({ status: 403, code: "second_person", message: texts.secondPerson(await othersWhoMay(tx, draft)) })
  }
  return null
}

function starting({ db, checks }: PublishingDependencies): ApiRoute {
  return write(startCheck, {
    async prepare({ body, actor }) {
      const release = await releaseNumber(db)
      const drafts =
        body.drafts.length === 0 ? [] : await draftsOf(db, { drafts: body.drafts.map((seen) => ({ ...seen, name: "" })), release })
      if (drafts instanceof Refusal) throw drafts
      const id = await checks.start({ drafts, release, by: actor.name })
      if (id === null) throw conflict(texts.busy)
      return { id, drafts, release }
    },
    act: (_tx, _call, { id, drafts, release }) => {
      const details = { release, drafts: drafts.map(({ item }) => `${item.kind}:${item.key}`) }
      return Promise.resolve({ reply: { id }, log: { kind: "publication.checked", subject: `publication:${id}`, details } })
    },
  })
}

function publishing({ newId, onPublished }: PublishingDependencies): ApiRoute {
  return write(publishCheck, {
    patience: TRANSACTION,
    async act(tx, { params: { id }, body, actor, now }) {
      const row = await tx.publicationCheck.findUnique({ where: { id } })
      if (row?.state !== "done") throw conflict(texts.notReady)
      const check = storedCheck(row)
      const drafts = await draftsOf(tx, check)
      if (drafts instanceof Refusal) throw drafts
      const barred = await whyBarred(tx, drafts, actor.id)
      if (barred) throw barred
      const lost = lostIn(check)
      if (lost.length > 0 && body.reason.length < LEAST_REASON) throw wrongField("reason", texts.lost(lost.length))
      const reason = body.reason || null
      const release = await publishDraftsWithin(tx, drafts, { by: actor, now, newId, reason })
      if (release === null) throw conflict(texts.draftChanged)
      await tx.publicationCheck.update({ where: { id }, data: { state: "published", updatedAt: now } })
      const details = { release, reason, lost, drafts: drafts.map(({ item }) => `${item.kind}:${item.key}`) }
      return { reply: { release }, log: { kind: "publication.published", subject: `release:${release}`, details }, afterwards: onPublished }
    },
  })
}
