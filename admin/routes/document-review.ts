import { NotFoundError } from "../../errors.ts"
import type { KnowledgeDocument } from "../../knowledge/document.ts"
import type { PagePictures } from "../../knowledge/ingest/page-pictures.ts"
import { idOf, type Namesake, namesakeOf } from "../../knowledge/ingest/namesake.ts"
import { confirmReading, correctPage, type Corrections, documentIn, proposeMarks } from "../../knowledge/ingest/review.ts"
import { readingOf, readingVersion, type SourceFile } from "../../knowledge/ingest/source-file.ts"
import type { DiacriticsModel } from "../../knowledge/quality/diacritics-model.ts"
import type { Reading } from "../../knowledge/reading/reading.ts"
import type { Transaction } from "../../prisma/database.ts"
import { conflict, wrongField } from "../api/refusal.ts"
import { type ApiRoute, read, send, type SentFile, write } from "../api/route.ts"
import {
  confirmDocument,
  correctDocumentPage,
  type DocumentDetails,
  type DocumentHead,
  drawDocumentPage,
  proposePageMarks,
  readDocument,
  readDocumentPage,
  readOriginal,
} from "../contract/documents.ts"
import { refusals } from "../texts.ts"
import { type DocumentDependencies, fileOf, rowOf } from "./documents.ts"

export interface ReviewDependencies extends DocumentDependencies {
  readonly pictures: Pick<PagePictures, "draw">
  /** The counts that marks are proposed by. */
  readonly diacritics: () => DiacriticsModel
}

/** Looking at what was read from a file, and putting it right. */
export const reviewRoutes = (dependencies: ReviewDependencies): ApiRoute[] => [
  ...looking(dependencies),
  ...originals(dependencies),
  ...correcting(),
]

function looking({ db, diacritics }: ReviewDependencies): ApiRoute[] {
  return [
    read(readDocument, async ({ params: { id } }) => {
      const file = await fileOf(db, id)
      const reading = isRead(file) ? await readingOf(db, id) : null
      if (!reading) return detailsOf(file)
      const namesake = await namesakeOf(db, { file, reading })
      return detailsOf(file, { reading, namesake, version: await readingVersion(db, id) })
    }),
    read(readDocumentPage, async ({ params: { id, page } }) => {
      const { reading, file, version } = await openReading(db, id)
      const { text, number } = pageOf(reading, page)
      return { text, picture: file.kind === "image" || (file.kind === "pdf" && number !== null), version }
    }),
    read(proposePageMarks, async ({ params: { id, page } }) => {
      const { text, changes } = await proposeMarks(db, { fileId: id, index: page }, diacritics())
      return { text, changes: [...changes] }
    }),
  ]
}

const isRead = ({ state }: SourceFile) => state === "read" || state === "needs_review"

function pageOf({ pages }: Reading, index: number) {
  const page = pages[index]
  if (!page) throw new NotFoundError("page")
  return page
}

interface Read {
  readonly reading: Reading
  readonly namesake: Namesake | null
  readonly version: string | null
}

function detailsOf(file: SourceFile, { reading, namesake, version }: Partial<Read> = {}): DocumentDetails {
  const document = documentIn(reading ?? null)
  return {
    file: rowOf(file),
    head: document && headOf(document),
    proposals: (reading?.proposals ?? []).map(({ field, value, quote, page }) => ({ field, value, quote, page })),
    records: reading?.items.length ?? 0,
    remarks: [...(reading?.problems ?? []), ...(reading?.notes ?? [])],
    pages: (reading?.pages ?? []).map(({ number, from, score, findings }) => ({
      ...{ number, score, findings: [...findings] },
      scanned: from === "ocr",
    })),
    doubtful: document?.verified === false,
    confirmed: reading?.review?.confirmed ?? false,
    compared: reading?.review?.compared ?? false,
    namesake: namesake ? { ...titleOf(namesake.document), choice: namesake.choice ?? "" } : null,
    version: version ?? null,
  }
}

