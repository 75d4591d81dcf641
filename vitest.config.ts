import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { defineConfig } from "vitest/config"

const chromium = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium"
const tesseract = process.env["TESSERACT_PATH"] ?? "tesseract"
// The same holds for OCR.
const ocr = process.env["CI"] === "true" || / vie\b|^vie$/m.test(spawnSync(tesseract, ["--list-langs"], { encoding: "utf8" }).stdout)
if (!ocr) process.stderr.write("\n!!! Không có Tesseract với tiếng Việt: KHÔNG chạy các bài kiểm thử nhận dạng chữ (test/ocr).\n\n")
// On a machine without a browser the page tests cannot run. CI never leaves them out: there a missing browser is a failure.
const browser = process.env["CI"] === "true" || existsSync(chromium)
if (!browser)
  process.stderr.write(
    `\n!!! Không có Chromium (${chromium}): KHÔNG chạy các bài kiểm thử trang web (test/browser). Cài chromium hoặc đặt CHROMIUM_PATH.\n\n`,
  )

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [...(browser ? [] : ["test/browser/**"]), ...(ocr ? [] : ["test/ocr/**"])],
    globalSetup: ["test/support/global-setup.ts"],
    // By itself the runner leaves one processor idle, which on an office PC is half of the machine; most tests wait for something.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
