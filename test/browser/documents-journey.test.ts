import { mkdtempSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import type { Browser } from "playwright-core"
import { build } from "vite"
import { afterAll, beforeAll, expect, it } from "vitest"
import { aDataDir, runningCommune, setUp } from "../journeys/running-commune.ts"
import type { Service } from "../../serve.ts"
import { newId } from "../support/house.ts"
import { jpegOf, pdfOf, sheetOf } from "../support/papers.ts"
import { launchChromium, pictureIn } from "./chromium.ts"
import { aPersonIn, lookAt, type Person, WIDTHS } from "./staff-person.ts"

const here = (config: string) => path.join(import.meta.dirname, "../..", config)
const root = mkdtempSync(path.join(os.tmpdir(), "documents-journey-"))
const pages = { chat: path.join(root, "chat"), staff: path.join(root, "staff") }
let browser: Browser

beforeAll(async () => {
  const into = (outDir: string) => ({ logLevel: "silent" as const, build: { outDir, emptyOutDir: true } })
  await build({ configFile: here("admin/web/vite.config.ts"), ...into(pages.staff) })
  await build({ configFile: here("bot/channels/web/page/vite.config.ts"), ...into(pages.chat) })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser.close()
  rmSync(root, { recursive: true })
})

const FIRST = `ỦY BAN NHÂN DÂN
XÃ SUỐI TRONG
Số: 27/KH-UBND
Suối Trong, ngày 12 tháng 3 năm 2026
KẾ HOẠCH
Hỗ trợ hộ chăn nuôi ong lấy mật
I. MỤC ĐÍCH
Kế hoạch này nhằm hỗ trợ các hộ gia đình trên địa bàn xã phát triển nghề nuôi ong lấy mật, tăng thu nhập cho nhân dân trong xã, góp phần xây dựng nông thôn mới.`
/** As a typewriter without Vietnamese wrote it. */
const SECOND = `II. MUC HO TRO
Moi ho gia dinh nuoi ong lay mat duoc ho tro 750.000 dong mot dan ong, toi da 20 dan ong moi ho, tu nguon ngan sach xa. Truong thon lap danh sach cac ho gia dinh nuoi ong gui ve Uy ban nhan dan xa truoc ngay 30 thang 6 nam 2026 de tong hop.`

const scan = () => pdfOf([{ picture: jpegOf(sheetOf(FIRST)) }, { picture: jpegOf(sheetOf(SECOND)) }])

async function signIn({ page }: Person) {
  await page.getByLabel("Tên đăng nhập").fill("quan.tri")
  await page.getByLabel("Mật khẩu", { exact: true }).fill("bốn con gà trống choai")
  await page.getByRole("button", { name: "Đăng nhập" }).click()
}

/** Marks put back by the counts, looked through, and one word put right by hand. */
async function mendSecondPage(person: Person) {
  const { page } = person
  await page.getByLabel("Các trang").selectOption({ label: "Trang 2 ⚠" })
  await page.getByRole("img", { name: "Ảnh trang 2 của bản gốc" }).waitFor()
  await page.waitForFunction(() => document.querySelector<HTMLImageElement>("img.sheet")?.naturalWidth)
  await page.getByRole("button", { name: "Đề xuất khôi phục dấu" }).click()
  await page.getByText("Chữ được đánh dấu là chữ máy đề xuất").waitFor()
  expect(await page.locator("mark").count()).toBeGreaterThan(20)
  await lookAt(person, "documents-marks")
  await page.getByRole("button", { name: "Dùng đề xuất này" }).click()
  const text = page.getByLabel("Chữ của trang")
  const proposed = await text.inputValue()
  expect(proposed).toContain("hỗ trợ")
  await text.fill(`II. MỨC HỖ TRỢ\n${proposed.split("\n").slice(1).join("\n").replace("750.000", "850.000")}`)
  await page.getByRole("button", { name: "Lưu chữ của trang" }).click()
  await page.getByText("Đã lưu chữ của trang").waitFor()
}

async function askAsCitizen(url: string, name: string): Promise<string> {
  const { page, context } = await aPersonIn(browser, WIDTHS[0])
  await page.goto(url)
  await page.getByRole("textbox", { name: "Câu hỏi của ông/bà" }).fill("mức hỗ trợ hộ nuôi ong lấy mật là bao nhiêu")
  await page.getByRole("button", { name: "Gửi", exact: true }).click()
  const answer = page.locator(".message.assistant").last()
  await answer.getByText(/Nguồn \(/).click()
  await pictureIn("staff", page, name)
  const said = await answer.innerText()
  await context.close()
  return said
}

const aGoldenQuestion = ({ installation: { db } }: Service) =>
  db.goldenQuestion.create({
    data: {
      ...{ id: newId(), question: "mức hỗ trợ hộ nuôi ong lấy mật là bao nhiêu", kind: "document", key: "ke-hoach-nuoi-ong" },
      ...{ words: ["850.000 đồng"], version: 1, changedBy: "An", createdAt: new Date(), updatedAt: new Date() },
    },
  })

it("a scan is given in, mended, confirmed and published; citizens are answered with its page", { timeout: 240_000 }, async () => {
  const service = await runningCommune(aDataDir(), {}, pages)
  await setUp(service, "Suối Trong")
  const clerk = await aPersonIn(browser, WIDTHS[1])
  const { page } = clerk
  await page.goto(`${service.url}quan-tri/van-ban`)
  await signIn(clerk)
  await page.getByRole("heading", { name: "Văn bản", exact: true }).waitFor()

  // Two files at once: one that can be read and one that cannot.
  await page.locator('input[type="file"]').setInputFiles([
    { name: "ke-hoach-nuoi-ong.pdf", mimeType: "application/pdf", buffer: await scan() },
    { name: "hong.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 và không có gì nữa") },
  ])
  await page.getByText("Đã nhận, đang chờ đọc").nth(1).waitFor()
  await lookAt(clerk, "documents-upload")
  await page.getByRole("cell", { name: /tệp bị hỏng/ }).waitFor({ timeout: 60_000 })
  const opened = page.getByRole("link", { name: "Xem và xác nhận ke-hoach-nuoi-ong.pdf" })
  await opened.waitFor({ timeout: 60_000 })
  await lookAt(clerk, "documents-list")
  await page.getByRole("button", { name: "Xóa hong.pdf" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Xóa" }).click()
  await page.getByRole("cell", { name: /tệp bị hỏng/ }).waitFor({ state: "hidden" })

  await opened.click()
  await page.getByText("Chữ mất dấu").first().waitFor()
  await lookAt(clerk, "documents-review")
  expect(await page.getByLabel("Số, ký hiệu").inputValue()).toBe("27/KH-UBND")
  expect(await page.getByRole("textbox", { name: "Ngày ban hành" }).inputValue()).toBe("12/03/2026")
  await page.getByText("Đọc được ở trang 1").first().waitFor()
  expect(await page.getByRole("button", { name: "Kiểm tra và công bố" }).isDisabled()).toBe(true)
  await mendSecondPage(clerk)

  // Published as it is: the citizen is told that nobody compared it.
  await page.getByRole("button", { name: "Xác nhận" }).click()
  await page.getByText("Đã xác nhận thông tin").waitFor()
  await page.getByRole("button", { name: "Kiểm tra và công bố" }).click()
  const check = page.getByRole("region", { name: "Kết quả kiểm tra" })
  await check.getByText("Chưa có câu hỏi mẫu nào").waitFor({ timeout: 60_000 })
  await lookAt(clerk, "documents-check")
  await check.getByRole("button", { name: "Công bố", exact: true }).click()
  await page.getByRole("button", { name: "Kiểm tra và công bố lại" }).waitFor()
  const first = await askAsCitizen(service.url, "documents-citizen-not-compared")
  expect(first).toContain("850.000 đồng")
  expect(first).toContain("trang 2")
  expect(first).toContain("bản quét chưa đối chiếu")

  // Compared and published again: the reservation is gone.
  await page.getByRole("checkbox", { name: "Đã đối chiếu chữ và các con số với bản gốc" }).check()
  await page.getByRole("button", { name: "Xác nhận" }).click()
  await page.getByText("Bản quét chưa đối chiếu: trợ lý").waitFor({ state: "hidden" })
  // A golden question now expects what the plan says.
  await aGoldenQuestion(service)
  await page.getByRole("button", { name: "Kiểm tra và công bố lại" }).click()
  await check.getByText("1 câu không đổi").waitFor({ timeout: 60_000 })
  await check.getByRole("button", { name: "Công bố", exact: true }).click()
  await expect
    .poll(() => service.installation.shelf.live().base.documents.find(({ id }) => id === "ke-hoach-nuoi-ong")?.verified)
    .toBe(true)
  const second = await askAsCitizen(service.url, "documents-citizen-compared")
  expect(second).toContain("trang 2")
  expect(second).not.toContain("bản quét chưa đối chiếu")
  await lookAt(clerk, "documents-published")
  expect(clerk.faults).toEqual([])
  await clerk.context.close()
})
