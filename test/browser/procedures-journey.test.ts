import { mkdtempSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import type { Browser, Page } from "playwright-core"
import { build } from "vite"
import { afterAll, beforeAll, expect, it } from "vitest"
import { aDataDir, runningCommune, setUp } from "../journeys/running-commune.ts"
import { portalLine } from "../knowledge/samples.ts"
import { launchChromium } from "./chromium.ts"
import { aPersonIn, lookAt, WIDTHS } from "./staff-person.ts"

const root = mkdtempSync(path.join(os.tmpdir(), "procedures-journey-"))
const staff = path.join(root, "staff")
let browser: Browser

beforeAll(async () => {
  const configFile = path.join(import.meta.dirname, "../../admin/web/vite.config.ts")
  await build({ configFile, logLevel: "silent", build: { outDir: staff, emptyOutDir: true } })
  browser = await launchChromium()
}, 120_000)

afterAll(async () => {
  await browser.close()
  rmSync(root, { recursive: true })
})

async function signIn(page: Page) {
  await page.getByLabel("Tên đăng nhập").fill("quan.tri")
  await page.getByLabel("Mật khẩu", { exact: true }).fill("bốn con gà trống choai")
  await page.getByRole("button", { name: "Đăng nhập" }).click()
}

it("a clerk finds a procedure without marks, puts its fee right, sees the new answer and hands it on", { timeout: 480_000 }, async () => {
  const service = await runningCommune(aDataDir(), {}, { staff })
  await setUp(service, "Suối Trong")
  const clerk = await aPersonIn(browser, WIDTHS[1])
  const { page } = clerk
  // Each answer of the preview is a knowledge base of its own: a busy machine takes its time.
  page.setDefaultTimeout(30_000)
  await page.goto(`${service.url}quan-tri/thu-tuc`)
  await signIn(page)
  await page.getByRole("heading", { name: "Thủ tục", exact: true }).waitFor()
  await page.getByLabel("Tìm theo tên hoặc mã").fill("ban sao trich luc")
  await page.getByText("1 dòng").waitFor()
  await lookAt(clerk, "procedures-list")
  await page.getByRole("link", { name: /trích lục/ }).click()
  await page.getByText("Người dân đang được trả lời theo bản 1.").waitFor()
  await page.getByText("Chưa có gì khác với nội dung đang trả lời.").waitFor()

  // A sum that is missing where one is promised: told beside the fee, and nothing is kept.
  const fee = page.getByRole("group", { name: "Khoản thu 1" }).first()
  expect(await fee.getByLabel("Nguyên văn mức thu").inputValue()).toContain("8.000")
  await fee.getByLabel("Số tiền (đồng)").fill("")
  await fee.getByText("chọn “Có số tiền”").waitFor()
  await page.getByRole("button", { name: "Lưu nháp" }).click()
  await page.getByText("Còn 1 chỗ cần sửa trước khi lưu").waitFor()

  // Put right: what differs is listed, and the assistant's own answer has the new fee.
  await fee.getByLabel("Số tiền (đồng)").fill("9000")
  await fee.getByLabel("Nguyên văn mức thu").fill("9.000 đồng/bản sao trích lục/sự kiện hộ tịch đã đăng ký")
  await page.getByText("Còn 1 chỗ cần sửa trước khi lưu").waitFor({ state: "hidden" })
  const changes = page.getByRole("table", { name: "Khác với nội dung đang trả lời" })
  await changes.getByText("Khoản thu 1 › Số tiền (đồng)").waitFor()
  const answer = page.getByRole("article", { name: /Lệ phí bao nhiêu/ })
  await answer.getByText("9.000 đồng").waitFor()
  await lookAt(clerk, "procedures-preview")

  // On a telephone the form is many screens long: a button leads to where it is kept, and back.
  await page.setViewportSize({ width: WIDTHS[0], height: 800 })
  await page.getByRole("button", { name: "Lưu và xem thử" }).click()
  const inSight = (name: string) =>
    page.getByRole("button", { name, exact: true }).evaluate((button) => {
      const { top, bottom } = button.getBoundingClientRect()
      return top >= 0 && bottom <= window.innerHeight
    })
  await expect.poll(() => inSight("Lưu nháp")).toBe(true)
  await page.getByRole("button", { name: "Từ phần Hồ sơ về mục lục" }).click()
  await expect.poll(() => inSight("Lưu và xem thử")).toBe(true)
  await page.setViewportSize({ width: WIDTHS[1], height: 800 })

  await page.getByRole("button", { name: "Lưu nháp" }).click()
  await page.getByText("Đã lưu nháp").waitFor()
  await page.getByRole("button", { name: "Gửi duyệt" }).click()
  await page.getByText("Đang chờ duyệt").waitFor()
  const [draft] = await service.installation.db.knowledgeDraft.findMany()
  expect(draft?.state).toBe("review")
  // Nobody is told of it yet.
  expect(JSON.stringify(service.installation.shelf.live().base.procedures)).not.toContain("9.000 đồng/bản sao")
  expect(clerk.faults).toEqual([])
  await clerk.context.close()
})

it(
  "a file of the portal is shown as what it would change, and becomes drafts; a flag is set for those that are ticked",
  { timeout: 480_000 },
  async () => {
    const service = await runningCommune(aDataDir(), {}, { staff })
    await setUp(service, "Suối Trong")
    const clerk = await aPersonIn(browser, WIDTHS[1])
    const { page } = clerk
    page.setDefaultTimeout(30_000)
    await page.goto(`${service.url}quan-tri/thu-tuc`)
    await signIn(page)
    await page.getByRole("link", { name: "Nhập từ tệp" }).click()
    const line = portalLine({ code: "1.000656", name: "Đăng ký khai tử", field: "Hộ tịch", receiving_address: "Quầy số 7" })
    await page.locator('input[type="file"]').setInputFiles({ name: "cong.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(line) })
    await page.getByText("Mới 0, thay đổi 1").waitFor({ timeout: 90_000 })
    const found = page.getByRole("article", { name: "Đăng ký khai tử" })
    await found.getByRole("table", { name: "Khác nhau ở Đăng ký khai tử" }).waitFor()
    await lookAt(clerk, "procedures-import")
    await page.getByRole("checkbox", { name: "Tất cả 1 thủ tục thay đổi" }).check()
    await page.getByRole("button", { name: "Tạo bản nháp" }).click()
    await page.getByText("Đã tạo 1 bản nháp").waitFor()

    // The flag of the same day for those that are ticked.
    await page.getByRole("link", { name: "Về danh sách thủ tục" }).click()
    await page.getByLabel("Tìm theo tên hoặc mã").fill("1.004746")
    await page.getByText("1 dòng").waitFor()
    await page.getByRole("checkbox", { name: "Chọn Đăng ký lại kết hôn", exact: true }).check()
    await page.getByRole("button", { name: "Đánh dấu trả kết quả trong ngày" }).click()
    await page.getByText("Đã tạo 1 bản nháp.").waitFor()
    expect(await service.installation.db.knowledgeDraft.count()).toBe(2)
    expect(clerk.faults).toEqual([])
    await clerk.context.close()
  },
)
