import { AppError, InstallationError } from "../errors.ts"

/** What the operator can do about a failure of SQLite, by SQLite's own result code (https://www.sqlite.org/rescode.html). */
const REMEDIES: Record<string, string> = {
  SQLITE_NOTADB: "tệp bị hỏng hoặc không phải là cơ sở dữ liệu. Xin khôi phục từ bản sao lưu gần nhất",
  SQLITE_CORRUPT: "tệp bị hỏng. Xin khôi phục từ bản sao lưu gần nhất",
  SQLITE_CANTOPEN: "không mở được tệp. Xin kiểm tra tệp có tồn tại và quyền truy cập thư mục",
  SQLITE_READONLY: "không có quyền ghi vào tệp. Xin kiểm tra quyền của tệp và thư mục",
  SQLITE_BUSY: "một chương trình khác đang giữ tệp. Xin đóng chương trình đó rồi thử lại",
  SQLITE_FULL: "ổ đĩa đã đầy. Xin giải phóng dung lượng rồi thử lại",
  SQLITE_IOERR: "lỗi đọc hoặc ghi ổ đĩa. Xin kiểm tra ổ đĩa",
}

/** Runs `work` on a database file; failures that the operator has to mend become an InstallationError in Vietnamese. */
export async function explainingFailures<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const remedy = REMEDIES[primaryCode(error)]
    if (error instanceof AppError || remedy === undefined) throw error
    throw new InstallationError(`Không dùng được cơ sở dữ liệu ${file}: ${remedy}.`, { cause: error })
  }
}

/** True when `explainingFailures` would turn this error into advice. */
export function hasRemedy(error: unknown): boolean {
  return primaryCode(error) in REMEDIES
}

/** `SQLITE_IOERR_WRITE` → `SQLITE_IOERR`; looks through the wrappers that Prisma puts around the driver's error. */
function primaryCode(error: unknown): string {
  if (typeof error !== "object" || error === null) return ""
  const { code, originalCode, cause } = error as { code?: unknown; originalCode?: unknown; cause?: unknown }
  const found = [originalCode, code].find((value) => typeof value === "string" && value.startsWith("SQLITE_"))
  if (typeof found === "string") return found.split("_").slice(0, 2).join("_")
  return cause === undefined ? "" : primaryCode(cause)
}
