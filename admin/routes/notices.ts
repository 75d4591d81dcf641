import { HOLIDAY_LAW, lawHolidays } from "../../knowledge/calendar/law.ts"
import { type Draft, fromRow } from "../../knowledge/editing/drafts.ts"
import { checkRecord } from "../../knowledge/editing/records.ts"
import { type KnowledgeBase, makeBase } from "../../knowledge/base.ts"
import { documentItem, type KnowledgeItem, noticeItem, procedureItem } from "../../knowledge/item.ts"
import type { Notice } from "../../knowledge/notice.ts"
import type { Database } from "../../prisma/database.ts"
import type { AnswerQuestion } from "../../rag/types.ts"
import { fold } from "../../rag/vietnamese/fold.ts"
import { type ApiRoute, read } from "../api/route.ts"
import { findProcedures, lawDays, listNotices, type NoticeRow, previewNotice } from "../contract/notices.ts"
import { faulty, rowOf } from "./drafts.ts"

export interface NoticeDependencies {
  readonly db: Database
  /** What citizens are answered from now. */
  readonly toldBase: () => KnowledgeBase
  /** The answering of citizens over knowledge that is not published: an index of its own, gone afterwards. */
  readonly rehearse: (base: KnowledgeBase) => Promise<AnswerQuestion>
}

/** Public notices: what is told and prepared, and what preparing them takes. Keeping and publishing are the drafts' matter. */
export const noticeRoutes = (dependencies: NoticeDependencies): ApiRoute[] => [
  listing(dependencies),
  picking(dependencies),
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

const MAX_FOUND = 20

function picking({ toldBase }: NoticeDependencies): ApiRoute {
  return read(findProcedures, ({ query }) => {
    const codes = new Set(query.codes.split(","))
    const words = fold(query.q).split(/\s+/).filter(Boolean)
    const { procedures } = toldBase()
    const chosen = procedures.filter(({ code }) => codes.has(code))
    const found = procedures.filter(({ code, name }) => {
      const said = `${code} ${fold(name)}`
      return !codes.has(code) && words.every((word) => said.includes(word))
    })
    const rows = [...chosen, ...found.slice(0, MAX_FOUND)].map(({ code, name }) => ({ code, name }))
    return Promise.resolve({ rows })
  })
}

function previewing({ toldBase, rehearse }: NoticeDependencies): ApiRoute {
  return read(previewNotice, async ({ body: { body, questions } }) => {
    const checked = checkRecord("notice", body)
    if (!checked.ok) throw faulty(Object.fromEntries(Object.entries(checked.faults).map(([field, fault]) => [`body.${field}`, fault])))
    const answer = await rehearse(withNotice(toldBase(), checked.item))
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
