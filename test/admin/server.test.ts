import { mkdir, writeFile } from "node:fs/promises"
import { createServer as createHttpServer } from "node:http"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import path from "node:path"
import { describe, expect, it, onTestFinished } from "vitest"
import { createMetrics } from "../../admin/metrics.ts"
import { createServer, type HttpServer } from "../../admin/server.ts"
import { renewSetupLink } from "../../admin/setup-link.ts"
import { createSetupRouter } from "../../admin/setup.ts"
import { InstallationError } from "../../errors.ts"
import { readHome } from "../../knowledge/home.ts"
import type { Database } from "../../prisma/database.ts"
import { aFolder, aMemory, NOW } from "../prisma/temporary-memory.ts"
import { answerOf } from "../support/house.ts"
import { webChannel } from "../support/web-server.ts"

interface Site {
  readonly url: string
  readonly db: Database
  readonly server: HttpServer
  readonly reported: unknown[]
  /** How many times the commune was named. */
  readonly configured: () => number
  /** Counts an answer of this status as the running program does. */
  readonly answered: (status: "answered" | "no_source") => Promise<void>
  readonly get: (path: string, init?: RequestInit) => Promise<Response>
}

/** The web server as the program joins it, over a memory and a built page of its own. */
async function aSite(given: { health?: () => Promise<Record<string, unknown>>; onConfigured?: () => Promise<void> } = {}): Promise<Site> {
  const { database: db } = await aMemory()
  const pageFolder = await aFolder()
  await mkdir(path.join(pageFolder, "assets"))
  await writeFile(path.join(pageFolder, "index.html"), "<!doctype html><title>Hỏi đáp</title>")
  await writeFile(path.join(pageFolder, "assets", "app-1a2b3c.js"), "export {}")
  const web = webChannel({ db })
  const reported: unknown[] = []
  let configured = 0
  const metrics = createMetrics({
    channels: () =>
      new Map([
        ["web", 1],
        ["telegram:1", 0],
      ]),
    backlog: () => Promise.resolve({ inbox: 2, outbox: 3, failed: 1 }),
    knowledge: () => ({ version: 7, records: 42 }),
  })
  const onConfigured = given.onConfigured ?? (() => Promise.resolve(void (configured += 1)))
  const server = createServer({
    chat: web.router,
    unknownApiPath: web.unknownApiPath,
    setup: createSetupRouter({ db, now: () => NOW, onConfigured }),
    pageFolder,
    metrics,
    health: given.health ?? (() => Promise.resolve({ knowledge: { version: 7 } })),
    trustProxy: 0,
    report: (error) => reported.push(error),
  })
  const port = await server.listen("127.0.0.1", 0)
  onTestFinished(() => server.stop())
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    db,
    server,
    reported,
    configured: () => configured,
    async answered(status) {
      await metrics.observe((question) => Promise.resolve(answerOf(question, { status, ms: 4 })))({ text: "khai sinh" })
    },
    get: (target, init) => fetch(`${url}${target}`, init),
  }
}

describe("a browser that opens the commune's site", () => {
  it("gets the page, fresh each time", async () => {
    const { get } = await aSite()
    const response = await get("/")
    expect(response.status).toBe(200)
    expect(response.headers.get("content-type")).toMatch(/^text\/html/)
    expect(response.headers.get("cache-control")).toBe("public, max-age=0")
    expect(await response.text()).toContain("Hỏi đáp")
  })

  it("keeps for good what has a name of its own for every edition", async () => {
    const { get } = await aSite()
    const response = await get("/assets/app-1a2b3c.js")
    expect(response.status).toBe(200)
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable")
    expect((await get("/assets/app-old.js")).status).toBe(404)
    expect((await get("/assets/")).status).toBe(404)
  })

  it.each(["/", "/khong-co", "/api/info", "/api/khong-co", "/quan-tri", "/healthz", "/metrics", "/assets/app-1a2b3c.js"])(
    "is told at %s to run nothing from elsewhere, to show it in no frame, and to guess no types",
    async (target) => {
      const { headers } = await (await aSite()).get(target)
      const policy = headers.get("content-security-policy") ?? ""
      for (const rule of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"])
        expect(policy).toContain(rule)
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
      expect(headers.get("x-content-type-options")).toBe("nosniff")
      expect(headers.get("referrer-policy")).toBe("no-referrer")
      expect(headers.has("x-powered-by")).toBe(false)
      // The office PC serves plain HTTP: this would lock browsers out of it.
      expect(headers.has("strict-transport-security")).toBe(false)
    },
  )

  it("is told politely, in JSON, that there is no such page", async () => {
    const { get, reported } = await aSite()
    for (const target of ["/khong-co", "/quan-tri/khong-co", "/index.htm", "/..%2f..%2fetc/passwd", "/.env"]) {
      const response = await get(target)
      expect(response.status, target).toBe(404)
      expect(await response.json()).toEqual({ error: { code: "not_found", message: "Không có trang này." } })
    }
    expect(reported).toEqual([])
  })

  it("is told of an unknown address of the API in the API's words", async () => {
    const { get } = await aSite()
    for (const init of [{}, { method: "POST", body: "{}" }]) {
      const response = await get("/api/khong-co", init)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ error: { code: "not_found" } })
    }
    expect((await get("/api/info")).status).toBe(200)
  })
})

