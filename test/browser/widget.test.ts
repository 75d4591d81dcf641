import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import os from "node:os"
import path from "node:path"
import { gzipSync } from "node:zlib"
import axe from "axe-core"
import express from "express"
import helmet from "helmet"
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core"
import { build } from "vite"
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest"
import { createDesk } from "../../bot/desk.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { aDataDir, runningCommune } from "../journeys/running-commune.ts"
import { COMMUNE, fakeAnswer, newId, openTestDatabase, startEngine } from "../support/house.ts"
import { keptUploads } from "../support/uploads.ts"
import { webChannel } from "../support/web-server.ts"
import { launchChromium, picture } from "./chromium.ts"

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } satisfies BrowserContextOptions
const DESKTOP = { viewport: { width: 1280, height: 800 } } satisfies BrowserContextOptions
const OFFICER = { staffId: "lan", publicName: "Bà Lan, công chức tư pháp" }
const pageFolder = path.join(import.meta.dirname, "../../bot/channels/web/page")
const files = mkdtempSync(path.join(os.tmpdir(), "widget-"))
let browser: Browser

beforeAll(async () => {
  for (const [config, emptyOutDir] of [
    ["vite.config.ts", true],
    ["vite.widget.config.ts", false],
  ] as const)
    await build({ configFile: path.join(pageFolder, config), logLevel: "silent", build: { outDir: files, emptyOutDir } })
  browser = await launchChromium()
})

afterAll(async () => {
  rmSync(files, { recursive: true })
  await browser.close()
})

afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
})

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

const HOSTILE = `
  html { font-size: 6px; }
  body { transform: none; color: red; }
  body * { display: none !important; color: red !important; font: 40px/3 fantasy !important; position: static !important; opacity: 0 !important; }
  tro-ly-xa { display: none !important; visibility: hidden !important; width: 3px !important; transform: scale(0) !important; }
`

/** The commune's site: another origin, with a strict policy and with styles that would break anything they reach. */
async function site(given: { assistant: () => string; attributes?: string; hostile?: boolean }): Promise<string> {
  return listen(
    createServer((request, response) => {
      const assistant = given.assistant()
      if (request.url === "/site.css") return response.writeHead(200, { "content-type": "text/css" }).end(given.hostile ? HOSTILE : "")
      response.writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": `default-src 'none'; script-src ${assistant}; connect-src ${assistant}; style-src 'self'; base-uri 'none'`,
      })
      return response.end(
        `<!doctype html><html lang="vi"><head><title>Xã Thử Nghiệm</title><link rel="stylesheet" href="/site.css">` +
          `<meta name="viewport" content="width=device-width, initial-scale=1"></head>` +
          `<body><main><h1>Trang thông tin xã</h1><p><a href="#tin">Tin tức</a></p></main>` +
          `<script src="${assistant}/widget.js" ${given.attributes ?? ""} async></script></body></html>`,
      )
    }),
  )
}

async function commune(given: { hostile?: boolean; attributes?: string; listed?: boolean } = {}) {
  let assistant = ""
  const url = await site({ ...given, assistant: () => assistant })
  const db = await openTestDatabase()
  const uploads = keptUploads()
  const web = webChannel({
    db,
    uploads,
    limits: { questionsPerMinute: 1000 },
    widgetOrigins: given.listed === false ? [] : [url],
  })
  const choices = [{ id: "p1", label: "Chứng thực chữ ký" }]
  const { answer, asked } = fakeAnswer(({ text }) => (text === "chứng thực" ? { status: "clarification", choices } : {}))
  const engine = await startEngine({ db, answer, channels: [web] })
  const desk = createDesk({ db, texts, commune: () => COMMUNE, now: () => new Date(), newId, wake: engine.wake })
  const app = express().use(helmet({ contentSecurityPolicy: false, crossOriginResourcePolicy: { policy: "cross-origin" } }))
  assistant = await listen(createServer(app.use(web.router).use(web.unknownApiPath).use(express.static(files))))
  return { url, assistant, db, uploads, desk, asked }
}

interface Visit {
  readonly page: Page
  readonly faults: string[]
  readonly errors: string[]
}

