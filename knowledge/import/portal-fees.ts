import type { Fee } from "../procedure.ts"
import type { PortalMethod } from "./portal-record.ts"

type PortalFee = NonNullable<PortalMethod["fees"]>[number]

const KINDS: readonly (readonly [RegExp, Fee["kind"]])[] = [
  [/lệ phí/i, "lệ phí"],
  [/mức giá/i, "mức giá"],
  [/phí/i, "phí"],
]
const SET_LOCALLY = /hội đồng nhân dân|hđnd/i
const PLAIN_FREE =
  /^(?:(?:phí|lệ phí)\s*:?\s*)?(?:miễn phí|không|không thu(?: phí| lệ phí)?|0 ?(?:đồng|vnđ|việt nam đồng)|không đồng)\s*(?:\((?:không|không có|không quy định\.?|0 đồng)\))?\.?$/i
/** "Miễn phí (…)", "0 Đồng (…)", and "Đồng (…)" where the figure got lost: what counts stands in the brackets. */
const WRAPPED = /^(?:(?:phí|lệ phí)\s*:?\s*)?(?:miễn phí|0 ?(?:đồng|vnđ|việt nam đồng)|đồng)\s*\((?<note>.*)\)\.?$/is
const MONEY = /^(?<amount>\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?<currency>vnđ|đồng|việt nam đồng|usd)\s*(?:\((?<note>.*)\))?$/i
const FIGURE = /\d{1,3}(?:[.,]\d{3})+|\d+ ?%/
const DIGITS_ONLY = /^\d+$/
/** Nothing that a citizen could read: a lone letter or number, or the portal's filler. */
const NOTHING_SAID = /^(?:không có thông tin\b.*|không có\.?|\P{L}*\p{L}?\P{L}*)$/isu
/** No fee in đồng is smaller; the portal's smaller figures are dollars or thousands whose unit got lost. */
const SMALLEST = 1000

/** What is said when the published figure cannot be right. Part of the record, so that answers quote it like any other wording. */
export const FEE_TO_BE_CONFIRMED = "Dữ liệu công bố chưa ghi rõ mức thu, cần hỏi lại cán bộ"

/**
 * The fees of one way of handing in. The portal prints "Miễn phí" or 0 where a note says that the People's Council of the
 * province sets the fee: that is not free, so the note is kept and nothing is promised.
 */
export function feesOf(method: PortalMethod, zeroWithNote: boolean): Fee[] {
  const fees = (method.fees ?? []).map((fee) => feeOf(fee, zeroWithNote))
  const free = fees.every((fee) => fee?.status === "free")
  return fees.filter((fee) => fee !== null).filter((fee) => free || fee.status !== "free")
}

type Base = Pick<Fee, "kind" | "amount" | "per" | "exemptions">

function feeOf(raw: PortalFee, zeroWithNote: boolean): Fee | null {
  const kind = KINDS.find(([pattern]) => pattern.test(raw.type) || pattern.test(raw.description.slice(0, 12)))?.[1] ?? "phí, lệ phí"
  const base: Base = { kind, amount: null, per: null, exemptions: null }
  if (raw.value && raw.value > 0) return withAmount(base, { amount: raw.value, currency: raw.currency, note: raw.description })
  const money = MONEY.exec(raw.description)?.groups
  const amount = Number(money?.["amount"]?.replace(/[.,]/g, "") ?? 0)
  if (money && amount > 0) return withAmount(base, { amount, currency: money["currency"] ?? "", note: money["note"] ?? "" })
  // A column that slipped: the number belongs to the time, not to the fee.
  if (DIGITS_ONLY.test(raw.description)) return null
  return withoutAmount(raw, { base, zeroWithNote })
}

function withAmount(base: Base, { amount, currency, note }: { amount: number; currency: string; note: string }): Fee {
  const { unit, rest } = splitUnit(unwrap(note))
  if (/usd/i.test(currency)) return { ...base, status: "see_text", text: joinNote(`${amount} USD${unit}`, rest) }
  if (amount >= SMALLEST && Number.isInteger(amount)) {
    return { ...base, status: "amount", amount, per: unit.slice(1) || null, text: joinNote(dong(amount) + unit, rest) }
  }
  return { ...base, status: "see_text", text: FIGURE.test(note) ? unwrap(note) : joinNote(FEE_TO_BE_CONFIRMED, note) }
}

function withoutAmount(raw: PortalFee, { base, zeroWithNote }: { base: Base; zeroWithNote: boolean }): Fee | null {
  const note = unwrap(WRAPPED.exec(raw.description)?.groups?.["note"] ?? raw.description)
  if (SET_LOCALLY.test(note)) return { ...base, status: "set_locally", text: note }
  const free = PLAIN_FREE.test(raw.description) || (raw.value === 0 && note === "")
  if (free && !zeroWithNote) return { ...base, status: "free", text: "Miễn phí" }
  if (PLAIN_FREE.test(note) || NOTHING_SAID.test(note)) return null
  return { ...base, status: "see_text", text: note }
}

/** 8000 → "8.000 đồng", as official texts write it. */
export function dong(amount: number): string {
  return `${new Intl.NumberFormat("vi-VN").format(amount)} đồng`
}

/** "/hồ sơ (Thông tư …)" → what the figure is for, and the rest of the note. */
function splitUnit(note: string): { unit: string; rest: string } {
  const match = /^\s*\/\s*([\p{L}\d][\p{L}\d /-]{0,40}?)\s*(?:$|[.,;]+\s*|(?=\())/u.exec(note)
  return match?.[1] ? { unit: `/${match[1]}`, rest: note.slice(match[0].length) } : { unit: "", rest: note }
}

function joinNote(amount: string, note: string): string {
  const inner = unwrap(note)
  return inner === "" ? amount : `${amount} (${inner})`
}

/** Takes brackets away that stand around the whole or have lost their other half. */
function unwrap(text: string): string {
  const trimmed = text.trim()
  const { open, lowest } = depthOf(trimmed)
  if (trimmed.startsWith("(") && open > 0) return unwrap(trimmed.slice(1))
  if (trimmed.endsWith(")") && open < 0) return unwrap(trimmed.slice(0, -1))
  const inner = /^\((.*)\)$/s.exec(trimmed)?.[1]
  return inner !== undefined && open === 0 && lowest === 0 && depthOf(inner).lowest === 0 ? unwrap(inner) : trimmed
}

/** How many brackets are still open at the end, and the lowest count on the way. */
function depthOf(text: string): { open: number; lowest: number } {
  let open = 0
  let lowest = 0
  for (const c of text) {
    open += c === "(" ? 1 : c === ")" ? -1 : 0
    lowest = Math.min(lowest, open)
  }
  return { open, lowest }
}
