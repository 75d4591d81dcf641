import { mkdtempSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import { generateSync } from "otplib"
import type { Browser } from "playwright-core"
import { build } from "vite"
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest"
import { aPerson as addStaff, aStaffSite } from "../admin/staff-site.ts"
import { unsent } from "../admin/unsent-message.ts"
import { fakeBotApi } from "../support/fake-bot-api.ts"
import { aDataDir, runningCommune } from "../journeys/running-commune.ts"
import { until } from "../support/until.ts"
import { type FakeZalo, startFakeZalo } from "../channels/zalo-personal/fake-zalo.ts"
import { launchChromium, pictureIn } from "./chromium.ts"
import { aPersonIn, lookAt, type Person, WIDTHS } from "./staff-person.ts"

const configFile = path.join(import.meta.dirname, "../../admin/web/vite.config.ts")
const pages = mkdtempSync(path.join(os.tmpdir(), "staff-journey-"))
const PASSWORD = "bốn con gà trống choai"
let browser: Browser

beforeAll(async () => {
  await build({ configFile, logLevel: "silent", build: { outDir: pages, emptyOutDir: true } })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser.close()
  rmSync(pages, { recursive: true })
})

const aPerson = (width: number = WIDTHS[1]) => aPersonIn(browser, width)

async function signIn({ page }: Person, account: string): Promise<void> {
  await page.getByLabel("Tên đăng nhập").fill(account)
  await page.getByLabel("Mật khẩu", { exact: true }).fill(PASSWORD)
  await page.getByRole("button", { name: "Đăng nhập" }).click()
}

async function goThroughWizard(admin: Person): Promise<void> {
  const { page } = admin
  const next = () => page.getByRole("button", { name: "Tiếp tục" }).click()
  await page.getByText("Bước 1/4").waitFor()
  await next()
  await page.getByText("Tên cần có ít nhất 2 chữ").first().waitFor()
  await page.getByLabel("Tên đơn vị").fill("An Hưng")
  await page.getByLabel("Tỉnh, thành phố").fill("Hải Phòng")
  await lookAt(admin, "wizard-1")
  await next()
  await page.getByLabel("Địa chỉ nơi tiếp nhận hồ sơ").fill("Số 1 đường Thử")
  await page.getByLabel("Số đường dây nóng").fill("0225 3 000 111")
  await lookAt(admin, "wizard-2")
  await next()
  await page.getByLabel("Họ và tên").fill("Trần Thị Quản")
  await page.getByLabel("Tên đăng nhập").fill("quan.tri")
  await page.getByLabel("Mật khẩu", { exact: true }).fill("ngắn quá")
  await next()
  await page.getByText("Mật khẩu cần ít nhất 12 ký tự").waitFor()
  await page.getByLabel("Mật khẩu", { exact: true }).fill(PASSWORD)
  await lookAt(admin, "wizard-3")
  await next()
  await lookAt(admin, "wizard-4")
  await page.getByRole("button", { name: "Hoàn tất" }).click()
  await page.getByRole("heading", { name: "Tổng quan" }).waitFor()
}

async function leave({ page }: Person, name: string): Promise<void> {
  await page.getByRole("button", { name }).click()
  await page.getByRole("menuitem", { name: "Đăng xuất" }).click()
  await page.getByRole("heading", { name: "Đăng nhập" }).waitFor()
}

const openPage = ({ page }: Person, name: string) => page.getByRole("navigation").getByRole("link", { name }).click()

it(
  "from the printed link to an editor at work: wizard, administrator, sign-out, sign-in, invitation, second step",
  { timeout: 240_000 },
  async () => {
    const service = await runningCommune(aDataDir(), {}, { staff: pages })
    const admin = await aPerson()
    await admin.page.goto(service.setupUrl ?? "")
    await goThroughWizard(admin)
    await admin.page.getByText("xã An Hưng").waitFor()
    await lookAt(admin, "overview")
    expect(await (await fetch(`${service.url}api/info`)).json()).toMatchObject({ hotline: "0225 3 000 111" })
    await admin.page.goto(service.setupUrl ?? "")
    await admin.page.getByText("Liên kết thiết lập đã dùng rồi").waitFor()
    await lookAt(admin, "wizard-used")

    // Signing out, and in again where one wanted to go.
    await admin.page.goto(`${service.url}quan-tri/`)
    await leave(admin, "Trần Thị Quản")
    await admin.page.goto(`${service.url}quan-tri/can-bo`)
    await admin.page.getByRole("heading", { name: "Đăng nhập" }).waitFor()
    await lookAt(admin, "sign-in")
    await admin.page.getByLabel("Tên đăng nhập").fill("quan.tri")
    await admin.page.getByLabel("Mật khẩu", { exact: true }).fill("không phải mật khẩu này")
    await admin.page.getByRole("button", { name: "Đăng nhập" }).click()
    await admin.page.getByText("Tên đăng nhập hoặc mật khẩu chưa đúng").waitFor()
    await lookAt(admin, "sign-in-wrong")
    await signIn(admin, "quan.tri")
    await admin.page.getByRole("heading", { name: "Cán bộ", exact: true }).waitFor()

    // Inviting an editor.
    await admin.page.getByRole("button", { name: "Mời cán bộ" }).click()
    await admin.page.getByRole("dialog").getByLabel("Họ và tên").fill("Lê Thị Bình")
    await admin.page.getByRole("checkbox", { name: "Người cập nhật" }).check()
    await lookAt(admin, "invite")
    await admin.page.getByRole("button", { name: "Tạo liên kết mời" }).click()
    const link = (await admin.page.getByTestId("one-time-link").innerText()).trim()
    await lookAt(admin, "invite-link")
    await admin.page.getByRole("dialog").getByRole("button", { name: "Đóng" }).last().click()
    await admin.page.getByText("Lời mời đang chờ").waitFor()

    // The editor, on a telephone, in a browser of their own.
    const editor = await aPerson(WIDTHS[0])
    await editor.page.goto(link)
    await editor.page.getByText("Xin chào Lê Thị Bình").waitFor()
    await editor.page.getByLabel("Tên đăng nhập").fill("binh.le")
    await editor.page.getByLabel("Mật khẩu", { exact: true }).fill(PASSWORD)
    await lookAt(editor, "accept")
    await editor.page.getByRole("button", { name: "Vào khu quản trị" }).click()
    await editor.page.getByRole("heading", { name: "Tổng quan" }).waitFor()
    await editor.page.getByRole("button", { name: "Mở danh mục" }).click()
    const menu = editor.page.getByRole("navigation").getByRole("link")
    expect(await menu.allInnerTexts()).toEqual([
      "Tổng quan",
      "Thủ tục",
      "Thông báo",
      "Văn bản",
      "Rà soát",
      "Câu hỏi cần bổ sung",
      "Hỏi thử",
      "Công bố",
      "Tài khoản của tôi",
    ])
    await editor.page.goto(`${service.url}quan-tri/can-bo`)
    await editor.page.getByText("Không có quyền xem trang này").waitFor()
    await lookAt(editor, "forbidden")

    // The second step: switched on, then asked for at the next sign-in.
    await editor.page.getByRole("button", { name: "Mở danh mục" }).click()
    await openPage(editor, "Tài khoản của tôi")
    await editor.page.getByRole("button", { name: "Bật xác nhận hai bước" }).click()
    const secret = (await editor.page.getByTestId("secret").innerText()).trim()
    const form = editor.page.locator("form", { has: editor.page.getByTestId("secret") })
    await form.getByLabel("Mã 6 chữ số").fill(generateSync({ secret }))
    await form.getByLabel("Mật khẩu hiện tại").fill(PASSWORD)
    await lookAt(editor, "second-step")
    await form.getByRole("button", { name: "Bật" }).click()
    const codes = (await editor.page.getByTestId("recovery-codes").innerText()).trim().split("\n")
    expect(codes).toHaveLength(10)
    await lookAt(editor, "recovery-codes")
    await editor.page.getByRole("button", { name: "Tôi đã cất các mã" }).click()
    await leave(editor, "Lê Thị Bình")
    await signIn(editor, "binh.le")
    await editor.page.getByLabel("Mã xác nhận").fill("000000")
    await editor.page.getByRole("button", { name: "Xác nhận" }).click()
    await editor.page.getByText("Mã xác nhận chưa đúng").waitFor()
    await lookAt(editor, "code")
    await editor.page.getByLabel("Mã xác nhận").fill(codes[0] ?? "")
    await editor.page.getByRole("button", { name: "Xác nhận" }).click()
    await editor.page.getByRole("heading", { name: "Tổng quan" }).waitFor()

    // The administrator finds them, filters by the address, changes roles, and reads it all in the log.
    await admin.page.getByLabel("Tìm theo tên hoặc tên đăng nhập").fill("binh")
    await admin.page.waitForURL(/q=binh/)
    await admin.page.reload()
    await admin.page.getByRole("cell", { name: "binh.le" }).waitFor()
    expect(await admin.page.getByRole("row").count()).toBe(2)
    await lookAt(admin, "staff")
    await admin.page.getByRole("button", { name: "Thao tác với Lê Thị Bình" }).click()
    await admin.page.getByRole("menuitem", { name: "Sửa tên, vai trò" }).click()
    await admin.page.getByRole("checkbox", { name: "Cán bộ trực" }).check()
    await admin.page.getByRole("dialog").getByRole("button", { name: "Lưu" }).click()
    await admin.page.getByRole("dialog").waitFor({ state: "hidden" })
    await admin.page
      .getByRole("row", { name: /Lê Thị Bình/ })
      .getByText("Cán bộ trực")
      .waitFor()
    await editor.page.getByRole("button", { name: "Mở danh mục" }).click()
    await openPage(editor, "Tài khoản của tôi")
    await editor.page.getByRole("heading", { name: "Đăng nhập" }).waitFor()
    await openPage(admin, "Nhật ký thao tác")
    await admin.page.getByText("Nhật ký thao tác: nguyên vẹn").waitFor()
    await admin.page.getByRole("cell", { name: "Mời cán bộ" }).waitFor()
    await lookAt(admin, "audit")
    await admin.page.getByLabel("Loại việc").selectOption({ label: "Đăng nhập sai" })
    await admin.page.waitForURL(/session\.refused/)
    await admin.page.getByRole("cell", { name: "Mời cán bộ" }).waitFor({ state: "hidden" })
    await openPage(admin, "Tài khoản của tôi")
    await admin.page.getByText("Phiên này").waitFor()
    await lookAt(admin, "account")
    await admin.page.goto(`${service.url}quan-tri/khong-co`)
    await admin.page.getByText("Không có trang này").waitFor()
    expect([...admin.faults, ...editor.faults]).toEqual([])
    await Promise.all([admin.context.close(), editor.context.close()])
  },
)

const TOKEN = "5150:Bi-mat_cua-bot"

/** A personal Zalo account: the warning is accepted, the picture scanned, the telephone consents. */
async function signInToZalo(admin: Person, { qr }: FakeZalo): Promise<void> {
  const { page } = admin
  const dialog = page.getByRole("dialog")
  await page.getByRole("button", { name: "Thêm kênh" }).click()
  await dialog.getByLabel("Loại kênh").selectOption({ label: "Zalo cá nhân" })
  await dialog.getByRole("button", { name: "Tạo mã QR" }).click()
  await dialog.getByText("Xin đọc lưu ý và đánh dấu ô này").waitFor()
  await pictureIn("staff", page, "channels-warning")
  await dialog.getByLabel("Tôi đã đọc lưu ý trên").check()
  await dialog.getByRole("button", { name: "Tạo mã QR" }).click()
  await dialog.getByRole("img", { name: "Mã QR để đăng nhập Zalo" }).waitFor()
  await lookAt(admin, "channels-qr")
  qr.phone = "scanned"
  await dialog.getByText("Tài khoản “UBND xã” đã quét mã. Xin xác nhận đăng nhập trên điện thoại.").waitFor()
  qr.phone = "consents"
  await dialog.getByText("Đã đăng nhập tài khoản “UBND xã”").waitFor()
  await pictureIn("staff", page, "channels-signed-in")
  await dialog.getByRole("button", { name: "Đóng" }).last().click()
  await page.getByRole("article", { name: "Zalo cá nhân" }).getByRole("button", { name: "Đăng nhập lại Zalo cá nhân" }).waitFor()
}

it("an administrator adds a channel, mends and removes it, and sends again what did not arrive", { timeout: 240_000 }, async () => {
  const zalo = await startFakeZalo()
  onTestFinished(() => zalo.stop())
  const site = await aStaffSite({ pages, zalo: zalo.fetch })
  const telegram = await fakeBotApi(TOKEN)
  await addStaff(site, "quan.tri", ["admin"])
  const admin = await aPerson()
  const { page } = admin
  const dialog = page.getByRole("dialog")
  await page.goto(`${site.url}/quan-tri/kenh`)
  await signIn(admin, "quan.tri")
  await page.getByRole("heading", { name: "Kênh", exact: true }).waitFor()

  // A token that Telegram does not know: said at the field when it cannot be one, as the channel's health when it is refused.
  await page.getByRole("button", { name: "Thêm kênh" }).click()
  await dialog.getByLabel("Loại kênh").selectOption({ label: "Telegram" })
  await dialog.getByLabel("Tên kênh").fill("Telegram của xã")
  await dialog.getByRole("textbox", { name: "Mã bot (token)" }).fill("không phải mã")
  await dialog.getByLabel("Máy chủ Bot API riêng").fill(telegram.root)
  await dialog.getByRole("button", { name: "Thêm và bật kênh" }).click()
  await dialog.getByText("xin chép lại đầy đủ").waitFor()
  await lookAt(admin, "channels-add")
  await dialog.getByRole("textbox", { name: "Mã bot (token)" }).fill("5150:ma-cu")
  await dialog.getByRole("button", { name: "Thêm và bật kênh" }).click()
  const card = page.getByRole("article", { name: "Telegram của xã" })
  await card.getByText("Cần xử lý").waitFor()
  await card.getByText("Telegram không nhận mã token của bot").waitFor()
  await lookAt(admin, "channels-refused")

  // The way on that is shown there: the right token, and it runs.
  await card.getByRole("button", { name: "Sửa Telegram của xã" }).click()
  expect(await dialog.getByRole("textbox", { name: "Mã bot (token)" }).inputValue()).toBe("")
  await dialog.getByRole("textbox", { name: "Mã bot (token)" }).fill(TOKEN)
  await dialog.getByRole("button", { name: "Lưu" }).click()
  await card.getByText("Đang chạy").waitFor()

  // What did not arrive: one is sent again, one that may have arrived only when that is accepted, one is let go.
  await unsent(site, { failure: "auth: 401", text: "Hồ sơ đã có kết quả." })
  await unsent(site, { state: "unknown", failure: "unknown: timeout", text: "Mời ông đến nhận." })
  await unsent(site, { failure: "recipient_refuses: bot was blocked", text: "Lịch tiếp công dân." })
  await page.getByRole("tab", { name: "Tin chưa gửi được" }).click()
  await page.getByRole("cell", { name: /Người dân đã chặn/ }).waitFor()
  await lookAt(admin, "channels-unsent")
  await page.getByRole("button", { name: "Gửi lại tin “Hồ sơ đã có kết quả.”" }).click()
  await page.getByRole("cell", { name: "Hồ sơ đã có kết quả.", exact: true }).waitFor({ state: "hidden" })
  await page.getByRole("button", { name: "Gửi lại tin “Mời ông đến nhận.”" }).click()
  expect(await dialog.getByRole("button", { name: "Gửi lại" }).isDisabled()).toBe(true)
  await dialog.getByLabel("Tôi chấp nhận tin có thể đến hai lần").check()
  await pictureIn("staff", page, "channels-twice")
  await dialog.getByRole("button", { name: "Gửi lại" }).click()
  await page.getByRole("cell", { name: "Mời ông đến nhận.", exact: true }).waitFor({ state: "hidden" })
  await page.getByRole("button", { name: "Bỏ qua tin “Lịch tiếp công dân.”" }).click()
  await dialog.getByRole("button", { name: "Bỏ qua" }).click()
  await page.getByText("Không có dòng nào khớp").waitFor()
  await until(() => expect(telegram.sent.map(({ text }) => text)).toEqual(["Hồ sơ đã có kết quả.", "Mời ông đến nhận."]))

  await page.getByRole("tab", { name: "Các kênh" }).click()
  await signInToZalo(admin, zalo)

  // Switched off, and removed.
  await card.getByRole("button", { name: "Tắt Telegram của xã" }).click()
  await card.getByText("Đang tắt").waitFor()
  await card.getByRole("button", { name: "Gỡ Telegram của xã" }).click()
  await dialog.getByRole("button", { name: "Gỡ" }).click()
  await card.waitFor({ state: "hidden" })
  expect(admin.faults).toEqual([])
  await admin.context.close()
})
