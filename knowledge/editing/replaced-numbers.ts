import type { KnowledgeDocument } from "../document.ts"
import { unmarked } from "../quality/spelling.ts"

/** A document that another one says it puts an end to: its number, and its date where that stands beside it (ISO 8601). */
export interface Replaced {
  readonly number: string
  readonly date: string | null
}

/** "12/2020/QĐ-UBND", "05/KH-UBND": how Decree 30/2020/NĐ-CP (Appendix I) writes the number of a document. */
const NUMBER = /\d{1,5}(?:\/\d{4})?\/\p{L}[\p{L}\d]*(?:-[\p{L}\d]+)*/gu
const DATE = /^[^.;]{0,12}?ngày\s+(\d{1,2})(?:\/|\s+tháng\s+)(\d{1,2})(?:\/|\s+năm\s+)(\d{4})/u
/** What follows is ended, … */
const ENDS_WHAT_FOLLOWS = /thay thế|thay cho|bãi bỏ|h[uủ][yỷ] bỏ/iu
/** … or what went before. */
const ENDS_WHAT_WENT_BEFORE = /hết hiệu lực|không còn hiệu lực/iu
/** Only a part of the document is ended: the rest of it is valid still. */
const ONLY_A_PART = /(?:điều|khoản|điểm|mục|phụ lục|biểu|mẫu)\s+(?:số\s+)?\d+|một phần|một số/iu

/** The documents that this one says it replaces or ends as a whole, sentence by sentence. */
export function replacedBy({ sections }: Pick<KnowledgeDocument, "sections">): Replaced[] {
  return sections.flatMap(({ blocks }) => blocks.flatMap(({ text }) => text.split(/[.;](?=\s|$)/u).flatMap(inSentence)))
}

function inSentence(sentence: string): Replaced[] {
  const from = ENDS_WHAT_FOLLOWS.exec(sentence)
  if (from) return numbersIn(sentence.slice(from.index + from[0].length))
  const to = ENDS_WHAT_WENT_BEFORE.exec(sentence)
  return to ? numbersIn(sentence.slice(0, to.index)) : []
}

function numbersIn(words: string): Replaced[] {
  const first = words.search(NUMBER)
  if (first < 0 || ONLY_A_PART.test(words.slice(0, first))) return []
  return [...words.matchAll(NUMBER)].map(({ 0: number, index }) => {
    const [, day = "", month = "", year = ""] = DATE.exec(words.slice(index + number.length)) ?? []
    return { number: plainNumber(number), date: year === "" ? null : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` }
  })
}

/** Numbers are written with and without leading zeros, "Đ" and spaces. */
export const plainNumber = (number: string): string => unmarked(number).replace(/\s+/g, "").replace(/^0+/, "")

/** True when these words mean the document: the same number, and of the same day where both are told. */
export const isMeant = ({ number, date }: Replaced, document: Pick<KnowledgeDocument, "number" | "date">): boolean =>
  document.number !== null && plainNumber(document.number) === number && (date === null || document.date === null || date === document.date)
