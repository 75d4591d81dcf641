import { z } from "zod"
import { DRAFT_STATES, recordBody } from "./drafts.ts"
import { dayField, idField } from "./fields.ts"
import { pageOf, pageQuery } from "./paging.ts"
import { contract, done } from "./route.ts"
import { DUE_DAYS } from "./upkeep.ts"

export const PROCEDURE_SHOWS = ["", "drafted", "suspended", "incomplete", "expiring", "review_due", "same_day", "withdrawn"] as const
export const PROCEDURE_LACKS = ["dossier", "fee", "time", "place", "steps", "result", "legal_basis"] as const
export const PROCEDURE_LEVELS = ["commune", "province", "ministry", "other"] as const

export const codeParams = z.object({ code: z.string().min(1).max(40) })

export const procedureRow = z.object({
  code: z.string(),
  name: z.string(),
  field: z.string(),
  levels: z.array(z.enum(PROCEDURE_LEVELS)),
  sameDay: z.boolean(),
  effectiveTo: z.string().nullable(),
  lacks: z.array(z.enum(PROCEDURE_LACKS)),
  told: z.boolean().describe("Citizens are answered from it"),
  demo: z.boolean(),
  draft: z.object({ state: z.enum(DRAFT_STATES), withdraws: z.boolean() }).nullable(),
  ownerId: z.string().nullable(),
  owner: z.string().nullable(),
  reviewBy: dayField.nullable(),
  suspended: z.string().nullable().describe("Why it is switched off; null while it is on"),
})
export type ProcedureRow = z.infer<typeof procedureRow>

export const listProcedures = contract({
  method: "get",
  path: "/procedures",
  access: "knowledge.read",
  summary: "Procedures, told and in preparation; words are found with and without diacritics",
  query: pageQuery(["name", "code", "field", "reviewBy", "effectiveTo"], "name").extend({
    show: z.enum(PROCEDURE_SHOWS).default(""),
    field: z.string().normalize("NFC").max(200).default(""),
    level: z.enum(["", ...PROCEDURE_LEVELS]).default(""),
    lack: z.enum(["", ...PROCEDURE_LACKS]).default(""),
    ownerId: z.union([z.literal(""), idField]).default(""),
    days: z.coerce.number().int().min(0).max(3650).default(DUE_DAYS),
  }),
  response: pageOf(procedureRow),
})

export const readProcedureChoices = contract({
  method: "get",
  path: "/procedures/choices",
  access: "knowledge.read",
  summary: "The fields that procedures can be filtered by",
  response: z.object({ fields: z.array(z.string()) }),
})

export const findProcedures = contract({
  method: "get",
  path: "/procedures/found",
  access: "knowledge.read",
  summary: "Told procedures to choose from: those of the codes, then those whose code, name or everyday names hold the words",
  query: z.object({ q: z.string().trim().max(200, "Từ tìm kiếm quá dài").default(""), codes: z.string().max(4000).default("") }),
  response: z.object({ rows: z.array(z.object({ code: z.string(), name: z.string() })) }),
})

const reason = z.string("Xin ghi lý do").normalize("NFC").trim().min(3, "Xin ghi lý do").max(300, "Lý do quá dài")

export const suspendProcedure = contract({
  method: "post",
  path: "/procedures/:code/suspension",
  access: "knowledge.edit",
  summary: "Switches a procedure off at once: citizens are told that the commune is looking it over",
  params: codeParams,
  body: z.object({ reason }),
  response: done,
})

export const resumeProcedure = contract({
  method: "delete",
  path: "/procedures/:code/suspension",
  access: "knowledge.publish",
  summary: "Switches a procedure on again, at once",
  params: codeParams,
  response: done,
})

export const addProcedureAlias = contract({
  method: "post",
  path: "/procedures/:code/aliases",
  access: "knowledge.edit",
  summary: "Adds a name that citizens use to the procedure's draft, or begins one; nothing is told before it is published",
  params: codeParams,
  body: z.object({ alias: z.string("Xin ghi tên gọi").normalize("NFC").trim().min(2, "Xin ghi tên gọi").max(120, "Tên gọi quá dài") }),
  response: z.object({
    added: z.boolean().describe("False: the record has this name already"),
    draft: z.object({ id: z.string(), version: z.int() }).nullable(),
  }),
})

export const MAX_AT_ONCE = 500

export const draftSameDay = contract({
  method: "post",
  path: "/procedures/same-day",
  access: "knowledge.edit",
  summary: "Sets or takes away the same-day flag of several procedures, as drafts",
  body: z.object({
    codes: z.array(z.string().max(40)).min(1, "Xin chọn ít nhất một thủ tục").max(MAX_AT_ONCE, `Nhiều nhất ${MAX_AT_ONCE} thủ tục một lần`),
    sameDay: z.boolean(),
  }),
  response: z.object({ drafted: z.int(), unchanged: z.int() }),
})

export const previewProcedure = contract({
  method: "post",
  path: "/procedures/preview",
  access: "knowledge.read",
  summary: "What citizens would be told of this wording of a procedure; nothing is kept",
  body: z.object({
    body: recordBody,
    question: z.string().normalize("NFC").trim().max(300, "Câu hỏi quá dài").default("").describe("Asked besides the usual ones"),
  }),
  response: z.object({ answers: z.array(z.object({ question: z.string(), status: z.string(), label: z.string(), text: z.string() })) }),
})
export type ProcedurePreview = z.infer<typeof previewProcedure.response>
