/** What keeps a file or folder from being used, by the system's error code, in the operator's words. */
const REASONS: Record<string, string> = {
  EACCES: "không có quyền truy cập",
  EPERM: "không có quyền truy cập",
  EROFS: "ổ đĩa chỉ cho phép đọc",
  ENOSPC: "ổ đĩa đã đầy",
  EDQUOT: "đã hết phần ổ đĩa được cấp",
  EFBIG: "ổ đĩa này không chứa được tệp lớn như vậy",
  EIO: "ổ đĩa bị lỗi khi đọc hoặc ghi",
  EBUSY: "hệ thống đang giữ tệp hoặc thư mục này",
  ENOTDIR: "đường dẫn này không phải là thư mục",
  EEXIST: "đường dẫn này không phải là thư mục",
}

/** The reason in Vietnamese, or null when the error is not one that the operator can do something about. */
export function diskReason(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  return REASONS[code] ?? null
}
