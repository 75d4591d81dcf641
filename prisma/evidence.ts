import { createHmac } from "node:crypto"
import type { Database, JsonObject, Transaction } from "./database.ts"
import { type ChainItem, canonicalJson, GENESIS_HASH, hashOf, toChainItem } from "./evidence-chain.ts"

export { type ChainItem, type ChainVerdict, type ExportedEntry, parseExport, verifyChain } from "./evidence-chain.ts"

export interface NewEvidence {
  readonly at: Date
  readonly kind: string
  /** Already masked and pseudonymous: what is in it stays for good. */
  readonly body: JsonObject
}

const BATCH = 500
const PSEUDONYM_BYTES = 16

/** Adds one entry to the chain, as part of the caller's transaction, and returns its number and hash. */
export async function appendEvidence(tx: Transaction, { at, kind, body }: NewEvidence): Promise<{ seq: number; hash: string }> {
  const last = await tx.evidenceEntry.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } })
  const seq = (last?.seq ?? 0) + 1
  const previousHash = last?.hash ?? GENESIS_HASH
  const stored = asStored(body)
  const hash = hashOf({ seq, at: at.toISOString(), kind, body: stored, previousHash })
  await tx.evidenceEntry.create({ data: { seq, at, kind, body: stored, previousHash, hash } })
  return { seq, hash }
}

/** The body as it will be read back. Prisma drops members named `__proto__`, so the hash must not cover them. */
function asStored(body: JsonObject): Record<string, never> {
  const withoutProto = (name: string, value: unknown) => (name === "__proto__" ? undefined : value)
  return JSON.parse(JSON.stringify(body), withoutProto) as Record<string, never>
}

interface Row {
  readonly seq: string
  readonly at: string
  readonly kind: string
  readonly body: string
  readonly previousHash: string
  readonly hash: string
}

/** Yields the whole chain from its first entry on; what somebody made unreadable comes as such and stops nothing. */
export async function* readEvidence(database: Database): AsyncGenerator<ChainItem> {
  let rows: Row[]
  let last = Number.MIN_SAFE_INTEGER
  do {
    // As plain text: the typed query gives up on the first row with a date or a body that it cannot read.
    rows = await database.$queryRaw<Row[]>`
      SELECT CAST("seq" AS TEXT) AS "seq", CAST("at" AS TEXT) AS "at", CAST("kind" AS TEXT) AS "kind",
        CAST("body" AS TEXT) AS "body", "previousHash", "hash"
      FROM "EvidenceEntry" AS "entry" WHERE "entry"."seq" > ${last} ORDER BY "entry"."seq" LIMIT ${BATCH}`
    yield* rows.map(readRow)
    last = Number(rows.at(-1)?.seq)
  } while (rows.length === BATCH && Number.isSafeInteger(last))
}

function readRow(row: Row): ChainItem {
  try {
    const body: unknown = JSON.parse(row.body)
    return toChainItem({ ...row, seq: Number(row.seq), at: new Date(row.at).toISOString(), body })
  } catch {
    return { unreadable: "nội dung hoặc thời điểm không đọc được" }
  }
}

/** Yields the chain as lines of JSONL, each ending in a newline, which `parseExport` takes back. */
export async function* exportEvidence(database: Database): AsyncGenerator<string> {
  for await (const item of readEvidence(database)) yield `${canonicalJson(item)}\n`
}

/** Returns a name for a citizen that is the same in every entry and cannot be turned back without the key (HMAC-SHA-256, 16 bytes). */
export function pseudonym(key: string, value: string): string {
  const digest = createHmac("sha256", Buffer.from(key, "base64url")).update(value).digest()
  return digest.subarray(0, PSEUDONYM_BYTES).toString("base64url")
}
