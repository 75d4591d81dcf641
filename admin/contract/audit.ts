import { z } from "zod"
import { moment } from "./fields.ts"
import { pageOf, pageQuery } from "./paging.ts"
import { contract } from "./route.ts"

export const auditRow = z.object({
  seq: z.int(),
  at: moment,
  kind: z.string(),
  actor: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
  hash: z.string(),
})
export type AuditRow = z.infer<typeof auditRow>

const day = z.union([z.literal(""), z.iso.date("Ngày có dạng 2026-11-21")]).default("")

export const listAudit = contract({
  method: "get",
  path: "/audit",
  access: "audit.read",
  summary: "What staff did, newest first; days are those of Vietnam",
  query: pageQuery(["seq"], "-seq").extend({
    kind: z.string().max(60).default(""),
    actor: z.string().max(64).default(""),
    from: day,
    to: day,
  }),
  response: pageOf(auditRow),
})

export const listAuditChoices = contract({
  method: "get",
  path: "/audit/choices",
  access: "audit.read",
  summary: "The kinds of entries and the persons that can be filtered by",
  response: z.object({ kinds: z.array(z.string()), actors: z.array(z.object({ id: z.string(), name: z.string() })) }),
})

const verdict = z.object({ ok: z.boolean(), count: z.int(), reason: z.string().nullable() })

export const checkAudit = contract({
  method: "get",
  path: "/audit/verdict",
  access: "audit.read",
  summary: "Whether both chains, of evidence and of what staff did, are whole",
  response: z.object({ audit: verdict, evidence: verdict }),
})
