import { describe, expect, it, onTestFinished } from "vitest"
import { bodyOf } from "../../bot/body.ts"
import { createDesk } from "../../bot/desk.ts"
import { type Channel, type InboundEvent, MediaUnavailableError } from "../../bot/message.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { openStream } from "../support/event-stream.ts"
import { COMMUNE, fakeAnswer, newId, openTestDatabase, startEngine } from "../support/house.ts"
import { keptUploads } from "../support/uploads.ts"
import { until } from "../support/until.ts"
import { serve, webChannel } from "../support/web-server.ts"
import { listen } from "./plain-sink.ts"
import { form, openWeb, webCounterpart } from "./web/counterpart.ts"

const SITE = "https://xa.example.vn"
const OFFICER = { staffId: "lan", publicName: "Bà Lan, công chức tư pháp" }
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])

interface Reply {
  readonly conversationId: string
  readonly answer: {
    readonly id: string
    readonly status: string
    readonly text: string
    readonly choices: unknown
    readonly citations: unknown
  }
  readonly error: { readonly code: string; readonly message: string }
}

async function commune(given: { without?: "uploads"; widgetOrigins?: readonly string[]; maxBytes?: number } = {}) {
  const db = await openTestDatabase()
  const uploads = keptUploads(given.maxBytes)
  const channel = webChannel({
    db,
    limits: { questionsPerMinute: 1000 },
    widgetOrigins: given.widgetOrigins ?? [SITE],
    ...(given.without ? {} : { uploads }),
  })
  const { answer, asked } = fakeAnswer()
  const engine = await startEngine({ db, answer, channels: [channel] })
  const url = await serve(channel)
  const desk = createDesk({ db, texts, commune: () => COMMUNE, now: () => new Date(), newId, wake: engine.wake })
  const read = async (response: Response) => ({ status: response.status, body: (await response.json()) as Reply })
  const ask = async (body: object) =>
    read(await fetch(`${url}/api/chat`, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }))
  const send = async (fields: Record<string, string | File>) =>
    read(await fetch(`${url}/api/chat/media`, { method: "POST", body: form(fields) }))
  return { db, channel, uploads, url, desk, ask, send, asked, read }
}

const photo = (given: { bytes?: Uint8Array<ArrayBuffer>; name?: string; type?: string } = {}) =>
  new File([given.bytes ?? JPEG], given.name ?? "anh.jpg", { type: given.type ?? "image/jpeg" })

async function fetched(channel: Channel, source: string): Promise<number[] | string> {
  const bytes: number[] = []
  try {
    for await (const chunk of (await channel.fetchMedia?.(source, new AbortController().signal)) ?? []) bytes.push(...chunk)
  } catch (error) {
    return error instanceof MediaUnavailableError ? error.reason : String(error)
  }
  return bytes
}

