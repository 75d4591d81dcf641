import { createHmac } from "node:crypto"
import { appendTo, type ChainTable, exportChain, type NewEntry, readChain } from "./chain.ts"
import type { Database, Transaction } from "./database.ts"
import { insertRows } from "./rows.ts"
import type { ChainItem } from "./evidence-chain.ts"

export { type ChainItem, type ChainVerdict, type ExportedEntry, parseExport, verifyChain } from "./evidence-chain.ts"

/** One entry to be; its body is already masked and pseudonymous. */
export type NewEvidence = NewEntry

const PSEUDONYM_BYTES = 16

const EVIDENCE: ChainTable = {
  name: "EvidenceEntry",
  mirrored: [],
  last: (tx) => tx.evidenceEntry.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } }),
  create: (tx, rows) => insertRows(tx, "EvidenceEntry", { rows }),
}

/** Adds one entry to the chain, as part of the caller's transaction, and returns its number and hash. */
export async function appendEvidence(tx: Transaction, entry: NewEvidence): Promise<{ seq: number; hash: string }> {
  const [{ seq, hash } = { seq: 0, hash: "" }] = await appendTo(EVIDENCE, tx, [entry])
  return { seq, hash }
}

/** Adds entries in their order: the chain is read and written once for all of them. */
export async function appendAllEvidence(tx: Transaction, entries: readonly NewEvidence[]): Promise<void> {
  await appendTo(EVIDENCE, tx, entries)
}

/** Yields the whole chain from its first entry on; what somebody made unreadable comes as such and stops nothing. */
export const readEvidence = (database: Database): AsyncGenerator<ChainItem> => readChain(EVIDENCE, database)

/** Yields the chain as lines of JSONL, each ending in a newline, which `parseExport` takes back. */
export const exportEvidence = (database: Database): AsyncGenerator<string> => exportChain(EVIDENCE, database)

/** Returns a name for a citizen that is the same in every entry and cannot be turned back without the key (HMAC-SHA-256, 16 bytes). */
export function pseudonym(key: string, value: string): string {
  const digest = createHmac("sha256", Buffer.from(key, "base64url")).update(value).digest()
  return digest.subarray(0, PSEUDONYM_BYTES).toString("base64url")
}
