import type { KnowledgeDocument } from "../../knowledge/document.ts"
import type { KnowledgeItem } from "../../knowledge/item.ts"
import type { HOLIDAY_RULES as RULES, Notice } from "../../knowledge/notice.ts"
import type { DossierCase, Fee, Paper, Procedure, ProcedureMethod, TimeLimit } from "../../knowledge/procedure.ts"

/** A part of a record as a clerk reads it: its name, and what it says, line by line. */
export interface ReadablePart {
  readonly field: string
  readonly lines: readonly string[]
}

type Telling<T> = { readonly [K in keyof T]-?: (value: T[K]) => readonly ReadablePart[] }

const part =
  <V>(field: string, tell: (value: V) => readonly string[]) =>
  (value: V): ReadablePart[] => [{ field, lines: tell(value) }]

const date = (iso: string) => iso.split("-").reverse().join("/")
const one = (value: string | number | null | undefined): string[] =>
  value === null || value === undefined || value === "" ? [] : [String(value)]
const line = (field: string) => part(field, one)
const list = (field: string) => part<readonly string[]>(field, (values) => values)
const yes = (field: string, words: string) => part<boolean | null>(field, (value) => (value ? [words] : []))
const day = (field: string) => part<string | null>(field, (iso) => (iso === null ? [] : [date(iso)]))
const never = (): ReadablePart[] => []

const CHANNELS: Readonly<Record<ProcedureMethod["channel"], string>> = {
  in_person: "nộp trực tiếp",
  online: "nộp trực tuyến",
  post: "nộp qua bưu chính",
}
const LEVELS: Readonly<Record<Procedure["levels"][number], string>> = {
  commune: "Cấp xã",
  province: "Cấp tỉnh",
  ministry: "Cấp bộ",
  other: "Cơ quan khác",
}
const FEE_STATUSES: Readonly<Record<Fee["status"], string>> = {
  amount: "",
  free: "miễn phí",
  set_locally: "do HĐND tỉnh, thành phố quy định",
  see_text: "chỉ ghi bằng chữ",
}
const UNITS: Readonly<Record<NonNullable<TimeLimit["unit"]>, string>> = {
  same_day: "trong ngày",
  working_day: "ngày làm việc",
  day: "ngày",
  hour: "giờ",
  month: "tháng",
}

const joined = (head: string, more: readonly (string | null | false)[]) => {
  const said = more.filter((words): words is string => typeof words === "string" && words !== "")
  return said.length === 0 ? head : `${head} (${said.join("; ")})`
}

// The figure that is reckoned with stands beside the wording, so that a change of the one without the other is seen.
const feeLine = ({ kind, text, status, amount, per, exemptions }: Fee) =>
  joined(`${kind}: ${text}`, [
    amount === null ? FEE_STATUSES[status] : `số tiền ${amount.toLocaleString("vi-VN")} đồng`,
    per && `tính cho ${per}`,
    exemptions && `miễn, giảm: ${exemptions}`,
  ])

const timeLine = ({ text, amount, unit, certain }: TimeLimit) =>
  joined(text, [
    amount !== null && unit !== null && `${amount.toLocaleString("vi-VN")} ${UNITS[unit]}`,
    amount === null && unit !== null && `đơn vị: ${UNITS[unit]}`,
    !certain && "chưa chắc chắn",
  ])

const paperLine = ({ name, originals, copies, form, note }: Paper) =>
  joined(note ? `Ghi chú: ${name}` : name, [
    originals !== null && `bản chính: ${originals}`,
    copies !== null && `bản sao: ${copies}`,
    form && `mẫu: ${form}`,
  ])

const methodParts = ({ channel, time, fees, note }: ProcedureMethod, count: string): ReadablePart[] => [
  { field: `Phí, lệ phí (${CHANNELS[channel]}${count})`, lines: fees.map(feeLine) },
  { field: `Thời hạn giải quyết (${CHANNELS[channel]}${count})`, lines: time ? [timeLine(time)] : [] },
  { field: `Ghi chú (${CHANNELS[channel]}${count})`, lines: one(note) },
]

/** Two ways of the same kind are told apart by their number. */
function methods(all: readonly ProcedureMethod[]): ReadablePart[] {
  const parts = all.flatMap((method, i) => {
    const before = all.slice(0, i).filter(({ channel }) => channel === method.channel).length
    return methodParts(method, before === 0 ? "" : `, cách ${before + 1}`)
  })
  return [{ field: "Cách nộp", lines: all.map(({ channel }) => CHANNELS[channel]) }, ...parts]
}

const dossier = (cases: readonly DossierCase[]): ReadablePart[] =>
  cases.map(({ title, papers }) => ({
    field: title === "" ? "Thành phần hồ sơ" : `Thành phần hồ sơ – ${title}`,
    lines: papers.map(paperLine),
  }))

const PROCEDURE: Telling<Procedure> = {
  code: line("Mã thủ tục"),
  name: line("Tên thủ tục"),
  aliases: list("Tên người dân hay gọi"),
  notFor: list("Cách hỏi không thuộc thủ tục này"),
  field: line("Lĩnh vực"),
  levels: part("Cấp thực hiện", (levels) => levels.map((level) => LEVELS[level])),
  authority: line("Cơ quan giải quyết"),
  place: line("Nơi nộp"),
  subjects: line("Đối tượng thực hiện"),
  methods,
  dossier,
  steps: list("Trình tự thực hiện"),
  conditions: list("Yêu cầu, điều kiện"),
  results: list("Kết quả"),
  legalBasis: part("Căn cứ pháp lý", (documents) => documents.map(({ code, name }) => joined(code, [name]))),
  forms: part("Biểu mẫu", (forms) => forms.map(({ name, url }) => joined(name, [url]))),
  sameDay: yes("Trả kết quả trong ngày", "Có"),
  locality: line("Thủ tục riêng của tỉnh, thành phố"),
  legacy: yes("Tình trạng", "Có từ trước 01/7/2025, chỉ để tra cứu"),
  decision: part("Quyết định công bố", (decision) => (decision ? [joined(decision.number, [decision.date])] : [])),
  effectiveFrom: day("Có hiệu lực từ"),
  effectiveTo: day("Có hiệu lực đến"),
  source: part("Nguồn", ({ title, url, date }) => [joined(title, [url, date])]),
}

