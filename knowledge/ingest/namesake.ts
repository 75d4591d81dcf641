import type { Transaction } from "../../prisma/database.ts"
import type { KnowledgeDocument } from "../document.ts"
import { storedRecord } from "../editing/records.ts"
import { unmarked } from "../quality/spelling.ts"
import type { Reading } from "../reading/reading.ts"
import { documentId } from "./queue.ts"
import { type Corrections, documentIn } from "./review.ts"
import type { SourceFile } from "./source-file.ts"

/** What a person says of a file whose name is that of another document: it takes its place, or it is told beside it. */
export const NAMESAKE_CHOICES = ["replaces", "another"] as const
export type NamesakeChoice = (typeof NAMESAKE_CHOICES)[number]

export interface Namesake {
  /** What is told now under the name of the file. */
  readonly document: KnowledgeDocument
  /** What was said of it so far. */
  readonly choice: NamesakeChoice | null
}

/**
 * The document that publishing this file would take the place of although number or title differ: scanners call everything
 * “scan.pdf”. Null where there is none. `corrections`: the head as somebody is about to confirm it.
 */
export async function namesakeOf(
  tx: Transaction,
  { file, reading }: { readonly file: SourceFile; readonly reading: Reading },
  corrections: Corrections = {},
): Promise<Namesake | null> {
  const own = documentIn(reading)
  if (!own || file.publishedAt) return null
  const key = documentId(file.name)
  const stored = await storedRecord(tx, { kind: "document", key })
  if (!stored?.told || stored.item.kind !== "document") return null
  const { body } = stored.item
  if (isSame(body, { ...own, ...corrections })) return null
  return { document: body, choice: own.id === key ? (reading.review?.replaces ? "replaces" : null) : "another" }
}

const isSame = (told: KnowledgeDocument, own: KnowledgeDocument) =>
  (told.number ?? "") === (own.number ?? "") && unmarked(told.title) === unmarked(own.title)

/** Under which id the document of a file with a namesake is kept from now on. */
export function idOf({ id, name }: SourceFile, number: string | null, choice: NamesakeChoice): string {
  const key = documentId(name)
  // By its number a later version of the same document finds it again.
  return choice === "replaces" ? key : `${key} (${number?.replaceAll("/", "-") ?? id.slice(0, 8)})`
}
