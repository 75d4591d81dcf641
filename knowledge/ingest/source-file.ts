import type { Database, Transaction } from "../../prisma/database.ts"
import type { FileKind } from "../reading/kinds.ts"
import type { Reading } from "../reading/reading.ts"
import type { UnreadableReason } from "../reading/unreadable.ts"

/** Where a file stands, each with its label for staff. */
export const SOURCE_STATES = {
  waiting: "Đang chờ đọc",
  reading: "Đang đọc",
  read: "Đã đọc",
  needs_review: "Cần xem lại",
  failed: "Không đọc được",
} as const

export type SourceState = keyof typeof SOURCE_STATES

/** Nothing more happens to a file in these by itself. */
export const isSettled = (state: SourceState) => state === "read" || state === "needs_review" || state === "failed"

/** One file that was given in, as staff see it. */
export interface SourceFile {
  readonly id: string
  readonly sha256: string
  readonly name: string
  readonly bytes: number
  readonly kind: FileKind | null
  readonly state: SourceState
  readonly reason: UnreadableReason | null
  /** In a clerk's words: why it failed, or what to look at. */
  readonly note: string | null
  readonly pagesDone: number
  readonly pagesTotal: number | null
  readonly attempts: number
  readonly addedBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly publishedAt: Date | null
  /** Since when it is confirmed and waits to be published; also anew, after a change. */
  readonly toPublishSince: Date | null
}

type Row = NonNullable<Awaited<ReturnType<Database["sourceFile"]["findUnique"]>>>

/** The row as the program wrote it: states, kinds and reasons are only ever written from their tables. */
export const fromRow = (row: Row): SourceFile => ({
  id: row.id,
  sha256: row.sha256,
  name: row.name,
  bytes: row.bytes,
  kind: row.kind as FileKind | null,
  state: row.state as SourceState,
  reason: row.reason as UnreadableReason | null,
  note: row.note,
  pagesDone: row.pagesDone,
  pagesTotal: row.pagesTotal,
  attempts: row.attempts,
  addedBy: row.addedBy,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  publishedAt: row.publishedAt,
  toPublishSince: row.toPublishSince,
})

/** Changes whenever what was read is put right or read anew: nobody publishes what they have not seen. Null before that. */
export async function readingVersion(db: Transaction, fileId: string): Promise<string | null> {
  const row = await db.sourceReading.findUnique({ where: { fileId }, select: { createdAt: true } })
  return row?.createdAt.toISOString() ?? null
}

/** What was read from a file; null before that. */
export async function readingOf(db: Transaction, fileId: string): Promise<Reading | null> {
  const row = await db.sourceReading.findUnique({ where: { fileId } })
  return row ? (row.body as unknown as Reading) : null
}
