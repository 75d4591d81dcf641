import { Prisma } from "./generated/client.ts"
import type { Database, JsonObject, Transaction } from "./database.ts"
import { type ChainItem, canonicalJson, GENESIS_HASH, hashOf, toChainItem } from "./evidence-chain.ts"

/** A table of the memory that is a chain: `seq`, `at`, `kind`, `body`, `previousHash`, `hash`. */
export interface ChainTable {
  readonly name: "EvidenceEntry" | "AuditEntry"
  /** Columns that repeat a member of the body, so that it can be searched by. They must agree with it. */
  readonly mirrored: readonly string[]
  last(tx: Transaction): Promise<{ readonly seq: number; readonly hash: string } | null>
  create(tx: Transaction, rows: ChainRow[]): Promise<unknown>
}

export interface ChainRow {
  readonly seq: number
  readonly at: Date
  readonly kind: string
  readonly body: JsonObject
  readonly previousHash: string
  readonly hash: string
}

export interface NewEntry {
  readonly at: Date
  readonly kind: string
  /** What is in it stays for good. */
  readonly body: JsonObject
}

const BATCH = 500

/** Adds entries to a chain in their order, as part of the caller's transaction, and returns the number and hash of each. */
export async function appendTo(table: ChainTable, tx: Transaction, entries: readonly NewEntry[]): Promise<readonly ChainRow[]> {
  if (entries.length === 0) return []
  let { seq, hash } = (await table.last(tx)) ?? { seq: 0, hash: GENESIS_HASH }
  const rows = entries.map(({ at, kind, body }): ChainRow => {
    seq += 1
    const [stored, previousHash] = [asStored(body), hash]
    hash = hashOf({ seq, at: at.toISOString(), kind, body: stored, previousHash })
    return { seq, at, kind, body: stored, previousHash, hash }
  })
  await table.create(tx, rows)
  return rows
}

/** The body as it will be read back. Prisma drops members named `__proto__`, so the hash must not cover them. */
function asStored(body: JsonObject): JsonObject {
  const withoutProto = (name: string, value: unknown) => (name === "__proto__" ? undefined : value)
  return JSON.parse(JSON.stringify(body), withoutProto) as JsonObject
}

type Row = Readonly<Record<string, string>> & {
  readonly seq: string
  readonly at: string
  readonly kind: string
  readonly body: string
  readonly previousHash: string
  readonly hash: string
}

/** Yields a whole chain from its first entry on; what somebody made unreadable comes as such and stops nothing. */
export async function* readChain(table: ChainTable, database: Database): AsyncGenerator<ChainItem> {
  const name = Prisma.raw(`"${table.name}"`)
  const mirrored = Prisma.raw(table.mirrored.map((column) => `, CAST("${column}" AS TEXT) AS "${column}"`).join(""))
  let rows: Row[]
  let last = Number.MIN_SAFE_INTEGER
  do {
    // As plain text: the typed query gives up on the first row with a date or a body that it cannot read.
    rows = await database.$queryRaw<Row[]>`
      SELECT CAST("seq" AS TEXT) AS "seq", CAST("at" AS TEXT) AS "at", CAST("kind" AS TEXT) AS "kind",
        CAST("body" AS TEXT) AS "body", "previousHash", "hash"${mirrored}
      FROM ${name} AS "entry" WHERE "entry"."seq" > ${last} ORDER BY "entry"."seq" LIMIT ${BATCH}`
    yield* rows.map((row) => readRow(row, table.mirrored))
    last = Number(rows.at(-1)?.seq)
  } while (rows.length === BATCH && Number.isSafeInteger(last))
}

function readRow({ seq, at, kind, body: text, previousHash, hash, ...columns }: Row, mirrored: readonly string[]): ChainItem {
  try {
    const body = JSON.parse(text) as Record<string, unknown>
    const item = toChainItem({ seq: Number(seq), at: new Date(at).toISOString(), kind, body, previousHash, hash })
    const strange = mirrored.find((column) => columns[column] !== body[column])
    return strange === undefined ? item : { unreadable: `cột ${strange} không khớp với nội dung của mục` }
  } catch {
    return { unreadable: "nội dung hoặc thời điểm không đọc được" }
  }
}

/** Yields a chain as lines of JSONL, each ending in a newline, which `parseExport` takes back. */
export async function* exportChain(table: ChainTable, database: Database): AsyncGenerator<string> {
  for await (const item of readChain(table, database)) yield `${canonicalJson(item)}\n`
}
