import type { Procedure } from "../../knowledge/procedure.ts"
import { analyze, kindOf } from "../index/analyzer.ts"
import type { QueryTerm } from "../index/keyword-index.ts"
import { VALIDITY } from "../understand/asked-fields.ts"
import { fold } from "../vietnamese/fold.ts"
import { sentencesOf, type RecordSentence } from "./record-sentences.ts"

/** What is known of a question when a sentence is sought for it. */
export interface Asked {
  readonly text: string
  readonly terms: readonly QueryTerm[]
  readonly idf: (term: string) => number
  /** False for words that no record holds: a slip or a person's name. */
  readonly known: (term: string) => boolean
}

export interface Telling {
  readonly sentences: readonly RecordSentence[]
  /** False when the question names nothing beyond the procedure: then no sentence could be missing. */
  readonly circumstance: boolean
}

/** Wording that rules who may and when: what a question of the kind "có được … không" is answered from. */
const RULING = /trường hợp|điều kiện|phải |được |không |nếu |chỉ |có quyền|trách nhiệm|trước ngày|ít nhất|từ đủ|hoặc/iu
/** Share of the question's own circumstance that a sentence must carry. */
const ENOUGH = 0.34
const MAX_SENTENCES = 3
const CONTENT = 0.3

const LACKING =
  /(?:không có|không còn|chưa có|thiếu|bị mất|làm mất|khong co|khong con|chua co|thieu|bi mat|lam mat)\s+(\S+\s+\S+(?:\s+\S+)?)/iu

/** Circumstances that citizens and records name in different words. A sentence that names it tells, whatever else it shares. */
const TOPICS: readonly { readonly asks: RegExp; readonly says: RegExp }[] = [
  {
    asks: /uy quyen|(?:nop|lam|di|ky|lay|nhan|dang ky) (?:thay|ho|gium|dum|giup)|nho (?:nguoi|ai|vo|chong|bo|me|anh|chi|em)|chinh chu|dich than|vang mat/,
    says: /ủy quyền|(?:làm|nộp|thực hiện|đi) thay|thay mặt|người đại diện|đích thân|có mặt/iu,
  },
  {
    asks: VALIDITY,
    says: /(?:có giá trị|giá trị sử dụng|hiệu lực|thời hạn sử dụng|có thời hạn)[^.;]{0,60}\d+\s*(?:ngày|tháng|năm)/iu,
  },
  { asks: /\d+ tuoi|(?:may|bao nhieu|du) tuoi|tuoi nao/, says: /\d+ tuổi|tuổi trở lên|thành niên/iu },
  {
    asks: /(?:bao lau|bao nhieu ngay|may ngay|khi nao)(?: \S+){0,3} phai|phai(?: \S+){0,8} (?:truoc|trong) (?:bao lau|bao nhieu ngay|may ngay)|qua han|tre han/,
    says: /(?:trước|trong thời hạn|trong vòng|chậm nhất|ít nhất|kể từ)[^.;]{0,60}\d+ ngày|\d+ ngày[^.;]{0,20}kể từ|quá hạn/iu,
  },
]

/**
 * Sentences of a record that bear on the very circumstance a question names, in the record's words and order. Empty when no
 * sentence shares enough with it: then nothing is claimed. Words of the procedure's names say nothing about a circumstance.
 */
export function tellingSentences(procedure: Procedure, asked: Asked): Telling {
  const weights = circumstance(procedure, asked)
  const mass = [...weights.values()].reduce((a, b) => a + b, 0)
  const folded = fold(asked.text)
  const topics = TOPICS.filter((topic) => topic.asks.test(folded))
  const scored = sentencesOf(procedure).flatMap((sentence, order) => {
    if (!RULING.test(sentence.text) || contradicts(folded, sentence.text)) return []
    const shared = mass === 0 ? 0 : sentence.terms.reduce((sum, term) => sum + (weights.get(term) ?? 0), 0) / mass
    const share = shared + (topics.some((topic) => topic.says.test(sentence.text)) ? ENOUGH : 0)
    return share >= ENOUGH ? [{ sentence, order, share }] : []
  })
  const best = scored.sort((a, b) => b.share - a.share || a.order - b.order).slice(0, MAX_SENTENCES)
  return { sentences: best.sort((a, b) => a.order - b.order).map((s) => s.sentence), circumstance: mass > 0 || topics.length > 0 }
}

/** The question's two-syllable words beyond the procedure's names, by their rarity: single syllables stand in every sentence. */
function circumstance(procedure: Procedure, { text, terms, idf, known }: Asked): ReadonlyMap<string, number> {
  const names = new Set([procedure.name, ...procedure.aliases].flatMap((name) => analyze(name)))
  // What is said to be missing is the circumstance, even where the procedure is named by it.
  for (const term of analyze(LACKING.exec(text)?.[1] ?? "")) names.delete(term)
  const own = terms.filter(({ term, weight }) => kindOf(term) === "pair" && weight > CONTENT && !names.has(term) && known(term))
  return new Map(own.map(({ term, weight }) => [term, weight * idf(term)]))
}

/** "nặng" is not "đặc biệt nặng": other rates and papers apply. */
function contradicts(question: string, sentence: string): boolean {
  if (!/(?<!\p{L})nang(?!\p{L})/u.test(question) || question.includes("dac biet nang")) return false
  const said = fold(sentence)
  return said.includes("dac biet nang") && !said.replaceAll("dac biet nang", "").includes("nang")
}
