import { z } from "zod"
import { DRAFT_STATES } from "./drafts.ts"
import { DOCUMENT_STATES } from "./documents.ts"
import { idParams, moment } from "./fields.ts"
import { pageQuery } from "./paging.ts"
import { contract } from "./route.ts"

export const IMPORT_CHANGES = ["new", "changed", "gone", "same"] as const
/** All procedures of the country fit. */
export const MAX_IMPORTED = 10_000

const leaf = z.union([z.string(), z.number(), z.boolean(), z.null()])
const importRow = z.object({
  code: z.string(),
  name: z.string(),
  change: z.enum(IMPORT_CHANGES),
  drafted: z.boolean().describe("Somebody prepares it; taken over only when it is chosen by its code"),
  differences: z.array(z.object({ path: z.string(), before: leaf, after: leaf })),
})
export type ImportRow = z.infer<typeof importRow>

const counts = z.object({ new: z.int(), changed: z.int(), gone: z.int(), same: z.int() })

export const readProcedureImport = contract({
  method: "get",
  path: "/procedures/imports/:id",
  access: "knowledge.read",
  summary: "What a file that was given in (POST /documents) would change, procedure by procedure, field by field",
  params: idParams,
  query: pageQuery(["code"], "code").extend({ change: z.enum(["", ...IMPORT_CHANGES]).default("") }),
  response: z.object({
    name: z.string(),
    state: z.enum(DOCUMENT_STATES),
    note: z.string().nullable().describe("Why it could not be read"),
    problems: z.array(z.string()).describe("Lines at fault, which are left out"),
    counts,
    rows: z.array(importRow),
    total: z.int(),
    making: z.object({ done: z.int(), total: z.int() }).nullable().describe("Drafts on their way"),
    last: z
      .object({ state: z.enum(["done", "broken"]), total: z.int(), drafted: z.int(), left: z.int(), by: z.string(), at: moment })
      .nullable()
      .describe("What became of the last time; broken: it ended half-way and made no draft at all"),
  }),
})
export type ProcedureImport = z.infer<typeof readProcedureImport.response>

const codes = z.array(z.string().max(40)).max(MAX_IMPORTED, "Quá nhiều thủ tục một lần")

export const draftProcedureImport = contract({
  method: "post",
  path: "/procedures/imports/:id",
  access: "knowledge.edit",
  summary: "Makes drafts of what was chosen, all or none",
  params: idParams,
  body: z.object({
    take: z
      .array(z.enum(["new", "changed"]))
      .default([])
      .describe("Whole groups, apart from what somebody prepares"),
    codes: codes.default([]).describe("Single procedures, also gone ones, which are then to be withdrawn"),
    state: z.enum(DRAFT_STATES).default("editing"),
  }),
  response: z.object({ drafted: z.int(), left: z.int().describe("Chosen with their group, left because somebody prepares them") }),
})
