import { existsSync, mkdirSync } from "node:fs"
import path from "node:path"
import { chromium, type Browser, type Page } from "playwright-core"

const output = path.join(import.meta.dirname, "..", "..", "test-output")

/** The browser of this machine, with a profile of its own that disappears afterwards. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium"
  if (!existsSync(executablePath)) {
    throw new Error(
      `Không tìm thấy trình duyệt Chromium tại ${executablePath}: hãy cài chromium hoặc đặt CHROMIUM_PATH. ` +
        "(No Chromium there: install it or set CHROMIUM_PATH.)",
    )
  }
  return await chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  })
}

/** Keeps what the citizen saw, for a person to look at. */
export const picture = (page: Page, name: string): Promise<void> => pictureIn("chat-page", page, name)

/** Keeps what somebody saw, in a folder of its own. */
export async function pictureIn(folder: string, page: Page, name: string): Promise<void> {
  const pictures = path.join(output, folder)
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: path.join(pictures, `${name}.png`) })
}
