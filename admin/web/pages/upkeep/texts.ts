import type { UpkeepRow } from "../../../contract/upkeep.ts"

type Reason = UpkeepRow["reasons"][number]

/** "2026-07-18" → "18/07/2026". */
const day = (iso: string) => iso.split("-").reverse().join("/")

const reasons: Readonly<Record<Reason, string>> = {
  expired: "Đã hết hiệu lực",
  superseded: "Đã có bản thay thế",
  review_overdue: "Quá hạn rà soát",
  expiring: "Sắp hết hiệu lực",
  review_due: "Sắp đến hạn rà soát",
}

export const upkeepTexts = {
  title: "Rà soát",
  hint: "Những mục đang công bố cần xem lại: đã hoặc sắp hết hiệu lực, đã có văn bản thay thế, đến hạn rà soát. Mục đã hết hiệu lực không được dùng để trả lời; nên cập nhật hoặc đề nghị rút.",
  list: "Danh sách cần rà soát",
  search: "Tìm theo tên hoặc mã (có dấu hay không đều được)",
  show: "Đang xem",
  shows: { "": "Tất cả mục cần rà soát", ...reasons, all: "Mọi mục đang công bố" },
  reasons,
  count: (reason: Reason, count: number) => `${reasons[reason]}: ${count}`,
  nothing: "Không có mục nào cần rà soát.",
  open: "Mở danh sách rà soát",
  kind: "Loại",
  kinds: { procedure: "Thủ tục", document: "Văn bản", notice: "Thông báo" },
  name: "Mục",
  openOf: (name: string) => `Mở ${name}`,
  reason: "Cần xem vì",
  due: "Hạn",
  ends: (iso: string) => `Hiệu lực đến ${day(iso)}`,
  review: (iso: string) => `Rà soát trước ${day(iso)}`,
  owner: "Người phụ trách",
  nobody: "chưa giao",
  successor: (name: string) => `Thay bằng: ${name}`,
} as const
