import { NotFoundError } from "../../errors.ts"
import type { KnowledgeItem } from "../../knowledge/item.ts"
import { checkRecord } from "../../knowledge/editing/records.ts"
import { STATUS_TABLE } from "../../rag/answer-status.ts"
import type { AnswerQuestion } from "../../rag/types.ts"
import type { Catalogue, CatalogueRow } from "../../knowledge/editing/catalogue.ts"
import { findProcedures } from "../../knowledge/editing/find-procedures.ts"
import type { Database, Transaction } from "../../prisma/database.ts"
import { wrongField } from "../api/refusal.ts"
import { type ApiRoute, read, write } from "../api/route.ts"
import {
  changeProcedureCare,
  previewProcedure,
  listProcedures,
  type ProcedureRow,
  readProcedureCare,
  readProcedureChoices,
} from "../contract/procedures.ts"
import { ROLES, allows } from "../permissions.ts"
import { previewQuestions, refusals } from "../texts.ts"
import { faulty } from "./drafts.ts"

export interface ProcedureDependencies {
  readonly db: Database
  readonly catalogue: Catalogue
  /** Answers from this record alone, as they would be given were it published. */
  readonly answerFrom: (procedure: KnowledgeItem) => Promise<AnswerQuestion>
}

/** The list of procedures, and who looks after each. */
export const procedureRoutes = (dependencies: ProcedureDependencies): ApiRoute[] => [
  listing(dependencies),
  choices(dependencies),
  ...caring(dependencies),
  previewing(dependencies),
]

function listing({ db, catalogue }: ProcedureDependencies): ApiRoute {
  return read(listProcedures, async ({ query, now }) => {
    const { page, size, show, lack, level, ...wish } = query
    const found = findProcedures(await catalogue.rows(), { ...wish, show, lack, level }, inVietnam(now))
    const rows = found.slice((page - 1) * size, page * size)
    const ids = rows.flatMap(({ ownerId }) => (ownerId ? [ownerId] : []))
    const owners = await db.staff.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
    const names = new Map(owners.map(({ id, name }) => [id, name]))
    return { total: found.length, rows: rows.map((row) => presented(row, names)) }
  })
}

const presented = (row: CatalogueRow, names: ReadonlyMap<string, string>): ProcedureRow => ({
  ...row,
  levels: [...row.levels],
  lacks: [...row.lacks],
  owner: names.get(row.ownerId ?? "") ?? null,
})

/** The date in Vietnam (UTC+7, no daylight saving). */
const inVietnam = (now: Date) => new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)

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

const EDITORS = ROLES.filter((role) => allows([role], "knowledge.edit"))
const isEditor = { state: "active", roles: { some: { role: { in: EDITORS } } } }

function choices({ db, catalogue }: ProcedureDependencies): ApiRoute {
  return read(readProcedureChoices, async () => {
    const rows = await catalogue.rows()
    const fields = [...new Set(rows.flatMap(({ field, told, draft }) => (field !== "" && (told || draft) ? [field] : [])))]
    const owners = await db.staff.findMany({ where: isEditor, select: { id: true, name: true }, orderBy: { name: "asc" } })
    return { fields: fields.sort(new Intl.Collator("vi").compare), owners }
  })
}

function caring({ db }: ProcedureDependencies): ApiRoute[] {
  return [
    read(readProcedureCare, async ({ params: { code } }) => {
      const { ownerId, reviewBy, suspended, updatedAt } = await procedureRecord(db, code)
      return { ownerId, reviewBy, suspended, updatedAt: updatedAt.toISOString() }
    }),
    write(changeProcedureCare, {
      async act(tx, { params: { code }, body }) {
        const { id, ownerId, reviewBy } = await procedureRecord(tx, code)
        if (body.ownerId !== null && body.ownerId !== ownerId && !(await tx.staff.findFirst({ where: { id: body.ownerId, ...isEditor } })))
          throw wrongField("ownerId", refusals.notAnEditor)
        await tx.knowledgeRecord.update({ where: { id }, data: body })
        return {
          reply: {},
          log: { kind: "procedure.care", subject: `procedure:${code}`, details: { ...body, before: { ownerId, reviewBy } } },
        }
      },
    }),
  ]
}

/** The published procedure with this code. Throws NotFoundError. */
export async function procedureRecord(tx: Transaction, code: string) {
  const record = await tx.knowledgeRecord.findUnique({ where: { kind_key: { kind: "procedure", key: code } } })
  if (!record) throw new NotFoundError("procedure")
  return record
}
