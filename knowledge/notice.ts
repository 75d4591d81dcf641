import { z } from "zod"
import { procedureCode } from "./procedure.ts"

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "giờ có dạng 07:30")

/** 1 = thứ Hai … 7 = Chủ nhật (ISO 8601). */
const weekday = z.number().int().min(1).max(7)

const base = {
  id: z.string().regex(/^[a-z0-9-]+$/, "mã chỉ gồm chữ thường không dấu, số và gạch nối"),
  title: z.string().min(3),
  text: z.string().min(3),
  source: z.string().min(1),
}

/** Public notices (thông tin công khai). `text` is the published wording; the typed values beside it drive answers and reminders. */
export const noticeSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("opening_hours"),
    ...base,
    place: z.string().min(3),
    address: z.string().min(3),
    hours: z.array(z.strictObject({ weekdays: z.array(weekday).min(1), from: clock, to: clock })).min(1),
  }),
  z.strictObject({
    kind: z.literal("contact"),
    ...base,
    role: z.string().min(2),
    phone: z.string().min(3),
    hotline: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal("reception"), ...base, who: z.string().min(3), when: z.string().min(3), place: z.string().min(3) }),
  z.strictObject({
    kind: z.literal("same_day"),
    ...base,
    weekday,
    cutOff: clock,
    procedures: z.array(procedureCode).min(1),
    holidayRule: z.string().min(3),
  }),
  z.strictObject({ kind: z.literal("data_protection"), ...base, retentionDays: z.number().int().positive() }),
])

export type Notice = z.infer<typeof noticeSchema>
export type NoticeKind = Notice["kind"]
