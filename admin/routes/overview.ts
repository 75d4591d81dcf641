import { UPKEEP_REASONS } from "../../knowledge/editing/upkeep.ts"
import type { Database } from "../../prisma/database.ts"
import { ANSWER_STATUSES, STATUS_TABLE } from "../../rag/answer-status.ts"
import { type ApiRoute, read } from "../api/route.ts"
import { type Overview, readOverview } from "../contract/overview.ts"
import { DUE_DAYS } from "../contract/upkeep.ts"
import { upkeep, type UpkeepDependencies } from "./upkeep.ts"

export interface OverviewDependencies extends UpkeepDependencies {
  readonly db: Database
  /** State of each channel account. */
  readonly channels: () => Promise<ReadonlyMap<string, string>>
  readonly knowledge: () => Overview["knowledge"] & { readonly commune: string | null }
}

const UNANSWERED = ANSWER_STATUSES.filter((status) => STATUS_TABLE[status].family === "unanswered")
const VIETNAM_MS = 7 * 60 * 60 * 1000
const DAY = 24 * 60 * 60 * 1000

/** The first page: how the program is and what waits. */
export function overviewRoutes({ db, toldBase, channels, knowledge }: OverviewDependencies): ApiRoute[] {
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
        upkeep: await upkeepCounts({ db, toldBase }, now),
        answers: {
          today: await db.answer.count({ where: today }),
          unanswered: await db.answer.count({ where: { ...today, status: { in: UNANSWERED } } }),
        },
      }
    }),
  ]
}

async function upkeepCounts(dependencies: UpkeepDependencies, now: Date): Promise<Overview["upkeep"]> {
  const rows = await upkeep(dependencies, { now, days: DUE_DAYS })
  const count = (reason: (typeof UPKEEP_REASONS)[number]) => rows.filter(({ reasons }) => reasons.includes(reason)).length
  return Object.fromEntries(UPKEEP_REASONS.map((reason) => [reason, count(reason)])) as Overview["upkeep"]
}

/** Midnight in Vietnam. */
function startOfDay(now: Date): Date {
  const local = now.getTime() + VIETNAM_MS
  return new Date(local - (local % DAY) - VIETNAM_MS)
}
