import { mkdtempSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import type { Browser } from "playwright-core"
import { build } from "vite"
import { afterAll, beforeAll, expect, it } from "vitest"
import { aDataDir, runningCommune, setUp } from "../journeys/running-commune.ts"
import { launchChromium } from "./chromium.ts"
import { aPersonIn, lookAt, type Person, WIDTHS } from "./staff-person.ts"

const configFile = path.join(import.meta.dirname, "../../admin/web/vite.config.ts")
const pages = mkdtempSync(path.join(os.tmpdir(), "notices-journey-"))
let browser: Browser

beforeAll(async () => {
  await build({ configFile, logLevel: "silent", build: { outDir: pages, emptyOutDir: true } })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser.close()
  rmSync(pages, { recursive: true })
})

async function signIn({ page }: Person) {
  await page.getByLabel("Tên đăng nhập").fill("quan.tri")
  await page.getByLabel("Mật khẩu", { exact: true }).fill("bốn con gà trống choai")
  await page.getByRole("button", { name: "Đăng nhập" }).click()
}

/** The wording is made from the fields; the notice is kept as a draft. */
async function keep({ page }: Person, source: string) {
  await page.getByRole("button", { name: "Soạn lời từ các ô trên" }).click()
  await page.getByLabel("Căn cứ, nguồn").fill(source)
  await page.getByRole("button", { name: "Lưu bản nháp" }).click()
  // The page of the draft itself has opened: what is typed before that would be lost with the empty form.
  await page.getByText("Đang soạn", { exact: true }).waitFor()
}

it(
  "a clerk writes the days off, a same-day day and a number, sees what citizens would hear, and hands on",
  { timeout: 240_000 },
  async () => {
    const service = await runningCommune(aDataDir(), {}, { staff: pages })
    await setUp(service, "Suối Trong")
    const clerk = await aPersonIn(browser, WIDTHS[1])
    const { page } = clerk
    const list = `${service.url}quan-tri/thong-bao`
    await page.goto(list)
    await signIn(clerk)
    await page.getByRole("heading", { name: "Thông báo", exact: true }).waitFor()
    await page.getByText("Đường dây nóng UBND xã Suối Trong").waitFor()
    await lookAt(clerk, "notices-list")

    // Days off: the law's days are filled in, the commune adds one of its own; the preview tells of it.
    await page.getByRole("link", { name: "Thêm lịch nghỉ lễ, tết" }).click()
    await page.getByLabel("Năm", { exact: true }).fill("2099")
    await page.getByRole("button", { name: "Điền ngày nghỉ theo luật" }).click()
    await page.getByText("Đã điền những ngày chắc chắn theo Bộ luật Lao động 2019").waitFor()
    await page.getByRole("button", { name: "Thêm dòng: ngày nghỉ" }).click()
    await page.getByRole("alert").getByText("Còn ô chưa đúng").waitFor()
    const own = page.getByRole("group", { name: /^Ngày nghỉ \d+$/ }).last()
    await own.getByRole("textbox", { name: "Ngày" }).fill("10/06/2099")
    await own.getByRole("textbox", { name: "Tên, lý do" }).fill("Ngày hội xã Suối Trong")
    await keep(clerk, "Thông báo số 5/TB-UBND của xã")
    await page.getByLabel("Câu hỏi khác").fill("10/6/2099 có làm việc không")
    await page.getByRole("button", { name: "Hỏi thử" }).click()
    await page.getByTestId("preview-answer").first().waitFor({ timeout: 60_000 })
    expect(await page.getByTestId("preview-answer").first().innerText()).toContain("không làm việc (Ngày hội xã Suối Trong)")
    await lookAt(clerk, "notices-holidays")
    await page.getByRole("button", { name: "Gửi duyệt" }).click()
    await page.getByText("Chờ duyệt").waitFor()

    // A mobile number is kept only with a tick and the reason.
    await page.goto(`${list}/contact/moi`)
    await page.getByLabel("Tên thông báo").fill("Máy trực một cửa")
    await page.getByLabel("Bộ phận, chức danh").fill("Trực một cửa")
    await page.getByLabel("Số điện thoại").fill("0912 345 678")
    await page.getByText("Số này giống số di động của cá nhân. Chỉ công bố").waitFor()
    await page.getByText("Xin đánh dấu khi chắc chắn").waitFor()
    await lookAt(clerk, "notices-mobile")
    await page.getByLabel("Được công bố: đây là số công vụ").check()
    await page.getByLabel("Vì sao số di động này được công bố").fill("Máy của Trung tâm, do xã trang bị")
    await keep(clerk, "Thông báo số 6/TB-UBND của xã")

    // The hours are changed: what differs is shown before and after keeping; then the draft is thrown away.
    await page.goto(list)
    await page.getByRole("link", { name: "Sửa Giờ làm việc của Trung tâm Phục vụ hành chính công" }).click()
    await page.getByRole("group", { name: "Giờ làm việc 1" }).getByLabel("Từ giờ").fill("07:00")
    await page.getByRole("cell", { name: /07:30/ }).waitFor()
    await page.getByRole("button", { name: "Lưu bản nháp" }).click()
    await page.getByText("Đang soạn", { exact: true }).waitFor()
    await lookAt(clerk, "notices-hours")
    await page.getByRole("button", { name: "Bỏ bản nháp" }).click()
    await page.getByText("Đang soạn", { exact: true }).waitFor({ state: "hidden" })

    // A same-day day with procedures found by words.
    await page.goto(`${list}/same_day/moi`)
    await page.getByRole("combobox", { name: "Thủ tục áp dụng" }).or(page.getByLabel("Thủ tục áp dụng")).first().fill("khai sinh")
    await page
      .getByRole("option", { name: /khai sinh/i })
      .first()
      .click()
    await page.keyboard.press("Escape")
    await page.getByLabel("Khi trùng ngày nghỉ, trợ lý tính").selectOption("next_working_day")
    await page.getByLabel("Khi trùng ngày nghỉ (lời công bố)").fill("Chuyển sang ngày làm việc liền sau")
    await keep(clerk, "Quyết định số 7/QĐ-UBND của xã")
    await lookAt(clerk, "notices-same-day")

    // A notice that is told may be asked to be told no more; citizens still are until that is published.
    await page.goto(`${list}/contact/duong-day-nong`)
    await page.getByRole("button", { name: "Xin thôi công bố" }).click()
    await page.getByLabel("Lý do").fill("Đổi số máy")
    await page.getByRole("dialog").getByRole("button", { name: "Xin thôi công bố" }).click()
    await page.getByText("Xin thôi công bố", { exact: true }).first().waitFor()
    expect(await (await fetch(`${service.url}api/info`)).json()).toMatchObject({ hotline: "0225 3 000 111" })
    await page.goto(list)
    await page.getByText("Máy trực một cửa").waitFor()
    await lookAt(clerk, "notices-list-drafts")
    expect(clerk.faults).toEqual([])
    await clerk.context.close()
  },
)
