import { mkdtempSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import type { Browser } from "playwright-core"
import { build } from "vite"
import { afterAll, beforeAll, expect, it } from "vitest"
import { aCitizen, aDataDir, runningCommune, setUp } from "../journeys/running-commune.ts"
import { launchChromium } from "./chromium.ts"
import { aPersonIn, lookAt, type Person, WIDTHS } from "./staff-person.ts"

const root = mkdtempSync(path.join(os.tmpdir(), "questions-journey-"))
let browser: Browser

beforeAll(async () => {
  const configFile = path.join(import.meta.dirname, "../..", "admin/web/vite.config.ts")
  await build({ configFile, logLevel: "silent", build: { outDir: root, emptyOutDir: true } })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser.close()
  rmSync(root, { recursive: true })
})

async function signIn({ page }: Person) {
  await page.getByLabel("Tên đăng nhập").fill("quan.tri")
  await page.getByLabel("Mật khẩu", { exact: true }).fill("bốn con gà trống choai")
  await page.getByRole("button", { name: "Đăng nhập" }).click()
}

/** Asks on the bench, sees why, and gives the question to a record. */
async function useBench(clerk: Person) {
  const { page } = clerk
  const question = page.getByRole("textbox", { name: "Câu hỏi" })
  await question.fill("làm giấy khai sinh cần gì")
  await page.getByRole("button", { name: "Hỏi thử" }).click()
  await page.getByRole("region", { name: "Người dân đọc được" }).getByText("Đã trả lời").waitFor()
  await page.getByText("trường hợp riêng mà câu hỏi không nhắc đến").first().waitFor()
  await page.getByText("Mọi con số và nguồn đều có trong kiến thức.").waitFor()
  await lookAt(clerk, "trial-answer")
  await question.fill("xin nuôi hươu sao lấy nhung trên đồi")
  await page.getByRole("button", { name: "Hỏi thử" }).click()
  await page.getByText("gần nhưng chưa đủ chắc để trả lời").first().waitFor()
  await page
    .getByRole("button", { name: /^Ghim: / })
    .first()
    .click()
  await page.getByRole("dialog").getByText("sẽ luôn được trả lời bằng thủ tục này").waitFor()
  await lookAt(clerk, "trial-pin")
  await page.getByRole("dialog").getByRole("button", { name: "Lưu" }).click()
  await page.getByText("Đã lưu vào bản soạn").first().waitFor()
  await page.getByRole("dialog").waitFor({ state: "hidden" })
  await page.getByLabel("Hỏi trên").selectOption({ label: "Nội dung nếu công bố mọi bản soạn" })
  await page.getByRole("button", { name: "Hỏi thử" }).click()
  await page.getByRole("region", { name: "Người dân đọc được" }).getByText("thử với các bản soạn").waitFor()
  await page.getByRole("cell").getByText("Được chọn để trả lời").waitFor()
  await page
    .getByRole("button", { name: /^Đặt làm câu hỏi mẫu: / })
    .first()
    .click()
  await page.getByText("Từ nay mỗi lần công bố đều thử câu hỏi này").waitFor()
}

it("what was asked in vain is seen in groups, tried out, answered from a source or set aside", { timeout: 240_000 }, async () => {
  const service = await runningCommune(aDataDir(), {}, { staff: root })
  await setUp(service, "Suối Trong")
  for (const text of ["đổ tủ giường cũ ở thôn nào", "do tu giuong cu thon nao a", "xin nuôi hươu sao lấy nhung trên đồi"])
    await aCitizen(service)(text)
  const clerk = await aPersonIn(browser, WIDTHS[1])
  const { page } = clerk
  await page.goto(`${service.url}quan-tri/thu-hoi`)
  await signIn(clerk)
  await page.getByRole("heading", { name: "Hỏi thử", exact: true }).waitFor()
  const answers = await service.installation.db.answer.count()
  await useBench(clerk)
  expect(await service.installation.db.answer.count()).toBe(answers)
  expect(await service.installation.db.goldenQuestion.count()).toBe(1)

  await page.getByRole("link", { name: "Câu hỏi cần bổ sung" }).click()
  await page.getByText("2 lần", { exact: true }).waitFor()
  await lookAt(clerk, "questions-list")
  await page.getByRole("button", { name: "Soạn câu trả lời: đổ tủ giường cũ ở thôn nào" }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("Tên nguồn (số, ngày, cơ quan)").fill("Thông báo số 5/TB-UBND")
  await dialog.getByLabel("Trích nguyên văn từ nguồn").fill("Thu gom đồ cồng kềnh ngày 12 hằng tháng, mỗi hộ 25.000 đồng.")
  await dialog.getByLabel("Câu trả lời").fill("Xe đến thôn ngày 12 hằng tháng, mỗi hộ đóng 35.000 đồng.")
  await dialog.getByRole("button", { name: "Lưu" }).click()
  await dialog.getByText("Trong phần trích nguồn không có").waitFor()
  await lookAt(clerk, "questions-answer")
  await dialog.getByLabel("Câu trả lời").fill("Xe đến thôn ngày 12 hằng tháng, mỗi hộ đóng 25.000 đồng.")
  await dialog.getByRole("button", { name: "Lưu" }).click()
  await dialog.waitFor({ state: "hidden" })

  await page.getByRole("button", { name: /^Để ngoài: xin nuôi hươu/ }).click()
  await dialog.getByRole("button", { name: "Lưu" }).click()
  await dialog.waitFor({ state: "hidden" })
  await page.getByLabel("Tình trạng").selectOption({ label: "Chờ công bố" })
  await page.getByText("Đang chờ công bố bản soạn hoi-dap-").waitFor()
  await page.getByLabel("Tình trạng").selectOption({ label: "Để ngoài" })
  await page.getByText("Ngoài phạm vi của xã", { exact: false }).waitFor()
  await page.getByRole("button", { name: /^Mở lại: xin nuôi hươu/ }).click()
  await page.getByText("Không có dòng nào khớp.").waitFor()
  await page.getByLabel("Tình trạng").selectOption({ label: "Cần bổ sung" })
  await page.getByRole("button", { name: /^Gắn vào thủ tục: xin nuôi hươu/ }).click()
  await dialog.getByRole("combobox", { name: "Thủ tục" }).fill("khai tu")
  await page
    .getByRole("option", { name: /khai tử/ })
    .first()
    .click()
  await lookAt(clerk, "questions-alias")
  expect(clerk.faults).toEqual([])
  await clerk.context.close()
})
