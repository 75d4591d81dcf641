import type { Database } from "../../../prisma/database.ts"
import type { PublicAnswer } from "../../public-answer.ts"

/** One message as the page shows it; `cursor` tells where the stream goes on. */
export interface StreamMessage {
  readonly cursor: number
  readonly data: {
    readonly role: "assistant" | "citizen"
    readonly id: string
    readonly at: string
    readonly text: string
    /** Public name of the officer who wrote it. */
    readonly author?: string
    readonly answer?: PublicAnswer
  }
}

const PAGE = 200

/** Reads what was said in a web conversation after a cursor; without one the latest messages. */
export function createHistory({ db, accountId }: { db: Database; accountId: string }) {
  return async (peerId: string, after: number | null): Promise<readonly StreamMessage[]> => {
    const rows = await db.message.findMany({
      where: { conversation: { accountId, peerId }, ...(after === null ? {} : { createdAt: { gt: new Date(after) } }) },
      orderBy: { createdAt: after === null ? "desc" : "asc" },
      take: PAGE,
    })
    if (after === null) rows.reverse()
    const ids = rows.flatMap(({ answerId }) => (answerId === null ? [] : [answerId]))
    const answers = ids.length === 0 ? [] : await db.answer.findMany({ where: { id: { in: ids } }, select: { id: true, body: true } })
    const bodies = new Map(answers.map(({ id, body }) => [id, body as unknown as PublicAnswer]))
    return rows.map((row) => {
      const answer = row.answerId === null ? undefined : bodies.get(row.answerId)
      const role = row.direction === "in" ? "citizen" : "assistant"
      const data = {
        role,
        id: row.id,
        at: row.createdAt.toISOString(),
        text: row.text,
        ...(row.staffName === null ? {} : { author: row.staffName }),
        ...(answer ? { answer } : {}),
      } as const
      return { cursor: row.createdAt.getTime(), data }
    })
  }
}

export type ReadHistory = ReturnType<typeof createHistory>
