import type { Procedure } from "../../knowledge/procedure.ts"
import type { Field } from "../types.ts"
import { sentencesOf, type RecordSentence } from "./record-sentences.ts"

interface Elsewhere {
  readonly origins: readonly Field[]
  /** How records say it outside its own part. */
  readonly says: RegExp
  readonly unless?: RegExp
}

/** What the office does with the file inside the house is no rule for the citizen. */
const INSIDE =
  /^(?:[-+•*]\s*)?(?:\(?[ivx\d]+[).]\s*)?(?:sau khi|cán bộ|công chức|cơ quan|phòng |bộ phận|lãnh đạo|chủ tịch|ủy ban nhân dân|trung tâm|thẩm tra|kiểm tra|bước \d)/iu

const ELSEWHERE: Readonly<Partial<Record<Field, Elsewhere>>> = {
  time: {
    origins: ["steps"],
    says: /(?:thời hạn|trong vòng|chậm nhất|không quá|sau)\s[^.;]{0,30}\d+\s*(?:ngày|giờ|tháng)[^.;]*(?:cấp|quyết định|giải quyết|trả|xem xét|thực hiện|phê duyệt|công nhận|ký)/iu,
    unless: /bổ sung|hoàn thiện|chưa (?:đầy )?đủ|không hợp lệ|từ chối/iu,
  },
  fee: {
    origins: ["conditions", "dossier", "steps"],
    says: /lệ phí|(?:nộp|đóng|thu|trả|thanh toán|mức|miễn)[^.;]{0,20}(?<!\p{L})phí(?!\p{L})/iu,
  },
  place: {
    origins: ["steps", "dossier"],
    says: /(?:nộp|gửi|đến)[^.;]{0,120}(?:tại|đến|cho|tới|ở)\s+(?:ủy ban|ubnd|trung tâm|công an|bộ phận|cơ quan|phòng|sở|trường|ban)/iu,
  },
  conditions: {
    origins: ["subjects", "dossier", "steps"],
    says: /điều kiện|chỉ (?:được|áp dụng|thực hiện)|không được|(?:^|\s)phải\s|ít nhất \d|từ đủ \d|trước ngày|kể từ ngày/iu,
    unless: INSIDE,
  },
}
const FORM =
  /^(?:\(?\d+[).]\s*)?(?:bản chính\s+)?(?:tờ khai|đơn(?=\s)|mẫu|phiếu|bản khai|giấy đề nghị|đề nghị(?=\s)|văn bản đề nghị|công văn đề nghị)/iu
const MAX_SENTENCES = 3

/** What a record says on a field in its other parts, in its own words; empty when it says nothing anywhere. */
export function saidElsewhere(procedure: Procedure, field: Field): readonly RecordSentence[] {
  if (field === "forms") return formsAmongPapers(procedure)
  const rule = ELSEWHERE[field]
  if (!rule) return []
  const fits = ({ origin, text }: RecordSentence) =>
    rule.origins.includes(origin) && rule.says.test(text) && rule.unless?.test(text) !== true
  return sentencesOf(procedure).filter(fits).slice(0, MAX_SENTENCES)
}

/** Declarations and applications stand among the papers, often without their own entry as a form. */
function formsAmongPapers({ dossier }: Procedure): RecordSentence[] {
  const names = dossier.flatMap((c) => c.papers.flatMap((paper) => (!paper.note && FORM.test(paper.name) ? [paper.name] : [])))
  return [...new Set(names)].map((text) => ({ text, origin: "dossier" as const, terms: [] }))
}
