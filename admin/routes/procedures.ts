import type { KnowledgeItem } from "../../knowledge/item.ts"
import { checkRecord } from "../../knowledge/editing/records.ts"
import { STATUS_TABLE } from "../../rag/answer-status.ts"
import { today } from "../../rag/answer.ts"
import type { AnswerQuestion } from "../../rag/types.ts"
import type { Catalogue, CatalogueRow } from "../../knowledge/editing/catalogue.ts"
import { findProcedures } from "../../knowledge/editing/find-procedures.ts"
import type { Database } from "../../prisma/database.ts"
import { type ApiRoute, read } from "../api/route.ts"
import { listProcedures, previewProcedure, type ProcedureRow, readProcedureChoices } from "../contract/procedures.ts"
import { previewQuestions } from "../texts.ts"
import { faulty } from "./drafts.ts"
import { namesOf } from "./upkeep.ts"

export interface ProcedureDependencies {
  readonly db: Database
  readonly catalogue: Catalogue
  /** Answers from this record alone, as they would be given were it published. */
  readonly answerFrom: (procedure: KnowledgeItem) => Promise<AnswerQuestion>
}

/** The list of procedures, and what would be answered from one. */
export const procedureRoutes = (dependencies: ProcedureDependencies): ApiRoute[] => [
  listing(dependencies),
  choices(dependencies),
  previewing(dependencies),
]

function listing({ db, catalogue }: ProcedureDependencies): ApiRoute {
  return read(listProcedures, async ({ query, now }) => {
    const { page, size, show, lack, level, ...wish } = query
    const found = findProcedures(await catalogue.rows(), { ...wish, show, lack, level }, today(now))
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

function previewing({ answerFrom }: ProcedureDependencies): ApiRoute {
  return read(previewProcedure, async ({ body: { body, question } }) => {
    const checked = checkRecord("procedure", body)
    if (!checked.ok) throw faulty(checked.faults)
    const answer = await answerFrom(checked.item)
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
