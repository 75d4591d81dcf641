import { describe, expect, it } from "vitest"
import type { WebDependencies } from "../../bot/channels/web/channel.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { openStream } from "../support/event-stream.ts"
import { COMMUNE, fakeAnswer, type FakeAnswer, openTestDatabase, startEngine } from "../support/house.ts"
import { serve, webChannel } from "../support/web-server.ts"
import { until } from "../support/until.ts"

interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: {
    readonly conversationId: string
    readonly answer: { readonly id: string; readonly text: string; readonly status: string }
    readonly error: { readonly code: string; readonly message: string; readonly retryAfterSeconds?: number }
  }
}

interface Given {
  readonly answer?: FakeAnswer
  readonly limits?: WebDependencies["limits"]
  readonly now?: () => Date
  readonly perAccountMinute?: number
}

async function page(given: Given = {}) {
  const { answer = fakeAnswer(), limits = { questionsPerMinute: 1000 }, now = () => new Date(), perAccountMinute = 1_000_000 } = given
  const db = await openTestDatabase()
  const channel = webChannel({ db, limits, now })
  const engine = await startEngine({ db, answer: answer.answer, channels: [channel], now, perAccountMinute })
  const url = await serve(channel)
  const call = async (
    method: string,
    path: string,
    { body, type = "application/json" }: { body?: string; type?: string } = {},
  ): Promise<Reply> => {
    const response = await fetch(url + path, {
      method,
      ...(body === undefined ? {} : { body, headers: { "Content-Type": type } }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: (text === "" ? null : JSON.parse(text)) as Reply["body"],
    }
  }
  const ask = (body: object) => call("POST", "/api/chat", { body: JSON.stringify(body) })
  return { db, engine, url, call, ask, asked: answer.asked }
}

describe("a citizen asks on the commune's page", () => {
  it("while a crowd does, is asked to come back, and is answered once when the page repeats the question", async () => {
    let at = Date.now()
    const { db, ask, asked } = await page({ now: () => new Date(at), perAccountMinute: 1 })
    await ask({ text: "khai tử" })
    const question = { text: "khai sinh", clientMessageId: "0f3c8a5e-1" }
    for (let tries = 0; tries < 3; tries += 1) {
      const { status, body } = await ask(question)
      expect([status, body.error.code, body.error.retryAfterSeconds]).toEqual([429, "rate_limited", 60])
    }
    at += 61_000
    const answers = [await ask(question), await ask(question)]
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(answers.map(({ body }) => body.answer.text)).toEqual(["Trả lời: khai sinh", "Trả lời: khai sinh"])
    expect(asked.map(({ text }) => text)).toEqual(["khai tử", "khai sinh"])
    expect(await db.conversation.count()).toBe(2)
  })

  it("and gets the answer with exactly the members that were promised", async () => {
    const full = {
      procedure: { code: "1.001193", name: "Đăng ký khai sinh" },
      fields: { fee: "Miễn phí" },
      candidates: [{ code: "1.001193", name: "Đăng ký khai sinh", score: 0.9 }],
    }
    const { ask } = await page({ answer: fakeAnswer(() => full) })
    const { status, body } = await ask({ text: "khai sinh bao nhiêu tiền", unknownMember: true })
    expect(status).toBe(200)
    expect(Object.keys(body)).toEqual(["conversationId", "answer"])
    expect(Object.keys(body.answer).sort()).toEqual([
      "candidates",
      "choices",
      "citations",
      "fields",
      "id",
      "ms",
      "procedure",
      "status",
      "text",
    ])
    expect(body).toMatchObject({
      answer: { status: "answered", ...full },
    })
  })

  it("and goes on in the same conversation, by choice as by word", async () => {
    const choices = [{ id: "a", label: "Đăng ký khai sinh" }]
    const { ask, asked } = await page({
      answer: fakeAnswer(({ text }) => (text === "khai sinh" ? { choices, context: { procedureCode: "x" } } : {})),
    })
    const { conversationId } = (await ask({ text: "khai sinh" })).body
    const picked = await ask({ text: "Đăng ký khai sinh", choiceId: "a", conversationId })
    expect(picked.body.conversationId).toBe(conversationId)
    expect(asked[1]).toMatchObject({ text: "Đăng ký khai sinh", choiceId: "a", context: { procedureCode: "x" } })
    await ask({ text: "Đăng ký lại khai sinh", choiceId: "unknown", conversationId })
    expect(asked[2]).toMatchObject({ text: "Đăng ký lại khai sinh" })
    expect(asked[2]).not.toHaveProperty("choiceId")
  })

  it("twice by mistake, and the same answer comes back", async () => {
    const { ask, asked, db } = await page()
    const first = await ask({ text: "khai sinh", clientMessageId: "5f2d7a86-0001" })
    const again = await ask({ text: "khai sinh", clientMessageId: "5f2d7a86-0001" })
    expect(again.body).toEqual(first.body)
    const { conversationId } = first.body
    const next = await ask({ text: "lệ phí", conversationId, clientMessageId: "m-2" })
    expect((await ask({ text: "lệ phí", conversationId, clientMessageId: "m-2" })).body).toEqual(next.body)
    expect(asked).toHaveLength(2)
    expect(await db.conversation.count()).toBe(1)
  })

  it("with the same short number as a stranger, and stays alone", async () => {
    const { ask } = await page()
    const [one, other] = [await ask({ text: "khai sinh", clientMessageId: "1" }), await ask({ text: "khai sinh", clientMessageId: "1" })]
    expect(one.body.conversationId).not.toBe(other.body.conversationId)
  })

  it("in decomposed letters, and is read in composed ones", async () => {
    const { ask, asked } = await page()
    await ask({ text: `  ${"Đăng ký khai sinh ở đâu".normalize("NFD")}\u200b ` })
    await ask({ text: "ế".repeat(4000).normalize("NFD") })
    expect(asked.map(({ text }) => text.length)).toEqual(["Đăng ký khai sinh ở đâu".length, 4000])
  })

  it("and the answer takes too long: it is told so, and the answer comes by the stream", async () => {
    let finish = () => {}
    const answer = fakeAnswer(() => new Promise((resolve) => (finish = () => resolve({ text: "Xong rồi ạ" }))))
    const { ask, url } = await page({ answer, limits: { answerWithinMs: 20 } })
    const late = await ask({ text: "khai sinh", conversationId: "c-1" })
    expect(late).toMatchObject({ status: 504, body: { error: { code: "timeout", message: texts.api.timeout } } })
    const stream = await openStream(`${url}/api/chat/stream?conversationId=c-1`)
    finish()
    await until(() => expect(stream.events.map(({ data }) => (data as { text: string }).text)).toEqual(["khai sinh", "Xong rồi ạ"]))
  })

  it("more than thirty times a minute from one place, and is asked to wait", async () => {
    const { ask } = await page({ limits: { questionsPerMinute: 2 } })
    const replies = [await ask({ text: "một" }), await ask({ text: "hai" }), await ask({ text: "ba" })]
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 429])
    expect(replies[2]).toMatchObject({
      body: { error: { code: "rate_limited", message: texts.api.rateLimited } },
    })
    expect(replies[2]?.headers.get("Retry-After")).toBe(String(replies[2]?.body.error.retryAfterSeconds))
    expect(replies[2]?.body.error.retryAfterSeconds).toBeGreaterThan(0)
    expect(replies[0]?.headers.get("RateLimit-Policy")).toContain("q=2")
  })

  it("more than twenty times a minute in one conversation, and is asked to wait", async () => {
    const { ask } = await page()
    const statuses = []
    for (let i = 0; i < 21; i += 1) statuses.push((await ask({ text: `câu ${i}`, conversationId: "c-1" })).status)
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 429])
  })

  it("and the program breaks inside: there is an answer that says so", async () => {
    const { ask } = await page({ answer: fakeAnswer(() => Promise.reject(new Error("hỏng"))) })
    expect(await ask({ text: "khai sinh" })).toMatchObject({
      status: 200,
      body: { answer: { status: "error_unexpected" } },
    })
  })

  it("while the program is being stopped, and learns that nothing is lost", async () => {
    const { ask, engine } = await page()
    await engine.stop()
    expect(await ask({ text: "khai sinh" })).toMatchObject({ status: 503, body: { error: { code: "stopping" } } })
  })
})

