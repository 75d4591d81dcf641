/** Why a file cannot be opened or needs care, in words for staff; the keys are what `MediaFile.reason` holds. */
const REASONS: Readonly<Record<string, string>> = {
  executable: "Tệp là chương trình chạy được, đã được giữ lại vì an toàn.",
  script: "Tệp chứa mã lệnh, đã được giữ lại vì an toàn.",
  archive: "Tệp nén, đã được giữ lại vì an toàn.",
  markup: "Tệp là trang web hoặc hình vẽ SVG, đã được giữ lại vì an toàn.",
  macro: "Văn bản có macro hoặc chương trình đi kèm, đã được giữ lại vì an toàn.",
  bomb: "Tệp nén quá mức bình thường, có thể làm treo máy, đã được giữ lại.",
  empty: "Tệp trống.",
  unknown: "Không nhận ra loại tệp, đã được giữ lại vì an toàn.",
  misnamed: "Đuôi tên tệp không đúng với nội dung; tệp được lưu với đuôi đúng.",
  too_large: "Tệp quá lớn nên không lưu được.",
  gone: "Tệp không còn trên nền tảng nên không tải được.",
  unreachable: "Không tải được tệp sau một giờ thử lại.",
  sticker: "Biểu tượng, không lưu.",
  expired: "Tệp đã được xóa theo thời hạn lưu.",
}
const DISGUISED = " Tên tệp cố ý hoặc vô tình ghi sai loại, xin cẩn thận."

/** What staff read beside a file; null when there is nothing to say. */
export function mediaReasonText(reason: string | null): string | null {
  if (reason === null) return null
  const [code = "", disguised] = reason.split(":")
  const text = REASONS[code] ?? "Tệp không mở được."
  return disguised === undefined ? text : text + DISGUISED
}

export const MEDIA_WAITING = "Tệp đang được tải về, xin cán bộ thử lại sau ít phút."
export const MEDIA_ABSENT = "Không có tệp này."
export const PICTURE_ABSENT = "Ảnh này không xem trực tiếp được, xin cán bộ tải tệp về."
