import { placeOf } from "../import/place.ts"
import type { SourceLine } from "../import/structure.ts"

/** What the head and foot of an official text say of it (Nghị định 30/2020/NĐ-CP, Điều 8). */
export const HEADER_FIELDS = {
  number: "Số, ký hiệu",
  issuer: "Cơ quan ban hành",
  date: "Ngày ban hành",
  kind: "Loại văn bản",
  title: "Trích yếu",
  signer: "Người ký",
  place: "Địa bàn",
  legalBasis: "Căn cứ",
  effectiveFrom: "Có hiệu lực từ",
  effectiveTo: "Có hiệu lực đến",
  recipients: "Nơi nhận",
} as const

export type HeaderField = keyof typeof HEADER_FIELDS

/** A value for a person to confirm, with the words that it was read from. */
export interface Proposal {
  readonly field: HeaderField
  readonly value: string
  readonly quote: string
  readonly page: number | null
}

const HEAD_LINES = 45
const FOOT_LINES = 70

const KINDS =
  "NGHỊ QUYẾT|QUYẾT ĐỊNH|CHỈ THỊ|QUY CHẾ|QUY ĐỊNH|THÔNG CÁO|THÔNG BÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH|KẾ HOẠCH|PHƯƠNG ÁN|ĐỀ ÁN|DỰ ÁN|BÁO CÁO|BIÊN BẢN|TỜ TRÌNH|CÔNG ĐIỆN|NỘI QUY|NGHỊ ĐỊNH|THÔNG TƯ|DANH MỤC|CÔNG VĂN"
const KIND = new RegExp(`^(${KINDS})\\s*:?$`, "u")
const NUMBER = /^Số\s*:?\s*(\d+[a-zđ]?\s*\/\s*(?:\d{4}\s*\/\s*)?[\p{Lu}Đ][\p{Lu}\p{Ll}Đ\d]*(?:\s*[-–]\s*[\p{L}\d]+)*)/u
const SIGNED_ON = /ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})/iu
const MOTTO = /CỘNG\s*H[ÒO]A\s*X[ÃA]\s*HỘI|Độc lập|^[-_—–*=\s.]*$/iu
const ORGANISATION = /^(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|SỞ|PHÒNG|BAN|TRUNG TÂM|BỘ|CỤC|CHI CỤC|CÔNG AN|VĂN PHÒNG|ĐẢNG ỦY)(?=\s|$)/u
const SUBJECT = /^(?:V\/v|Về việc)\s*:?\s+/iu
const BODY = /^(?:Căn cứ|Thực hiện|Theo|Xét|Để|Kính gửi|I\.|Điều|Phần|PHẦN|Chương|CHƯƠNG|1\.|ỦY BAN|UỶ BAN|CHỦ TỊCH|HỘI ĐỒNG|\()/u
const OFFICE =
  /^(?:(?:TM|KT|TL|TUQ|Q)\.\s*.+|(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG PHÒNG|TRƯỞNG BAN|CHÁNH VĂN PHÒNG|BÍ THƯ|BỘ TRƯỞNG)(?:\s.*)?)$/u
const NAME = /^\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}*){1,4}$/u
const IN_FORCE = /có hiệu lực(?: thi hành)?(?: kể)? từ\s+(?:ngày\s+)?(ký|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})/iu
const UNTIL = /có hiệu lực[^.;\n]{0,60}?đến(?: hết)? ngày\s+(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})/iu

interface Found {
  readonly value: string
  readonly line: SourceLine
}

/** What the header block, the signature and the closing article propose, in the order of HEADER_FIELDS. */
export function readHeader(lines: readonly SourceLine[]): Proposal[] {
  const written = lines.filter((line) => line.row !== true).map((line) => ({ ...line, text: line.text.replace(/\s+/g, " ").trim() }))
  const head = written.slice(0, HEAD_LINES)
  const date = dateOf(head)
  const kindAt = head.findIndex((line) => KIND.test(line.text))
  const found: Readonly<Record<HeaderField, Found | null>> = {
    number: numberOf(head),
    issuer: issuerOf(head),
    date,
    kind: kindAt >= 0 && head[kindAt] ? { value: sentenceCase(head[kindAt].text.replace(/\s*:$/, "")), line: head[kindAt] } : null,
    title: titleOf(head, kindAt),
    signer: signerOf(written.slice(-FOOT_LINES)),
    place: placeIn(head),
    legalBasis: firstMatch(written, /^Căn cứ\s+((?:Luật|Quyết định|Nghị quyết|Nghị định|Kế hoạch|Chỉ thị|Thông tư).+?)[;,.]?$/u),
    effectiveFrom: dated(written, { pattern: IN_FORCE, signed: date?.value ?? null }),
    effectiveTo: dated(written, { pattern: UNTIL, signed: null }),
    recipients: recipientsOf(written),
  }
  return (Object.keys(HEADER_FIELDS) as HeaderField[]).flatMap((field) => {
    const hit = found[field]
    return hit && hit.value !== "" ? [{ field, value: hit.value, quote: hit.line.text, page: hit.line.page }] : []
  })
}

function firstMatch(lines: readonly SourceLine[], pattern: RegExp): Found | null {
  for (const line of lines) {
    const value = pattern.exec(line.text)?.[1]?.trim()
    if (value) return { value, line }
  }
  return null
}

