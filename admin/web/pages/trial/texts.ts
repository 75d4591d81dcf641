import type { ConsideredRow } from "../../../contract/trial.ts"

type WhyNot = ConsideredRow["why"][number]

const whyNot: Readonly<Record<WhyNot, string>> = {
  ruled_out: "cán bộ đã ghi “không phải thủ tục này” cho cách nói trong câu hỏi",
  ended: "đã hết hiệu lực",
  old_record: "bản ghi từ trước ngày 01/7/2025, không còn dùng",
  other_place: "của tỉnh, thành phố khác",
  rare_variant: "trường hợp riêng mà câu hỏi không nhắc đến",
  other_number: "số hiệu, lớp, hạng khác với câu hỏi",
  offered: "được đưa ra cho người dân chọn",
  unsure: "gần nhưng chưa đủ chắc để trả lời",
  lower_score: "điểm thấp hơn thủ tục được chọn",
}

export const trialTexts = {
  title: "Hỏi thử",
  hint: "Hỏi như người dân hỏi, xem trợ lý trả lời gì và vì sao. Câu hỏi ở đây không được lưu, không tính vào số liệu và minh chứng.",
  question: "Câu hỏi",
  against: "Hỏi trên",
  live: "Nội dung đang công bố",
  drafts: "Nội dung nếu công bố mọi bản soạn",
  ask: "Hỏi thử",
  answerTitle: "Người dân đọc được",
  choices: "Nút để người dân chọn",
  version: (version: number) => (version === 0 ? "thử với các bản soạn" : `theo bản kiến thức ${version}`),
  ms: (ms: number) => `${ms.toLocaleString("vi-VN")} ms`,
  noDrafts: "Hiện không có bản soạn nào, nên đây là nội dung đang công bố.",
  masked: (question: string) => `Câu hỏi sau khi che thông tin riêng: “${question}”`,
  sources: "Nguồn đã dùng",
  noSources: "Không dùng nguồn nào.",
  page: (page: number) => `trang ${page}`,
  considered: "Các thủ tục đã xét",
  noneConsidered: "Không có thủ tục nào được xét: câu hỏi đã được xử lý trước khi tìm.",
  procedure: "Thủ tục",
  score: "Điểm",
  noScore: "không chấm",
  why: "Vì sao",
  chosen: "Được chọn để trả lời",
  heardAs: (name: string) => `giống nhất với tên “${name}”`,
  whyNot,
  variants: (variants: readonly string[]) => `(${variants.join(", ")})`,
  actions: "Chỉnh",
  alias: "Thêm tên gọi",
  pin: "Ghim",
  mute: "Không phải thủ tục này",
  edit: "Sửa",
  of: (action: string, name: string) => `${action}: ${name}`,
  phrase: "Cụm từ",
  aliasHint: "Ghi cách người dân gọi thủ tục này, càng ngắn gọn càng tốt.",
  pinHint: "Câu hỏi này (có dấu hay không dấu) sẽ luôn được trả lời bằng thủ tục này.",
  muteHint:
    "Câu hỏi có cụm từ này sẽ không được trả lời bằng thủ tục này, và thủ tục này cũng không được gợi ý. Chỉ giữ lại vài chữ thật cần.",
  afterwards: "Lưu vào bản soạn; người dân chưa thấy gì cho đến khi công bố.",
  saved: "Đã lưu vào bản soạn",
  stepsTitle: "Từng bước trợ lý đã làm",
  raw: "Dữ liệu gốc của các bước",
} as const

/** Names of the parts of a procedure, as a clerk calls them. */
export const fieldNames: Readonly<Record<string, string>> = {
  dossier: "hồ sơ",
  fee: "phí, lệ phí",
  time: "thời hạn",
  place: "nơi nộp",
  steps: "các bước",
  online: "nộp trực tuyến",
  subjects: "đối tượng",
  conditions: "điều kiện",
  result: "kết quả",
  legalBasis: "căn cứ pháp lý",
  forms: "biểu mẫu",
}
