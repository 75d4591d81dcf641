import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import { gzipSync } from "node:zlib"
import axe from "axe-core"
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core"
import { build } from "vite"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { launchChromium, picture } from "./chromium.ts"
import { INFO } from "./fake-answers.ts"
import { startFakeServer, type FakeServer } from "./fake-server.ts"

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } satisfies BrowserContextOptions
const DESKTOP = { viewport: { width: 1280, height: 800 } } satisfies BrowserContextOptions
const configFile = path.join(import.meta.dirname, "../../bot/channels/web/page/vite.config.ts")
const files = mkdtempSync(path.join(os.tmpdir(), "chat-page-"))

let browser: Browser
let server: FakeServer
let faults: string[]

beforeAll(async () => {
  await build({ configFile, logLevel: "silent", build: { outDir: files, emptyOutDir: true } })
  browser = await launchChromium()
})

afterAll(async () => {
  rmSync(files, { recursive: true })
  await browser.close()
})

beforeEach(async () => {
  faults = []
  server = await startFakeServer(files)
})

afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  await server.stop()
  expect(faults).toEqual([])
})

async function visit(options: BrowserContextOptions = PHONE): Promise<Page> {
  const context = await browser.newContext({ locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", reducedMotion: "reduce", ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  page.on("pageerror", (error) => faults.push(error.message))
  page.on("console", (line) => {
    if (line.text().includes("Content Security Policy")) faults.push(line.text())
  })
  page.on("request", (request) => {
    if (!request.url().startsWith(server.url)) faults.push(`outside request: ${request.url()}`)
  })
  await page.goto(server.url)
  await page.getByRole("heading", { name: INFO.commune }).waitFor()
  return page
}

const composer = (page: Page): Locator => page.getByRole("textbox", { name: "Câu hỏi của ông/bà" })
const questions = (page: Page): Locator => page.locator(".message.citizen")
const answers = (page: Page): Locator => page.locator(".message.assistant")

async function ask(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  await page.getByRole("button", { name: "Gửi", exact: true }).click()
}

async function askAndRead(page: Page, text: string): Promise<Locator> {
  const before = await answers(page).count()
  await ask(page, text)
  const answer = answers(page).nth(before)
  await answer.waitFor()
  return answer
}

async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run())
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`)
}

/** The page itself stands still; only its middle scrolls. */
async function pageScroll(page: Page): Promise<number> {
  return await page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight + window.scrollY)
}

async function sidewaysScroll(page: Page): Promise<number> {
  return await page.evaluate(() =>
    Math.max(...[...document.querySelectorAll("html, body, .scroller, .composer")].map((e) => e.scrollWidth - e.clientWidth)),
  )
}

describe("a citizen asks", () => {
  it("is greeted with who answers, that it is AI and a demonstration, and what can be asked", async () => {
    const page = await visit()
    await expect.poll(() => page.getByText("có sử dụng trí tuệ nhân tạo").isVisible()).toBe(true)
    expect(await page.getByText("Dữ liệu minh họa – chưa dùng để đi làm thủ tục").isVisible()).toBe(true)
    expect(await page.getByRole("link", { name: INFO.hotline }).getAttribute("href")).toBe("tel:02253123456")
    await picture(page, "welcome-360")
    await page.getByRole("button", { name: "Làm giấy khai sinh cần những gì?" }).click()
    await answers(page).first().waitFor()
    expect(await page.getByText("Ông/bà cần hỏi việc gì ạ?").isVisible()).toBe(false)
  })

  it("reads papers, fee and sources", async () => {
    const page = await visit()
    const answer = await askAndRead(page, "lam giay khai sinh can gi, bao nhieu tien")
    await picture(page, "answer-360")
    expect(await answer.locator(".lead").textContent()).toContain("không mất lệ phí")
    expect(await answer.getByRole("listitem").allTextContents()).toContain("Giấy chứng sinh (bản chính)")
    expect(await answer.textContent()).toContain("8.000 đồng khi quá hạn")
    await answer.getByText("Nguồn (2)").click()
    expect(await answer.getByText("Thành phần hồ sơ, trang 3").isVisible()).toBe(true)
    expect(await answer.locator("blockquote").first().textContent()).toContain("Giấy chứng sinh")
    const links = answer.getByRole("link", { name: "Mở văn bản gốc" })
    expect(await links.count()).toBe(1)
    expect(await links.getAttribute("rel")).toBe("noopener")
    expect(await composer(page).inputValue()).toBe("")
    await answer.getByText("Nguồn (2)").scrollIntoViewIfNeeded()
    await picture(page, "sources-360")
  })

  it("does it all by keyboard", async () => {
    const page = await visit(DESKTOP)
    await page.keyboard.press("Tab")
    expect(await page.locator(":focus").textContent()).toBe("Đến ô nhập câu hỏi")
    await page.keyboard.press("Enter")
    await page.keyboard.type("Làm giấy khai sinh")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("cần gì?")
    await page.keyboard.press("Enter")
    await answers(page).first().waitFor()
    expect(server.asked[0]?.text).toBe("Làm giấy khai sinh\ncần gì?")
    expect(await composer(page).evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.press("Shift+Tab")
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Đính kèm ảnh, tệp hoặc vị trí")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    expect(await page.locator(":focus").textContent()).toBe("Chưa đúng")
    await page.keyboard.press("Enter")
    await expect.poll(() => server.feedback.length).toBe(1)
    await picture(page, "keyboard-desktop")
  })

  it("picks one of the choices by button, or types its number", async () => {
    const page = await visit()
    const which = await askAndRead(page, "chung thuc")
    expect(await which.locator(".answer-text").textContent()).not.toContain("1.")
    await picture(page, "choices-360")
    await which.getByRole("button", { name: "2. Chứng thực chữ ký" }).click()
    await answers(page).nth(1).getByText("10.000 đồng/trường hợp").first().waitFor()
    expect(server.asked[1]).toMatchObject({ text: "Chứng thực chữ ký", choiceId: "p:2.000884" })
    await askAndRead(page, "chung thuc")
    const typed = await askAndRead(page, "2")
    expect(await typed.textContent()).toContain("10.000 đồng")
  })

  it("copies an answer with its source and sees that it was copied", async () => {
    const page = await visit({ ...PHONE, permissions: ["clipboard-read", "clipboard-write"] })
    const answer = await askAndRead(page, "khai sinh")
    await answer.getByRole("button", { name: "Sao chép" }).click()
    await expect.poll(() => answer.getByRole("status").textContent()).toBe("Đã sao chép")
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toContain("8.000 đồng")
    expect(copied).toContain("Nguồn: Thủ tục Đăng ký khai sinh, Thành phần hồ sơ, trang 3, https://dichvucong.gov.vn/1.001193")
    await picture(page, "copied-360")
  })

  it("tells whether the answer was right, and is told whom to call when it was not", async () => {
    const page = await visit()
    const answer = await askAndRead(page, "khai sinh")
    await answer.getByRole("button", { name: "Đúng", exact: true }).click()
    await answer.getByText("Cảm ơn ông/bà đã cho ý kiến.").waitFor()
    const wrong = answer.getByRole("button", { name: "Chưa đúng" })
    await wrong.click()
    await answer.getByRole("link", { name: INFO.hotline }).waitFor()
    expect(await wrong.getAttribute("aria-pressed")).toBe("true")
    expect(await answer.getByRole("status").textContent()).toContain(INFO.hours)
    expect(server.feedback).toMatchObject([{ verdict: "right" }, { verdict: "wrong" }])
    await answer.getByRole("status").scrollIntoViewIfNeeded()
    await picture(page, "feedback-360")
  })

  it("can call for help with one tap in an emergency, and is not asked for a verdict", async () => {
    const page = await visit()
    const answer = await askAndRead(page, "chay nha roi")
    expect(await answer.getByRole("link", { name: "114" }).getAttribute("href")).toBe("tel:114")
    expect(await answer.getByRole("button", { name: "Chưa đúng" }).count()).toBe(0)
    await picture(page, "emergency-360")
  })
})

describe("the composer", () => {
  it("asks politely for words when there are none, and for fewer when there are too many", async () => {
    const page = await visit()
    await page.getByRole("button", { name: "Gửi", exact: true }).click()
    expect(await page.getByRole("alert").textContent()).toBe("Xin ông/bà gõ câu hỏi rồi bấm Gửi ạ.")
    const long = "khai sinh ".repeat(401)
    await ask(page, long)
    expect(await page.getByRole("alert").textContent()).toContain("tối đa 4.000 ký tự")
    expect(await page.getByText("4.010/4.000 ký tự").isVisible()).toBe(true)
    expect(await composer(page).inputValue()).toBe(long)
    expect(server.asked).toEqual([])
    await picture(page, "too-long-360")
  })

  it("sends once while the answer is on its way, and says that it is searching", async () => {
    const page = await visit()
    let release = (): void => undefined
    server.mishaps.push({ kind: "slow", until: new Promise((resolve) => (release = resolve)) })
    await ask(page, "khai sinh")
    await page.getByRole("status").filter({ hasText: "Đang tìm trong tài liệu của xã…" }).waitFor()
    await composer(page).fill("chung thuc")
    await composer(page).press("Enter")
    expect(await page.getByText("Trợ lý đang trả lời câu trước").isVisible()).toBe(true)
    await picture(page, "searching-360")
    release()
    await answers(page).first().waitFor()
    expect(server.asked).toHaveLength(1)
    expect(await composer(page).inputValue()).toBe("chung thuc")
  })

  it("sends nothing with the Enter that ends a word of a typing tool", async () => {
    const page = await visit(DESKTOP)
    await composer(page).fill("khai sinh")
    await composer(page).dispatchEvent("keydown", { key: "Enter", isComposing: true })
    await composer(page).dispatchEvent("keydown", { key: "Process", keyCode: 229 })
    expect(await composer(page).inputValue()).toBe("khai sinh")
    expect(server.asked).toEqual([])
  })
})

describe("nothing is lost", () => {
  it("resumes the conversation after a reload, once each, with the disclosure folded and the draft kept", async () => {
    const page = await visit()
    await askAndRead(page, "khai sinh")
    await askAndRead(page, "so can cuoc 031090000123 lam gi")
    await expect.poll(() => questions(page).last().textContent()).toContain("[đã che]")
    await composer(page).fill("còn câu này nữa")
    await page.reload()
    await answers(page).nth(1).waitFor()
    await page.waitForTimeout(300)
    expect(await questions(page).count()).toBe(2)
    expect(await answers(page).count()).toBe(2)
    expect(await composer(page).inputValue()).toBe("còn câu này nữa")
    expect(await page.locator("details.disclosure").getAttribute("open")).toBeNull()
    await picture(page, "resumed-360")
    await askAndRead(page, "chung thuc")
    expect(server.asked[2]?.conversationId).toBe("c1")
    expect(await answers(page).count()).toBe(3)
  })

  it("keeps a question asked without a network, and sends it as soon as there is one", async () => {
    const page = await visit()
    await page.context().setOffline(true)
    await page.getByText("Đang mất kết nối mạng").waitFor()
    await ask(page, "khai sinh")
    await page.getByText("Đang chờ có mạng.").waitFor()
    await picture(page, "offline-360")
    await page.context().setOffline(false)
    await answers(page).first().waitFor()
    expect(await page.getByText("Đang mất kết nối mạng").count()).toBe(0)
    expect(await questions(page).count()).toBe(1)
    expect(await page.getByRole("button", { name: "Gửi lại" }).count()).toBe(0)
  })

  it("shows one answer when the reply was lost and the question sent again", async () => {
    const page = await visit()
    await askAndRead(page, "khai sinh")
    server.mishaps.push({ kind: "lost-reply" })
    await ask(page, "chung thuc")
    await answers(page).nth(1).waitFor()
    server.mishaps.push({ kind: "lost-question" })
    await ask(page, "giay to xe")
    await page.getByRole("button", { name: "Gửi lại" }).click()
    await answers(page).nth(2).waitFor()
    await page.waitForTimeout(300)
    expect(await questions(page).count()).toBe(3)
    expect(await answers(page).count()).toBe(3)
    const keys = server.asked.map(({ clientMessageId }) => clientMessageId)
    expect(keys[3]).toBe(keys[2])
    await picture(page, "resent-360")
  })

  it("still has an unsent question after the page was closed, and gives it back for changing", async () => {
    const page = await visit()
    await askAndRead(page, "khai sinh")
    server.mishaps.push({ kind: "lost-question" })
    await ask(page, "giay to xe")
    await page.getByRole("button", { name: "Gửi lại" }).waitFor()
    await page.reload()
    await answers(page).first().waitFor()
    expect(await questions(page).allTextContents()).toHaveLength(2)
    expect(await questions(page).last().textContent()).toContain("giay to xe")
    await page.getByRole("button", { name: "Sửa câu hỏi" }).click()
    expect(await composer(page).inputValue()).toBe("giay to xe")
    expect(await questions(page).count()).toBe(1)
    await picture(page, "edit-unsent-360")
  })

  it("shows the server's own words when it refuses, and waits as long as it asks", async () => {
    const page = await visit()
    const message = "Xin lỗi ông/bà, có nhiều câu hỏi cùng lúc. Xin ông/bà gửi lại sau giây lát ạ."
    server.mishaps.push({ kind: "refused", status: 429, body: { error: { code: "too_many", message, retryAfterSeconds: 2 } } })
    await ask(page, "khai sinh")
    await page.getByText(message).waitFor()
    await picture(page, "refused-360")
    await page.getByRole("button", { name: "Gửi lại (sau 2 giây)" }).click({ force: true })
    expect(server.asked).toHaveLength(1)
    await page.getByRole("button", { name: "Gửi lại", exact: true }).click()
    await answers(page).first().waitFor()
  })

  it("begins another conversation when the server has forgotten the old one", async () => {
    const page = await visit()
    await askAndRead(page, "khai sinh")
    server.forget()
    await askAndRead(page, "chung thuc")
    expect(await answers(page).count()).toBe(2)
    expect(server.asked.map(({ conversationId }) => conversationId)).toEqual([undefined, "c1", undefined])
    await picture(page, "forgotten-360")
  })

  it("receives what an officer writes later, and shows how far an answer is", async () => {
    const page = await visit()
    await askAndRead(page, "khai sinh")
    await page.waitForTimeout(200)
    server.progress("compose")
    await page.getByText("Đang soạn câu trả lời…").waitFor()
    server.officerSays("Tôi là Nguyễn Văn A, công chức tư pháp. Xin mời ông/bà đến trước 16 giờ 00 ạ.")
    await answers(page).nth(1).waitFor()
    expect(await answers(page).nth(1).getByRole("button").count()).toBe(0)
    await picture(page, "newer-360")
    await page.getByRole("button", { name: "Có tin mới, bấm để xem" }).click()
    await expect.poll(() => page.getByRole("button", { name: "Có tin mới, bấm để xem" }).isVisible()).toBe(false)
    await picture(page, "officer-360")
  })

  it("works where the browser blocks storage", async () => {
    const page = await visit()
    await page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get: () => {
          throw new DOMException("blocked", "SecurityError")
        },
      })
    })
    await page.reload()
    await askAndRead(page, "khai sinh")
    await page.getByRole("button", { name: "A+: Cỡ chữ lớn" }).click()
    await askAndRead(page, "chung thuc")
    expect(server.asked[1]?.conversationId).toBe("c1")
    await picture(page, "no-storage-360")
  })

  it("puts a conversation away only after asking", async () => {
    const page = await visit()
    await askAndRead(page, "khai sinh")
    await page.getByRole("button", { name: "Cuộc trò chuyện mới" }).click()
    await picture(page, "restart-360")
    await page.getByRole("button", { name: "Giữ lại" }).click()
    expect(await answers(page).count()).toBe(1)
    await page.getByRole("button", { name: "Cuộc trò chuyện mới" }).click()
    await page.getByRole("button", { name: "Bắt đầu mới" }).click()
    expect(await answers(page).count()).toBe(0)
    await page.getByText("Ông/bà cần hỏi việc gì ạ?").waitFor()
    await askAndRead(page, "khai sinh")
    expect(server.asked[1]?.conversationId).toBeUndefined()
  })
})

describe("for every eye and hand", () => {
  it.each([
    { name: "360", viewport: { width: 360, height: 640 } },
    { name: "320", viewport: { width: 320, height: 568 } },
    { name: "landscape", viewport: { width: 640, height: 360 } },
    { name: "tablet", viewport: { width: 820, height: 1180 } },
  ])("fits a screen of $name without sideways scrolling, also with the largest text", async ({ name, viewport }) => {
    const page = await visit({ ...PHONE, viewport })
    await askAndRead(page, `khai sinh ${"x".repeat(80)}`)
    await page.getByText("Nguồn (2)").click()
    expect(await sidewaysScroll(page)).toBe(0)
    await page.getByRole("button", { name: "A++: Cỡ chữ rất lớn" }).click()
    expect(await sidewaysScroll(page)).toBe(0)
    expect(await pageScroll(page)).toBe(0)
    await picture(page, `largest-text-${name}`)
  })

  it("remembers the text size", async () => {
    const page = await visit()
    const size = (): Promise<string> => composer(page).evaluate((field) => getComputedStyle(field).fontSize)
    expect(await size()).toBe("18px")
    await page.getByRole("button", { name: "A++: Cỡ chữ rất lớn" }).click()
    expect(await size()).toBe("25px")
    await page.reload()
    await composer(page).waitFor()
    expect(await size()).toBe("25px")
    expect(await page.getByRole("button", { name: "A++: Cỡ chữ rất lớn" }).getAttribute("aria-pressed")).toBe("true")
    await picture(page, "largest-welcome-360")
  })

  it("gives every button at least 44 by 44 pixels", async () => {
    const page = await visit()
    await askAndRead(page, "khai sinh")
    await askAndRead(page, "chung thuc")
    await page.locator("summary").last().click()
    const small = await page
      .locator("button:visible, summary:visible, .source-link:visible, textarea")
      .evaluateAll((all) => all.filter((e) => e.clientHeight < 42 || e.getBoundingClientRect().height < 44).map((e) => e.outerHTML))
    expect(small).toEqual([])
    await picture(page, "targets-360")
  })

  it.each([
    { colorScheme: "light", screen: "360", options: PHONE },
    { colorScheme: "dark", screen: "360", options: PHONE },
    { colorScheme: "light", screen: "desktop", options: DESKTOP },
    { colorScheme: "dark", screen: "desktop", options: DESKTOP },
  ] as const)("has no serious accessibility fault ($colorScheme, $screen)", async ({ colorScheme, screen, options }) => {
    const page = await visit({ ...options, colorScheme })
    await page.getByRole("button", { name: "Làm giấy khai sinh cần những gì?" }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await picture(page, `welcome-${colorScheme}-${screen}`)
    await askAndRead(page, "chung thuc")
    const answer = await askAndRead(page, "khai sinh")
    await answer.getByRole("button", { name: "Chưa đúng" }).click()
    await answer.getByText("Nguồn (2)").click()
    server.mishaps.push({ kind: "lost-question" })
    await ask(page, "giay to xe")
    await page.getByRole("button", { name: "Gửi lại" }).waitFor()
    await ask(page, " ")
    expect(await seriousFaults(page)).toEqual([])
    await picture(page, `failed-${colorScheme}-${screen}`)
    await answer.locator(".lead").scrollIntoViewIfNeeded()
    await picture(page, `conversation-${colorScheme}-${screen}`)
    await page.getByRole("button", { name: "Cuộc trò chuyện mới" }).click()
    expect(await seriousFaults(page)).toEqual([])
    await picture(page, `dialog-${colorScheme}-${screen}`)
  })

  it("prints the conversation with its sources and without the buttons", async () => {
    const page = await visit(DESKTOP)
    await askAndRead(page, "khai sinh")
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")))
    await page.emulateMedia({ media: "print" })
    expect(await page.locator("blockquote").first().isVisible()).toBe(true)
    expect(await page.getByRole("button").count()).toBe(0)
    await picture(page, "print")
  })

  it("weighs little: under 15 kB of script and nothing inline", () => {
    const assets = path.join(files, "assets")
    const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"))
    const weight = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(path.join(assets, name))).length, 0)
    expect(weight).toBeLessThan(15 * 1024)
    const html = readFileSync(path.join(files, "index.html"), "utf8")
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|https?:\/\//)
  })
})
