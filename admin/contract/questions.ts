import { z } from "zod"
import { idParams, moment } from "./fields.ts"
import { pageOf, pageQuery } from "./paging.ts"
import { contract, done } from "./route.ts"
import { codeField, phraseField, wordedReply } from "./trial.ts"

export const GROUP_STATES = ["open", "drafted", "answered", "set_aside"] as const

const seenField = z.int("Xin tải lại trang").min(1, "Xin tải lại trang")
const long = (what: string) => z.string(`Xin ghi ${what}`).normalize("NFC").trim().min(3, `Xin ghi ${what}`)

export const questionGroup = z.object({
  id: z.string(),
  title: z.string().describe("The first question of the kind, with personal data masked"),
  state: z.enum(GROUP_STATES),
  count: z.int(),
  ratedWrong: z.int().describe("Of them, those that were answered and rated wrong"),
  week: z.int().describe("Asked in the last seven days"),
  weekBefore: z.int(),
  firstAt: moment,
  lastAt: moment,
  examples: z.array(z.string()).describe("Different wordings, newest first"),
  suggestion: z.object({ code: z.string(), name: z.string() }).nullable().describe("What came nearest the last time it was asked"),
  record: z.object({ kind: z.string(), key: z.string() }).nullable().describe("Whose draft answers it"),
  reason: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: moment.nullable(),
  reopened: z.int(),
  version: z.int(),
})
export type QuestionGroupRow = z.infer<typeof questionGroup>

export const listQuestions = contract({
  method: "get",
  path: "/questions",
  access: "knowledge.read",
  summary: "Questions that were not well answered, in groups of one kind",
  query: pageQuery(["count", "lastAt", "firstAt"], "-count").extend({ state: z.enum(["all", ...GROUP_STATES]).default("open") }),
  response: pageOf(questionGroup),
})

export const answerWithAlias = contract({
  method: "post",
  path: "/questions/:id/alias",
  access: "knowledge.edit",
  summary: "Gives a procedure the name that these questions use, in its draft",
  params: idParams,
  body: z.object({ code: codeField, phrase: phraseField, version: seenField }),
  response: wordedReply,
})

export const answerWithFaq = contract({
  method: "post",
  path: "/questions/:id/faq",
  access: "knowledge.edit",
  summary: "Drafts a question with its answer; every figure of it must stand in the quoted source",
  params: idParams,
  body: z.object({
    title: long("tiêu đề").max(200, "Tiêu đề quá dài"),
    questions: z.array(phraseField).min(1, "Xin ghi ít nhất một câu hỏi").max(20, "Nhiều nhất 20 câu hỏi"),
    text: long("câu trả lời").max(2000, "Câu trả lời quá dài, nhiều nhất 2.000 ký tự"),
    source: long("tên nguồn").max(300, "Tên nguồn quá dài"),
    quote: long("phần trích nguồn").max(5000, "Phần trích quá dài"),
    version: seenField,
  }),
  response: wordedReply,
})

export const setAside = contract({
  method: "post",
  path: "/questions/:id/set-aside",
  access: "knowledge.edit",
  summary: "Sets questions aside that the commune does not answer, with the reason",
  params: idParams,
  body: z.object({ reason: long("lý do").max(300, "Lý do quá dài"), version: seenField }),
  response: done,
})

export const reopenQuestions = contract({
  method: "post",
  path: "/questions/:id/reopen",
  access: "knowledge.edit",
  summary: "Takes a group up again",
  params: idParams,
  body: z.object({ version: seenField }),
  response: done,
})
