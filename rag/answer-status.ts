/** Families group statuses for staff: what was served, what needs knowledge, what went elsewhere, what was stopped, what broke. */
export const STATUS_FAMILIES = ["served", "asked_back", "unanswered", "routed", "stopped", "failed"] as const
export type StatusFamily = (typeof STATUS_FAMILIES)[number]

export const ANSWER_STATUSES = [
  "answered",
  "answered_partial",
  "clarification",
  "greeting",
  "no_source",
  "low_confidence",
  "out_of_scope",
  "expired_source",
  "topic_off",
  "routed_complaint",
  "routed_denunciation",
  "routed_human",
  "routed_service",
  "emergency",
  "blocked_abuse",
  "blocked_injection",
  "failed_verification",
  "error_timeout",
  "error_model",
  "error_unexpected",
] as const
export type AnswerStatus = (typeof ANSWER_STATUSES)[number]

interface StatusRow {
  readonly family: StatusFamily
  readonly staffLabel: string
  readonly colour: "green" | "blue" | "yellow" | "orange" | "red" | "grey"
}

/** One row a status: how staff see it. A status without a row does not compile. */
export const STATUS_TABLE: Readonly<Record<AnswerStatus, StatusRow>> = {
  answered: { family: "served", staffLabel: "Đã trả lời", colour: "green" },
  answered_partial: { family: "served", staffLabel: "Trả lời một phần", colour: "green" },
  clarification: { family: "asked_back", staffLabel: "Đã hỏi lại", colour: "blue" },
  greeting: { family: "served", staffLabel: "Chào hỏi", colour: "grey" },
  no_source: { family: "unanswered", staffLabel: "Chưa có thông tin", colour: "yellow" },
  low_confidence: { family: "unanswered", staffLabel: "Không đủ chắc chắn", colour: "yellow" },
  out_of_scope: { family: "unanswered", staffLabel: "Ngoài phạm vi", colour: "grey" },
  expired_source: { family: "unanswered", staffLabel: "Nguồn hết hiệu lực", colour: "orange" },
  topic_off: { family: "unanswered", staffLabel: "Nội dung đang tắt", colour: "grey" },
  routed_complaint: { family: "routed", staffLabel: "Phản ánh, khiếu nại", colour: "blue" },
  routed_denunciation: { family: "routed", staffLabel: "Đã hướng dẫn tố cáo", colour: "orange" },
  routed_human: { family: "routed", staffLabel: "Xin gặp cán bộ", colour: "blue" },
  routed_service: { family: "routed", staffLabel: "Dịch vụ của xã", colour: "blue" },
  emergency: { family: "stopped", staffLabel: "Khẩn cấp", colour: "red" },
  blocked_abuse: { family: "stopped", staffLabel: "Lời lẽ xúc phạm", colour: "grey" },
  blocked_injection: { family: "stopped", staffLabel: "Đòi bỏ quy tắc", colour: "grey" },
  failed_verification: { family: "failed", staffLabel: "Không qua kiểm chứng", colour: "red" },
  error_timeout: { family: "failed", staffLabel: "Quá thời gian", colour: "red" },
  error_model: { family: "failed", staffLabel: "Lỗi mô hình", colour: "red" },
  error_unexpected: { family: "failed", staffLabel: "Lỗi hệ thống", colour: "red" },
}