function numberOf(head: readonly SourceLine[]): Found | null {
  const found = firstMatch(head, NUMBER)
  return found && { ...found, value: found.value.replace(/\s+/g, "").replace("–", "-") }
}

/** The office above the number; of two, the lower one writes and the upper one is its superior. */
function issuerOf(head: readonly SourceLine[]): Found | null {
  const end = head.findIndex((line) => /^Số\s*:|V\/v/u.test(line.text) || KIND.test(line.text))
  const block = head
    .slice(0, end < 0 ? 8 : end)
    .filter((line) => !MOTTO.test(line.text) && !SIGNED_ON.test(line.text) && isCapital(line.text))
  const begins = block.findLastIndex((line) => ORGANISATION.test(line.text))
  const own = begins < 0 ? [] : block.slice(begins, begins + 3)
  const [line] = own
  if (!line) return null
  return { value: officeName(own.map((l) => l.text).join(" ")), line: { ...line, text: own.map((l) => l.text).join(" ") } }
}

const isCapital = (text: string) => text === text.toUpperCase() && /\p{Lu}/u.test(text)

/** "ỦY BAN NHÂN DÂN XÃ AN HƯNG" → "Ủy ban nhân dân xã An Hưng". */
function officeName(capitals: string): string {
  const place = placeOf(capitals)
  const plain = sentenceCase(capitals).replace(/^Uỷ/u, "Ủy").replace(/^Ubnd/u, "Ủy ban nhân dân")
  if (!place) return plain
  const at = plain.toLowerCase().indexOf(place.toLowerCase())
  return at < 0 ? plain : `${plain.slice(0, at)}${place}${plain.slice(at + place.length)}`
}

const sentenceCase = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1).toLowerCase()}`

function dateOf(head: readonly SourceLine[]): Found | null {
  for (const line of head) {
    const value = isoDate(SIGNED_ON.exec(line.text)?.slice(1) ?? [])
    if (value) return { value, line }
  }
  return null
}

/** A real day as "2026-03-22"; null for parts that make none. */
function isoDate([day, month, year]: readonly (string | undefined)[]): string | null {
  if (!day || !month || !year) return null
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
  const time = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(iso) ? iso : null
}

const MAX_TITLE_LINES = 4

/** What stands under the kind, or behind "V/v" in a letter. */
function titleOf(head: readonly SourceLine[], kindAt: number): Found | null {
  const subjectAt = head.findIndex((line) => SUBJECT.test(line.text))
  const from = kindAt >= 0 ? kindAt + 1 : subjectAt
  if (from < 0) return null
  const taken: SourceLine[] = []
  for (const line of head.slice(from, from + MAX_TITLE_LINES + 2)) {
    if (line.text === "" && taken.length === 0) continue
    if (line.text === "" || taken.length === MAX_TITLE_LINES || MOTTO.test(line.text) || (taken.length > 0 && BODY.test(line.text))) break
    if (SIGNED_ON.test(line.text) || BODY.test(line.text)) break
    taken.push(line)
  }
  const [line] = taken
  const value = taken
    .map((l) => l.text)
    .join(" ")
    .replace(/^V\/v\s*:?\s*/iu, "")
  return line ? { value, line: { ...line, text: taken.map((l) => l.text).join(" ") } } : null
}

function placeIn(head: readonly SourceLine[]): Found | null {
  const issuer = issuerOf(head)
  const value = issuer && placeOf(issuer.value)
  return issuer && value ? { value, line: issuer.line } : null
}

/** The name under the office at the end: "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / … / Nguyễn Văn An". */
function signerOf(foot: readonly SourceLine[]): Found | null {
  const at = foot.findLastIndex((line) => OFFICE.test(line.text))
  const line = foot.slice(at + 1, at + 12).find((l) => NAME.test(l.text.replace(/\(.*\)/, "").trim()))
  if (at < 0 || !line) return null
  const office = foot[at]?.text.replace(/^(?:TM|KT|TL|TUQ|Q)\.\s*/u, "") ?? ""
  return { value: `${line.text.trim()} (${sentenceCase(office)})`, line: { ...line, text: `${foot[at]?.text ?? ""} ${line.text}` } }
}

function dated(lines: readonly SourceLine[], { pattern, signed }: { pattern: RegExp; signed: string | null }): Found | null {
  for (const [i, line] of lines.entries()) {
    // The sentence may be wrapped over two lines.
    const text = `${line.text} ${lines[i + 1]?.text ?? ""}`
    const written = pattern.exec(text)?.[1]
    if (!written) continue
    const value = written === "ký" ? signed : isoDate(written.match(/\d+/g) ?? [])
    if (value) return { value, line: { ...line, text: pattern.exec(line.text) ? line.text : text.trim() } }
  }
  return null
}

function recipientsOf(lines: readonly SourceLine[]): Found | null {
  const at = lines.findLastIndex((line) => /^Nơi nhận\s*:?/iu.test(line.text))
  const line = lines[at]
  if (at < 0 || !line) return null
  const names = lines
    .slice(at + 1, at + 12)
    .map((l) => l.text)
    .filter((text) => /^[-–+•]\s*\S/u.test(text) || /^Lưu/u.test(text))
    .map((text) => text.replace(/^[-–+•]\s*/u, "").replace(/[;.]\s*$/u, ""))
  return { value: names.join("; "), line }
}