describe("a site that embeds the chat", () => {
  it("may use it when the commune has listed it, without cookies and told apart by caches", async () => {
    const { url } = await commune()
    const preflight = await fetch(`${url}/api/chat`, {
      method: "OPTIONS",
      headers: { Origin: SITE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type" },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get("Access-Control-Allow-Origin")).toBe(SITE)
    expect(preflight.headers.get("Access-Control-Allow-Methods")).toBe("GET, POST")
    expect(preflight.headers.get("Access-Control-Allow-Headers")).toBe("Content-Type")
    for (const path of ["/api/info", "/api/chat/stream?conversationId=c-1", "/api/chat", "/api/chat/media", "/api/chat/elsewhere"]) {
      const { headers, body } = await fetch(url + path, { headers: { Origin: SITE } })
      expect(headers.get("Access-Control-Allow-Origin"), path).toBe(SITE)
      expect(headers.get("Access-Control-Allow-Credentials")).toBeNull()
      expect(headers.get("Vary")).toContain("Origin")
      await body?.cancel()
    }
  })

  it.each(["https://la.example.com", "http://xa.example.vn", "https://xa.example.vn.la.com", "https://xa.example.vn:8443", "null"])(
    "gets nothing as %s",
    async (origin) => {
      const { url } = await commune()
      const info = await fetch(`${url}/api/info`, { headers: { Origin: origin } })
      expect(info.headers.get("Access-Control-Allow-Origin")).toBeNull()
      expect(info.headers.get("Vary")).toContain("Origin")
      const preflight = await fetch(`${url}/api/chat`, {
        method: "OPTIONS",
        headers: { Origin: origin, "Access-Control-Request-Method": "POST" },
      })
      expect(preflight.status).toBe(405)
      expect(preflight.headers.get("Access-Control-Allow-Origin")).toBeNull()
    },
  )

  it("is only the commune's own as long as none is listed", async () => {
    const { url } = await commune({ widgetOrigins: [] })
    expect((await fetch(`${url}/api/info`, { headers: { Origin: SITE } })).headers.get("Access-Control-Allow-Origin")).toBeNull()
  })
})

describe("a citizen sends a photo", () => {
  it("with words, and is answered; the officer finds the bytes", async () => {
    const { db, send, channel, asked, uploads } = await commune()
    const given = { text: "ảnh này có chứng thực được không", conversationId: "c-1", clientMessageId: "photo-1", file: photo() }
    const first = await send(given)
    expect(first).toMatchObject({ status: 200, body: { conversationId: "c-1", answer: { status: "answered" } } })
    expect((await send(given)).body).toEqual(first.body)
    expect(asked.map(({ text }) => text)).toEqual(["ảnh này có chứng thực được không"])
    expect(await db.mediaFile.findMany()).toMatchObject([{ kind: "image", name: "anh.jpg" }])
    const [source] = [...uploads.kept.keys()]
    expect(await fetched(channel, source ?? "")).toEqual([...JPEG])
    expect(await fetched(channel, "blob:unknown")).toBe("gone")
    expect(await fetched(channel, "https://elsewhere.example")).toBe("gone")
  })

  it("without words, and is asked what it is about, in the very words of the stream", async () => {
    const { send, url } = await commune()
    const { body } = await send({ file: photo() })
    expect(body.answer).toMatchObject({ status: "clarification", text: texts.wordless.image, choices: [], citations: [] })
    const stream = await openStream(`${url}/api/chat/stream?conversationId=${body.conversationId}`)
    await until(() => expect(stream.events).toHaveLength(2))
    expect(stream.events[1]?.data).toMatchObject({ id: body.answer.id, text: texts.wordless.image })
    const second = await send({ file: photo(), conversationId: body.conversationId })
    expect(second.body.answer.text).toBe(texts.api.kept)
  })

  it("under a name that keeps nothing of folders and tricks", async () => {
    const { send, db } = await commune()
    await send({ file: photo({ name: "../../Tờ khai\u202Egpj.jpg" }) })
    await send({ file: photo({ name: "../.." }) })
    expect((await db.mediaFile.findMany({ orderBy: { createdAt: "asc" } })).map(({ name }) => name)).toEqual(["Tờ khaigpj.jpg", "tep"])
  })

  it("no larger than the commune's own limit, which the page knows beforehand", async () => {
    const { send, url } = await commune({ maxBytes: 2 * 1024 * 1024 })
    expect(await (await fetch(`${url}/api/info`)).json()).toMatchObject({ maxUploadBytes: 2 * 1024 * 1024 })
    const large = new Uint8Array(2 * 1024 * 1024 + 1)
    large.set(JPEG)
    const { status, body } = await send({ file: photo({ bytes: large }) })
    expect([status, body.error.message]).toEqual([413, texts.api.uploadTooLarge(2)])
    expect(body.error.message).toContain("lớn quá 2 MB")
  })

  const large = new Uint8Array(keptUploads().maxBytes + 1)
  large.set(JPEG)
  it.each([
    ["too large", { file: photo({ bytes: large }) }, 413, texts.api.uploadTooLarge(20)],
    ["a page of HTML", { file: photo({ type: "text/html" }) }, 415, texts.api.wrongUploadType],
    ["HTML that calls itself a photo", { file: photo({ bytes: new TextEncoder().encode("<script>") }) }, 415, texts.api.wrongUploadType],
    ["an empty file", { file: photo({ bytes: new Uint8Array() }) }, 400, texts.api.fileMissing],
    ["no file at all", { text: "ảnh đâu" }, 400, texts.api.fileMissing],
    ["a foreign id", { file: photo(), conversationId: "../x" }, 400, texts.api.invalidId("conversationId")],
    ["too many words", { file: photo(), text: "a".repeat(4001) }, 400, texts.api.textTooLong(4000)],
  ])("%s, and is told why", async (...[, fields, status, message]) => {
    const { send, db, uploads } = await commune()
    expect(await send(fields as Record<string, string | File>)).toMatchObject({ status, body: { error: { message } } })
    expect(await db.inboxEvent.count()).toBe(0)
    expect(uploads.kept.size).toBe(0)
  })

  it("in a body that is no form", async () => {
    const { url, read } = await commune()
    const post = (body: string | Uint8Array<ArrayBuffer>, type: string) =>
      fetch(`${url}/api/chat/media`, { method: "POST", body, headers: { "Content-Type": type } })
    expect(await read(await post(JPEG, "image/jpeg"))).toMatchObject({ status: 415, body: { error: { code: "wrong_type" } } })
    expect(await read(await post("abc", "multipart/form-data"))).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } })
    expect(await read(await fetch(`${url}/api/chat/media`))).toMatchObject({ status: 405 })
  })

  it("eleven times within a minute, and is asked to wait", async () => {
    const { send } = await commune()
    const statuses = []
    for (let i = 0; i < 11; i += 1) statuses.push((await send({ file: photo(), conversationId: "c-1" })).status)
    expect(statuses).toEqual([...Array<number>(10).fill(200), 429])
  })

  it("where the commune takes none, and is asked for words", async () => {
    const { send, channel, url } = await commune({ without: "uploads" })
    expect(await send({ file: photo() })).toMatchObject({ status: 404, body: { error: { message: texts.api.noUploads } } })
    expect([...channel.capabilities.inbound]).toEqual(["location"])
    expect(await (await fetch(`${url}/api/info`)).json()).toMatchObject({ maxUploadBytes: 0 })
  })
})

