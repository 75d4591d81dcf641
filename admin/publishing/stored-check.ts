import { z } from "zod"
import type { Transaction } from "../../prisma/database.ts"
import { CHECK_STATES, type CheckRow, goldenOutcome } from "../contract/publishing.ts"

type Row = Awaited<ReturnType<Transaction["publicationCheck"]["findUniqueOrThrow"]>>

const drafts = z.array(z.object({ id: z.string(), version: z.int(), name: z.string() }))

/** A check as it was kept. */
export const storedCheck = (row: Row): Omit<CheckRow, "progress" | "closed"> => ({
  ...{ id: row.id, release: row.release, by: row.byName, at: row.createdAt.toISOString() },
  state: z.enum(CHECK_STATES).parse(row.state),
  drafts: drafts.parse(row.drafts),
  outcomes: z.array(goldenOutcome).parse(row.outcomes),
})

/** The golden questions that publishing would lose. */
export const lostIn = ({ outcomes }: Pick<CheckRow, "outcomes">): string[] =>
  outcomes.filter(({ verdict }) => verdict === "lost").map(({ question }) => question)
