import type { Database } from "../../prisma/database.ts"
import { ANSWER_STATUSES, STATUS_TABLE } from "../../rag/answer-status.ts"
import { type ApiRoute, read } from "../api/route.ts"
import { type Overview, readOverview } from "../contract/overview.ts"

export interface OverviewDependencies {
  readonly db: Database
  /** State of each channel account. */
  readonly channels: () => Promise<ReadonlyMap<string, string>>
  readonly knowledge: () => Overview["knowledge"] & { readonly commune: string | null }
}

const UNANSWERED = ANSWER_STATUSES.filter((status) => STATUS_TABLE[status].family === "unanswered")
const VIETNAM_MS = 7 * 60 * 60 * 1000
const DAY = 24 * 60 * 60 * 1000

/** The first page: how the program is and what waits. */
export function overviewRoutes({ db, channels, knowledge }: OverviewDependencies): ApiRoute[] {
  return [
    read(readOverview, async ({ now }) => {
      const { commune, ...live } = knowledge()
      const today = { createdAt: { gte: startOfDay(now) } }
      return {
        commune,
        channels: [...(await channels())].map(([account, state]) => ({ account, state })),
        knowledge: live,
        waiting: {
          inbox: await db.inboxEvent.count({ where: { state: "pending" } }),
          outbox: await db.outboxMessage.count({ where: { state: { in: ["pending", "sending"] } } }),
          failed: await db.outboxMessage.count({ where: { state: { in: ["failed", "unknown"] } } }),
        },
        answers: {
          today: await db.answer.count({ where: today }),
          unanswered: await db.answer.count({ where: { ...today, status: { in: UNANSWERED } } }),
        },
      }
    }),
  ]
}

/** Midnight in Vietnam. */
function startOfDay(now: Date): Date {
  const local = now.getTime() + VIETNAM_MS
  return new Date(local - (local % DAY) - VIETNAM_MS)
}
