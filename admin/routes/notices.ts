import type { z } from "zod"
import { HOLIDAY_LAW, lawHolidays } from "../../knowledge/calendar/law.ts"
import { type Draft, fromRow } from "../../knowledge/editing/drafts.ts"
import { checkRecord } from "../../knowledge/editing/records.ts"
import { holding } from "../../knowledge/editing/search-text.ts"
import { type KnowledgeBase, makeBase } from "../../knowledge/base.ts"
import { documentItem, type KnowledgeItem, noticeItem, procedureItem } from "../../knowledge/item.ts"
import type { Notice } from "../../knowledge/notice.ts"
import { unmarked } from "../../knowledge/quality/spelling.ts"
import type { Database } from "../../prisma/database.ts"
import type { Trial } from "../../rag/explain.ts"
import { type ApiRoute, read } from "../api/route.ts"
import { lawDays, listNotices, NOTICE_KINDS, type NoticeRow, previewNotice } from "../contract/notices.ts"
import { faulty, rowOf } from "./drafts.ts"

export interface NoticeDependencies {
  readonly db: Database
  /** What citizens are answered from now. */
  readonly toldBase: () => KnowledgeBase
  readonly aside: Trial
}

/** Public notices: what is told and prepared, and what preparing them takes. Keeping and publishing are the drafts' matter. */
export const noticeRoutes = (dependencies: NoticeDependencies): ApiRoute[] => [
  listing(dependencies),
  read(lawDays, ({ params }) => Promise.resolve({ source: HOLIDAY_LAW, days: lawHolidays(params.year) })),
  previewing(dependencies),
]

function listing({ db, toldBase }: NoticeDependencies): ApiRoute {
  return read(listNotices, async ({ query }) => {
    const { page, size } = query
    const rows = (await allRows(db, toldBase())).filter(wanted(query)).sort(inOrder(query))
    return { total: rows.length, rows: rows.slice((page - 1) * size, page * size) }
  })
}

/** What is told, and what is prepared beside it: a commune has a few hundred at most, so they are looked through here. */
async function allRows(db: Database, { notices, demoKinds }: KnowledgeBase): Promise<NoticeRow[]> {
  const drafts = new Map(
    (await db.knowledgeDraft.findMany({ where: { kind: "notice" } })).map(fromRow).map((draft) => [draft.item.key, draft]),
  )
  const demo = demoKinds.has("notice")
  const told = notices.map((notice) => rowFor(notice, { told: true, demo, draft: drafts.get(notice.id) ?? null }))
  const prepared = [...drafts.values()].filter(({ item }) => !notices.some(({ id }) => id === item.key))
  return [...told, ...prepared.flatMap((draft) => newRow(draft.item, draft))]
}

type Listing = z.infer<typeof listNotices.query>

function wanted({ q, kind, show, key }: Listing): (row: NoticeRow) => boolean {
  const holds = holding(q)
  return (row) =>
    (kind === "" || row.kind === kind) &&
    (key === "" || row.key === key) &&
    (show === "" || (show === "told" ? row.told : row.draft !== null)) &&
    holds(unmarked(`${row.title}\n${row.text}`))
}

/** By kind as the page tells them, or by title; what is equal by title and key, or pages would overlap. */
function inOrder({ sort }: Listing): (a: NoticeRow, b: NoticeRow) => number {
  const place = ({ kind }: NoticeRow) => NOTICE_KINDS.findIndex((one) => one === kind)
  const byTitle = (a: NoticeRow, b: NoticeRow) => a.title.localeCompare(b.title, "vi") || a.key.localeCompare(b.key)
  const sign = sort.startsWith("-") ? -1 : 1
  return (a, b) => sign * ((sort.endsWith("kind") ? place(a) - place(b) : 0) || byTitle(a, b))
}

const rowFor = ({ id, kind, title, text }: Notice, about: { told: boolean; demo: boolean; draft: Draft | null }): NoticeRow => ({
  ...{ key: id, kind, title, text, told: about.told, demo: about.demo },
  draft: about.draft && rowOf(about.draft),
})

const newRow = (item: KnowledgeItem, draft: Draft): NoticeRow[] =>
  item.kind === "notice" ? [rowFor(item.body, { told: false, demo: false, draft })] : []

function previewing({ toldBase, aside }: NoticeDependencies): ApiRoute {
  return read(previewNotice, async ({ body: { body, questions } }) => {
    const checked = checkRecord("notice", body)
    if (!checked.ok) throw faulty(Object.fromEntries(Object.entries(checked.faults).map(([field, fault]) => [`body.${field}`, fault])))
    const answer = aside.answer(await aside.index(withNotice(toldBase(), checked.item)))
    const answers = []
    for (const question of questions) {
      const { status, text, citations } = await answer({ text: question })
      answers.push({ question, status, text, fromNotice: citations.some(({ sourceId }) => sourceId === `notice:${checked.item.key}`) })
    }
    return { answers }
  })
}

/** What is told now with this notice in its place. */
function withNotice(base: KnowledgeBase, item: KnowledgeItem): KnowledgeBase {
  const notices = base.notices.filter(({ id }) => id !== item.key).map(noticeItem)
  const items = [...base.procedures.map(procedureItem), ...base.documents.map(documentItem), ...notices, item]
  const sorted = items.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  return makeBase(sorted, { version: 0, demo: base.demo, demoKinds: base.demoKinds, home: base.home })
}
