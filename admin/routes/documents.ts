import type { Ingest } from "../../knowledge/ingest/ingest.ts"
import { refusalOf } from "../../knowledge/ingest/receive.ts"
import { fromRow, type SourceFile } from "../../knowledge/ingest/source-file.ts"
import { NotFoundError } from "../../errors.ts"
import type { Database, Transaction } from "../../prisma/database.ts"
import { orderOf } from "../api/page.ts"
import { pageHolding } from "../api/search.ts"
import { conflict, Refusal } from "../api/refusal.ts"
import { type ApiRoute, type Call, read, unlogged, write } from "../api/route.ts"
import { type DocumentRow, listDocuments, readUploadLimit, removeDocument, retryDocument, uploadDocument } from "../contract/documents.ts"
import { refusals } from "../texts.ts"

export interface DocumentDependencies {
  readonly db: Database
  readonly ingest: Pick<Ingest, "keep" | "enlist" | "wake" | "retry" | "forget" | "original">
  readonly maxFileBytes: number
}

/** Files that staff give in: their list, taking in, reading again, removing. */
export const documentRoutes = (dependencies: DocumentDependencies): ApiRoute[] => [
  ...listing(dependencies),
  uploading(dependencies),
  ...changing(dependencies),
]

function listing({ db, maxFileBytes }: DocumentDependencies): ApiRoute[] {
  return [
    read(listDocuments, async ({ query }) => {
      const where = query.state ? AT_STAGE[query.state] : {}
      const { rows, total } = await pageHolding(query, {
        words: async () => {
          const all = await db.sourceFile.findMany({ where, orderBy: orderOf(query), select: { id: true, name: true } })
          return all.map(({ id, name }) => ({ id, words: name }))
        },
        rows: (ids) => db.sourceFile.findMany({ where: { id: { in: ids } } }),
      })
      return { total, rows: rows.map((row) => rowOf(fromRow(row))) }
    }),
    read(readUploadLimit, () => Promise.resolve({ maxBytes: maxFileBytes })),
  ]
}

const isIn = (state: SourceFile["state"]) => ({ state })
/** Read, and neither confirmed nor told. */
const lies = (state: SourceFile["state"]) => ({ state, toPublishSince: null, publishedAt: null })
const READ = { state: { in: ["read", "needs_review"] } }

/** Which files are at a stage: what `stageOf` tells of one of them, as a query. */
const AT_STAGE = {
  waiting: isIn("waiting"),
  reading: isIn("reading"),
  failed: isIn("failed"),
  read: lies("read"),
  needs_review: lies("needs_review"),
  to_publish: { ...READ, toPublishSince: { not: null } },
  published: { ...READ, toPublishSince: null, publishedAt: { not: null } },
} as const satisfies Record<DocumentRow["stage"], object>

function stageOf({ state, toPublishSince, publishedAt }: SourceFile): DocumentRow["stage"] {
  if (state !== "read" && state !== "needs_review") return state
  return toPublishSince ? "to_publish" : publishedAt ? "published" : state
}

/** A file as the list shows it. What was to be looked at when it was read is over once somebody confirmed it. */
export const rowOf = ({ createdAt, publishedAt, ...file }: SourceFile): DocumentRow => ({
  ...{ id: file.id, name: file.name, bytes: file.bytes, state: file.state, stage: stageOf({ ...file, createdAt, publishedAt }) },
  note: file.toPublishSince || (publishedAt && file.state !== "failed") ? null : file.note,
  ...{ pagesDone: file.pagesDone, pagesTotal: file.pagesTotal, addedBy: file.addedBy },
  createdAt: createdAt.toISOString(),
  publishedAt: publishedAt?.toISOString() ?? null,
})

function uploading(dependencies: DocumentDependencies): ApiRoute {
  const { ingest } = dependencies
  return write(uploadDocument, {
    prepare: (call) => receive(dependencies, call),
    async act(tx, { query: { name }, actor }, kept) {
      const added = await ingest.enlist(tx, { ...kept, name, addedBy: actor.name })
      if (added.outcome === "refused") throw refused(added.message)
      const { file } = added
      const duplicate = added.outcome === "duplicate" ? added.message : null
      const log = duplicate
        ? unlogged("the file was here already")
        : { kind: "document.added", subject: `document:${file.id}`, details: { name, sha256: kept.sha256, bytes: kept.bytes } }
      return { reply: { id: file.id, duplicate }, log, afterwards: waking(ingest) }
    },
  })
}

const waking = (ingest: Pick<Ingest, "wake">) => () => {
  ingest.wake()
  return Promise.resolve()
}

const refused = (message: string) => new Refusal({ status: 422, code: "file_refused", message: sentence(message) })

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

async function receive({ ingest, maxFileBytes }: DocumentDependencies, { upload }: Pick<Call<typeof uploadDocument>, "upload">) {
  // Told before the bytes come, the browser can still listen to the reason.
  const tooLarge = upload.bytes === null ? null : refusalOf(upload.bytes, maxFileBytes)
  if (tooLarge) throw refused(tooLarge)
  const { stream } = upload
  const outcome = await ingest.keep({ stream }).catch((error: unknown) => {
    // Whoever gave the file in has gone; nothing is kept.
    if (stream.errored || !stream.readableEnded) throw new Refusal({ status: 400, code: "unreadable", message: refusals.unreadable })
    throw error
  })
  if (!outcome.ok) throw refused(outcome.message)
  return outcome.kept
}

function changing({ ingest }: DocumentDependencies): ApiRoute[] {
  return [
    write(retryDocument, {
      async act(tx, { params: { id } }) {
        const { name, state } = await fileOf(tx, id)
        if (state === "waiting" || state === "reading") throw conflict(refusals.stillReading)
        await ingest.retry(id, tx)
        const log = { kind: "document.retried", subject: `document:${id}`, details: { name } }
        return { reply: {}, log, afterwards: waking(ingest) }
      },
    }),
    write(removeDocument, {
      async act(tx, { params: { id } }) {
        const { name, state, publishedAt, sha256 } = await fileOf(tx, id)
        if (state === "reading") throw conflict(refusals.stillReading)
        if (publishedAt) throw conflict(refusals.published)
        const afterwards = await ingest.forget(tx, id)
        return { reply: {}, log: { kind: "document.removed", subject: `document:${id}`, details: { name, sha256 } }, afterwards }
      },
    }),
  ]
}

/** The file with this id. Throws NotFoundError. */
export async function fileOf(tx: Transaction, id: string): Promise<SourceFile> {
  const row = await tx.sourceFile.findUnique({ where: { id } })
  if (!row) throw new NotFoundError("document")
  return fromRow(row)
}
