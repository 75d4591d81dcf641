import type { TrialStep } from "../../../contract/trial.ts"
import { fieldNames } from "./texts.ts"

interface Told {
  readonly title: string
  readonly told: string
}

type Teller = (step: TrialStep) => string

/** What was stopped before anything was searched, or sent elsewhere. */
const ROUTES: Readonly<Record<string, string>> = {
  emergency: "khẩn cấp, đưa số gọi ngay",
  blocked_injection: "câu đòi bỏ quy tắc, không làm theo",
  blocked_abuse: "lời lẽ xúc phạm",
  routed_denunciation: "tố cáo: không nhận qua trò chuyện, chỉ hướng dẫn",
  private_data: "hỏi dữ liệu riêng của người khác",
  routed_human: "xin gặp cán bộ",
  appeal: "khiếu nại: hướng dẫn nơi nộp",
  routed_complaint: "phản ánh, kiến nghị",
  law_evasion: "hỏi cách lách luật",
  politics: "chính trị, ngoài phạm vi",
  medical: "y tế, ngoài phạm vi",
  off_topic: "ngoài phạm vi",
  greeting: "lời chào",
  thanks: "lời cảm ơn",
}

const DECISIONS: Readonly<Record<string, string>> = {
  procedure: "Trả lời bằng một thủ tục",
  clarify: "Hỏi lại người dân",
  passages: "Trả lời bằng văn bản hoặc thông tin công khai",
  refuse: "Nói rõ là chưa có thông tin",
  expired: "Nguồn đã hết hiệu lực, chỉ nêu tên",
  other_place: "Là việc của địa phương khác",
  route: "Chuyển đúng nơi, không tìm trong kiến thức",
}

const list = ({ details }: TrialStep, name: string): string[] => {
  const given = details[name]
  return Array.isArray(given) ? given.filter((item): item is string => typeof item === "string") : []
}

const percent = (share: unknown) => (typeof share === "number" ? `, chắc ${Math.round(share * 100)}%` : "")

const understood: Teller = (step) => {
  const fields = list(step, "fields").map((field) => fieldNames[field] ?? field)
  const parts = [
    fields.length > 0 ? `Hỏi về: ${fields.join(", ")}` : "Không hỏi riêng phần nào",
    `chữ dùng để tìm: ${list(step, "content").join(" ") || "không có"}`,
    ...(list(step, "meanings").length > 0 ? [`hiểu là: ${list(step, "meanings").join(", ")}`] : []),
  ]
  return `${parts.join("; ")}.`
}

const found: Teller = (step) => {
  const [procedures = "0", passages = "0"] = step.verdict.split(" + ")
  if (step.verdict === "skipped") return "Không cần tìm."
  const ruledOut = list(step, "ruledOut")
  return `Tìm được ${procedures} thủ tục và ${passages} đoạn văn bản${ruledOut.length > 0 ? `; bỏ ${ruledOut.join(", ")} theo ghi chú của cán bộ` : ""}.`
}

const STEPS: Readonly<Record<string, readonly [title: string, tell: Teller]>> = {
  normalise: ["Đọc câu hỏi", ({ verdict }) => (verdict === "empty" ? "Câu hỏi trống." : "Đọc được.")],
  mask: ["Che thông tin riêng", ({ verdict }) => (verdict === "masked" ? "Đã che số riêng của người hỏi." : "Không có gì phải che.")],
  repair: ["Chữa lỗi gõ", ({ verdict }) => (verdict === "repaired" ? "Có chữa lỗi gõ khi đọc." : "Đọc đúng như đã gõ.")],
  screen: ["Sàng lọc", ({ verdict }) => (verdict === "question" ? "Là câu hỏi bình thường." : `Nhận ra: ${ROUTES[verdict] ?? verdict}.`)],
  understand: ["Hiểu câu hỏi", understood],
  retrieve: ["Tìm trong kiến thức", found],
  decide: ["Quyết định", ({ verdict, details }) => `${DECISIONS[verdict] ?? verdict}${percent(details["confidence"])}.`],
  compose: ["Soạn câu trả lời", () => "Soạn từ lời của nguồn, không thêm ý."],
  verify: [
    "Kiểm chứng",
    ({ verdict }) =>
      verdict === "withheld"
        ? "Giữ lại không gửi: có con số hoặc nguồn không kiểm chứng được."
        : "Mọi con số và nguồn đều có trong kiến thức.",
  ],
}

/** A step of answering in a clerk's words. */
export function tellStep(step: TrialStep): Told {
  const [title, tell] = STEPS[step.step] ?? [step.step, ({ verdict }) => verdict]
  return { title, told: tell(step) }
}
