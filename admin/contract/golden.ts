import { z } from "zod"
import { KNOWLEDGE_KINDS } from "./drafts.ts"
import { idField, idParams, moment } from "./fields.ts"
import { pageOf, pageQuery } from "./paging.ts"
import { contract, done } from "./route.ts"

const golden = {
  question: z.string("Xin ghi câu hỏi").normalize("NFC").trim().min(3, "Xin ghi câu hỏi").max(500, "Câu hỏi quá dài"),
  kind: z.enum(KNOWLEDGE_KINDS, "Không có loại này"),
  key: z.string("Xin ghi mã").trim().min(1, "Xin ghi mã thủ tục, văn bản hoặc thông tin phải trả lời").max(200, "Mã quá dài"),
  words: z
    .array(z.string().normalize("NFC").trim().max(200, "Nhiều nhất 200 ký tự một dòng"))
    .transform((words) => words.filter((word) => word !== ""))
    .refine((words) => words.length <= 20, "Nhiều nhất 20 từ ngữ, con số")
    .default([])
    .describe("Words or figures that must stand in the answer"),
}

const goldenRow = z.object({
  id: z.string(),
  question: z.string(),
  kind: z.enum(KNOWLEDGE_KINDS),
  key: z.string(),
  words: z.array(z.string()),
  version: z.int(),
  changedBy: z.string(),
  updatedAt: moment,
})
export type GoldenRow = z.infer<typeof goldenRow>

export const listGolden = contract({
  method: "get",
  path: "/golden",
  access: "knowledge.read",
  summary: "The golden questions",
  query: pageQuery(["updatedAt", "key", "question"], "-updatedAt"),
  response: pageOf(goldenRow),
})

export const addGolden = contract({
  method: "post",
  path: "/golden",
  access: "knowledge.edit",
  summary: "Makes a golden question: from now on every publication is checked by it",
  body: z.object(golden),
  response: goldenRow,
})

const seenField = z.int("Xin tải lại trang").min(1, "Xin tải lại trang")

export const changeGolden = contract({
  method: "patch",
  path: "/golden/:id",
  access: "knowledge.edit",
  summary: "Changes a golden question",
  params: idParams,
  body: z.object({ ...golden, seen: seenField }),
  response: goldenRow,
})

export const removeGolden = contract({
  method: "delete",
  path: "/golden/:id/:version",
  access: "knowledge.edit",
  summary: "Removes a golden question",
  params: z.object({ id: idField, version: z.coerce.number().int() }),
  response: done,
})
