import type { z } from "zod"
import type { Transaction } from "../../prisma/database.ts"
import { documentSchema } from "../document.ts"
import { fieldOf, inVietnamese } from "../import/wording.ts"
import { documentItem, noticeItem, procedureItem, type KnowledgeItem, type KnowledgeKind } from "../item.ts"
import { missingConsent, noticeSchema } from "../notice.ts"
import { procedureSchema } from "../procedure.ts"

/** What names a record: its kind, and its code or id. */
export interface RecordName {
  readonly kind: KnowledgeKind
  readonly key: string
}

/** A record that may be told, or what is wrong with it, by the path of the field ("methods.0.fees.1.amount"). */
export type Checked =
  { readonly ok: true; readonly item: KnowledgeItem } | { readonly ok: false; readonly faults: Readonly<Record<string, string>> }

const CHECKS: Readonly<Record<KnowledgeKind, (body: unknown) => Checked>> = {
  procedure: (body) => checked(procedureSchema.safeParse(body, inVietnamese), procedureItem),
  document: (body) => checked(documentSchema.safeParse(body, inVietnamese), documentItem),
  notice: (body) => checked(noticeSchema.safeParse(body, inVietnamese), noticeItem),
}

/** Checks a record against its schema; faults are told in Vietnamese. */
export const checkRecord = (kind: KnowledgeKind, body: unknown): Checked => CHECKS[kind](body)

/** The same of what staff write, who must also say that a telephone number may be told. */
export function checkWritten(kind: KnowledgeKind, body: unknown): Checked {
  const result = checkRecord(kind, body)
  const faults = result.ok && result.item.kind === "notice" ? missingConsent(result.item.body) : {}
  return Object.keys(faults).length > 0 ? { ok: false, faults } : result
}

function checked<T>(parsed: z.ZodSafeParseResult<T>, itemOf: (body: T) => KnowledgeItem): Checked {
  if (parsed.success) return { ok: true, item: itemOf(parsed.data) }
  return { ok: false, faults: Object.fromEntries(parsed.error.issues.toReversed().map((issue) => [fieldOf(issue), issue.message])) }
}

/** A record in its newest wording. `told`: citizens are answered from it. */
export interface StoredRecord {
  readonly item: KnowledgeItem
  readonly version: number
  readonly told: boolean
  readonly demo: boolean
}

/** The record as it was published last; null when it never was. */
export async function storedRecord(tx: Transaction, { kind, key }: RecordName): Promise<StoredRecord | null> {
  const row = await tx.knowledgeRecord.findUnique({ where: { kind_key: { kind, key } } })
  if (!row) return null
  const wording = await tx.knowledgeVersion.findUniqueOrThrow({ where: { recordId_version: { recordId: row.id, version: row.version } } })
  const result = checkRecord(kind, wording.body)
  if (!result.ok) throw new Error(`${kind}:${key} was stored with faults: ${Object.keys(result.faults).join(", ")}`)
  return { item: { ...result.item, key }, version: row.version, told: row.status === "published", demo: row.demo }
}