describe("a request that cannot be answered is told why, in Vietnamese", () => {
  const long = "a".repeat(10_000)
  it.each([
    ["no JSON", "{", 400, "invalid_json", texts.api.invalidJson],
    ["not an object", "[]", 400, "invalid_input", texts.api.invalidInput],
    ["a bare word", '"khai sinh"', 400, "invalid_input", texts.api.invalidInput],
    ["nothing", "", 400, "invalid_input", texts.api.textMissing],
    ["no text", "{}", 400, "invalid_input", texts.api.textMissing],
    ["a number for a text", '{"text":1}', 400, "invalid_input", texts.api.textMissing],
    ["an empty text", '{"text":" \\u200b\\n"}', 400, "invalid_input", texts.api.textEmpty],
    ["ten thousand letters", JSON.stringify({ text: long }), 400, "invalid_input", texts.api.textTooLong(4000)],
    ["a conversation id with a path", '{"text":"a","conversationId":"../x"}', 400, "invalid_input", texts.api.invalidId("conversationId")],
    [
      "a message id that is too long",
      JSON.stringify({ text: "a", clientMessageId: "x".repeat(65) }),
      400,
      "invalid_input",
      texts.api.invalidId("clientMessageId"),
    ],
    ["a body above 32 kB", JSON.stringify({ text: long.repeat(4) }), 413, "too_large", texts.api.tooLarge],
  ])("%s", async (...[, body, status, code, message]) => {
    const { call, asked } = await page()
    expect(await call("POST", "/api/chat", { body })).toMatchObject({ status, body: { error: { code, message } } })
    expect(asked).toEqual([])
  })

  it.each([
    ["POST", "/api/chat", "text/plain", 415, "wrong_type"],
    ["POST", "/api/chat", "application/json; charset=koi8-r", 415, "wrong_type"],
    ["PUT", "/api/chat", "application/json", 405, "wrong_method"],
    ["POST", "/api/info", "application/json", 405, "wrong_method"],
    ["DELETE", "/api/chat/stream", "application/json", 405, "wrong_method"],
    ["POST", "/api/chat/elsewhere", "application/json", 404, "not_found"],
    ["POST", "/api/unknown", "application/json", 404, "not_found"],
  ])("%s %s as %s", async (...[method, path, type, status, code]) => {
    const { call } = await page()
    const reply = await call(method, path, { body: '{"text":"a"}', type })
    expect(reply).toMatchObject({ status, body: { error: { code } } })
    expect(reply.body.error.message).toContain("Xin lỗi")
    if (status === 405) expect(reply.headers.get("Allow")).toMatch(/GET|POST/)
  })

  it("a wrong method without a body", async () => {
    const { call } = await page()
    expect(await call("GET", "/api/chat")).toMatchObject({ status: 405, body: { error: { code: "wrong_method" } } })
  })
})

