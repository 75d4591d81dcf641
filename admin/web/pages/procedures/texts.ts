import type { ProcedureRow } from "../../../contract/procedures.ts"

const lacks: Readonly<Record<ProcedureRow["lacks"][number], string>> = {
  dossier: "giấy tờ",
  fee: "phí, lệ phí",
  time: "thời hạn",
  place: "nơi nộp",
  steps: "các bước",
  result: "kết quả",
  legal_basis: "căn cứ pháp lý",
}

/** "2026-07-18" → "18/07/2026". */
const day = (iso: string) => iso.split("-").reverse().join("/")

export const procedureTexts = {
  title: "Thủ tục",
  hint: "Mọi thủ tục trợ lý đang dùng để trả lời, và những bản đang soạn. Sửa ở đây chỉ thành bản nháp; người dân chỉ thấy sau khi công bố.",
  list: "Danh sách thủ tục",
  search: "Tìm theo tên hoặc mã (có dấu hay không đều được)",
  import: "Nhập từ tệp",
  add: "Soạn thủ tục mới",
  name: "Thủ tục",
  code: (code: string) => `Mã ${code}`,
  openOf: (name: string) => `Mở ${name}`,
  field: "Lĩnh vực",
  noField: "chưa ghi",
  level: "Cấp",
  levels: { commune: "Cấp xã", province: "Cấp tỉnh", ministry: "Cấp bộ", other: "Cơ quan khác" },
  state: "Tình trạng",
  show: "Đang xem",
  shows: {
    "": "Tất cả",
    drafted: "Có bản nháp",
    suspended: "Đang tắt",
    incomplete: "Còn thiếu thông tin",
    expiring: "Sắp hoặc đã hết hiệu lực",
    review_due: "Sắp đến hạn rà soát",
    same_day: "Trả kết quả trong ngày",
    withdrawn: "Đã rút",
  },
  lack: "Thiếu",
  lacks,
  lacksOf: (names: readonly ProcedureRow["lacks"][number][]) => `Chưa ghi: ${names.map((name) => lacks[name]).join(", ")}`,
  suspended: "Đang tắt",
  suspendedFor: (reason: string) => `Đang tắt: ${reason}`,
  editing: "Có bản nháp",
  review: "Chờ duyệt",
  withdraws: "Đề nghị rút",
  notTold: "Chưa công bố",
  withdrawn: "Đã rút",
  demo: "Dữ liệu minh họa",
  sameDay: "Trong ngày",
  effectiveTo: "Hết hiệu lực",
  until: (iso: string) => `Hết hiệu lực ${day(iso)}`,
  reviewBy: "Hạn rà soát",
  owner: "Người phụ trách",
  pick: (name: string) => `Chọn ${name}`,
  picked: "Chọn",
  bulk: {
    title: "Việc với các thủ tục đã chọn",
    chosen: (count: number) => `Đã chọn ${count} thủ tục.`,
    set: "Đánh dấu trả kết quả trong ngày",
    unset: "Bỏ dấu trong ngày",
    made: (drafted: number, unchanged: number) =>
      `Đã tạo ${drafted} bản nháp${unchanged > 0 ? `, ${unchanged} thủ tục vốn đã như vậy` : ""}.`,
  },
  due: (owner: string | null, iso: string | null) => `${owner ?? "chưa giao"}${iso ? `, rà soát trước ${day(iso)}` : ""}`,
} as const
