import { appendTo, type ChainTable, exportChain, readChain } from "./chain.ts"
import type { Database, JsonObject, Transaction } from "./database.ts"
import type { ChainItem } from "./evidence-chain.ts"

/** What a member of staff did, to be told for good. */
export interface NewAuditEntry {
  readonly at: Date
  /** What was done: "staff.invited", "session.opened" … */
  readonly kind: string
  /** The id of who did it; "system" for the program itself and for the command line. */
  readonly actorId: string
  /** The name of who did it, as it was then. */
  readonly actor: string
  /** What it was done to, as `kind:id`. */
  readonly subject: string
  /** What an auditor needs to understand it; never a password, token or code. */
  readonly details: JsonObject
}

const AUDIT: ChainTable = {
  name: "AuditEntry",
  mirrored: ["actorId", "subject"],
  last: (tx) => tx.auditEntry.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } }),
  create: (tx, rows) =>
    tx.auditEntry.createMany({
      data: rows.map((row) => ({ ...row, actorId: text(row.body["actorId"]), subject: text(row.body["subject"]) })),
    }),
}

const text = (value: unknown) => (typeof value === "string" ? value : "")

/** Adds one entry to the audit chain, as part of the transaction that makes the change. */
export async function appendAudit(tx: Transaction, { at, kind, actorId, actor, subject, details }: NewAuditEntry): Promise<void> {
  await appendTo(AUDIT, tx, [{ at, kind, body: { actorId, actor, subject, details } }])
}

/** Yields the whole audit chain from its first entry on. */
export const readAudit = (database: Database): AsyncGenerator<ChainItem> => readChain(AUDIT, database)

/** Yields the audit chain as lines of JSONL, which `verify-log` takes back. */
export const exportAudit = (database: Database): AsyncGenerator<string> => exportChain(AUDIT, database)
