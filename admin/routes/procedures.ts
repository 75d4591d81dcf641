import { type KnowledgeBase, makeBase } from "../../knowledge/base.ts"
import { checkRecord } from "../../knowledge/editing/records.ts"
import { STATUS_TABLE } from "../../rag/answer-status.ts"
import { today } from "../../rag/answer.ts"
import type { Trial } from "../../rag/explain.ts"
import type { Catalogue, CatalogueRow } from "../../knowledge/editing/catalogue.ts"
import { findInCatalogue, pickProcedures } from "../../knowledge/editing/find-procedures.ts"
import type { Database } from "../../prisma/database.ts"
import { type ApiRoute, read } from "../api/route.ts"
import { findProcedures, listProcedures, previewProcedure, type ProcedureRow, readProcedureChoices } from "../contract/procedures.ts"
import { previewQuestions } from "../texts.ts"
import { faulty } from "./drafts.ts"
import { namesOf } from "./upkeep.ts"

export interface ProcedureDependencies {
  readonly db: Database
  readonly catalogue: Catalogue
  /** What citizens are answered from now. */
  readonly toldBase: () => KnowledgeBase
  readonly aside: Trial
}

/** The list of procedures, and what would be answered from one. */
export const procedureRoutes = (dependencies: ProcedureDependencies): ApiRoute[] => [
  listing(dependencies),
  choices(dependencies),
  picking(dependencies),
  previewing(dependencies),
]

function listing({ db, catalogue }: ProcedureDependencies): ApiRoute {
  return read(listProcedures, async ({ query, now }) => {
    const { page, size, show, lack, level, ...wish } = query
    const found = findInCatalogue(await catalogue.rows(), { ...wish, show, lack, level }, today(now))
    const rows = found.slice((page - 1) * size, page * size)
    const names = await namesOf(db, rows)
    return { total: found.length, rows: rows.map((row) => presented(row, names)) }
  })
}

const presented = (row: CatalogueRow, names: ReadonlyMap<string, string>): ProcedureRow => ({
  ...row,
  levels: [...row.levels],
  lacks: [...row.lacks],
  owner: names.get(row.ownerId ?? "") ?? null,
})

function picking({ toldBase }: ProcedureDependencies): ApiRoute {
  return read(findProcedures, ({ query }) =>
    Promise.resolve({ rows: pickProcedures(toldBase().procedures, { ...query, codes: query.codes.split(",") }) }),
  )
}

/** The preview answers from the one record alone, so that a record that no question finds yet is shown all the same. */
function previewing({ toldBase, aside }: ProcedureDependencies): ApiRoute {
  return read(previewProcedure, async ({ body: { body, question } }) => {
    const checked = checkRecord("procedure", body)
    if (!checked.ok) throw faulty(checked.faults)
    const { home } = toldBase()
    const answer = aside.answer(await aside.index(makeBase([checked.item], { version: 0, demo: false, home })))
    const answers = []
    for (const text of [...previewQuestions, ...(question ? [question] : [])]) {
      // As after an answer on this procedure: a record whose name resembles no question is shown all the same.
      const { status, text: said } = await answer({ text, context: { procedureCode: checked.item.key } })
      answers.push({ question: text, status, label: STATUS_TABLE[status].staffLabel, text: said })
    }
    return { answers }
  })
}

function choices({ catalogue }: ProcedureDependencies): ApiRoute {
  return read(readProcedureChoices, async () => {
    const rows = await catalogue.rows()
    const fields = [...new Set(rows.flatMap(({ field, told, draft }) => (field !== "" && (told || draft) ? [field] : [])))]
    return { fields: fields.sort(new Intl.Collator("vi").compare) }
  })
}
