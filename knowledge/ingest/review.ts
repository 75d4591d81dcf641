import { InvalidInputError, NotFoundError } from "../../errors.ts"
import type { Database, JsonObject, Transaction } from "../../prisma/database.ts"
import { documentSchema, type KnowledgeDocument } from "../document.ts"
import { structureOf, type SourceLine } from "../import/structure.ts"
import { inVietnamese } from "../import/wording.ts"
import { documentItem, type KnowledgeItem, type KnowledgeKind } from "../item.ts"
import { judgeDocument, judgePage } from "../quality/gate.ts"
import type { DiacriticsModel } from "../quality/diacritics-model.ts"
import { restoreDiacritics, type Restored } from "../quality/restore.ts"
import { lineOf } from "../reading/page-text.ts"
import type { Reading, Review } from "../reading/reading.ts"
import { saveItemsWithin, TRANSACTION, type SaveReport } from "../store.ts"
import { readingOf } from "./source-file.ts"

/** What a person may put right of a document before it is published. */
export type Corrections = Partial<Omit<KnowledgeDocument, "id" | "sections" | "verified">>

export interface Publication {
  readonly fileId: string
  /** True when a person compared the text with the original: its figures then count as certain. */
  readonly compared: boolean
  /** Whoever publishes, for the list of releases. */
  readonly by?: string
  /** Why it is published although a golden question is lost by it. */
  readonly reason?: string | null
  readonly now: Date
  readonly newId: () => string
}

async function given(db: Transaction, fileId: string): Promise<Reading> {
  const reading = await readingOf(db, fileId)
  if (!reading) throw new NotFoundError("Tệp này chưa đọc xong nên chưa có nội dung")
  return reading
}

/**
 * Publishes what was read from a file, as a person confirmed it. A scan that nobody compared is published too, marked as such.
 * Throws InvalidInputError that names the field at fault.
 */
export const publishReading = (db: Database, publication: Publication): Promise<SaveReport> =>
  db.$transaction((tx) => publishReadingWithin(tx, publication), TRANSACTION)

/** The same as part of the caller's transaction. */
export async function publishReadingWithin(tx: Transaction, publication: Publication): Promise<SaveReport> {
  const { fileId, compared, by = null, reason = null, now, newId } = publication
  const reading = await given(tx, fileId)
  const file = await tx.sourceFile.findUniqueOrThrow({ where: { id: fileId } })
  const options = { now, newId, demo: false, importedFrom: file.name, by, reason, byStaff: CONFIRMED }
  const report = await saveItemsWithin(tx, itemsToTell(reading, compared), options)
  await tx.sourceFile.update({ where: { id: fileId }, data: { publishedAt: now, toPublishSince: null, updatedAt: now } })
  return report
}

/** Kinds that a person confirms before they are published. */
export const CONFIRMED: readonly KnowledgeKind[] = ["document"]

/** The records of a file as they would be told. `compared`: a person compared the text, so its figures are certain. */
export const itemsToTell = ({ items }: Pick<Reading, "items">, compared: boolean): KnowledgeItem[] =>
  items.map((item) => (item.kind === "document" ? corrected(item.body, { verified: compared || item.body.verified }) : item))

function corrected(document: KnowledgeDocument, corrections: Partial<KnowledgeDocument>) {
  const parsed = documentSchema.safeParse({ ...document, ...corrections }, inVietnamese)
  if (parsed.success) return documentItem(parsed.data)
  throw new InvalidInputError(
    "Chưa công bố được",
    parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`),
  )
}

/** The document of a file; null for a file of records. */
export const documentIn = (reading: Pick<Reading, "items"> | null): KnowledgeDocument | null =>
  reading?.items.flatMap((item) => (item.kind === "document" ? [item.body] : []))[0] ?? null

export interface Confirmation {
  readonly fileId: string
  readonly corrections: Corrections
  /** The text was compared with the original. */
  readonly compared: boolean
  /** Set where another document is told under the file's name: as what this one is kept, and whether it takes that one's place. */
  readonly identity?: { readonly id: string; readonly replaces: boolean }
}

/** Keeps what a person put right of a document's head, and whether they compared the text. Throws InvalidInputError. */
export async function confirmReading(tx: Transaction, { fileId, corrections, compared, identity }: Confirmation, now: Date): Promise<void> {
  const before = await given(tx, fileId)
  const known = { ...corrections, ...(identity && { id: identity.id }) }
  const items = before.items.map((item) => (item.kind === "document" ? corrected(item.body, known) : item))
  const review: Review = { confirmed: true, compared, ...(identity && { replaces: identity.replaces }) }
  await keep(tx, { fileId, reading: { ...before, items, review } }, now)
}

async function keep(tx: Transaction, { fileId, reading }: { fileId: string; reading: Reading }, now: Date): Promise<void> {
  await tx.sourceReading.update({ where: { fileId }, data: { body: reading as unknown as JsonObject, createdAt: now } })
  if (reading.review?.confirmed) await tx.sourceFile.update({ where: { id: fileId }, data: { toPublishSince: now } })
}

/** What the counts propose for a page that lost its marks: every changed word with its confidence. Nothing is changed by it. */
export async function proposeMarks(db: Transaction, page: { fileId: string; index: number }, model: DiacriticsModel): Promise<Restored> {
  const { pages } = await given(db, page.fileId)
  const report = pages[page.index]
  if (!report) throw new NotFoundError("Không có trang này")
  return restoreDiacritics(report.text, model, { all: report.score !== null && report.score < MISTRUSTED })
}

/** A page this bad was read without Vietnamese: the marks that it has are wrong as well. */
const MISTRUSTED = 0.5

/** Puts a page's text as a person corrected it in place of what was read; sections and quality are made anew. */
export async function correctPage(db: Transaction, page: { fileId: string; index: number; text: string }, now: Date): Promise<Reading> {
  const before = await given(db, page.fileId)
  const report = before.pages[page.index]
  if (!report) throw new NotFoundError("Không có trang này")
  const text = page.text.normalize("NFC").replace(/\r\n?/g, "\n")
  // A person's words are no guess of a machine any more, so the confidence of OCR no longer counts.
  const rewritten = { ...report, ...judgePage({ text, confidence: null }), text }
  const pages = before.pages.map((old, i) => (i === page.index ? rewritten : old))
  const lines: SourceLine[] = pages.flatMap(({ text: body, number }) => body.split("\n").map((line) => lineOf(line, number)))
  const items = before.items.map((item) => (item.kind === "document" ? documentItem({ ...item.body, sections: structureOf(lines) }) : item))
  const reading: Reading = { ...before, items, pages, verdict: judgeDocument(pages) }
  await keep(db, { fileId: page.fileId, reading }, now)
  return reading
}