describe("who watches over the program", () => {
  it("sees that it is well, and with which knowledge", async () => {
    const response = await (await aSite()).get("/healthz")
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: "ok", knowledge: { version: 7 } })
  })

  it("sees that it is not well, while the reason stays inside", async () => {
    const fault = new Error("disk at /secret/path is full")
    const { get, reported } = await aSite({ health: () => Promise.reject(fault) })
    const response = await get("/healthz")
    expect(response.status).toBe(500)
    expect(await response.text()).toContain("xin ông/bà thử lại")
    expect(await (await get("/healthz")).text()).not.toContain("secret")
    expect(reported).toEqual([fault, fault])
  })

  it("reads how many answers there were of which kind, what waits, and which channels are online", async () => {
    const { get, answered } = await aSite()
    for (const status of ["answered", "answered", "no_source"] as const) await answered(status)
    const response = await get("/metrics")
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/)
    const text = await response.text()
    for (const line of [
      'tlx_answers_total{status="answered",family="served"} 2',
      'tlx_answers_total{status="no_source",family="unanswered"} 1',
      'tlx_answer_seconds_bucket{le="0.005"} 3',
      'tlx_answer_seconds_bucket{le="0.0025"} 0',
      'tlx_channel_online{account="telegram:1"} 0',
      'tlx_channel_online{account="web"} 1',
      'tlx_backlog{queue="inbox"} 2',
      'tlx_backlog{queue="failed"} 1',
      "tlx_knowledge_version 7",
      "tlx_knowledge_records 42",
    ])
      expect(text).toContain(line)
    expect(text).not.toContain("khai sinh")
  })
})

describe("opening the port", () => {
  it("that is taken stops the start, with the remedy in Vietnamese", async () => {
    const other = createHttpServer()
    other.listen(0, "127.0.0.1")
    await once(other, "listening")
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    const { server } = await aSite()
    await server.stop()
    const refused = await server.listen("127.0.0.1", port).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(InstallationError)
    expect(String(refused)).toContain(
      `Không mở được cổng ${port} tại 127.0.0.1: cổng đang có chương trình khác dùng. Hãy đổi PORT hoặc HOST.`,
    )
  })

  it("of an address that this machine does not have stops the start in the same way", async () => {
    const { server } = await aSite()
    await server.stop()
    const refused = await server.listen("192.0.2.1", 0).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(InstallationError)
    expect(String(refused)).toContain("máy không có địa chỉ này")
  })

  it("is undone by stopping, also while a browser holds a connection, and twice does no harm", async () => {
    const { get, server } = await aSite()
    const held = await get("/")
    await server.stop()
    await server.stop()
    await held.text().catch(() => "")
    await expect(get("/")).rejects.toThrow()
  })
})

const GOOD = { kind: "phường", name: "Hoà Thử", province: "Hải Phòng" }
const fill = (site: Site, values: Record<string, string>) =>
  site.get("/quan-tri/thiet-lap", { method: "POST", body: new URLSearchParams(values) })
const open = (site: Site, token: string) => site.get(`/quan-tri/thiet-lap?ma=${encodeURIComponent(token)}`)

