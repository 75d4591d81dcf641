import { mkdir, writeFile } from "node:fs/promises"
import { createServer as createHttpServer } from "node:http"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import path from "node:path"
import { describe, expect, it, onTestFinished } from "vitest"
import { Router } from "express"
import { createMetrics } from "../../admin/metrics.ts"
import { createServer, type HttpServer } from "../../admin/server.ts"
import { createWebhooks } from "../../admin/webhooks.ts"
import { InstallationError } from "../../errors.ts"
import { aFolder, aMemory } from "../prisma/temporary-memory.ts"
import { answerOf } from "../support/house.ts"
import { webChannel } from "../support/web-server.ts"

interface Site {
  readonly url: string
  readonly server: HttpServer
  readonly reported: unknown[]
  /** Counts an answer of this status as the running program does. */
  readonly answered: (status: "answered" | "no_source") => Promise<void>
  readonly get: (path: string, init?: RequestInit) => Promise<Response>
}

/** The web server as the program joins it, over a memory and a built page of its own. */
async function aSite(given: { health?: () => Promise<Record<string, unknown>>; accounts?: Map<string, string> } = {}): Promise<Site> {
  const { database: db } = await aMemory()
  const pageFolder = await aFolder()
  await mkdir(path.join(pageFolder, "assets"))
  await writeFile(path.join(pageFolder, "index.html"), "<!doctype html><title>Hỏi đáp</title>")
  await writeFile(path.join(pageFolder, "assets", "app-1a2b3c.js"), "export {}")
  const web = webChannel({ db })
  const reported: unknown[] = []
  const accounts = given.accounts ?? new Map([["web", "online"]])
  const metrics = createMetrics({
    channels: () => Promise.resolve(accounts),
    putOff: () => new Map([["web", 12]]),
    backlog: () => Promise.resolve({ inbox: 2, outbox: 3, failed: 1 }),
    knowledge: () => ({ version: 7, records: 42 }),
  })
  const server = createServer({
    chat: web.router,
    unknownApiPath: web.unknownApiPath,
    staff: Router(),
    webhooks: createWebhooks(() => undefined),
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
    server,
    reported,
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

  it.each(["/", "/khong-co", "/api/info", "/api/khong-co", "/healthz", "/metrics", "/assets/app-1a2b3c.js"])(
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
    for (const target of ["/khong-co", "/index.htm", "/..%2f..%2fetc/passwd", "/.env"]) {
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
    const accounts = new Map([
      ["web", "online"],
      ["telegram:1", "needs_human"],
    ])
    const { get, answered } = await aSite({ accounts })
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
      'tlx_channel_state{account="telegram:1",state="needs_human"} 1',
      'tlx_questions_put_off_total{account="web"} 12',
      'tlx_backlog{queue="inbox"} 2',
      'tlx_backlog{queue="failed"} 1',
      "tlx_knowledge_version 7",
      "tlx_knowledge_records 42",
    ])
      expect(text).toContain(line)
    expect(text).not.toContain("khai sinh")
    accounts.delete("telegram:1")
    expect(await (await get("/metrics")).text()).not.toContain("telegram:1")
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
