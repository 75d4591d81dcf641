import type { QuestionGroupRow } from "../../../contract/questions.ts"

const states: Readonly<Record<QuestionGroupRow["state"], string>> = {
  open: "Cần bổ sung",
  drafted: "Chờ công bố",
  answered: "Đã bổ sung",
  set_aside: "Để ngoài",
}

export const questionTexts = {
  title: "Câu hỏi cần bổ sung",
  hint: "Những câu người dân đã hỏi mà trợ lý chưa trả lời được, hoặc người dân bấm “chưa đúng”, gom theo ý giống nhau. Thông tin riêng của người hỏi đã được che.",
  list: "Các nhóm câu hỏi",
  search: "Tìm trong câu hỏi",
  group: "Câu hỏi",
  state: "Tình trạng",
  states,
  count: "Số lần",
  times: (count: number) => `${count.toLocaleString("vi-VN")} lần`,
  ratedWrong: (count: number) => `${count.toLocaleString("vi-VN")} lần bấm “chưa đúng”`,
  trend: (week: number, before: number) =>
    `7 ngày qua: ${week}, 7 ngày trước đó: ${before} ${week > before ? "(tăng)" : week < before ? "(giảm)" : ""}`,
  last: "Lần cuối",
  examples: "Cách hỏi khác",
  nearest: (name: string) => `Gần nhất: ${name}`,
  waiting: (key: string) => `Đang chờ công bố bản soạn ${key}`,
  reason: (reason: string, who: string, when: string) => `${reason} (${who}, ${when})`,
  reopened: (times: number) => `Đã được hỏi lại ${times} lần sau khi đóng`,
  actions: "Việc cần làm",
  try: "Hỏi thử",
  alias: "Gắn vào thủ tục",
  faq: "Soạn câu trả lời",
  setAside: "Để ngoài",
  reopen: "Mở lại",
  reopenedNow: "Đã mở lại",
  of: (action: string, title: string) => `${action}: ${title}`,
  savedDraft: "Đã lưu vào bản soạn; nhóm này chờ công bố",
  setAsideNow: "Đã để ngoài",

  aliasHint: "Chọn thủ tục trả lời được câu hỏi này và ghi cách người dân gọi nó. Nhóm đóng lại khi bản soạn được công bố.",
  procedure: "Thủ tục",
  procedureHint: "Gõ mã hoặc vài chữ trong tên",
  phrase: "Cách người dân gọi",

  faqHint: "Câu trả lời chỉ dùng lời của nguồn: mọi con số phải có trong phần trích. Người duyệt công bố rồi trợ lý mới dùng.",
  faqTitle: "Tiêu đề",
  faqQuestions: "Các cách hỏi, mỗi dòng một câu",
  faqText: "Câu trả lời",
  faqSource: "Tên nguồn (số, ngày, cơ quan)",
  faqQuote: "Trích nguyên văn từ nguồn",

  setAsideHint: "Ghi lý do. Nhóm tự mở lại nếu sau đó còn 3 lần hỏi nữa.",
  reasonField: "Lý do",
  outOfScope: "Ngoài phạm vi của xã",
} as const
