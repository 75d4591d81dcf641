import type { NoticeKind } from "../../../contract/notices.ts"
import { type Values, written } from "./kinds.ts"
import { noticeTexts as texts } from "./texts.ts"

const day = (iso: unknown) => written(iso).split("-").reverse().join("/")
const weekday = (number: unknown) => (texts.weekdays[Number(number) - 1] ?? "").replace("Thứ", "thứ")
const rows = (value: unknown) => (Array.isArray(value) ? (value as Values[]) : [])
const numbers = (value: unknown) => (Array.isArray(value) ? (value as number[]) : [])

const byName = (days: readonly Values[]) =>
  [...new Set(days.map(({ name }) => written(name)))]
    .map(
      (name) =>
        `${name}: ${days
          .filter((one) => one["name"] === name)
          .map(({ date }) => day(date))
          .join(", ")}`,
    )
    .join("; ")

/** A wording as citizens read it, made from what was typed; staff change it as they like. */
const WORDING: Readonly<Record<NoticeKind, (values: Values) => string>> = {
  opening_hours: ({ place, hours }) =>
    `${written(place)} làm việc: ${rows(hours)
      .map(({ weekdays, from, to }) => `${numbers(weekdays).map(weekday).join(", ")} từ ${written(from)} đến ${written(to)}`)
      .join("; ")}; nghỉ các ngày lễ, Tết.`,
  contact: ({ role, phone }) => `${written(role)}, điện thoại ${written(phone)}.`,
  reception: ({ who, when, place }) => `${written(who)} tiếp công dân: ${written(when)}, tại ${written(place)}.`,
  weekly_schedule: ({ who, monday, entries }) =>
    `Lịch công tác của ${written(who)}, tuần từ ${day(monday)}: ${rows(entries)
      .map(
        ({ date, from, what, place }) =>
          `${day(date)}${from ? ` ${written(from)}` : ""} ${written(what)}${place ? ` (${written(place)})` : ""}`,
      )
      .join("; ")}.`,
  same_day: ({ weekday: number, cutOff, holidayRule }) =>
    `Vào ${weekday(number)} hằng tuần, hồ sơ đầy đủ của các thủ tục trong danh mục nộp trước ${written(cutOff)} được trả kết quả ngay trong ngày. ${written(holidayRule)}`.trim(),
  holidays: ({ year, daysOff, workingDays }) =>
    `Ngày nghỉ năm ${written(year)}: ${byName(rows(daysOff))}.${rows(workingDays).length > 0 ? ` Làm bù: ${byName(rows(workingDays))}.` : ""}`,
  faq: ({ quote }) => written(quote),
  data_protection: ({ retentionDays }) =>
    `Nội dung trò chuyện được lưu ${written(retentionDays)} ngày để phục vụ và cải thiện việc hướng dẫn, sau đó được xóa. Xin không gửi số căn cước, ảnh giấy tờ, mật khẩu, mã OTP.`,
}

export const wordingOf = (kind: NoticeKind, values: Values): string => WORDING[kind](values)

/** A value as the list of differences shows it. */
export function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return texts.empty
  if (Array.isArray(value)) return value.length === 0 ? texts.empty : value.map(shown).join("; ")
  if (typeof value === "object") return Object.values(value).map(shown).join(" – ")
  if (typeof value === "boolean") return value ? "có" : "không"
  return /^\d{4}-\d{2}-\d{2}$/.test(written(value)) ? day(value) : written(value)
}