describe("naming the commune through the one-time link", () => {
  it("works once, names the commune, and says so from then on", async () => {
    const site = await aSite()
    const token = await renewSetupLink(site.db, NOW)
    expect(await (await site.get("/quan-tri")).text()).toContain("chưa được thiết lập")
    const form = await open(site, token)
    expect(form.status).toBe(200)
    expect(form.headers.get("referrer-policy")).toBe("no-referrer")
    expect(await form.text()).toContain(`value="${token}"`)
    const done = await fill(site, { ma: token, ...GOOD })
    expect(done.status).toBe(200)
    expect(await done.text()).toContain("Trợ lý phục vụ <strong>phường Hoà Thử</strong>")
    expect(await readHome(site.db)).toEqual({ commune: "phường Hoà Thử", province: "Hải Phòng" })
    expect(site.configured()).toBe(1)
    expect(await (await site.get("/quan-tri")).text()).toContain("phường Hoà Thử")
    expect((await open(site, token)).status).toBe(410)
    const again = await fill(site, { ma: token, ...GOOD, name: "Kẻ Khác" })
    expect(again.status).toBe(410)
    expect(await again.text()).toContain("Liên kết thiết lập đã dùng rồi")
    expect((await readHome(site.db))?.commune).toBe("phường Hoà Thử")
    expect(site.configured()).toBe(1)
  })

  it("opens to nobody without it, with a wrong one, or before there is one", async () => {
    const site = await aSite()
    expect((await open(site, "bịa")).status).toBe(410)
    const token = await renewSetupLink(site.db, NOW)
    for (const wrong of ["", "bịa", token.slice(1), `${token}x`, token.toLowerCase() === token ? "A" : token.toLowerCase()]) {
      expect((await open(site, wrong)).status, wrong).toBe(410)
      expect((await fill(site, { ma: wrong, ...GOOD })).status, wrong).toBe(410)
    }
    expect((await site.get("/quan-tri/thiet-lap")).status).toBe(410)
    expect((await site.get(`/quan-tri/thiet-lap?ma=${token}&ma=${token}`)).status).toBe(410)
    expect(await readHome(site.db)).toBeNull()
    expect((await open(site, token)).status).toBe(200)
  })

  it("is a new one after the next start; the one printed before is worth nothing", async () => {
    const site = await aSite()
    const first = await renewSetupLink(site.db, NOW)
    const second = await renewSetupLink(site.db, NOW)
    expect(second).not.toBe(first)
    expect((await open(site, first)).status).toBe(410)
    expect((await open(site, second)).status).toBe(200)
  })

  it("is kept only as a print of itself: who reads the memory cannot use it", async () => {
    const { db } = await aSite()
    const token = await renewSetupLink(db, NOW)
    expect(token.length).toBeGreaterThanOrEqual(32)
    expect(JSON.stringify(await db.setting.findMany())).not.toContain(token)
  })

  it.each([
    ["a name of one letter", { name: "A" }, "Tên cần có ít nhất 2 chữ"],
    ["a name that is too long", { name: "An ".repeat(30) }, "Tên quá dài"],
    ["figures in the name", { name: "An 123" }, "Tên chỉ gồm chữ cái"],
    ["no province", { province: " " }, "Tên cần có ít nhất 2 chữ"],
  ])("after %s shows the form again, with what is wrong and what was typed", async (_, given, message) => {
    const site = await aSite()
    const token = await renewSetupLink(site.db, NOW)
    const values = { ...GOOD, ...given }
    const response = await fill(site, { ma: token, ...values })
    expect(response.status).toBe(400)
    const page = await response.text()
    expect(page).toContain(`<p class="error" role="alert">${message}</p>`)
    expect(page).toContain(`value="${values.name}"`)
    expect(page).toContain(`value="${values.province}"`)
    expect(page).toContain("<option selected>phường</option>")
    expect(await readHome(site.db)).toBeNull()
    expect((await fill(site, { ma: token, ...GOOD })).status).toBe(200)
  })

  it("tells what is wrong in Vietnamese also when a part is missing or of another kind", async () => {
    const site = await aSite()
    const token = await renewSetupLink(site.db, NOW)
    const { kind, name, province } = GOOD
    for (const values of [
      { name, province },
      { kind: "quận", name, province },
      { kind, province },
      { kind, name },
    ]) {
      const page = await (await fill(site, { ma: token, ...values })).text()
      expect(/role="alert">([^<]*)</.exec(page)?.[1]).not.toMatch(/invalid|expected|received/i)
    }
  })

  it("lets no markup through: it is refused, and shown as plain letters", async () => {
    const site = await aSite()
    const token = await renewSetupLink(site.db, NOW)
    const response = await fill(site, { ma: token, kind: "xã", name: `"><script>alert('x')</script>`, province: "<b>&" })
    expect(response.status).toBe(400)
    const page = await response.text()
    expect(page).not.toMatch(/<script|<b>/)
    expect(page).toContain("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
    expect(page).toContain("&lt;b&gt;&amp;")
    expect(await readHome(site.db)).toBeNull()
  })

  it("takes a name in parted letters as the same name", async () => {
    const site = await aSite()
    const token = await renewSetupLink(site.db, NOW)
    expect((await fill(site, { ma: token, ...GOOD, name: "  Hải Thử ".normalize("NFD") })).status).toBe(200)
    expect((await readHome(site.db))?.commune).toBe("phường Hải Thử")
  })

  it("cannot be guessed by trying: after many tries in a minute the door is shut for a while", async () => {
    const site = await aSite()
    const statuses: number[] = []
    for (let i = 0; i < 65; i++) statuses.push((await open(site, `thử-${i}`)).status)
    expect(statuses[0]).toBe(410)
    expect(statuses.at(-1)).toBe(429)
  })

  it("a form that is far too large is refused as the sender's fault, not as a fault of the program", async () => {
    const site = await aSite()
    const token = await renewSetupLink(site.db, NOW)
    const response = await fill(site, { ma: token, ...GOOD, name: "a".repeat(20_000) })
    expect(response.status).toBe(413)
    expect((await site.get("/quan-tri/%ff")).status).toBeLessThan(500)
    expect(site.reported).toEqual([])
  })

  it("the style of the pages comes from the site itself", async () => {
    const response = await (await aSite()).get("/quan-tri/style.css")
    expect(response.headers.get("content-type")).toMatch(/^text\/css/)
    expect(await response.text()).toContain("min-height: 48px")
  })
})
