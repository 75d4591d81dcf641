import { z } from "zod"
import { idField, idParams, moment } from "./fields.ts"
import { pageOf, pageQuery } from "./paging.ts"
import { contract, done } from "./route.ts"

const READ_STATES = ["waiting", "reading", "read", "needs_review", "failed"] as const
/** Where a file stands for staff: how far it is read, then what is still to be done with it. */
export const DOCUMENT_STATES = [...READ_STATES, "to_publish", "published"] as const

export const documentRow = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.int(),
  state: z.enum(READ_STATES),
  stage: z.enum(DOCUMENT_STATES).describe("The same, and once it was read: confirmed and not told yet, or told"),
  note: z.string().nullable().describe("Why it failed, or what to look at"),
  pagesDone: z.int(),
  pagesTotal: z.int().nullable(),
  addedBy: z.string(),
  createdAt: moment,
  publishedAt: moment.nullable(),
})
export type DocumentRow = z.infer<typeof documentRow>

export const listDocuments = contract({
  method: "get",
  path: "/documents",
  access: "knowledge.read",
  summary: "Files that were given in",
  query: pageQuery(["name", "createdAt"], "-createdAt").extend({ state: z.enum(["", ...DOCUMENT_STATES]).default("") }),
  response: pageOf(documentRow),
})

export const readUploadLimit = contract({
  method: "get",
  path: "/documents/limit",
  access: "knowledge.read",
  summary: "How large a file may be",
  response: z.object({ maxBytes: z.int() }),
})

export const uploadDocument = contract({
  method: "post",
  path: "/documents",
  access: "knowledge.edit",
  summary: "Takes in one file: the body is its bytes (application/octet-stream)",
  query: z.object({ name: z.string("Tệp cần có tên").normalize("NFC").trim().min(1, "Tệp cần có tên").max(200, "Tên tệp quá dài") }),
  response: z.object({ id: z.string(), duplicate: z.string().nullable().describe("Set when the same bytes were here before") }),
  takes: "file",
})

const text = (max: number) => z.string("Xin ghi chữ").normalize("NFC").trim().max(max, "Nội dung quá dài")
const day = z.union([z.literal(""), z.iso.date("Ngày có dạng 2026-11-21")], "Ngày có dạng 2026-11-21")

/** Of a file whose name another document has that is told: it takes its place, or it is told beside it; empty: nobody said. */
export const NAMESAKE = ["", "replaces", "another"] as const

/** What a person confirms of a document; empty where it has none. */
export const documentHead = z.object({
  number: text(100),
  issuer: text(200),
  date: day,
  kind: text(60),
  title: text(300).min(1, "Xin ghi tên văn bản"),
  signer: text(100),
  effectiveFrom: day,
  effectiveTo: day,
})
export type DocumentHead = z.infer<typeof documentHead>

const pageSummary = z.object({
  number: z.int().nullable(),
  scanned: z.boolean(),
  score: z.number().nullable(),
  findings: z.array(z.string()),
})

export const readDocument = contract({
  method: "get",
  path: "/documents/:id",
  access: "knowledge.read",
  summary: "One file: what was read, where, and how well",
  params: idParams,
  response: z.object({
    file: documentRow,
    head: documentHead.nullable().describe("Null for a file of records"),
    proposals: z.array(z.object({ field: z.string(), value: z.string(), quote: z.string(), page: z.int().nullable() })),
    records: z.int(),
    remarks: z.array(z.string()),
    pages: z.array(pageSummary),
    doubtful: z.boolean().describe("Read from a scan, or text that was poor when it was read: certain only once somebody compared it"),
    confirmed: z.boolean(),
    compared: z.boolean(),
    namesake: z
      .object({ title: z.string(), number: z.string(), date: z.string(), choice: z.enum(NAMESAKE) })
      .nullable()
      .describe("Another document that is told under the name of this file, and what was said of it"),
    version: z.string().nullable().describe("Given back with a change, so that nobody overwrites what they have not seen"),
  }),
})
export type DocumentDetails = z.infer<typeof readDocument.response>

const pageParams = z.object({ id: idField, page: z.coerce.number().int().min(0).max(100_000) })

export const readDocumentPage = contract({
  method: "get",
  path: "/documents/:id/pages/:page",
  access: "knowledge.read",
  summary: "The text of one page (counted from 0)",
  params: pageParams,
  response: z.object({ text: z.string(), picture: z.boolean(), version: z.string() }),
})

export const proposePageMarks = contract({
  method: "get",
  path: "/documents/:id/pages/:page/marks",
  access: "knowledge.edit",
  summary: "The page with its lost marks put back, every changed word with its place in the old text; nothing is changed",
  params: pageParams,
  response: z.object({
    text: z.string(),
    changes: z.array(z.object({ at: z.int(), before: z.string(), after: z.string(), confidence: z.number() })),
  }),
})
export type PageMarks = z.infer<typeof proposePageMarks.response>

export const correctDocumentPage = contract({
  method: "post",
  path: "/documents/:id/pages/:page",
  access: "knowledge.edit",
  summary: "Puts a person's text in place of what was read",
  params: pageParams,
  body: z.object({ text: z.string("Xin ghi chữ").max(200_000, "Trang quá dài"), version: z.string().max(40) }),
  response: done,
})

export const drawDocumentPage = contract({
  method: "get",
  path: "/documents/:id/pages/:page/picture",
  access: "knowledge.read",
  summary: "A picture of the page",
  params: pageParams,
  response: z.null(),
  gives: "file",
})

export const readOriginal = contract({
  method: "get",
  path: "/documents/:id/original",
  access: "knowledge.read",
  summary: "The file as it was given in",
  params: idParams,
  response: z.null(),
  gives: "file",
})

export const confirmDocument = contract({
  method: "post",
  path: "/documents/:id/head",
  access: "knowledge.edit",
  summary: "Confirms what is known of the document, and whether its text was compared with the original",
  params: idParams,
  body: documentHead.extend({
    compared: z.boolean("Xin chọn đã đối chiếu hay chưa"),
    namesake: z.enum(NAMESAKE, "Xin chọn một trong hai").default(""),
    version: z.string().max(40),
  }),
  response: done,
})

export const retryDocument = contract({
  method: "post",
  path: "/documents/:id/retry",
  access: "knowledge.edit",
  summary: "Reads it once more; corrections to its text are lost",
  params: idParams,
  response: done,
})

export const removeDocument = contract({
  method: "delete",
  path: "/documents/:id",
  access: "knowledge.edit",
  summary: "Removes a file that was not published, and its original",
  params: idParams,
  response: done,
})
