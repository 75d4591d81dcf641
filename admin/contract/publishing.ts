import { z } from "zod"
import { draftRow, KNOWLEDGE_KINDS } from "./drafts.ts"
import { idField, idParams, moment } from "./fields.ts"
import { pageOf, pageQuery } from "./paging.ts"
import { contract } from "./route.ts"

/** One publication is looked through by one person. */
const MOST = 200

const difference = z.object({ field: z.string(), before: z.array(z.string()), after: z.array(z.string()) })
export type DifferenceRow = z.infer<typeof difference>

const waitingDraft = draftRow.extend({
  differences: z.array(difference),
  figures: z.boolean().describe("Changes a fee or a time limit"),
  outdated: z.boolean().describe("Something newer was published since the draft was begun"),
  barred: z.string().nullable().describe("Why the person who asks may not publish it"),
})
export type WaitingDraft = z.infer<typeof waitingDraft>

export const readWaiting = contract({
  method: "get",
  path: "/publications/waiting",
  access: "knowledge.read",
  summary: "The drafts under review, each with what differs from what is told, field by field",
  response: z.object({ drafts: z.array(waitingDraft), more: z.int().describe("How many more there are than are shown") }),
})

const goldenAnswer = z.object({
  right: z.boolean(),
  status: z.string(),
  source: z.string().nullable(),
  text: z.string(),
  missing: z.array(z.string()),
})
export type GoldenAnswerRow = z.infer<typeof goldenAnswer>

export const goldenOutcome = z.object({
  question: z.string(),
  kind: z.enum(KNOWLEDGE_KINDS),
  key: z.string(),
  words: z.array(z.string()),
  verdict: z.enum(["gained", "lost", "unchanged"]),
  live: goldenAnswer,
  candidate: goldenAnswer.nullable().describe("Null where nothing was drafted: the questions were put to what is told now"),
})
export type GoldenOutcomeRow = z.infer<typeof goldenOutcome>

export const CHECK_STATES = ["running", "done", "failed", "published"] as const

const checkedFile = z.object({ id: idField, version: z.string("Xin tải lại trang").max(40) })

const check = z.object({
  id: z.string(),
  state: z.enum(CHECK_STATES),
  drafts: z.array(z.object({ id: z.string(), version: z.int(), name: z.string() })),
  file: checkedFile.nullable().describe("The file that was checked in place of drafts"),
  release: z.int().describe("The release that was live when it began"),
  outcomes: z.array(goldenOutcome),
  progress: z.object({ done: z.int(), total: z.int() }).nullable(),
  closed: z.string().nullable().describe("Why the person who asks cannot publish from it; null where they can"),
  by: z.string(),
  at: moment,
})
export type CheckRow = z.infer<typeof check>

export const readCheck = contract({
  method: "get",
  path: "/publications/check",
  access: "knowledge.read",
  summary: "The newest check of drafts, or of this file, with how far it is or what it showed",
  query: z.object({ file: z.union([z.literal(""), idField]).default("") }),
  response: z.object({ check: check.nullable() }),
})

export const startCheck = contract({
  method: "post",
  path: "/publications/checks",
  access: "knowledge.publish",
  summary: "Puts the golden questions to what is told now and to what would be told; without drafts or file, to what is told now",
  body: z.object({
    drafts: z
      .array(z.object({ id: idField, version: z.int().min(1) }))
      .max(MOST, `Mỗi lần công bố nhiều nhất ${MOST} bản soạn`)
      .default([]),
    file: checkedFile.nullable().default(null).describe("A file that was read and confirmed, in place of drafts"),
  }),
  response: z.object({ id: z.string() }),
})

const reasonField = z.string().normalize("NFC").trim().max(1000, "Lý do quá dài")

export const publishCheck = contract({
  method: "post",
  path: "/publications/checks/:id/publish",
  access: "knowledge.publish",
  summary: "Publishes what was checked, as one release; where a golden question is lost, only with a reason",
  params: idParams,
  body: z.object({ reason: reasonField.default("") }),
  response: z.object({ release: z.int() }),
})

const counted = z.object({ count: z.int(), first: z.array(z.string()).describe("Names of the first few") })

const releaseRow = z.object({
  number: z.int(),
  at: moment,
  origin: z.enum(["import", "drafts", "return", "setup", "switch"]),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  repeats: z.int().nullable(),
  records: z.int(),
  changes: z
    .object({ added: counted, changed: counted, withdrawn: counted })
    .nullable()
    .describe("Null for releases from before wordings were kept"),
  current: z.int().describe("The release that is live"),
  kept: z.boolean().describe("Can be gone back to"),
})
export type ReleaseRow = z.infer<typeof releaseRow>

export const listReleases = contract({
  method: "get",
  path: "/releases",
  access: "knowledge.read",
  summary: "What was told from when on, and by whom it was published",
  query: pageQuery(["number"], "-number"),
  response: pageOf(releaseRow),
})

export const returnToRelease = contract({
  method: "post",
  path: "/releases/:number/return",
  access: "knowledge.publish",
  summary: "Tells exactly what this release told, as a new release",
  params: z.object({ number: z.coerce.number("Không có bản này").int().min(1) }),
  body: z.object({
    live: z.int().describe("The release that the person saw as live"),
    reason: reasonField.min(3, "Xin ghi lý do để người sau hiểu vì sao khôi phục"),
  }),
  response: z.object({ release: z.int() }),
})
