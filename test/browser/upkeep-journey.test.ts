import { mkdtempSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import type { Browser } from "playwright-core"
import { build } from "vite"
import { afterAll, beforeAll, expect, it } from "vitest"
import { documentItem } from "../../knowledge/item.ts"
import { saveItems } from "../../knowledge/store.ts"
import type { Service } from "../../serve.ts"
import { aDataDir, runningCommune, setUp } from "../journeys/running-commune.ts"
import { aDocument, aProcedure } from "../knowledge/samples.ts"
import { newId } from "../support/house.ts"
import { launchChromium } from "./chromium.ts"
import { aPersonIn, lookAt, type Person, WIDTHS } from "./staff-person.ts"

const here = (config: string) => path.join(import.meta.dirname, "../..", config)
const staff = mkdtempSync(path.join(os.tmpdir(), "upkeep-journey-"))
const day = (days: number) => new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10)
let browser: Browser

beforeAll(async () => {
  await build({ configFile: here("admin/web/vite.config.ts"), logLevel: "silent", build: { outDir: staff, emptyOutDir: true } })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser.close()
  rmSync(staff, { recursive: true })
})

async function tell({ installation: { db, shelf } }: Service) {
  const plan = (id: string, number: string, text: string) =>
    documentItem({ ...aDocument([text]), id, number, date: null, title: `Kế hoạch số ${number} của Ủy ban nhân dân xã Suối Trong` })
  const items = [
    plan("ke-hoach-cu", "11/2025/KH-UBND", "Hỗ trợ hộ nuôi ong"),
    plan("ke-hoach-moi", "27/2026/KH-UBND", "Kế hoạch này thay thế Kế hoạch số 11/2025/KH-UBND."),
    aProcedure("1.900001", { name: "Cấp giấy phép nuôi chim bồ câu trong khu dân cư", effectiveTo: day(-1) }),
    aProcedure("1.900002", { name: "Cấp giấy phép nuôi ong", effectiveTo: day(10) }),
  ]
  await saveItems(db, items, { now: new Date(), newId, demo: false, importedFrom: "tệp" })
  await shelf.refresh()
}

async function signIn({ page }: Person, url: string) {
  await page.goto(`${url}quan-tri/`)
  await page.getByLabel("Tên đăng nhập").fill("quan.tri")
  await page.getByLabel("Mật khẩu", { exact: true }).fill("bốn con gà trống choai")
  await page.getByRole("button", { name: "Đăng nhập" }).press("Enter")
  await page.getByRole("heading", { name: "Tổng quan" }).waitFor()
}

it(
  "what has ended or is superseded is found from the first page, given to somebody, and asked to be told no more",
  { timeout: 240_000 },
  async () => {
    const service = await runningCommune(aDataDir(), {}, { staff })
    await setUp(service, "Suối Trong")
    await tell(service)
    const clerk = await aPersonIn(browser, WIDTHS[1])
    const { page } = clerk
    await signIn(clerk, service.url)
    await lookAt(clerk, "upkeep-overview")
    await page.getByRole("link", { name: "Đã có bản thay thế: 1" }).press("Enter")
    await page.getByRole("cell", { name: /Đã có bản thay thế/ }).waitFor()
    expect(await page.getByRole("table").getByRole("row").count()).toBe(2)
    await page.getByLabel("Đang xem").selectOption({ label: "Tất cả mục cần rà soát" })
    await page.getByRole("link", { name: "Mở Cấp giấy phép nuôi chim bồ câu trong khu dân cư" }).waitFor()
    await lookAt(clerk, "upkeep-list")

    // The old plan: somebody looks after it from now on, and it is asked to be told no more.
    await page.getByRole("link", { name: /^Mở Kế hoạch số 11/ }).press("Enter")
    await page.getByRole("heading", { name: "Theo dõi" }).waitFor()
    await page.getByLabel("Người phụ trách").selectOption({ label: "Trần Thị Quản" })
    await page.getByRole("textbox", { name: "Hạn rà soát" }).fill("01/02/2026")
    await page.getByRole("button", { name: "Lưu theo dõi" }).press("Enter")
    await page.getByText("Đã lưu người phụ trách và hạn rà soát").waitFor()
    await page.getByRole("button", { name: "Đề nghị rút văn bản" }).press("Enter")
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Lý do").fill("Đã có kế hoạch mới thay thế")
    await lookAt(clerk, "upkeep-withdraw")
    await dialog.getByRole("button", { name: "Đề nghị rút văn bản" }).press("Enter")
    await page.getByText("Đề nghị rút đang chờ duyệt ở trang Công bố.").waitFor()
    await lookAt(clerk, "upkeep-document")
    expect(await service.installation.db.knowledgeRecord.findFirst({ where: { key: "ke-hoach-cu" } })).toMatchObject({
      reviewBy: "2026-02-01",
    })
    expect(clerk.faults).toEqual([])
    await clerk.context.close()
  },
)

it("axe finds nothing serious on any page of the menu, and none is wider than a telephone", { timeout: 300_000 }, async () => {
  const service = await runningCommune(aDataDir(), {}, { staff })
  await setUp(service, "Suối Trong")
  const clerk = await aPersonIn(browser, WIDTHS[1])
  await signIn(clerk, service.url)
  const links = await clerk.page.getByRole("navigation").getByRole("link").all()
  const addresses = await Promise.all(links.map((link) => link.getAttribute("href")))
  expect(addresses.length).toBeGreaterThan(10)
  for (const address of addresses) {
    await clerk.page.goto(new URL(address ?? "", service.url).href)
    await clerk.page.getByRole("heading", { level: 1 }).waitFor()
    await lookAt(clerk, `page-${path.basename(address ?? "")}`)
  }
  expect(clerk.faults).toEqual([])
  await clerk.context.close()
})
