import { AppError } from "../../errors.ts"

/** Why a file could not be read, each with the words that tell a clerk what to do. */
export const UNREADABLE = {
  empty: "tệp rỗng (0 byte)",
  too_large: "tệp quá lớn; xin tách thành nhiều tệp nhỏ hơn hoặc nâng mức INGEST_MAX_MB",
  too_many_pages: "văn bản quá nhiều trang; xin tách thành nhiều tệp hoặc nâng mức INGEST_MAX_PAGES",
  bomb: "tệp nén phình ra lớn bất thường nên không mở, để bảo vệ máy; xin mở bằng Word hoặc Excel rồi lưu lại",
  encrypted: "tệp đặt mật khẩu; xin mở bằng mật khẩu, lưu lại bản không có mật khẩu rồi gửi lại",
  broken: "tệp bị hỏng, không mở được; xin mở thử trên máy, lưu lại hoặc quét lại rồi gửi lại",
  unsupported:
    "chưa đọc được loại tệp này; các loại đọc được: PDF, Word (.docx, .doc), Excel (.xlsx), HTML, Markdown, văn bản thường, ảnh JPEG, PNG",
  legacy_sheet: "bảng tính kiểu cũ (.xls) chưa đọc được; xin mở bằng Excel và lưu thành .xlsx rồi gửi lại",
  rtf: "văn bản kiểu RTF chưa đọc được; xin mở bằng Word và lưu thành .docx rồi gửi lại",
  csv: "bảng kiểu CSV chưa đọc được; xin mở bằng Excel và lưu thành .xlsx rồi gửi lại",
  no_text: "không thấy chữ nào trong tệp",
  no_ocr: "văn bản là bản quét mà máy chưa có bộ nhận dạng chữ (Tesseract với tiếng Việt); xin cài rồi bấm đọc lại",
  ocr_failed: "bộ nhận dạng chữ (Tesseract) báo lỗi ở một trang; xin quét lại trang đó hoặc bấm đọc lại",
  image_too_large: "ảnh có kích thước quá lớn; xin quét lại ở 200–300 dpi",
  too_much_memory: "đọc tệp cần quá nhiều bộ nhớ nên đã dừng, các tệp khác không bị ảnh hưởng; xin tách tệp hoặc quét lại",
  too_slow: "đọc một trang quá lâu nên đã dừng, các tệp khác không bị ảnh hưởng; xin tách tệp hoặc quét lại",
  crashed: "chương trình đọc bị dừng giữa chừng nhiều lần khi đọc tệp này; xin lưu lại tệp bằng phần mềm khác rồi gửi lại",
  nothing_inside: "tệp không có mục nào",
  faulty: "nội dung tệp chưa đúng cách viết",
} as const

export type UnreadableReason = keyof typeof UNREADABLE

/** The file cannot be read; `reason` says why, the message says it to a clerk, with details where they help. */
export class UnreadableFileError extends AppError {
  readonly code = "unreadable_file"
  readonly reason: UnreadableReason
  constructor(reason: UnreadableReason, options: { detail?: string; cause?: unknown } = {}) {
    super(options.detail ? `${UNREADABLE[reason]} (${options.detail})` : UNREADABLE[reason], { cause: options.cause })
    this.reason = reason
  }
}