async function visit(url: string, { assistant, ...options }: BrowserContextOptions & { assistant: string }): Promise<Visit> {
  const context = await browser.newContext({ locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", reducedMotion: "reduce", ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  const errors: string[] = []
  page.on("pageerror", (error) => faults.push(error.message))
  page.on("console", (line) => {
    if (line.text().includes("Content Security Policy")) faults.push(line.text())
    if (line.type() === "error") errors.push(line.text())
  })
  page.on("request", (request) => {
    if (![url, assistant].some((own) => request.url().startsWith(own)) && !request.url().startsWith("blob:"))
      faults.push(`outside request: ${request.url()}`)
  })
  await page.goto(url)
  return { page, faults, errors }
}

const launcher = (page: Page): Locator => page.getByRole("button", { name: /Hỏi trợ lý ảo/ })
const panel = (page: Page): Locator => page.getByRole("dialog", { name: "Trò chuyện với trợ lý ảo" })
const composer = (page: Page): Locator => page.getByRole("textbox", { name: "Câu hỏi của ông/bà" })
const answers = (page: Page): Locator => page.locator(".message.assistant")
const questions = (page: Page): Locator => page.locator(".message.citizen")

async function ask(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  await page.getByRole("button", { name: "Gửi", exact: true }).click()
}

async function seriousFaults(page: Page): Promise<string[]> {
  // The page's own policy keeps scripts out, but not those of the tester.
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run())
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`)
}

describe("on the commune's own site, with a strict policy and hostile styles", () => {
  it.each([
    { screen: "360", options: PHONE },
    { screen: "desktop", options: DESKTOP },
  ])("a citizen asks from $screen, reloads, and finds the conversation again", async ({ screen, options }) => {
    const { url, assistant, asked } = await commune({ hostile: true })
    const { page, faults } = await visit(url, { ...options, assistant })
    await launcher(page).click()
    await page.getByText(COMMUNE.name).first().waitFor()
    await ask(page, "khai sinh cần gì")
    await page.getByText("Trả lời: khai sinh cần gì").waitFor()
    await picture(page, `widget-hostile-${screen}`)
    const look = await answers(page)
      .first()
      .evaluate((element) => ({ color: getComputedStyle(element).color, font: getComputedStyle(element).fontSize }))
    expect(look).toEqual({ color: "rgb(24, 36, 47)", font: "17px" })
    const box = await panel(page).boundingBox()
    if (screen === "360") expect(box).toMatchObject({ x: 0, y: 0, width: 360, height: 640 })
    else expect(box).toMatchObject({ width: 410, height: 680 })
    await page.reload()
    await launcher(page).click()
    await answers(page).first().waitFor()
    expect(await questions(page).count()).toBe(1)
    await ask(page, "lệ phí")
    await page.getByText("Trả lời: lệ phí").waitFor()
    expect(asked).toHaveLength(2)
    expect(await answers(page).count()).toBe(2)
    expect(faults).toEqual([])
  })

  it("is not for a site that the commune has not listed, and says so to those who look", async () => {
    const { url, assistant } = await commune({ listed: false })
    const { page, faults, errors } = await visit(url, { ...DESKTOP, assistant })
    await expect.poll(() => errors.join("\n")).toContain(`Trợ lý Xã: trang ${url} chưa được phép nhúng`)
    expect(await launcher(page).count()).toBe(0)
    expect(faults).toEqual([])
  })

  it("wears the site's colour with letters that can be read, on the side and as open as the site wants", async () => {
    const { url, assistant } = await commune({ attributes: 'data-color="#ffd400" data-position="left" data-open' })
    const { page, faults } = await visit(url, { ...DESKTOP, assistant })
    await panel(page).waitFor()
    expect((await panel(page).boundingBox())?.x).toBe(16)
    const bar = page.locator(".bar")
    expect(await bar.evaluate((e) => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color])).toEqual([
      "rgb(255, 212, 0)",
      "rgb(0, 0, 0)",
    ])
    expect(await seriousFaults(page)).toEqual([])
    await picture(page, "widget-colour-desktop")
    expect(faults).toEqual([])
  })
})

describe("by keyboard and for every eye", () => {
  it("opens, keeps the Tab key within, and gives the focus back on Escape", async () => {
    const { url, assistant } = await commune()
    const { page, faults } = await visit(url, { ...DESKTOP, assistant })
    await launcher(page).focus()
    await page.keyboard.press("Enter")
    await panel(page).waitFor()
    expect(await composer(page).evaluate((field) => field.matches(":focus"))).toBe(true)
    const seen = new Set<string>()
    for (let i = 0; i < 30; i += 1) {
      await page.keyboard.press("Tab")
      const where = await page.evaluate(() => {
        const host = document.querySelector("tro-ly-xa")
        const focused = host?.shadowRoot?.activeElement
        return document.activeElement === host && focused ? (focused.getAttribute("aria-label") ?? focused.textContent) : "outside"
      })
      seen.add(where)
    }
    expect([...seen]).not.toContain("outside")
    expect([...seen]).toContain("Đóng khung trò chuyện")
    await page.getByRole("button", { name: "Cuộc trò chuyện mới" }).click()
    await page.keyboard.press("Escape")
    expect(await panel(page).isVisible()).toBe(true)
    await composer(page).focus()
    await page.keyboard.press("Escape")
    expect(await panel(page).isVisible()).toBe(false)
    expect(await launcher(page).evaluate((button) => button.matches(":focus"))).toBe(true)
    expect(faults).toEqual([])
  })

  it.each([
    { colorScheme: "light", screen: "360", options: PHONE },
    { colorScheme: "dark", screen: "360", options: PHONE },
    { colorScheme: "light", screen: "desktop", options: DESKTOP },
    { colorScheme: "dark", screen: "desktop", options: DESKTOP },
  ] as const)("has no serious accessibility fault ($colorScheme, $screen)", async ({ colorScheme, screen, options }) => {
    const { url, assistant, desk, db } = await commune()
    const { page, faults } = await visit(url, { ...options, colorScheme, assistant })
    await launcher(page).waitFor()
    await picture(page, `widget-closed-${colorScheme}-${screen}`)
    expect(await seriousFaults(page)).toEqual([])
    await launcher(page).click()
    await picture(page, `widget-welcome-${colorScheme}-${screen}`)
    expect(await seriousFaults(page)).toEqual([])
    await ask(page, "chứng thực")
    await page.getByRole("button", { name: "1. Chứng thực chữ ký" }).waitFor()
    await desk.write((await db.conversation.findFirstOrThrow()).id, { ...OFFICER, text: "Mời bác đến trước 16 giờ", idempotencyKey: "1" })
    await page.getByText("Mời bác đến trước 16 giờ").waitFor()
    await page.getByRole("button", { name: "Đính kèm ảnh, tệp hoặc vị trí" }).click()
    await page.getByRole("button", { name: "Gửi vị trí" }).click()
    expect(await seriousFaults(page)).toEqual([])
    await picture(page, `widget-talk-${colorScheme}-${screen}`)
    await page.getByRole("button", { name: "A++: Cỡ chữ rất lớn" }).click()
    const sideways = await page.locator(".scroller").evaluate((e) => e.scrollWidth - e.clientWidth)
    expect(sideways).toBe(0)
    await picture(page, `widget-largest-${colorScheme}-${screen}`)
    expect(faults).toEqual([])
  })
})

describe("nothing is lost", () => {
  it("questions asked without a network wait, and go out by themselves in their order", async () => {
    const { url, assistant, asked } = await commune()
    const { page, faults } = await visit(url, { ...PHONE, assistant })
    await launcher(page).click()
    await page.context().setOffline(true)
    await page.getByText("Đang mất kết nối mạng").waitFor()
    await ask(page, "câu một")
    await ask(page, "câu hai")
    expect(await page.getByText("Đang chờ có mạng.").count()).toBe(2)
    await picture(page, "widget-offline-360")
    await page.context().setOffline(false)
    await page.getByText("Trả lời: câu hai").waitFor()
    expect(asked.map(({ text }) => text)).toEqual(["câu một", "câu hai"])
    expect(await page.getByText("Đang chờ có mạng.").count()).toBe(0)
    expect(await questions(page).count()).toBe(2)
    expect(await answers(page).count()).toBe(2)
    expect(faults).toEqual([])
  })

  it("a question that waited is still sent after the page was closed and opened again", async () => {
    const { url, assistant, asked } = await commune()
    const { page } = await visit(url, { ...PHONE, assistant })
    await launcher(page).click()
    await page.context().setOffline(true)
    await page.getByText("Đang mất kết nối mạng").waitFor()
    await ask(page, "câu một")
    await page.context().setOffline(false)
    await page.getByText("Trả lời: câu một").waitFor()
    await page.context().setOffline(true)
    await ask(page, "câu hai")
    const context = page.context()
    await page.close()
    await context.setOffline(false)
    const again = await context.newPage()
    await again.goto(url)
    await launcher(again).click()
    await again.getByText("Trả lời: câu hai").waitFor()
    expect(asked.map(({ text }) => text)).toEqual(["câu một", "câu hai"])
    expect(await questions(again).count()).toBe(2)
  })

  it("what an officer writes is counted on the button while the panel is closed, and bears the officer's name", async () => {
    const { url, assistant, desk, db } = await commune()
    const { page, faults } = await visit(url, { ...DESKTOP, assistant })
    await launcher(page).click()
    await ask(page, "khai sinh")
    await page.getByText("Trả lời: khai sinh").waitFor()
    const { id } = await db.conversation.findFirstOrThrow()
    await desk.take(id, OFFICER)
    await ask(page, "cán bộ ơi")
    await page.getByText(texts.api.passedOn).waitFor()
    await ask(page, "alô")
    await expect.poll(() => questions(page).count()).toBe(3)
    await page.waitForTimeout(300)
    expect(await page.getByText(texts.api.passedOn).count()).toBe(1)
    await page.getByRole("button", { name: "Đóng khung trò chuyện" }).click()
    await desk.write(id, { ...OFFICER, text: "Mời bác đến trước 16 giờ", idempotencyKey: "1" })
    await page.getByRole("button", { name: "Hỏi trợ lý ảo, 1 tin chưa đọc" }).waitFor()
    await picture(page, "widget-unread-desktop")
    await page.reload()
    await page.getByRole("button", { name: "Hỏi trợ lý ảo, 1 tin chưa đọc" }).click()
    const said = page.locator(".message.officer")
    expect(await said.textContent()).toContain(`Cán bộ: ${OFFICER.publicName}`)
    expect(await said.getByRole("button").count()).toBe(0)
    await picture(page, "widget-officer-desktop")
    await page.reload()
    await page.getByRole("button", { name: "Hỏi trợ lý ảo", exact: true }).waitFor()
    expect(faults).toEqual([])
  })
})

describe("a citizen shows and tells where", () => {
  /** A photo as large as a telephone takes them, made by the browser itself. */
  const bigPhoto = async (page: Page): Promise<Buffer> => {
    const bytes = await page.evaluate(async () => {
      const canvas = document.createElement("canvas")
      canvas.width = 4000
      canvas.height = 3000
      const pen = canvas.getContext("2d")
      pen?.fillRect(100, 100, 900, 900)
      const blob = await new Promise<Blob | null>((resolve) => {
        canvas.toBlob(resolve, "image/png")
      })
      return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))]
    })
    return Buffer.from(bytes)
  }

  it("with a photo that leaves the telephone smaller, with words beside it", async () => {
    const { url, assistant, uploads, asked, db } = await commune()
    const { page, faults } = await visit(url, { ...PHONE, assistant })
    await launcher(page).click()
    await page.getByRole("button", { name: "Đính kèm ảnh, tệp hoặc vị trí" }).click()
    await picture(page, "widget-attach-360")
    const choosing = page.waitForEvent("filechooser")
    await page.getByRole("button", { name: "Chọn ảnh, tệp" }).click()
    await (await choosing).setFiles({ name: "Giấy khai sinh.png", mimeType: "image/png", buffer: await bigPhoto(page) })
    await page.getByText("Giấy khai sinh.jpg").waitFor()
    await picture(page, "widget-photo-chosen-360")
    await ask(page, "giấy này có chứng thực được không")
    await page.getByText("Trả lời: giấy này có chứng thực được không").waitFor()
    await picture(page, "widget-photo-sent-360")
    const [photo] = [...uploads.kept.values()]
    expect(photo).toMatchObject({ name: "Giấy khai sinh.jpg", mime: "image/jpeg" })
    const size = await page.evaluate(
      async (bytes) => {
        const { width, height } = await createImageBitmap(new Blob([new Uint8Array(bytes)]))
        return { width, height }
      },
      [...(photo?.bytes ?? [])],
    )
    expect(size).toEqual({ width: 2048, height: 1536 })
    expect(await db.mediaFile.count()).toBe(1)
    expect(asked).toHaveLength(1)
    expect(await questions(page).count()).toBe(1)
    expect(faults).toEqual([])
  })

  it("with a photo alone, and is asked what it is about, once", async () => {
    const { url, assistant } = await commune()
    const { page } = await visit(url, { ...PHONE, assistant })
    await launcher(page).click()
    await page
      .locator("input[type=file]")
      .last()
      .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: await bigPhoto(page) })
    await page.getByText("a.jpg").waitFor()
    await page.getByRole("button", { name: "Gửi", exact: true }).click()
    await page.getByText(texts.wordless.image).waitFor()
    await page.waitForTimeout(300)
    expect(await page.getByText(texts.wordless.image).count()).toBe(1)
    expect(await questions(page).count()).toBe(1)
  })

  it("is told politely when a file cannot be taken, and keeps the words", async () => {
    const { url, assistant, db } = await commune()
    const { page } = await visit(url, { ...PHONE, assistant })
    await launcher(page).click()
    const input = page.locator("input[type=file]").last()
    const large = path.join(files, "phim.pdf")
    writeFileSync(large, "")
    truncateSync(large, 21 * 1024 * 1024)
    await input.setInputFiles(large)
    await page.getByText("Tệp này lớn quá 20 MB").waitFor()
    await input.setInputFiles({ name: "la.pdf", mimeType: "application/pdf", buffer: Buffer.from("<html>") })
    await ask(page, "đơn đây")
    await page.getByText(texts.api.wrongUploadType).waitFor()
    await page.getByRole("button", { name: "Sửa câu hỏi" }).click()
    expect(await composer(page).inputValue()).toBe("đơn đây")
    expect(await db.mediaFile.count()).toBe(0)
  })

  it("with the place, after being told why and being asked", async () => {
    const { url, assistant, db } = await commune()
    const { page, faults } = await visit(url, {
      ...PHONE,
      assistant,
      geolocation: { latitude: 20.865139, longitude: 106.68383, accuracy: 18 },
      permissions: ["geolocation"],
    })
    await launcher(page).click()
    await page.getByRole("button", { name: "Đính kèm ảnh, tệp hoặc vị trí" }).click()
    await page.getByRole("button", { name: "Gửi vị trí" }).click()
    await page.getByText("Vị trí chỉ được gửi tới xã khi ông/bà bấm Gửi").waitFor()
    await picture(page, "widget-place-360")
    await page.getByRole("button", { name: "Lấy vị trí" }).click()
    await page.getByText("Vị trí của ông/bà (sai số khoảng 18 m)").waitFor()
    expect(await db.inboxEvent.count()).toBe(0)
    await page.getByRole("button", { name: "Gửi", exact: true }).click()
    await page.getByText(texts.wordless.location).waitFor()
    await picture(page, "widget-place-sent-360")
    expect(faults).toEqual([])
  })
})

it("staff see the line to copy on a page of their own, with the widget on it", async () => {
  const service = await runningCommune(aDataDir(), {}, { chat: files })
  const { page, faults } = await visit(`${service.url}nhung`, { ...DESKTOP, assistant: service.url })
  const origin = new URL(service.url).origin
  expect(await page.getByLabel("Dòng cần chép").inputValue()).toBe(`<script src="${origin}/widget.js" async></script>`)
  await launcher(page).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await picture(page, "nhung-desktop")
  await launcher(page).click()
  await ask(page, "lam giay khai sinh can gi")
  await page.getByText("Giấy chứng sinh").first().waitFor()
  expect(faults).toEqual([])
  const script = await fetch(`${origin}/widget.js`)
  expect(script.headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin")
  await script.body?.cancel()
})

it("weighs under 40 kB, calls nobody else and evaluates nothing", () => {
  const script = readFileSync(path.join(files, "widget.js"))
  expect(gzipSync(script).length).toBeLessThan(40 * 1024)
  expect(script.toString("utf8")).not.toMatch(/\beval\(|new Function|innerHTML|document\.write|https?:\/\/(?!www\.w3\.org\/2000\/svg)[a-z]/)
})
