import { existsSync } from "node:fs"
import { defineConfig } from "vitest/config"

const chromium = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium"
// On a machine without a browser the page tests cannot run. CI never leaves them out: there a missing browser is a failure.
const browser = process.env["CI"] === "true" || existsSync(chromium)
if (!browser)
  process.stderr.write(
    `\n!!! Không có Chromium (${chromium}): KHÔNG chạy các bài kiểm thử trang web (test/browser). Cài chromium hoặc đặt CHROMIUM_PATH.\n\n`,
  )

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: browser ? [] : ["test/browser/**"],
    globalSetup: ["test/support/global-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
