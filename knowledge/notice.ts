import { z } from "zod"
import { isDate, plusDays, weekdayOf, yearOf } from "./calendar/dates.ts"
import { procedureCode } from "./procedure.ts"

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "giờ có dạng 07:30")

/** 1 = thứ Hai … 7 = Chủ nhật (ISO 8601). */
const weekday = z.number().int().min(1).max(7)

const day = z.string().refine(isDate, "ngày cần có thật và viết dạng năm-tháng-ngày, ví dụ 2026-03-22")

/** What becomes of a weekly day that is a day off. `announced`: the commune says so each time; nothing is worked out. */
export const HOLIDAY_RULES = ["skipped", "next_in_week", "next_working_day", "previous_working_day", "announced"] as const

const namedDay = z.strictObject({ date: day, name: z.string().min(3) })

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
    /** Somebody said that this number may be told; null: it came before that was asked. */
    published: z.boolean().nullable().default(null),
    /** Why a number that looks like a person's own is told all the same. */
    mobileReason: z.string().nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal("reception"),
    ...base,
    who: z.string().min(3),
    when: z.string().min(3),
    place: z.string().min(3),
    /** The same in figures, where it is every week or on days that are known; `when` is what is shown. */
    weekdays: z.array(weekday).default([]),
    dates: z.array(day).default([]),
  }),
  z
    .strictObject({
      kind: z.literal("weekly_schedule"),
      ...base,
      who: z.string().min(3),
      monday: day.refine((date) => !isDate(date) || weekdayOf(date) === 1, "cần là một ngày thứ Hai"),
      entries: z
        .array(z.strictObject({ date: day, from: clock.nullable().default(null), what: z.string().min(3), place: z.string().default("") }))
        .min(1),
    })
    .refine(({ monday, entries }) => !isDate(monday) || entries.every(({ date }) => date >= monday && date <= plusDays(monday, 6)), {
      path: ["entries"],
      message: "có ngày không thuộc tuần này",
    }),
  z
    .strictObject({
      kind: z.literal("holidays"),
      ...base,
      year: z.number().int().min(2020).max(2100),
      daysOff: z.array(namedDay).min(1),
      workingDays: z.array(namedDay).default([]),
    })
    .refine(({ year, daysOff, workingDays }) => [...daysOff, ...workingDays].every(({ date }) => yearOf(date) === year), {
      path: ["daysOff"],
      message: "có ngày không thuộc năm này",
    })
    .refine(({ daysOff, workingDays }) => !workingDays.some(({ date }) => daysOff.some((off) => off.date === date)), {
      path: ["workingDays"],
      message: "có ngày vừa ghi là ngày nghỉ vừa ghi là ngày làm bù",
    }),
  z.strictObject({
    kind: z.literal("same_day"),
    ...base,
    weekday,
    cutOff: clock,
    procedures: z.array(procedureCode).min(1),
    holidayRule: z.string().min(3),
    onHoliday: z.enum(HOLIDAY_RULES).default("announced"),
  }),
  /** A question with its answer; every figure of `text` stands in `quote`, the verbatim words of the source. */
  z.strictObject({ kind: z.literal("faq"), ...base, questions: z.array(z.string().min(3)).min(1), quote: z.string().min(3) }),
  z.strictObject({ kind: z.literal("data_protection"), ...base, retentionDays: z.number().int().positive() }),
])

export type Notice = z.infer<typeof noticeSchema>
export type NoticeKind = Notice["kind"]

/** Every kind, in the order in which lists show them. */
export const NOTICE_KINDS = [
  "opening_hours",
  "contact",
  "reception",
  "weekly_schedule",
  "same_day",
  "holidays",
  "faq",
  "data_protection",
] as const satisfies readonly NoticeKind[]

/** A Vietnamese mobile number, as people carry it; offices' own numbers begin with 02, 1800 or 1900. */
export const looksPrivate = (phone: string): boolean => /^(?:\+?84|0)[35789]\d{8}$/.test(phone.replace(/[\s.()-]/g, ""))

type Contact = Extract<Notice, { kind: "contact" }>

/** What staff must still say before they may prepare a notice, by field; nothing for one that may be prepared. */
export function missingConsent(
  notice: Notice | Pick<Contact, "kind" | "phone" | "published" | "mobileReason">,
): Readonly<Record<string, string>> {
  if (notice.kind !== "contact") return {}
  const { published, phone, mobileReason } = notice
  const unsure = looksPrivate(phone) && (mobileReason?.trim().length ?? 0) < 10
  return {
    ...(published === true ? {} : { published: "Xin đánh dấu khi chắc chắn đây là số công vụ được phép công bố" }),
    ...(unsure ? { mobileReason: "Số này giống số di động của cá nhân. Xin ghi rõ vì sao được công bố (ít nhất 10 ký tự)" } : {}),
  }
}
