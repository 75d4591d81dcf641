import { z } from "zod"
import { accountField, newPasswordField, personField, tokenField } from "./fields.ts"
import { me } from "./session.ts"
import { contract } from "./route.ts"

const place = z
  .string("Xin ghi đủ các ô")
  .normalize("NFC")
  .trim()
  .min(2, "Tên cần có ít nhất 2 chữ")
  .max(60, "Tên quá dài")
  .regex(/^[\p{L}\p{M} .'’-]+$/u, "Tên chỉ gồm chữ cái")

export const COMMUNE_KINDS = ["xã", "phường", "đặc khu"] as const

const clock = z.string("Giờ có dạng 07:30").regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Giờ có dạng 07:30")
const session = z
  .object({ from: clock, to: clock })
  .refine(({ from, to }) => from < to, { message: "Giờ nghỉ phải sau giờ bắt đầu", path: ["to"] })

export const communeStep = z.object({
  kind: z.enum(COMMUNE_KINDS, "Loại đơn vị là xã, phường hoặc đặc khu"),
  name: place,
  province: place,
})

/** When the one-stop office is open, where, and whom to telephone: left empty, the demo's or nothing is shown. */
export const openingStep = z.object({
  address: z.string("Xin ghi địa chỉ").normalize("NFC").trim().min(3, "Xin ghi địa chỉ nơi tiếp nhận hồ sơ").max(200, "Địa chỉ quá dài"),
  weekdays: z.array(z.int().min(1).max(7)).min(1, "Xin chọn ít nhất một ngày làm việc"),
  morning: session,
  afternoon: session,
  hotline: z
    .string("Xin ghi số điện thoại")
    .trim()
    .regex(/^[0-9][0-9 .]{2,19}$/, "Số điện thoại chỉ gồm chữ số, ví dụ 0225 3 123 456"),
})

export const adminStep = z.object({ person: personField, account: accountField, password: newPasswordField }, "Xin ghi người quản trị")

export const knowledgeStep = z.object({
  knowledge: z.enum(["demo", "empty"], "Xin chọn dữ liệu ban đầu"),
})

export const readSetup = contract({
  method: "get",
  path: "/setup",
  access: "public",
  summary: "Whether the one-time link of the first start is good",
  query: z.object({ token: tokenField }),
  response: z.object({ good: z.boolean() }),
})

export const finishSetup = contract({
  method: "post",
  path: "/setup",
  access: "public",
  summary: "Uses the one-time link up: names the commune, makes the first administrator, signs them in",
  body: z.object({
    token: tokenField,
    commune: communeStep,
    opening: openingStep,
    admin: adminStep,
    knowledge: knowledgeStep.shape.knowledge,
  }),
  response: me,
})