const headOf = ({ number, issuer, date, kind, title, signer, effectiveFrom, effectiveTo }: KnowledgeDocument): DocumentHead => ({
  ...{ issuer, kind, title, number: number ?? "", date: date ?? "" },
  ...{ signer: signer ?? "", effectiveFrom: effectiveFrom ?? "", effectiveTo: effectiveTo ?? "" },
})

const titleOf = ({ title, number, date }: KnowledgeDocument) => ({ title, number: number ?? "", date: date ?? "" })

const correctionsOf = ({ issuer, kind, title, ...head }: DocumentHead): Corrections => ({
  ...{ issuer, kind, title, shortTitle: title },
  number: head.number || null,
  date: head.date || null,
  year: head.date ? Number(head.date.slice(0, 4)) : null,
  signer: head.signer || null,
  effectiveFrom: head.effectiveFrom || null,
  effectiveTo: head.effectiveTo || null,
})

function originals({ db, ingest, pictures }: ReviewDependencies): ApiRoute[] {
  return [
    send(readOriginal, async ({ params: { id } }) => {
      const { name } = await fileOf(db, id)
      return { content: { path: await ingest.original(id) }, type: "application/octet-stream", saveAs: name }
    }),
    send(drawDocumentPage, async ({ params: { id, page } }): Promise<SentFile> => {
      const { file, reading } = await openReading(db, id)
      const path = await ingest.original(id)
      if (file.kind === "image") return { content: { path }, type: /\.png$/i.test(file.name) ? "image/png" : "image/jpeg", saveAs: null }
      const { number } = pageOf(reading, page)
      const png = file.kind === "pdf" && number !== null ? await pictures.draw(path, number) : null
      if (!png) throw new NotFoundError("picture")
      return { content: png, type: "image/png", saveAs: null }
    }),
  ]
}

function correcting(): ApiRoute[] {
  return [
    write(correctDocumentPage, {
      async act(tx, { params: { id, page }, body: { text, version }, now }) {
        const { file, reading } = await openReading(tx, id, version)
        const { number } = pageOf(reading, page)
        await correctPage(tx, { fileId: id, index: page, text }, now)
        return {
          reply: {},
          log: { kind: "document.page_corrected", subject: `document:${id}`, details: { name: file.name, page: number } },
        }
      },
    }),
    write(confirmDocument, {
      async act(tx, { params: { id }, body: { compared, namesake, version, ...head }, now }) {
        const { file, reading } = await openReading(tx, id, version)
        const before = documentIn(reading)
        const corrections = correctionsOf(head)
        const other = await namesakeOf(tx, { file, reading }, corrections)
        if (other && namesake === "") throw wrongField("namesake", refusals.namesake(other.document.title))
        const identity = other && namesake ? { id: idOf(file, head.number || null, namesake), replaces: namesake === "replaces" } : null
        await confirmReading(tx, { fileId: id, corrections, compared, ...(identity ? { identity } : {}) }, now)
        const details = { name: file.name, compared, head, before: before && headOf(before), ...(identity ? { namesake } : {}) }
        return { reply: {}, log: { kind: "document.confirmed", subject: `document:${id}`, details } }
      },
    }),
  ]
}

interface Opened {
  readonly file: SourceFile
  readonly reading: Reading
  readonly version: string
}

/** What was read from a file. Throws when it is not read (any more), or is no longer what the person saw. */
export async function openReading(tx: Transaction, id: string, seen?: string): Promise<Opened> {
  const file = await fileOf(tx, id)
  const reading = isRead(file) ? await readingOf(tx, id) : null
  const version = await readingVersion(tx, id)
  if (!reading || version === null) throw conflict(refusals.notRead)
  if (seen !== undefined && seen !== version) throw conflict(refusals.overtaken)
  return { file, reading, version }
}
