import { setImmediate } from "node:timers/promises"
import { z } from "zod"
import type { Database, Transaction } from "../../prisma/database.ts"
import type { Reading } from "../understand/reading.ts"
import { createLikeness, type Likeness, termsOfQuestion } from "./likeness.ts"
import { type Asked, newQuestions } from "./new-questions.ts"

export const GROUP_STATES = ["open", "drafted", "answered", "set_aside"] as const
export type GroupState = (typeof GROUP_STATES)[number]

/** How many questions of its kind bring a closed group back: one that should be answered by now, or some that nobody wanted to answer. */
const REOPENS_AFTER: Readonly<Partial<Record<string, number>>> = { answered: 1, set_aside: 3 }

interface Dependencies {
  readonly db: Database
  readonly read: (text: string) => Reading
  readonly newId: () => string
}

export interface QuestionGroups {
  /** Takes in what was asked and rated since the last time, and closes what has been published. */
  refresh(): Promise<void>
}

/** Questions that were not well answered, kept in groups of one kind. */
export function createQuestionGroups(dependencies: Dependencies): QuestionGroups {
  let running: Promise<void> | null = null
  return {
    refresh() {
      running ??= bring(dependencies).finally(() => (running = null))
      return running
    },
  }
}

// Longer than other changes: the first time it takes in all that was ever asked.
const PATIENCE = { maxWait: 60_000, timeout: 120_000 }

async function bring({ db, read, newId }: Dependencies): Promise<void> {
  await settleDrafted(db)
  const { asked, takenBack, seen } = await newQuestions(db)
  if (asked.length === 0 && takenBack.length === 0) return
  const groups = await groupsOf(db)
  const placed = await place(asked, { groups, read, newId })
  await db.$transaction(async (tx) => {
    await keep(tx, placed)
    await takeBack(tx, takenBack)
    await seen(tx)
  }, PATIENCE)
}

interface Group {
  readonly id: string
  readonly terms: readonly string[]
  readonly title: string
  readonly isNew: boolean
  state: string
  count: number
  firstAt: Date
  lastAt: Date
  recurred: number
  reopened: number
  readonly decidedAt: Date | null
}

interface Known {
  readonly byId: Map<string, Group>
  readonly likeness: Likeness
}

const termsSchema = z.array(z.string())

async function groupsOf(db: Database): Promise<Known> {
  const rows = await db.questionGroup.findMany({ orderBy: [{ firstAt: "asc" }, { id: "asc" }] })
  const likeness = createLikeness()
  const byId = new Map<string, Group>()
  for (const { terms: stored, ...row } of rows) {
    const terms = termsSchema.parse(stored)
    likeness.found(row.id, terms)
    byId.set(row.id, { ...row, terms, isNew: false })
  }
  return { byId, likeness }
}

interface Placed {
  readonly changed: ReadonlySet<Group>
  readonly questions: readonly { answerId: string; groupId: string; cause: string; askedAt: Date }[]
}

// Other work goes on in between.
const AT_ONCE = 20

async function place(
  asked: readonly Asked[],
  { groups: { byId, likeness }, read, newId }: { groups: Known; read: Dependencies["read"]; newId: () => string },
): Promise<Placed> {
  const changed = new Set<Group>()
  const questions: Placed["questions"][number][] = []
  for (const [i, question] of asked.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await setImmediate()
    const terms = termsOfQuestion(read(question.text))
    if (terms.length === 0) continue
    const near = byId.get(likeness.nearest(terms) ?? "")
    const group = near ?? founded(question, terms, newId())
    if (!near) {
      byId.set(group.id, group)
      likeness.found(group.id, terms)
    }
    join(group, question)
    changed.add(group)
    questions.push({ answerId: question.answerId, groupId: group.id, cause: question.cause, askedAt: question.askedAt })
  }
  return { changed, questions }
}

const founded = ({ text, askedAt }: Asked, terms: readonly string[], id: string): Group => ({
  ...{ id, terms, title: text, isNew: true, state: "open", count: 0, firstAt: askedAt, lastAt: askedAt },
  ...{ recurred: 0, reopened: 0, decidedAt: null },
})

function join(group: Group, { askedAt }: Asked): void {
  group.count += 1
  if (askedAt > group.lastAt) group.lastAt = askedAt
  const enough = REOPENS_AFTER[group.state]
  if (enough === undefined || group.decidedAt === null || askedAt <= group.decidedAt) return
  group.recurred += 1
  if (group.recurred < enough) return
  group.state = "open"
  group.recurred = 0
  group.reopened += 1
}

const ROWS = 500

const rowOf = ({ id, title, terms, state, count, firstAt, lastAt, recurred, reopened }: Group) => ({
  ...{ id, title, terms: [...terms], state, count, firstAt, lastAt, recurred, reopened },
  ...{ reason: "", version: 1 },
})

async function keep(tx: Transaction, { changed, questions }: Placed): Promise<void> {
  const groups = [...changed]
  const fresh = groups.filter(({ isNew }) => isNew)
  for (let i = 0; i < fresh.length; i += ROWS)
    await tx.questionGroup.createMany({
      data: fresh.slice(i, i + ROWS).map(rowOf),
    })
  for (const { id, state, count, lastAt, recurred, reopened, isNew } of groups)
    if (!isNew) await tx.questionGroup.update({ where: { id }, data: { state, count, lastAt, recurred, reopened } })
  for (let i = 0; i < questions.length; i += ROWS) await tx.groupedQuestion.createMany({ data: questions.slice(i, i + ROWS) })
}

/** Who first said "chưa đúng" and then "đúng" is content: the question counts no more. */
async function takeBack(tx: Transaction, answerIds: readonly string[]): Promise<void> {
  const rows = await tx.groupedQuestion.findMany({ where: { answerId: { in: [...answerIds] }, cause: "rated_wrong" } })
  for (const { answerId, groupId } of rows) {
    await tx.groupedQuestion.delete({ where: { answerId } })
    await tx.questionGroup.update({ where: { id: groupId }, data: { count: { decrement: 1 } } })
  }
}

/** A group whose draft was published is answered from then on; one whose draft was thrown away is open again. */
async function settleDrafted(db: Database): Promise<void> {
  const drafted = await db.questionGroup.findMany({ where: { state: "drafted" } })
  for (const { id, recordKind, recordKey, recordVersion, version } of drafted) {
    const name = { kind: recordKind ?? "", key: recordKey ?? "" }
    if (await db.knowledgeDraft.findUnique({ where: { kind_key: name }, select: { id: true } })) continue
    const record = await db.knowledgeRecord.findUnique({ where: { kind_key: name } })
    const told = record?.status === "published" && record.version > (recordVersion ?? 0)
    const data = told ? { state: "answered", decidedAt: record.updatedAt } : { state: "open", decidedAt: null }
    await db.questionGroup.updateMany({ where: { id, version }, data: { ...data, recurred: 0, version: version + 1 } })
  }
}
