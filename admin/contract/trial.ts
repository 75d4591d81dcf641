import { z } from "zod"
import { draftRow } from "./drafts.ts"
import { contract } from "./route.ts"

export const WHY_NOT = [
  "ruled_out",
  "ended",
  "old_record",
  "other_place",
  "rare_variant",
  "other_number",
  "offered",
  "unsure",
  "lower_score",
] as const

export const AGAINST = ["live", "drafts"] as const

export const questionField = z.string("Xin ghi câu hỏi").normalize("NFC").trim().min(2, "Xin ghi câu hỏi").max(2000, "Câu hỏi quá dài")

const citation = z.object({
  sourceId: z.string(),
  title: z.string(),
  section: z.string().nullable(),
  page: z.int().nullable(),
  quote: z.string(),
})

const considered = z.object({
  code: z.string(),
  name: z.string(),
  score: z.number().nullable().describe("0 to 1; null: ruled out by staff before it was scored"),
  heardAs: z.string().nullable(),
  chosen: z.boolean(),
  why: z.array(z.enum(WHY_NOT)),
  variants: z.array(z.string()),
})
export type ConsideredRow = z.infer<typeof considered>

const step = z.object({ step: z.string(), verdict: z.string(), ms: z.number(), details: z.record(z.string(), z.unknown()) })
export type TrialStep = z.infer<typeof step>

export const askTrial = contract({
  method: "post",
  path: "/trial",
  access: "knowledge.read",
  summary: "Asks a question as a citizen would; nothing of it is kept",
  body: z.object({
    question: questionField,
    against: z.enum(AGAINST).default("live").describe("drafts: as if every draft were published"),
  }),
  response: z.object({
    question: z.string().describe("With personal data masked"),
    status: z.string(),
    statusLabel: z.string(),
    text: z.string(),
    procedure: z.object({ code: z.string(), name: z.string() }).nullable(),
    choices: z.array(z.string()),
    citations: z.array(citation),
    ms: z.number(),
    version: z.int().describe("Of the knowledge; 0 when drafts were tried"),
    drafts: z.int().describe("How many drafts there are"),
    steps: z.array(step),
    considered: z.array(considered),
  }),
})
export type Tried = z.infer<typeof askTrial.response>

export const phraseField = z
  .string("Xin ghi cụm từ")
  .normalize("NFC")
  .trim()
  .min(2, "Xin ghi ít nhất 2 ký tự")
  .max(200, "Cụm từ quá dài, nhiều nhất 200 ký tự")
export const codeField = z.string("Xin chọn thủ tục").trim().min(1, "Xin chọn thủ tục").max(40, "Mã quá dài")
export const wordedReply = z.object({ draft: draftRow.nullable().describe("Null: citizens are told exactly this already") })

export const addAlias = contract({
  method: "post",
  path: "/trial/aliases",
  access: "knowledge.edit",
  summary: "Gives a procedure one more name that citizens use, in its draft",
  body: z.object({ code: codeField, phrase: phraseField }),
  response: wordedReply,
})

export const pinQuestion = contract({
  method: "post",
  path: "/trial/pins",
  access: "knowledge.edit",
  summary: "Makes a whole question lead to one procedure, in its draft",
  body: z.object({
    code: codeField,
    phrase: phraseField.refine((text) => text.split(/\s+/).length >= 5, "Câu hỏi cần ít nhất 5 chữ; ngắn hơn thì dùng Thêm tên gọi"),
  }),
  response: wordedReply,
})

export const muteWording = contract({
  method: "post",
  path: "/trial/mutes",
  access: "knowledge.edit",
  summary: "Keeps a procedure from answering questions that hold a wording, in its draft",
  body: z.object({ code: codeField, phrase: phraseField }),
  response: wordedReply,
})
