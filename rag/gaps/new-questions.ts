import { z } from "zod"
import type { Database, Transaction } from "../../prisma/database.ts"
import { ANSWER_STATUSES, type AnswerStatus, STATUS_TABLE } from "../answer-status.ts"

/** A question that was not well answered, masked as it is stored. */
export interface Asked {
  readonly answerId: string
  readonly text: string
  readonly cause: "unanswered" | "rated_wrong"
  readonly askedAt: Date
}

/** Answers that more knowledge would have made better. What is refused whatever is known (politics, medicine) is not among them. */
const UNANSWERED: readonly AnswerStatus[] = ["no_source", "low_confidence", "expired_source", "failed_verification"]
/** Rated answers count where knowledge answered: complaints, denunciations and emergencies are nobody's concern here. */
const OF_KNOWLEDGE = ANSWER_STATUSES.filter(
  (status) => ["served", "asked_back"].includes(STATUS_TABLE[status].family) && status !== "greeting",
)

const SEEN = "questionGroups"
const seenSchema = z.object({ answers: z.coerce.date(), ratings: z.coerce.date() })
/** Rows of a transaction that took long carry an earlier moment than others that were there before. */
const OVERLAP_MS = 10 * 60_000

interface News {
  readonly asked: readonly Asked[]
  /** Answers that are now rated right. */
  readonly takenBack: readonly string[]
  /** Remembers how far this looked. */
  readonly seen: (tx: Transaction) => Promise<void>
}

/** What was asked and rated since the last look, oldest first; nothing that stands in a group already. */
export async function newQuestions(db: Database): Promise<News> {
  const setting = await db.setting.findUnique({ where: { key: SEEN } })
  const last = setting ? seenSchema.parse(setting.value) : { answers: new Date(0), ratings: new Date(0) }
  const answers = await db.answer.findMany({
    where: { status: { in: [...UNANSWERED] }, createdAt: { gte: earlier(last.answers) } },
    select: { id: true, question: true, createdAt: true },
  })
  const ratings = await db.answerFeedback.findMany({
    where: { createdAt: { gte: earlier(last.ratings) } },
    select: { verdict: true, createdAt: true, answer: { select: { id: true, question: true, status: true } } },
  })
  const wrong = ratings.filter(({ verdict, answer }) => verdict === "wrong" && OF_KNOWLEDGE.some((status) => status === answer.status))
  const asked: Asked[] = [
    ...answers.map(({ id, question, createdAt }) => ({ answerId: id, text: question, cause: "unanswered" as const, askedAt: createdAt })),
    ...wrong.map(({ answer, createdAt }) => ({
      answerId: answer.id,
      text: answer.question,
      cause: "rated_wrong" as const,
      askedAt: createdAt,
    })),
  ]
  const known = await groupedAlready(db, asked)
  const value = { answers: latest(last.answers, answers).toISOString(), ratings: latest(last.ratings, ratings).toISOString() }
  return {
    asked: asked.filter(({ answerId, text }) => text.trim() !== "" && !known.has(answerId)).sort(inOrder),
    // The first look finds each answer with its last rating: there is nothing to take back.
    takenBack: setting ? ratings.filter(({ verdict }) => verdict === "right").map(({ answer }) => answer.id) : [],
    async seen(tx) {
      const updatedAt = new Date(value.answers > value.ratings ? value.answers : value.ratings)
      await tx.setting.upsert({ where: { key: SEEN }, create: { key: SEEN, value, updatedAt }, update: { value, updatedAt } })
    },
  }
}

const earlier = (moment: Date) => new Date(Math.max(0, moment.getTime() - OVERLAP_MS))

const latest = (known: Date, rows: readonly { createdAt: Date }[]) =>
  rows.reduce((last, { createdAt }) => (createdAt > last ? createdAt : last), known)

const inOrder = (a: Asked, b: Asked) => a.askedAt.getTime() - b.askedAt.getTime() || (a.answerId < b.answerId ? -1 : 1)

// SQLite takes only so many parameters at once.
const AT_ONCE = 500

async function groupedAlready(db: Database, asked: readonly Asked[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (let i = 0; i < asked.length; i += AT_ONCE) {
    const ids = asked.slice(i, i + AT_ONCE).map(({ answerId }) => answerId)
    for (const { answerId } of await db.groupedQuestion.findMany({ where: { answerId: { in: ids } }, select: { answerId: true } }))
      known.add(answerId)
  }
  return known
}
