import { readAudit } from "../../prisma/audit.ts"
import type { Database } from "../../prisma/database.ts"
import { type ChainVerdict, readEvidence, verifyChain } from "../../prisma/evidence.ts"
import { pageOfQuery } from "../api/page.ts"
import { type ApiRoute, read } from "../api/route.ts"
import { type AuditRow, checkAudit, listAudit, listAuditChoices } from "../contract/audit.ts"

const DAY = 24 * 60 * 60 * 1000

/** What staff did, and whether the chains are whole. */
export function auditRoutes({ db }: { readonly db: Database }): ApiRoute[] {
  return [
    read(listAudit, async ({ query }) => {
      const { q, kind, actor, from, to } = query
      const at = { ...(from ? { gte: startOf(from) } : {}), ...(to ? { lt: new Date(startOf(to).getTime() + DAY) } : {}) }
      const where = {
        at,
        ...(kind ? { kind } : {}),
        ...(actor ? { actorId: actor } : {}),
        ...(q ? { subject: { contains: q } } : {}),
      }
      const rows = await db.auditEntry.findMany({ where, ...pageOfQuery(query, "seq") })
      return { total: await db.auditEntry.count({ where }), rows: rows.map(rowOf) }
    }),
    read(listAuditChoices, async () => {
      const kinds = await db.auditEntry.groupBy({ by: ["kind"], orderBy: { kind: "asc" } })
      const people = await db.staff.findMany({ select: { id: true, name: true }, orderBy: { name: "asc" } })
      return { kinds: kinds.map(({ kind }) => kind), actors: people }
    }),
    read(checkAudit, async () => ({
      audit: told(await verifyChain(readAudit(db))),
      evidence: told(await verifyChain(readEvidence(db))),
    })),
  ]
}

/** Vietnam has one time zone and no summer time. */
const startOf = (day: string) => new Date(`${day}T00:00:00+07:00`)

const told = (verdict: ChainVerdict) => ({ ok: verdict.ok, count: verdict.count, reason: verdict.ok ? null : verdict.reason })

function rowOf({
  seq,
  at,
  kind,
  subject,
  body,
  hash,
}: {
  seq: number
  at: Date
  kind: string
  subject: string
  body: unknown
  hash: string
}): AuditRow {
  const { actor, details } = body as { actor: string; details: Record<string, unknown> }
  return { seq, at: at.toISOString(), kind, actor, subject, details, hash }
}
