import type { TimeLimit } from "../procedure.ts"
import type { PortalMethod, PortalRecord } from "./portal-record.ts"

const UNITS: readonly (readonly [RegExp, NonNullable<TimeLimit["unit"]>])[] = [
  [/ngày làm việc/i, "working_day"],
  [/ngày/i, "day"],
  [/giờ/i, "hour"],
  [/tháng/i, "month"],
]
const AMOUNT_WITH_UNIT = /^(?<amount>\d{1,3}(?:[.,]\d{1,2})?)\s*(?<unit>ngày làm việc|ngày|giờ(?: làm việc)?|tháng)$/i
const UNKNOWN_UNIT = /đơn vị: khác/i
const BARE_NUMBER = /^\d+(?:[.,]\d+)?$/
/** "0 giờ" is how the portal writes that nobody filled in the number. */
const ZERO = /^0+(?:[.,]0+)?(?:\s*(?:ngày làm việc|ngày|giờ|tháng))?$/i
/** Wording of a time limit inside running text. */
const WORDING =
  /((?:ngay )?trong ngày(?: làm việc)?(?: tiếp nhận)?|ngay sau khi|ngày làm việc (?:tiếp theo|kế tiếp)|(?:không quá |trong (?:thời hạn )?)?\d{1,3} (?:ngày(?: làm việc)?|giờ|tháng)\b)/iu
const ABOUT_RESULT =
  /trả kết quả|thời hạn giải quyết|thời gian giải quyết|giải quyết (?:ngay )?trong ngày|có phiếu hẹn|trong thời hạn [^.;]{0,40} kể từ (?:ngày|khi|thời điểm) (?:tiếp )?nhận/iu

/** Limits for something else than the result: a dossier that is refused, an opinion that another office gives. */
const OF_OTHER_STEPS = /(?:không|chưa) (?:hợp pháp|hợp lệ|đầy đủ|đúng)|(?:xin|lấy) ý kiến|(?:đề nghị|yêu cầu) (?:xác minh|bổ sung)/iu

/** What is said when the source does not tell the unit. Part of the record, so that answers quote it like any other wording. */
export const TIME_TO_BE_CONFIRMED = "Dữ liệu công bố chưa ghi rõ đơn vị thời hạn, cần hỏi lại cán bộ"

/**
 * The time limit of one way of handing in. Where the portal gives a number without a unit, the wording is looked for in
 * the description and the steps; when it is not there either, the limit is marked as to be confirmed and no number is kept.
 */
export function timeOf(method: PortalMethod, record: PortalRecord): TimeLimit | null {
  const raw = rawTime(method)
  const known = AMOUNT_WITH_UNIT.exec(raw)?.groups
  if (known?.["amount"] && known["unit"]) {
    const unit = UNITS.find(([pattern]) => pattern.test(known["unit"] ?? ""))?.[1] ?? null
    return { text: raw.toLowerCase(), amount: Number(known["amount"].replace(",", ".")), unit, certain: true }
  }
  if (raw !== "" && !BARE_NUMBER.test(raw)) return { text: raw, amount: null, unit: null, certain: true }
  const wording = wordingIn(method.description, record.steps)
  if (wording) return { text: wording, amount: null, unit: null, certain: true }
  if (raw === "" && record.methods?.some((m) => rawTime(m) !== "")) return null
  return { text: TIME_TO_BE_CONFIRMED, amount: null, unit: null, certain: false }
}

/** The portal's time as one string; empty when it says nothing. Units marked "khác" are taken away. */
function rawTime(method: PortalMethod): string {
  const raw = quantityOf(method)
  return ZERO.test(raw) || /^theo mô tả$/i.test(raw) ? "" : raw
}

function quantityOf(method: PortalMethod): string {
  if (method.time_qty === null || method.time_qty === undefined) return method.time
  const quantity = String(method.time_qty).trim()
  const unit = UNKNOWN_UNIT.test(method.time_unit) ? "" : method.time_unit
  return BARE_NUMBER.test(quantity) ? `${quantity} ${unit}`.trim() : quantity
}

function wordingIn(description: string, steps: readonly string[]): string | null {
  const described = sentences(description).filter((s) => WORDING.test(s) && s.length <= 300)
  if (described.length > 0) return described.slice(0, 2).join(" ")
  const step = steps.flatMap(sentences).find((s) => WORDING.test(s) && ABOUT_RESULT.test(s) && !OF_OTHER_STEPS.test(s))
  return step && step.length <= 500 ? step : null
}

const sentences = (text: string) =>
  text
    .split(/\n|;|(?<=\.)\s+(?=\p{Lu})/u)
    .map((s) => s.trim())
    .filter((s) => s !== "")
