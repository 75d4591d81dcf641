import { type IsoDate, weekdayOf } from "../../knowledge/calendar/dates.ts"
import type { CalendarTexts } from "../../rag/calendar/texts.ts"
import type { WayOn } from "../../rag/texts.ts"

const NAMES = ["", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]

/** "thứ Bảy, 28/11/2026" */
const day = (date: IsoDate) => `${NAMES[weekdayOf(date)] ?? ""}, ${date.split("-").reverse().join("/")}`
const capital = (text: string) => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())

const wayOn = ({ hotline }: WayOn) =>
  `Ông/bà có thể nhắn “gặp cán bộ”${hotline ? ` hoặc gọi đường dây nóng ${hotline}` : " hoặc đến Trung tâm Phục vụ hành chính công của xã"} để được cho biết ạ.`

/** What the assistant says of days: working days, days off, the same-day day (M30, M32), reception and weekly schedules. */
export const calendarTexts: CalendarTexts = {
  day,
  open: ({ date, place, hours, madeUp }) =>
    `Dạ, ${day(date)}: ${place} có làm việc${madeUp ? ` (${madeUp})` : ""}, giờ tiếp nhận ${hours.join(" và ")}.`,
  closed: ({ date, place, holiday }) => `Dạ, ${day(date)}: ${place} không làm việc (${holiday ?? "ngày nghỉ hằng tuần"}).`,
  nextOpen: ({ date, hours }) => `Ngày làm việc gần nhất sau đó: ${day(date)}, ${hours.join(" và ")}.`,
  noHours: (way) => `Xin lỗi ông/bà, ${way.commune} chưa công bố giờ làm việc để trợ lý trả lời.\n${wayOn(way)}`,
  undecided: ({ date, holiday, way }) =>
    `Xin lỗi ông/bà, ${day(date)} ở gần dịp ${holiday} và ${way.commune} chưa công bố lịch nghỉ của dịp này nên trợ lý không dám nói chắc là làm việc hay nghỉ.\n${wayOn(way)}`,
  byLaw: (law) => `Căn cứ ngày nghỉ: ${law}.`,
  daysOff: ({ name, dates }) => `- ${name}: ${dates.map(day).join("; ")}`,
  madeUp: ({ date, name }) => `- Làm bù ${day(date)} (${name})`,
  noList: ({ year, way }) =>
    `Xin lỗi ông/bà, ${way.commune} chưa công bố lịch nghỉ lễ, Tết năm ${year}. Ngày nghỉ Tết và một số ngày nghỉ bù được quyết định hằng năm nên trợ lý không dám phỏng đoán.\n${wayOn(way)}`,
  certainByLaw: (law) => `Những ngày chắc chắn được nghỉ theo ${law}:`,
  sameDay: ({ date, cutOff }) =>
    `Dạ, ngày giải quyết và trả kết quả trong ngày là ${day(date)}. Hồ sơ đầy đủ xin nộp trước ${cutOff} để nhận kết quả trong ngày.`,
  sameDayClash: ({ date, holiday, rule, moved }) =>
    `Xin lỗi ông/bà, ${day(date)} trùng ngày nghỉ${holiday ? ` (${holiday})` : ""}. Theo quy định đã công bố: ${rule.replace(/\.+$/, "")}.${moved ? ` Vì vậy ngày này được chuyển sang ${day(moved)}. Kính mong ông/bà thông cảm.` : ""}`,
  sameDayPast: (date) => `Ngày của tuần này (${day(date)}) đã qua.`,
  sameDayProcedures: (names) => `Áp dụng cho:\n${names.map((name) => `- ${capital(name)}`).join("\n")}`,
  noSameDay: (way) => `Xin lỗi ông/bà, ${way.commune} chưa công bố ngày giải quyết và trả kết quả trong ngày.\n${wayOn(way)}`,
  reception: (date) => `Ngày tiếp gần nhất theo lịch: ${day(date)}.`,
  receptionClash: ({ date, holiday }) =>
    `Lưu ý: ${day(date)} trùng ngày nghỉ${holiday ? ` (${holiday})` : ""}; ngày tiếp thay thế (nếu có) do xã thông báo.`,
  entries: ({ date, entries }) => `${capital(day(date))}:\n${entries.map((entry) => `- ${entry}`).join("\n")}`,
  entry: ({ from, what, place }) => `${from ? `${from} – ` : ""}${what}${place ? ` (${place})` : ""}`,
  noEntries: (date) => `Dạ, lịch đã công bố không ghi việc nào vào ${day(date)}.`,
  noSchedule: ({ from, to, way }) =>
    `Xin lỗi ông/bà, lịch công tác tuần từ ${day(from)} đến ${day(to)} chưa được ${way.commune} công bố.\n${wayOn(way)}`,
}