describe("a citizen shares where they are", () => {
  it("with and without words", async () => {
    const { ask, asked } = await commune()
    const location = { latitude: 20.865139, longitude: 106.68383 }
    expect((await ask({ text: "nộp ở đâu gần đây", location })).body.answer.status).toBe("answered")
    expect(asked.map(({ text }) => text)).toEqual(["nộp ở đâu gần đây"])
    for (const body of [{ location }, { text: "", location }, { text: null, location, conversationId: "c-9" }]) {
      expect((await ask(body)).body.answer).toMatchObject({ status: "clarification", text: texts.wordless.location })
    }
  })

  it.each([{ latitude: 91, longitude: 0 }, { latitude: "20", longitude: 106 }, { latitude: 20 }, "Hải Phòng", 7])(
    "as %j, and is told that it cannot be",
    async (location) => {
      const { ask, db } = await commune()
      expect(await ask({ text: "ở đây", location })).toMatchObject({ status: 400, body: { error: { message: texts.api.invalidLocation } } })
      expect(await db.inboxEvent.count()).toBe(0)
    },
  )

  it("not at all: then words are needed as ever", async () => {
    const { ask } = await commune()
    expect(await ask({ text: "", location: null })).toMatchObject({ status: 400, body: { error: { message: texts.api.textEmpty } } })
  })
})

describe("while an officer holds the chat", () => {
  it("a question is passed on, politely and once, and the officer's words come with the officer's name", async () => {
    const { ask, desk, db, url, asked } = await commune()
    const { conversationId } = (await ask({ text: "khai sinh" })).body
    const { id } = await db.conversation.findFirstOrThrow()
    await desk.take(id, OFFICER)
    const question = { text: "cán bộ ơi", conversationId, clientMessageId: "m-2" }
    const held = await ask(question)
    expect(held).toMatchObject({ status: 200, body: { conversationId } })
    expect(held.body.answer).toMatchObject({ status: "routed_human", text: texts.api.passedOn, choices: [], citations: [] })
    expect((await ask(question)).body).toEqual(held.body)
    await desk.write(id, { ...OFFICER, text: "Mời bác đến trước 16 giờ", idempotencyKey: "1" })
    const stream = await openStream(`${url}/api/chat/stream?conversationId=${conversationId}`)
    await until(() => expect(stream.events).toHaveLength(4))
    expect(stream.events.map(({ data }) => data)).toMatchObject([
      { role: "citizen", text: "khai sinh" },
      { role: "assistant", text: "Trả lời: khai sinh" },
      { role: "citizen", text: "cán bộ ơi" },
      { role: "assistant", text: "Mời bác đến trước 16 giờ", author: OFFICER.publicName },
    ])
    expect(stream.events[1]?.data).not.toHaveProperty("author")
    expect(asked).toHaveLength(1)
  })
})

describe("the web as a counterpart", () => {
  it("hands over words, photos, places and pressed buttons, each once", async () => {
    const web = await webCounterpart.open()
    onTestFinished(() => web.stop())
    const sink = await listen(web.channel)
    await web.says("a", "khai sinh", { messageId: "m1" })
    await web.redelivers?.()
    await web.sendsMedia?.("a", { kind: "image", caption: "giấy này", name: "giay.jpg" })
    await web.sendsLocation?.("a", { latitude: 20.8, longitude: 106.6 })
    await web.channel.send(
      {
        idempotencyKey: "k",
        to: { accountId: "web", peerId: "a" },
        purpose: "reply",
        body: bodyOf("Ông/bà chọn giúp"),
        choices: [{ id: "p1", label: "Khai sinh" }],
      },
      0,
    )
    await until(() => expect(web.seen()).toMatchObject([{ peerId: "a", text: "Ông/bà chọn giúp", buttons: ["Khai sinh"] }]))
    await web.presses?.("a", "Khai sinh")
    const keys = sink.events.map(({ dedupeKey }: InboundEvent) => dedupeKey)
    expect(keys.slice(0, 2)).toEqual(["a:m1", "a:m1"])
    expect(sink.events.slice(2)).toMatchObject([
      { type: "message", text: "giấy này", media: [{ kind: "image", name: "giay.jpg", bytes: 7 }] },
      { type: "message", text: "", location: { latitude: 20.8, longitude: 106.6 } },
      { type: "choice", choiceId: "p1", label: "Khai sinh" },
    ])
    expect((await web.misbehaves?.())?.map(({ status }) => status)).toEqual([413, 400, 415, 405])
  })

  it("serves a real engine, which answers a repeated question once", async () => {
    const db = await openTestDatabase()
    const web = await openWeb({ db })
    onTestFinished(() => web.stop())
    const { answer, asked } = fakeAnswer()
    await startEngine({ db, answer, channels: [web.channel] })
    await web.says("a", "khai sinh", { key: "one" })
    await web.says("a", "khai sinh", { key: "one" })
    await until(() => expect(web.seen().map(({ text }) => text)).toEqual(["Trả lời: khai sinh"]))
    expect(asked).toHaveLength(1)
  })
})
