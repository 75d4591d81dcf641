import { HOLIDAY_LAW, lawHolidays } from "../../knowledge/calendar/law.ts"
import { type Draft, fromRow } from "../../knowledge/editing/drafts.ts"
import { checkRecord } from "../../knowledge/editing/records.ts"
import { type KnowledgeBase, makeBase } from "../../knowledge/base.ts"
import { documentItem, type KnowledgeItem, noticeItem, procedureItem } from "../../knowledge/item.ts"
import type { Notice } from "../../knowledge/notice.ts"
import type { Database } from "../../prisma/database.ts"
import type { Trial } from "../../rag/explain.ts"
import { type ApiRoute, read } from "../api/route.ts"
import { lawDays, listNotices, type NoticeRow, previewNotice } from "../contract/notices.ts"
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
  return read(listNotices, async () => {
    const rows = await db.knowledgeDraft.findMany({ where: { kind: "notice" } })
    const drafts = new Map(rows.map(fromRow).map((draft) => [draft.item.key, draft]))
    const { notices, demoKinds } = toldBase()
    const demo = demoKinds.has("notice")
    const told = notices.map((notice) => rowFor(notice, { told: true, demo, draft: drafts.get(notice.id) ?? null }))
    const prepared = [...drafts.values()].filter(({ item }) => !notices.some(({ id }) => id === item.key))
    return { rows: [...told, ...prepared.flatMap((draft) => newRow(draft.item, draft))] }
  })
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
