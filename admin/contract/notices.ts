import { z } from "zod"
import { inVietnamese } from "../../knowledge/import/wording.ts"
import { missingConsent, type Notice, NOTICE_KINDS, noticeSchema } from "../../knowledge/notice.ts"
import { draftRow, recordBody } from "./drafts.ts"
import { pageOf, pageQuery } from "./paging.ts"
import { contract } from "./route.ts"

export { HOLIDAY_RULES, looksPrivate, type Notice, type NoticeKind, NOTICE_KINDS } from "../../knowledge/notice.ts"
export { isDate, mondayOf, plusDays, weekdayOf } from "../../knowledge/calendar/dates.ts"

/** What is wrong with a notice, by the path of the field: the server's own checks, run while it is typed. */
export function noticeFaults(body: unknown): Record<string, string> {
  const parsed = noticeSchema.safeParse(body, inVietnamese)
  if (parsed.success) return { ...missingConsent(parsed.data) }
  const number = numberTyped.safeParse(body)
  const faults = Object.fromEntries(parsed.error.issues.toReversed().map(({ path, message }) => [path.join("."), message]))
  return { ...(number.success ? missingConsent(number.data) : {}), ...faults }
}

/** What tells whether a number may be told, while the rest is still to be typed. */
const numberTyped = z.object({
  kind: z.literal("contact"),
  phone: z.string(),
  published: z.boolean().nullable(),
  mobileReason: z.string().nullable(),
})

export const noticeRow = z.object({
  key: z.string(),
  kind: z.string(),
  title: z.string(),
  text: z.string().describe("As it is told now; of a new notice, as it shall be told"),
  told: z.boolean(),
  demo: z.boolean(),
  draft: draftRow.nullable(),
})
export type NoticeRow = z.infer<typeof noticeRow>

export const NOTICE_SHOWS = ["told", "draft"] as const

export const listNotices = contract({
  method: "get",
  path: "/notices",
  access: "knowledge.read",
  summary: "Public notices, told or in preparation",
  query: pageQuery(["kind", "title"], "kind").extend({
    kind: z.enum(["", ...NOTICE_KINDS]).default(""),
    show: z
      .enum(["", ...NOTICE_SHOWS])
      .default("")
      .describe("Those told now, or those with a draft"),
    key: z.string().max(200).default("").describe("The one with this key"),
  }),
  response: pageOf(noticeRow),
})

export const lawDays = contract({
  method: "get",
  path: "/notices/law-days/:year",
  access: "knowledge.read",
  summary: "Days off that the law gives in a year; those that are set each year are not certain",
  params: z.object({ year: z.coerce.number().int().min(2020).max(2100) }),
  response: z.object({ source: z.string(), days: z.array(z.object({ date: z.string(), name: z.string(), certain: z.boolean() })) }),
})

const MAX_QUESTIONS = 5

export const previewNotice = contract({
  method: "post",
  path: "/notices/preview",
  access: "knowledge.read",
  summary: "What citizens would be answered if the notice were published as it stands; nothing is kept",
  body: z.object({
    body: recordBody,
    questions: z
      .array(z.string().trim().min(2, "Xin ghi câu hỏi").max(300, "Câu hỏi quá dài"))
      .min(1, "Xin ghi câu hỏi")
      .max(MAX_QUESTIONS),
  }),
  response: z.object({
    answers: z.array(z.object({ question: z.string(), status: z.string(), fromNotice: z.boolean(), text: z.string() })),
  }),
})
export type PreviewAnswer = z.infer<typeof previewNotice.response>["answers"][number]
export type NoticeBody = Notice
