import { z } from "zod"
import type { Transaction } from "../../prisma/database.ts"
import { CHECK_STATES, type CheckRow, goldenOutcome } from "../contract/publishing.ts"

type Row = Awaited<ReturnType<Transaction["publicationCheck"]["findUniqueOrThrow"]>>

const drafts = z.array(z.object({ id: z.string(), version: z.int(), name: z.string() }))

/** What a check is of: the drafts as they were, or the file as it was. */
export const storedSubject = ({
  drafts: kept,
  fileId,
  fileVersion,
}: Pick<Row, "drafts" | "fileId" | "fileVersion">): Pick<CheckRow, "drafts" | "file"> => ({
  drafts: drafts.parse(kept),
  file: fileId === null || fileVersion === null ? null : { id: fileId, version: fileVersion },
})

/** A check as it was kept. */
export const storedCheck = (row: Row): Omit<CheckRow, "progress" | "closed"> => ({
  ...{ id: row.id, release: row.release, by: row.byName, at: row.createdAt.toISOString() },
  ...storedSubject(row),
  state: z.enum(CHECK_STATES).parse(row.state),
  outcomes: z.array(goldenOutcome).parse(row.outcomes),
})

/** The golden questions that publishing would lose. */
export const lostIn = ({ outcomes }: Pick<CheckRow, "outcomes">): string[] =>
  outcomes.filter(({ verdict }) => verdict === "lost").map(({ question }) => question)
