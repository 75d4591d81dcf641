import { execFileSync } from "node:child_process"
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from "node:fs"
import path from "node:path"
import type { Config } from "./config.ts"
import { listBackups, clockOf } from "./prisma/archive/names.ts"
import { DATABASE_NAME } from "./prisma/data-dir.ts"
import { lastFailure } from "./backup-job.ts"

interface Finding {
  readonly ok: boolean
  readonly what: string
  /** What to do when it is not well. */
  readonly remedy: string
}

const MIN_FREE_MB = 500

/** Checks what this installation has and lacks, each with the remedy; exit code 1 when something needed is missing. */
export async function doctor(config: Config, print: (text: string) => void): Promise<number> {
  const needed = [checkNode(), checkDataDir(config.dataDir), checkSpace(config.dataDir)]
  const useful = [checkTool("chromium", "để chạy kiểm thử trang web: apt-get install chromium"), checkOcr(config)]
  for (const finding of needed) print(`${finding.ok ? "✔" : "✘"} ${finding.what}${finding.ok ? "" : ` → ${finding.remedy}`}`)
  const backup = await checkBackup(config.dataDir, new Date())
  print(`${backup.ok ? "✔" : "⚠"} ${backup.what}${backup.ok ? "" : ` → ${backup.remedy}`}`)
  for (const finding of useful)
    print(`${finding.ok ? "✔" : "–"} ${finding.what}${finding.ok ? "" : ` (không bắt buộc) → ${finding.remedy}`}`)
  print(config.telegram ? "✔ Kênh Telegram: đã có mã bot" : "– Kênh Telegram: đang tắt → đặt TELEGRAM_BOT_TOKEN để bật")
  print(config.embeddings ? `✔ Véc-tơ: ${config.embeddings.model}` : "✔ Véc-tơ: bộ có sẵn, chạy ngoại tuyến")
  return needed.every((f) => f.ok) ? 0 : 1
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
  return { ok: major > 20 || (major === 20 && minor >= 19), what: `Node.js ${process.versions.node}`, remedy: "cần Node.js 20.19 trở lên" }
}

function checkDataDir(folder: string): Finding {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
    const state = existsSync(path.join(folder, DATABASE_NAME)) ? "đã có dữ liệu" : "chưa có dữ liệu, lần chạy đầu sẽ tạo"
    return { ok: true, what: `Thư mục dữ liệu ${folder}: ${state}`, remedy: "" }
  } catch {
    return { ok: false, what: `Thư mục dữ liệu ${folder}: không ghi được`, remedy: "đổi DATA_DIR hoặc cấp quyền ghi cho thư mục này" }
  }
}

const STALE_MS = 2 * 24 * 3600_000
const BACKUP_REMEDY =
  "để chương trình chạy với BACKUP_NIGHTLY=on, hoặc chạy npm run backup ngay; xin chép thêm một bản sang ổ đĩa khác và cất giữ cẩn thận"

/** When the last good backup was made; nothing to warn about before there is anything to lose. */
async function checkBackup(dataDir: string, now: Date): Promise<Finding> {
  const backups = path.join(dataDir, "backups")
  const [last] = await listBackups(backups)
  if (!last && !existsSync(path.join(dataDir, DATABASE_NAME))) return { ok: true, what: "Sao lưu: chưa có dữ liệu để sao lưu", remedy: "" }
  const when = last ? `bản tốt gần nhất lúc ${clockOf(last.at)} (${last.name})` : "chưa có bản nào"
  const failure = await lastFailure(backups)
  const fresh = last !== undefined && now.getTime() - last.at.getTime() <= STALE_MS
  return {
    ok: fresh && failure === null,
    what: `Sao lưu: ${when}${failure ? `; lần gần đây không thành: ${failure}` : ""}`,
    remedy: BACKUP_REMEDY,
  }
}

function checkSpace(folder: string): Finding {
  const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : ".")
  const free = Math.round((bavail * bsize) / 1024 / 1024)
  return { ok: free >= MIN_FREE_MB, what: `Đĩa còn trống ${free} MB`, remedy: `cần ít nhất ${MIN_FREE_MB} MB` }
}

const OCR_REMEDY =
  "để đọc bản quét: trên Debian/Ubuntu chạy apt-get install tesseract-ocr tesseract-ocr-vie; trên Windows cài Tesseract (chọn thêm tiếng Việt) và đặt TESSERACT_PATH"

/** OCR needs the program and the Vietnamese language data; pages of PDFs are drawn by the program itself. */
function checkOcr({ reading }: Pick<Config, "reading">): Finding {
  try {
    const languages = execFileSync(reading.tesseract, ["--list-langs"], { env: reading.environment, timeout: 10_000, encoding: "utf8" })
    const vietnamese = /^vie$/m.test(languages)
    return {
      ok: vietnamese,
      what: vietnamese ? "Nhận dạng chữ bản quét: Tesseract với tiếng Việt" : "Tesseract thiếu tiếng Việt (vie)",
      remedy: OCR_REMEDY,
    }
  } catch {
    return { ok: false, what: "Không thấy Tesseract", remedy: OCR_REMEDY }
  }
}

function checkTool(name: string, remedy: string): Finding {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore", timeout: 10_000 })
    return { ok: true, what: `Có ${name}`, remedy }
  } catch {
    return { ok: false, what: `Không thấy ${name}`, remedy }
  }
}
