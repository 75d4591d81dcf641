import { mkdtempSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import type { Browser } from "playwright-core"
import { build } from "vite"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { Role } from "../../admin/permissions.ts"
import { hashPassword } from "../../admin/staff/password.ts"
import { addPerson } from "../../admin/staff/people.ts"
import { saveDraft } from "../../knowledge/editing/drafts.ts"
import type { Procedure } from "../../knowledge/procedure.ts"
import type { Service } from "../../serve.ts"
import { aDataDir, runningCommune, setUp } from "../journeys/running-commune.ts"
import { newId } from "../support/house.ts"
import { launchChromium } from "./chromium.ts"
import { aPersonIn, lookAt, type Person, WIDTHS } from "./staff-person.ts"

const here = (config: string) => path.join(import.meta.dirname, "../..", config)
const root = mkdtempSync(path.join(os.tmpdir(), "publishing-journey-"))
const pages = { chat: path.join(root, "chat"), staff: path.join(root, "staff") }
const PASSWORD = "bốn con gà trống choai"
const CODE = "2.000884"
const NAME = "Chứng thực chữ ký"
const QUESTION = "phí chứng thực chữ ký là bao nhiêu"
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

async function hired({ installation: { db } }: Service, account: string, role: Role) {
  const person = { id: newId(), account, name: `Cán bộ ${account}`, roles: [role], passwordHash: await hashPassword(PASSWORD) }
  await db.$transaction((tx) => addPerson(tx, { ...person, now: new Date() }))
  return person
}

/** The editor's work: the fee of one procedure of the demo is twelve thousand from now on. */
async function changeFee({ installation: { db, shelf } }: Service, by: { id: string; name: string }) {
  const told = shelf.live().base.procedures.find(({ code }) => code === CODE)
  const dearer = (text: string) => text.replace("10.000", "12.000")
  const body: Procedure | undefined = told && {
    ...told,
    methods: told.methods.map((way) => ({
      ...way,
      fees: way.fees.map((fee) => ({ ...fee, text: dearer(fee.text), amount: fee.amount === 10_000 ? 12_000 : fee.amount })),
    })),
  }
  const change = { kind: "procedure", body, seen: null, note: "Theo nghị quyết mới" } as const
  const saved = await db.$transaction((tx) => saveDraft(tx, change, { by, now: new Date(), newId }))
  expect(saved.outcome).toBe("saved")
}

async function atWork(service: Service, account: string): Promise<Person> {
  const person = await aPersonIn(browser, WIDTHS[1])
  const { page } = person
  await page.goto(`${service.url}quan-tri/cong-bo`)
  await page.getByLabel("Tên đăng nhập").fill(account)
  await page.getByLabel("Mật khẩu", { exact: true }).fill(PASSWORD)
  await page.getByRole("button", { name: "Đăng nhập" }).click()
  await page.getByRole("heading", { name: "Công bố", exact: true }).waitFor()
  return person
}

async function askAsCitizen(url: string): Promise<string> {
  const { page, context } = await aPersonIn(browser, WIDTHS[0])
  await page.goto(url)
  await page.getByRole("textbox", { name: "Câu hỏi của ông/bà" }).fill(QUESTION)
  await page.getByRole("button", { name: "Gửi", exact: true }).click()
  const answer = page.locator(".message.assistant").last()
  await answer.getByText(/Nguồn \(/).waitFor()
  const said = await answer.innerText()
  await context.close()
  return said
}

it("a changed fee is held up by a golden question, published with a reason, and taken back", { timeout: 240_000 }, async () => {
  const service = await runningCommune(aDataDir(), {}, pages)
  await setUp(service, "Suối Trong")
  const editing = await hired(service, "nguoi.soan", "editor")
  await hired(service, "nguoi.duyet", "approver")
  await changeFee(service, editing)

  // The editor makes a golden question and hands the draft on, but cannot publish it.
  const editor = await atWork(service, "nguoi.soan")
  await editor.page.getByRole("tab", { name: "Câu hỏi mẫu" }).click()
  await editor.page.getByRole("button", { name: "Thêm câu hỏi mẫu" }).click()
  const dialog = editor.page.getByRole("dialog")
  await dialog.getByLabel("Câu hỏi").fill(QUESTION)
  await dialog.getByLabel("Mã", { exact: false }).fill(CODE)
  await dialog.getByLabel("Chữ, con số phải có").fill("10.000 đồng\n")
  await dialog.getByRole("button", { name: "Lưu" }).click()
  await editor.page.getByRole("cell", { name: QUESTION, exact: true }).waitFor()
  await lookAt(editor, "publishing-golden")
  await editor.page.getByRole("tab", { name: "Chờ duyệt" }).click()
  await editor.page.getByRole("button", { name: `Gửi duyệt ${NAME}` }).click()
  const card = editor.page.getByRole("article", { name: NAME })
  await card.getByText(/12\.000 đồng\/trường hợp .*số tiền 12\.000 đồng/).waitFor()
  await editor.page.getByText("Người có vai trò duyệt sẽ kiểm tra và công bố.").waitFor()
  expect(await editor.page.getByRole("button", { name: "Kiểm tra và công bố" }).count()).toBe(0)

  // The approver sees both answers side by side, and why the button is closed.
  const approver = await atWork(service, "nguoi.duyet")
  const { page } = approver
  await page.getByRole("checkbox", { name: `Chọn công bố ${NAME}` }).waitFor()
  await page.getByRole("button", { name: "Kiểm tra và công bố" }).press("Enter")
  const check = page.getByRole("region", { name: "Kết quả kiểm tra" })
  await check.getByText("Đang đúng, sẽ thành sai").waitFor({ timeout: 30_000 })
  await check.getByText("Thiếu: 10.000 đồng").waitFor()
  expect(await check.getByRole("button", { name: "Công bố", exact: true }).isDisabled()).toBe(true)
  await lookAt(approver, "publishing-lost")
  expect(await askAsCitizen(service.url)).toContain("10.000 đồng")
  await check.getByLabel("Lý do vẫn công bố").fill("Hội đồng nhân dân đã quyết định mức phí mới")
  await check.getByRole("button", { name: "Công bố", exact: true }).click()
  await check.getByText("Đã công bố thành một bản mới").waitFor()
  expect(await askAsCitizen(service.url)).toContain("12.000 đồng")

  // One click and a reason, and the old fee is told again.
  await page.getByRole("tab", { name: "Các bản đã công bố" }).click()
  await page.getByText("Lý do: Hội đồng nhân dân đã quyết định mức phí mới").waitFor()
  await lookAt(approver, "publishing-releases")
  const before = service.installation.shelf.live().base.version
  await page.getByRole("button", { name: `Khôi phục bản ${before - 1}` }).click()
  await page.getByRole("dialog").getByLabel("Lý do").fill("Nghị quyết chưa có hiệu lực")
  await page.getByRole("dialog").getByRole("button", { name: "Khôi phục" }).click()
  await page.getByText(`Khôi phục theo bản ${before - 1}`).waitFor()
  expect(await askAsCitizen(service.url)).toContain("10.000 đồng")
  expect([...editor.faults, ...approver.faults]).toEqual([])
})
