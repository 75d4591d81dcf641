import { mondayOf, type NoticeKind, plusDays } from "../../../contract/notices.ts"

/** What is typed, before it is known to be right. */
export type Values = Record<string, unknown>

/** What stands in a field of words; nothing for what is none. */
export const written = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "")

type Simple = "text" | "area" | "date" | "number" | "weekday" | "weekdays"

/** A column of a list that grows row by row. */
export interface Part {
  readonly name: string
  readonly type: Simple
  /** Left out, it is kept as null. */
  readonly nullable?: true
}

export interface FieldSpec {
  readonly name: string
  readonly type: Simple | "check" | "rule" | "procedures" | "dates" | "lines" | "rows"
  readonly parts?: readonly Part[]
}

interface KindSpec {
  readonly fields: readonly FieldSpec[]
  readonly blank: (today: string) => Values
  /** Names a new notice: the same matter has the same id. */
  readonly idOf: (values: Values) => string
}

const HEAD: readonly FieldSpec[] = [{ name: "title", type: "text" }]
const FOOT: readonly FieldSpec[] = [
  { name: "text", type: "area" },
  { name: "source", type: "text" },
]
const text = (...names: string[]): FieldSpec[] => names.map((name) => ({ name, type: "text" }))
const words = { text: "", source: "" }
const slug = (value: unknown) =>
  String(value)
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/g, "d")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")

const named = ({ title }: Values) => slug(title)
const WORK_WEEK = [1, 2, 3, 4, 5]

/** Each kind's form: THE table of fields, in their order. */
export const KINDS: Readonly<Record<NoticeKind, KindSpec>> = {
  opening_hours: {
    fields: [
      ...HEAD,
      ...text("place", "address"),
      {
        name: "hours",
        type: "rows",
        parts: [
          { name: "weekdays", type: "weekdays" },
          { name: "from", type: "text" },
          { name: "to", type: "text" },
        ],
      },
      ...FOOT,
    ],
    blank: () => ({
      title: "Giờ làm việc",
      place: "",
      address: "",
      hours: [{ weekdays: WORK_WEEK, from: "07:30", to: "11:30" }],
      ...words,
    }),
    idOf: named,
  },
  contact: {
    fields: [
      ...HEAD,
      ...text("role", "phone"),
      { name: "published", type: "check" },
      { name: "mobileReason", type: "text" },
      { name: "hotline", type: "check" },
      ...FOOT,
    ],
    blank: () => ({ title: "", role: "", phone: "", published: false, mobileReason: null, hotline: false, ...words }),
    idOf: named,
  },
  reception: {
    fields: [...HEAD, ...text("who", "when", "place"), { name: "weekdays", type: "weekdays" }, { name: "dates", type: "dates" }, ...FOOT],
    blank: () => ({ title: "Lịch tiếp công dân", who: "", when: "", place: "", weekdays: [], dates: [], ...words }),
    idOf: named,
  },
  weekly_schedule: {
    fields: [
      ...HEAD,
      ...text("who"),
      { name: "monday", type: "date" },
      {
        name: "entries",
        type: "rows",
        parts: [
          { name: "date", type: "date" },
          { name: "from", type: "text", nullable: true },
          { name: "what", type: "text" },
          { name: "place", type: "text" },
        ],
      },
      ...FOOT,
    ],
    blank: (today) => {
      const monday = plusDays(mondayOf(today), 7)
      const entries = [{ date: monday, from: null, what: "", place: "" }]
      return { title: "Lịch công tác tuần", who: "Chủ tịch UBND xã", monday, entries, ...words }
    },
    idOf: ({ who, monday }) => `lich-cong-tac-${String(monday)}-${slug(who)}`,
  },
  same_day: {
    fields: [
      ...HEAD,
      { name: "weekday", type: "weekday" },
      { name: "cutOff", type: "text" },
      { name: "procedures", type: "procedures" },
      { name: "onHoliday", type: "rule" },
      { name: "holidayRule", type: "text" },
      ...FOOT,
    ],
    blank: () => ({
      ...{ title: "Ngày trả kết quả trong ngày", weekday: 3, cutOff: "15:00", procedures: [], onHoliday: "announced", holidayRule: "" },
      ...words,
    }),
    idOf: named,
  },
  holidays: {
    fields: [
      ...HEAD,
      { name: "year", type: "number" },
      {
        name: "daysOff",
        type: "rows",
        parts: [
          { name: "date", type: "date" },
          { name: "name", type: "text" },
        ],
      },
      {
        name: "workingDays",
        type: "rows",
        parts: [
          { name: "date", type: "date" },
          { name: "name", type: "text" },
        ],
      },
      ...FOOT,
    ],
    blank: (today) => {
      const year = Number(today.slice(0, 4))
      return { title: `Lịch nghỉ lễ, Tết năm ${year}`, year, daysOff: [], workingDays: [], ...words }
    },
    idOf: ({ year }) => `lich-nghi-${String(year)}`,
  },
  faq: {
    fields: [
      ...HEAD,
      { name: "questions", type: "lines" },
      { name: "text", type: "area" },
      { name: "quote", type: "area" },
      ...text("source"),
    ],
    blank: () => ({ title: "", questions: [], quote: "", ...words }),
    idOf: named,
  },
  data_protection: {
    fields: [...HEAD, { name: "retentionDays", type: "number" }, ...FOOT],
    blank: () => ({ title: "Bảo vệ dữ liệu cá nhân", retentionDays: 90, ...words }),
    idOf: named,
  },
}

/** A fresh row of a list. */
export const blankRow = (parts: readonly Part[]): Values =>
  Object.fromEntries(parts.map(({ name, type, nullable }) => [name, nullable ? null : type === "weekdays" ? WORK_WEEK : ""]))
