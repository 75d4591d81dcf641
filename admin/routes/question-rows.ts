import { z } from "zod"
import type { Database } from "../../prisma/database.ts"
import type { LiveKnowledge } from "../../rag/live.ts"
import type { QuestionGroupRow } from "../contract/questions.ts"
import { GROUP_STATES } from "../contract/questions.ts"

export type GroupRow = Awaited<ReturnType<Database["questionGroup"]["findUniqueOrThrow"]>>

const WEEK_MS = 7 * 24 * 60 * 60 * 1000
const MAX_EXAMPLES = 3
/** Of a group's newest questions so many are looked through for wordings that differ. */
const LOOKED_THROUGH = 12
/** A candidate below this resembles the question by chance. */
const NEAR = 0.5

interface Sources {
  readonly db: Database
  readonly live: () => LiveKnowledge
  readonly now: Date
}

/** Groups as the list shows them, with what was asked in them. */
export async function rowsOf(groups: readonly GroupRow[], sources: Sources): Promise<QuestionGroupRow[]> {
  const rows: QuestionGroupRow[] = []
  for (const group of groups) rows.push({ ...plainOf(group), ...(await askedIn(group.id, sources)) })
  return rows
}

const stateSchema = z.enum(GROUP_STATES)

const plainOf = ({ recordKind, recordKey, ...group }: GroupRow) => ({
  ...{ id: group.id, title: group.title, state: stateSchema.parse(group.state), count: group.count, reason: group.reason },
  ...{ firstAt: group.firstAt.toISOString(), lastAt: group.lastAt.toISOString(), reopened: group.reopened, version: group.version },
  record: recordKind !== null && recordKey !== null ? { kind: recordKind, key: recordKey } : null,
  ...{ decidedBy: group.decidedByName, decidedAt: group.decidedAt?.toISOString() ?? null },
})

async function askedIn(groupId: string, { db, live, now }: Sources) {
  const since = (weeks: number) => new Date(now.getTime() - weeks * WEEK_MS)
  const newest = await db.groupedQuestion.findMany({ where: { groupId }, orderBy: { askedAt: "desc" }, take: LOOKED_THROUGH })
  const ids = newest.map(({ answerId }) => answerId)
  const answers = await db.answer.findMany({ where: { id: { in: ids } }, select: { id: true, question: true, body: true } })
  const inOrder = ids.flatMap((id) => answers.find((answer) => answer.id === id) ?? [])
  return {
    ratedWrong: await db.groupedQuestion.count({ where: { groupId, cause: "rated_wrong" } }),
    week: await db.groupedQuestion.count({ where: { groupId, askedAt: { gt: since(1) } } }),
    weekBefore: await db.groupedQuestion.count({ where: { groupId, askedAt: { gt: since(2), lte: since(1) } } }),
    examples: [...new Map(inOrder.map(({ question }) => [question.toLocaleLowerCase("vi"), question])).values()].slice(0, MAX_EXAMPLES),
    suggestion: nearestOf(inOrder[0]?.body, live()),
  }
}

const bodySchema = z.object({ candidates: z.array(z.object({ code: z.string(), score: z.number() })) })

/** The best candidate of the last answer, where it came near and is still told. */
function nearestOf(body: unknown, { base }: LiveKnowledge): QuestionGroupRow["suggestion"] {
  const [best] = bodySchema.safeParse(body).data?.candidates ?? []
  const record = best && best.score >= NEAR ? base.procedures.find(({ code }) => code === best.code) : undefined
  return record ? { code: record.code, name: record.name } : null
}