describe("the stream of a conversation", () => {
  it("tells what was said, what is being said, and goes on after a break where it stopped", async () => {
    const { ask, url } = await page()
    await ask({ text: "câu một", conversationId: "c-1" })
    const first = await openStream(`${url}/api/chat/stream?conversationId=c-1`)
    await until(() => expect(first.events).toHaveLength(2))
    expect(first.events).toMatchObject([
      { event: "message", data: { role: "citizen", text: "câu một" } },
      { event: "message", data: { role: "assistant", text: "Trả lời: câu một", answer: { status: "answered" } } },
    ])
    const answered = await ask({ text: "câu hai", conversationId: "c-1" })
    await until(() => expect(first.events.map(({ event }) => event)).toEqual(["message", "message", "progress", "message", "message"]))
    expect(first.events.at(-1)?.data).toMatchObject({ answer: answered.body.answer })
    first.close()

    await ask({ text: "câu ba", conversationId: "c-1" })
    const lastSeen = first.events.at(-1)?.id ?? ""
    for (const again of [
      await openStream(`${url}/api/chat/stream?conversationId=c-1`, { "Last-Event-ID": lastSeen }),
      await openStream(`${url}/api/chat/stream?conversationId=c-1&after=${lastSeen}`),
    ]) {
      await until(() => expect(again.events.map(({ data }) => (data as { text: string }).text)).toEqual(["câu ba", "Trả lời: câu ba"]))
    }
  })

  it("is nobody else's", async () => {
    const { ask, url } = await page()
    const other = await openStream(`${url}/api/chat/stream?conversationId=c-2`)
    await ask({ text: "câu riêng", conversationId: "c-1" })
    await ask({ text: "câu của tôi", conversationId: "c-2" })
    await until(() => expect(other.events.filter(({ event }) => event === "message")).toHaveLength(2))
    expect(JSON.stringify(other.events)).not.toContain("câu riêng")
  })

  it("can be open three times, and is free again when one is closed", async () => {
    const { url } = await page()
    const address = `${url}/api/chat/stream?conversationId=c-1`
    const open = [await openStream(address), await openStream(address), await openStream(address)]
    expect(open.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await openStream(address)).status).toBe(429)
    open[0]?.close()
    await until(async () => expect((await openStream(address)).status).toBe(200))
  })

  it("ends when the program is stopped, and needs the name of a conversation", async () => {
    const { url, engine, call } = await page()
    const stream = await openStream(`${url}/api/chat/stream?conversationId=c-1`)
    await engine.stop()
    await stream.ended
    expect(await call("GET", "/api/chat/stream")).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input" } },
    })
  })
})

describe("a citizen says whether the answer was right", () => {
  it("and the last word counts, with every word in the evidence", async () => {
    const { ask, call, db } = await page()
    const { conversationId, answer } = (await ask({ text: "khai sinh" })).body
    const say = (verdict: string, id = conversationId) =>
      call("POST", "/api/chat/feedback", { body: JSON.stringify({ conversationId: id, answerId: answer.id, verdict }) })
    expect((await say("wrong")).status).toBe(204)
    expect((await say("right")).status).toBe(204)
    expect(await db.answerFeedback.findMany()).toMatchObject([{ answerId: answer.id, verdict: "right" }])
    const evidence = await db.evidenceEntry.findMany({ where: { kind: "feedback" }, orderBy: { seq: "asc" } })
    expect(evidence.map(({ body }) => body)).toMatchObject([
      { answerId: answer.id, verdict: "wrong", channel: "web" },
      { verdict: "right" },
    ])
    expect(await say("right", "another")).toMatchObject({ status: 404, body: { error: { code: "not_found" } } })
    expect(await say("perhaps")).toMatchObject({ status: 400, body: { error: { message: texts.api.invalidVerdict } } })
  })
})

it("the page learns whose assistant it is before the first question", async () => {
  const { call } = await page()
  expect(await call("GET", "/api/info")).toMatchObject({
    status: 200,
    body: { commune: COMMUNE.name, disclosure: COMMUNE.disclosure, maxLength: 4000 },
  })
})
