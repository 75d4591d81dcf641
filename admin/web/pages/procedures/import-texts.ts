import type { ImportRow } from "../../../contract/procedure-import.ts"

const changes: Readonly<Record<ImportRow["change"], string>> = {
  new: "Mới",
  changed: "Thay đổi",
  gone: "Không còn trong tệp",
  same: "Không đổi",
}

export const importTexts = {
  title: "Nhập thủ tục từ tệp",
  back: "Về danh sách thủ tục",
  hint: "Tệp JSONL hoặc Excel xuất từ Cổng Dịch vụ công. Chương trình so từng thủ tục với nội dung đang dùng; ông/bà chọn, và chỉ thành bản nháp.",
  choose: "Chọn tệp",
  sending: (share: number) => `Đang gửi ${Math.round(share * 100)}%`,
  reading: "Đang đọc tệp…",
  failed: "Không đọc được tệp này",
  noProcedures: "Tệp này không có thủ tục nào. Xin kiểm tra lại; văn bản thì đưa vào ở trang Văn bản.",
  problems: (count: number) => `${count} dòng có lỗi, được bỏ qua`,
  list: "Các thủ tục trong tệp",
  search: "Tìm theo tên hoặc mã",
  name: "Thủ tục",
  change: "So với đang dùng",
  changes,
  counts: (counts: Readonly<Record<ImportRow["change"], number>>) =>
    `Mới ${counts.new}, thay đổi ${counts.changed}, không đổi ${counts.same}, không còn trong tệp ${counts.gone}.`,
  goneHint:
    "“Không còn trong tệp” là thủ tục đang dùng, cùng lĩnh vực với các thủ tục của tệp mà tệp không có. Chỉ thành đề nghị rút khi được chọn từng thủ tục.",
  drafted: "Đang có bản nháp",
  differences: (name: string) => `Khác nhau ở ${name}`,
  pick: (name: string) => `Chọn ${name}`,
  takeNew: (count: number) => `Tất cả ${count} thủ tục mới`,
  takeChanged: (count: number) => `Tất cả ${count} thủ tục thay đổi`,
  leaves: "Thủ tục đang có bản nháp được để nguyên, trừ khi chọn riêng.",
  review: "Gửi duyệt luôn",
  make: "Tạo bản nháp",
  making: (done: number, total: number) => `Đang tạo bản nháp ${done}/${total}`,
  last: ({ by, drafted, left }: { by: string; drafted: number; left: number }, at: string) =>
    `${by} tạo lúc ${at}: ${drafted} bản nháp${left > 0 ? `; để nguyên ${left} thủ tục đang có bản nháp` : ""}.`,
  broken: (by: string, at: string, total: number) =>
    `Lượt tạo ${total} bản nháp (${by}, ${at}) bị ngắt giữa chừng nên chưa tạo bản nháp nào. Xin chọn lại rồi bấm Tạo bản nháp.`,
  made: (drafted: number, left: number) => `Đã tạo ${drafted} bản nháp${left > 0 ? `; để nguyên ${left} thủ tục đang có bản nháp` : ""}.`,
} as const
