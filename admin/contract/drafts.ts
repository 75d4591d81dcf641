import { z } from "zod"
import { idField, idParams, moment } from "./fields.ts"
import { pageOf, pageQuery } from "./paging.ts"
import { contract, done } from "./route.ts"

export const KNOWLEDGE_KINDS = ["procedure", "document", "notice"] as const
export const DRAFT_STATES = ["editing", "review"] as const

const kindField = z.enum(KNOWLEDGE_KINDS, "Không có loại này")
const keyField = z.string("Xin ghi mã").trim().min(1, "Xin ghi mã").max(200, "Mã quá dài")
const noteField = z.string().normalize("NFC").trim().max(1000, "Ghi chú quá dài")
const seenField = z.int("Xin tải lại trang").min(1, "Xin tải lại trang")

export const recordParams = z.object({ kind: kindField, key: keyField })

/** The typed record itself; `knowledge/procedure.ts` and its neighbours hold the schemas, faults come back by field. */
export const recordBody = z.record(z.string(), z.unknown())

export const draftRow = z.object({
  id: z.string(),
  kind: kindField,
  key: z.string(),
  name: z.string(),
  state: z.enum(DRAFT_STATES),
  isNew: z.boolean(),
  withdraws: z.boolean(),
  note: z.string(),
  version: z.int().describe("Given back with a change, so that nobody overwrites what they have not seen"),
  changedBy: z.string(),
  updatedAt: moment,
})
export type DraftRow = z.infer<typeof draftRow>

export const readRecord = contract({
  method: "get",
  path: "/records/:kind/:key",
  access: "knowledge.read",
  summary: "A record as it is told now, and as it is being prepared",
  params: recordParams,
  response: z.object({
    live: z.object({ body: recordBody, version: z.int(), told: z.boolean(), demo: z.boolean() }).nullable(),
    draft: draftRow.extend({ body: recordBody }).nullable(),
  }),
})
export type RecordDetails = z.infer<typeof readRecord.response>

export const listDrafts = contract({
  method: "get",
  path: "/drafts",
  access: "knowledge.read",
  summary: "What is being prepared",
  query: pageQuery(["updatedAt", "key"], "-updatedAt").extend({
    state: z.enum(["", ...DRAFT_STATES]).default(""),
    kind: z.enum(["", ...KNOWLEDGE_KINDS]).default(""),
  }),
  response: pageOf(draftRow),
})

export const saveRecordDraft = contract({
  method: "post",
  path: "/drafts",
  access: "knowledge.edit",
  summary: "Keeps a record as it shall be told; nothing reaches citizens before it is published",
  body: z.object({
    kind: kindField,
    body: recordBody,
    withdraws: z.boolean().default(false).describe("The record shall be told no more"),
    note: noteField.default(""),
    seen: seenField.nullable().describe("Version of the draft that was seen; null when there was none"),
  }),
  response: z.object({ draft: draftRow.nullable().describe("Null: citizens are told exactly this already") }),
})

export const discardRecordDraft = contract({
  method: "delete",
  path: "/drafts/:id/:version",
  access: "knowledge.edit",
  summary: "Throws a draft away",
  params: z.object({ id: idField, version: z.coerce.number().int() }),
  response: done,
})

export const submitDraft = contract({
  method: "post",
  path: "/drafts/:id/review",
  access: "knowledge.edit",
  summary: "Hands a draft on for review",
  params: idParams,
  body: z.object({ version: seenField }),
  response: done,
})

export const returnDraft = contract({
  method: "post",
  path: "/drafts/:id/return",
  access: "knowledge.approve",
  summary: "Gives a draft back for more work, with the reason",
  params: idParams,
  body: z.object({ version: seenField, note: noteField.min(3, "Xin ghi lý do để người soạn biết cần sửa gì") }),
  response: done,
})
