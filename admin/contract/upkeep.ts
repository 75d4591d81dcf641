import { z } from "zod"
import { KNOWLEDGE_KINDS, recordParams } from "./drafts.ts"
import { dayField, idField, moment } from "./fields.ts"
import { pageOf, pageQuery } from "./paging.ts"
import { contract, done } from "./route.ts"

export const UPKEEP_REASONS = ["expired", "superseded", "review_overdue", "expiring", "review_due"] as const
export const UPKEEP_SHOWS = ["", ...UPKEEP_REASONS, "all"] as const
/** How far ahead lists look for what ends or is to be looked through. */
export const DUE_DAYS = 30

const named = z.object({ kind: z.enum(KNOWLEDGE_KINDS), key: z.string(), name: z.string() })

export const upkeepRow = named.extend({
  /** Notices have pages by their kind. */
  noticeKind: z.string().nullable(),
  endsOn: z.string().nullable().describe("Its last day"),
  ownerId: z.string().nullable(),
  owner: z.string().nullable(),
  reviewBy: z.string().nullable(),
  reasons: z.array(z.enum(UPKEEP_REASONS)),
  successor: named.nullable().describe("What is told in its place"),
})
export type UpkeepRow = z.infer<typeof upkeepRow>

export const listUpkeep = contract({
  method: "get",
  path: "/upkeep",
  access: "knowledge.read",
  summary: "Records that are told and want to be looked at: ended, ending, superseded, to be looked through; of every kind",
  query: pageQuery(["due", "name"], "due").extend({
    show: z.enum(UPKEEP_SHOWS).default("").describe("Nothing: whatever has a reason; all: also what has none"),
    kind: z.enum(["", ...KNOWLEDGE_KINDS]).default(""),
    ownerId: z.union([z.literal(""), idField]).default(""),
    days: z.coerce.number().int().min(0).max(3650).default(DUE_DAYS),
  }),
  response: pageOf(upkeepRow),
})

export const readOwners = contract({
  method: "get",
  path: "/upkeep/owners",
  access: "knowledge.read",
  summary: "Members of staff whom records can be given to",
  response: z.object({ owners: z.array(z.object({ id: z.string(), name: z.string() })) }),
})

const care = z.object({ ownerId: idField.nullable(), reviewBy: dayField.nullable() })

export const readCare = contract({
  method: "get",
  path: "/records/:kind/:key/care",
  access: "knowledge.read",
  summary: "Who looks after a record, until when, and whether it is switched off",
  params: recordParams,
  response: care.extend({ suspended: z.string().nullable().describe("Why it is switched off; null while it is on"), updatedAt: moment }),
})
export type RecordCare = z.infer<typeof readCare.response>

export const changeCare = contract({
  method: "post",
  path: "/records/:kind/:key/care",
  access: "knowledge.edit",
  summary: "Says who looks after a record and by which day it is looked through again",
  params: recordParams,
  body: care,
  response: done,
})