const DOCUMENT: Telling<KnowledgeDocument> = {
  id: line("Mã văn bản"),
  title: line("Tên văn bản"),
  shortTitle: line("Tên gọi tắt"),
  issuer: line("Cơ quan ban hành"),
  number: line("Số, ký hiệu"),
  date: day("Ngày ban hành"),
  year: line("Năm"),
  kind: line("Loại văn bản"),
  signer: line("Người ký"),
  legalBasis: line("Căn cứ"),
  place: line("Địa phương"),
  effectiveFrom: day("Có hiệu lực từ"),
  effectiveTo: day("Có hiệu lực đến"),
  verified: yes("Đối chiếu với bản gốc", "Đã đối chiếu"),
  url: line("Địa chỉ bản gốc"),
  sections: (sections) =>
    sections.map(({ path, page, blocks }) => ({
      field: ["Nội dung", ...path].join(" – "),
      lines: blocks.map((block) => joined(block.text, [(block.page ?? page) !== null && `trang ${block.page ?? page}`])),
    })),
}

type Fields<T> = T extends unknown ? keyof T : never
type ValueOf<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never
type NoticeTelling = { readonly [K in Fields<Notice>]: (value: ValueOf<Notice, K>) => readonly ReadablePart[] }

const DAYS = ["", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
const dayName = (weekday: number) => DAYS[weekday] ?? String(weekday)

const NOTICE_KINDS: Readonly<Record<Notice["kind"], string>> = {
  opening_hours: "Giờ làm việc",
  contact: "Liên hệ",
  reception: "Lịch tiếp công dân",
  weekly_schedule: "Lịch công tác tuần",
  holidays: "Lịch nghỉ trong năm",
  same_day: "Ngày trả kết quả trong ngày",
  faq: "Câu hỏi thường gặp",
  data_protection: "Bảo vệ dữ liệu cá nhân",
}

const HOLIDAY_RULES: Readonly<Record<(typeof RULES)[number], string>> = {
  skipped: "tuần đó không có",
  next_in_week: "ngày làm việc kế tiếp trong tuần",
  next_working_day: "ngày làm việc kế tiếp",
  previous_working_day: "ngày làm việc liền trước",
  announced: "xã thông báo từng lần",
}

const namedDays = (field: string) =>
  part<readonly { date: string; name: string }[]>(field, (days) => days.map((d) => `${date(d.date)}: ${d.name}`))

const NOTICE: NoticeTelling = {
  kind: part<Notice["kind"]>("Loại thông tin", (kind) => [NOTICE_KINDS[kind]]),
  id: line("Mã"),
  title: line("Tiêu đề"),
  text: line("Nội dung"),
  source: line("Nguồn"),
  place: line("Địa điểm"),
  address: line("Địa chỉ"),
  hours: part("Giờ", (hours) => hours.map(({ weekdays, from, to }) => `${weekdays.map(dayName).join(", ")}: ${from}–${to}`)),
  role: line("Chức danh, bộ phận"),
  phone: line("Điện thoại"),
  hotline: yes("Đường dây nóng", "Phải"),
  who: line("Người tiếp"),
  when: line("Thời gian"),
  weekday: part("Ngày trong tuần", (weekday) => [dayName(weekday)]),
  cutOff: line("Nhận hồ sơ đến"),
  procedures: list("Các thủ tục"),
  holidayRule: line("Khi trùng ngày lễ"),
  onHoliday: part("Cách tính khi trùng ngày nghỉ", (rule) => [HOLIDAY_RULES[rule]]),
  published: yes("Được phép công bố", "Phải"),
  mobileReason: line("Vì sao công bố số di động"),
  weekdays: part("Các ngày trong tuần", (weekdays) => weekdays.map(dayName)),
  dates: part("Các ngày", (dates) => dates.map(date)),
  monday: part("Tuần bắt đầu từ", (monday) => [date(monday)]),
  entries: part("Lịch", (entries) =>
    entries.map(({ date: on, from, what, place }) => joined(`${date(on)}${from === null ? "" : ` ${from}`}: ${what}`, [place])),
  ),
  year: line("Năm"),
  daysOff: namedDays("Ngày nghỉ"),
  workingDays: namedDays("Ngày làm bù"),
  questions: list("Cách hỏi"),
  quote: line("Đoạn trích từ nguồn"),
  retentionDays: part("Số ngày lưu", (days) => [String(days)]),
}

/** Every field of a record, named and worded for a clerk. A field that a schema gains does not compile before it is named here. */
export function readableParts({ kind, body }: KnowledgeItem): ReadablePart[] {
  if (kind === "procedure") return told(PROCEDURE, body)
  return kind === "document" ? told(DOCUMENT, body) : told(NOTICE, body)
}

function told(table: object, body: object): ReadablePart[] {
  const values = body as Readonly<Record<string, unknown>>
  return Object.entries(table as Readonly<Record<string, (value: unknown) => readonly ReadablePart[]>>).flatMap(([name, tell]) =>
    values[name] === undefined ? never() : [...tell(values[name])],
  )
}
