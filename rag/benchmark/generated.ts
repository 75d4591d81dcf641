import { fold } from "../vietnamese/fold.ts"
import type { Collection } from "./collection.ts"
import type { CorpusLine } from "./retrieval.ts"

/** Questions as citizens write them, for timings. */
export const QUESTIONS: readonly string[] = [
  "làm giấy khai sinh cho con cần những giấy tờ gì",
  "dang ky ket hon mat bao nhieu tien",
  "bố em mới mất tuần trước, gia đình phải làm giấy tờ gì ở xã ạ",
  "sao y bản chính ở đâu, bao lâu có",
  "nhap ho khau cho vo can gi",
  "xin phép xây nhà cấp 4 trên đất của bố mẹ thì làm thế nào",
  "mẹ tôi 82 tuổi không có lương hưu có được trợ cấp không",
  "mo quan ban hang an phai dang ky gi",
  "tách hộ mất mấy ngày",
  "thế lệ phí bao nhiêu",
]

const WORDS = (
  "hồ sơ giấy tờ đăng ký khai sinh kết hôn khai tử thường trú tạm trú chứng thực bản sao xác nhận tình trạng hôn nhân đất đai xây dựng trợ cấp xã hội người cao tuổi " +
  "khuyết tật hộ nghèo bảo hiểm y tế hộ kinh doanh giấy phép lệ phí thời hạn ngày làm việc trung tâm phục vụ hành chính công ủy ban nhân dân công chức tiếp nhận trả kết quả " +
  "nộp trực tuyến bưu chính căn cước cha mẹ con vợ chồng nuôi dưỡng giám hộ thừa kế di chúc hợp đồng quyết định thông báo kế hoạch thôn tổ dân phố nông nghiệp chăn nuôi thủy lợi môi trường"
).split(" ")

/** Passages of 40 to 120 syllables, the same on every run. */
export function generatePassages(count: number): CorpusLine[] {
  const next = pseudoRandom(20_261_121)
  const words = (n: number) =>
    Array.from({ length: n }, () =>
      next() < 0.08 ? `mục ${Math.floor(next() * 5000)}` : (WORDS[Math.floor(next() ** 2 * WORDS.length)] ?? ""),
    ).join(" ")
  return Array.from({ length: count }, (_, i) => ({ id: `p${i}`, title: words(6), text: words(40 + Math.floor(next() * 80)) }))
}

/** Words of a question cut out of a passage. */
const CUT = 8

/**
 * A collection with made-up relevance: each question is a stretch of one passage, which alone counts as right. Every other
 * question is written without marks, as citizens do. It tells speed and memory at a size, not how well people are understood.
 */
export function generateCollection(passages: number, questions: number): Collection {
  const corpus = generatePassages(passages)
  const next = pseudoRandom(20_251_101)
  const relevant = new Map<string, ReadonlySet<string>>()
  const queries = Array.from({ length: questions }, (_, i) => {
    const passage = corpus[Math.floor((i * passages) / questions)] ?? { id: "", title: "", text: "" }
    const words = passage.text.split(" ")
    const from = Math.floor(next() * (words.length - CUT))
    const text = words.slice(from, from + CUT).join(" ")
    relevant.set(`q${i}`, new Set([passage.id]))
    return { id: `q${i}`, text: i % 2 === 0 ? text : fold(text) }
  })
  return { name: "văn bản tự sinh", corpus, queries, relevant }
}

/** Numbers from 0 to 1 by a linear congruential generator (Numerical Recipes). */
function pseudoRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}
