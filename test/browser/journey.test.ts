import { mkdtempSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import type { Browser } from "playwright-core"
import { build } from "vite"
import { afterAll, beforeAll, expect, it } from "vitest"
import { aDataDir, runningCommune } from "../journeys/running-commune.ts"
import { launchChromium, picture } from "./chromium.ts"

const configFile = path.join(import.meta.dirname, "../../bot/channels/web/page/vite.config.ts")
const page = mkdtempSync(path.join(os.tmpdir(), "chat-journey-"))
let browser: Browser

beforeAll(async () => {
  await build({ configFile, logLevel: "silent", build: { outDir: page, emptyOutDir: true } })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser.close()
  rmSync(page, { recursive: true })
})

it("on a phone a citizen asks the real assistant, follows up, and finds the conversation again after a reload", async () => {
  const service = await runningCommune(aDataDir(), {}, { chat: page })
  const phone = await browser.newPage({ viewport: { width: 360, height: 640 } })
  const faults: string[] = []
  phone.on("pageerror", (error) => faults.push(error.message))
  phone.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text())
  })
  await phone.goto(service.url)
  await phone.getByText("trí tuệ nhân tạo").first().waitFor()
  await phone.locator("textarea").fill("lam giay khai sinh can gi")
  await phone.keyboard.press("Enter")
  await phone.getByText("Giấy chứng sinh").first().waitFor()
  await phone.getByText("Nguồn (").first().waitFor()
  await picture(phone, "journey-answer")
  await phone.locator("textarea").fill("thế lệ phí bao nhiêu?")
  await phone.keyboard.press("Enter")
  await phone.getByText("Phí, lệ phí:", { exact: true }).nth(1).waitFor()
  await phone.getByRole("button", { name: "Đúng", exact: true }).last().click()
  await phone.reload()
  await phone.getByText("Giấy chứng sinh").first().waitFor()
  expect(await phone.getByText("lam giay khai sinh can gi").count()).toBe(1)
  await picture(phone, "journey-after-reload")
  expect(faults).toEqual([])
  expect(await service.installation.db.answerFeedback.findMany()).toMatchObject([{ verdict: "right" }])
})
