import { execFileSync } from "node:child_process"
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from "node:fs"
import path from "node:path"
import type { Config } from "./config.ts"

interface Finding {
  readonly ok: boolean
  readonly what: string
  /** What to do when it is not well. */
  readonly remedy: string
}

const MIN_FREE_MB = 500

/** Checks what this installation has and lacks, each with the remedy; exit code 1 when something needed is missing. */
export function doctor(config: Config, print: (text: string) => void): Promise<number> {
  const needed = [checkNode(), checkDataDir(config.dataDir), checkSpace(config.dataDir)]
  const useful = [
    checkTool("chromium", "để chạy kiểm thử trang web: apt-get install chromium"),
    checkTool("tesseract", "để đọc bản quét (OCR): apt-get install tesseract-ocr tesseract-ocr-vie"),
  ]
  for (const finding of needed) print(`${finding.ok ? "✔" : "✘"} ${finding.what}${finding.ok ? "" : ` → ${finding.remedy}`}`)
  for (const finding of useful)
    print(`${finding.ok ? "✔" : "–"} ${finding.what}${finding.ok ? "" : ` (không bắt buộc) → ${finding.remedy}`}`)
  print(config.telegram ? "✔ Kênh Telegram: đã có mã bot" : "– Kênh Telegram: đang tắt → đặt TELEGRAM_BOT_TOKEN để bật")
  print(config.embeddings ? `✔ Véc-tơ: ${config.embeddings.model}` : "✔ Véc-tơ: bộ có sẵn, chạy ngoại tuyến")
  return Promise.resolve(needed.every((f) => f.ok) ? 0 : 1)
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
  return { ok: major > 20 || (major === 20 && minor >= 19), what: `Node.js ${process.versions.node}`, remedy: "cần Node.js 20.19 trở lên" }
}

function checkDataDir(folder: string): Finding {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
    const state = existsSync(path.join(folder, "tro-ly-xa.db")) ? "đã có dữ liệu" : "chưa có dữ liệu, lần chạy đầu sẽ tạo"
    return { ok: true, what: `Thư mục dữ liệu ${folder}: ${state}`, remedy: "" }
  } catch {
    return { ok: false, what: `Thư mục dữ liệu ${folder}: không ghi được`, remedy: "đổi DATA_DIR hoặc cấp quyền ghi cho thư mục này" }
  }
}

function checkSpace(folder: string): Finding {
  const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : ".")
  const free = Math.round((bavail * bsize) / 1024 / 1024)
  return { ok: free >= MIN_FREE_MB, what: `Đĩa còn trống ${free} MB`, remedy: `cần ít nhất ${MIN_FREE_MB} MB` }
}

function checkTool(name: string, remedy: string): Finding {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore", timeout: 10_000 })
    return { ok: true, what: `Có ${name}`, remedy }
  } catch {
    return { ok: false, what: `Không thấy ${name}`, remedy }
  }
}
