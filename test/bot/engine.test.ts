import { spawn } from "node:child_process"
import { once } from "node:events"
import path from "node:path"
import { describe, expect, it } from "vitest"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { verifyChain, readEvidence } from "../../prisma/evidence.ts"
import { fakeChannel, says } from "../support/fake-channel.ts"
import { COMMUNE, databaseFile, fakeAnswer, openTestDatabase, startEngine } from "../support/house.ts"
import { until } from "../support/until.ts"

describe("a citizen asks", () => {
  it("and is answered once, and the answer leaves its traces without who asked", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    const procedure = { code: "1.001193", name: "Đăng ký khai sinh" }
    const citations = [
      { sourceId: "s1", title: "Quyết định", quote: "…" },
      { sourceId: "s1", title: "Quyết định", quote: "…" },
    ]
    const { answer } = fakeAnswer(() => ({
      text: "Mang theo giấy chứng sinh.",
      maskedQuestion: "khai sinh cần gì [số điện thoại]",
      procedure,
      citations,
    }))
    await startEngine({ db, answer, channels: [telegram.channel] })

    await telegram.sink().accept([says("citizen-1", "khai sinh cần gì 0912345678")])

    await until(() => expect(telegram.tries).toMatchObject([{ to: "citizen-1", text: "Mang theo giấy chứng sinh." }]))
    const messages = await db.message.findMany({ orderBy: { createdAt: "asc" } })
    expect(messages.map(({ direction, text }) => `${direction}: ${text}`)).toEqual([
      "in: khai sinh cần gì [số điện thoại]",
      "out: Mang theo giấy chứng sinh.",
    ])
    const event = await db.inboxEvent.findFirstOrThrow()
    expect(event).toMatchObject({ state: "done", payload: { heard: "khai sinh cần gì [số điện thoại]" } })
    const row = await db.answer.findFirstOrThrow()
    expect(row).toMatchObject({
      inboxEventId: event.id,
      question: "khai sinh cần gì [số điện thoại]",
      body: { id: row.id, status: "answered", procedure },
    })
    expect(row.body).not.toHaveProperty("trace")
    const [entry] = await db.evidenceEntry.findMany()
    expect(entry).toMatchObject({
      kind: "answer",
      body: {
        answerId: row.id,
        status: "answered",
        channel: "telegram",
        procedure: "1.001193",
        sources: ["s1"],
        knowledgeVersion: 1,
        model: null,
      },
    })
    expect(JSON.stringify([event.payload, entry, messages])).not.toMatch(/citizen-1|0912345678/)
    expect(await verifyChain(readEvidence(db))).toMatchObject({ ok: true })
  })

  it("two things at once, and both are answered in the order of asking", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    const { answer } = fakeAnswer(async ({ text }) => {
      if (text === "câu một") await new Promise((resolve) => setTimeout(resolve, 50))
      return {}
    })
    await startEngine({ db, answer, channels: [telegram.channel] })
    await telegram.sink().accept([says("a", "câu một"), says("a", "câu hai"), says("b", "câu của người khác")])
    await until(() => expect(telegram.tries).toHaveLength(3))
    expect(telegram.tries.map(({ text }) => text)).toEqual(["Trả lời: câu của người khác", "Trả lời: câu một", "Trả lời: câu hai"])
    const spoken = await db.message.findMany({
      where: { conversation: { peerId: "a" } },
      orderBy: { createdAt: "asc" },
    })
    expect(spoken.map(({ text }) => text)).toEqual(["câu một", "Trả lời: câu một", "câu hai", "Trả lời: câu hai"])
    expect(new Set(spoken.map(({ createdAt }) => createdAt.getTime())).size).toBe(4)
  })

  it("once, although the platform delivers it three times", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    const { answer, asked } = fakeAnswer()
    await startEngine({ db, answer, channels: [telegram.channel] })
    const event = says("a", "khai sinh", { dedupeKey: "update:1" })
    const receipts = [...(await telegram.sink().accept([event, event])), ...(await telegram.sink().accept([event]))]
    expect(receipts.map(({ duplicate }) => duplicate)).toEqual([false, true, true])
    expect(new Set(receipts.map(({ eventId }) => eventId)).size).toBe(1)
    await until(() => expect(telegram.tries).toHaveLength(1))
    expect(asked).toHaveLength(1)
    expect(await telegram.sink().handled(receipts[2]?.eventId ?? "")).toMatchObject({
      kind: "answered",
      answer: { text: "Trả lời: khai sinh" },
    })
  })

  it("in decomposed letters with invisible signs, and is read as anybody else", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    const { answer, asked } = fakeAnswer()
    await startEngine({ db, answer, channels: [telegram.channel] })
    await telegram.sink().accept([says("a", `\u200b${"Khai sinh cần gì?".normalize("NFD")}\ufeff\r\n`), says("a", "\u200b \u00ad")])
    await until(() => expect(telegram.tries).toHaveLength(2))
    expect(asked.map(({ text }) => text)).toEqual(["Khai sinh cần gì?"])
    expect(telegram.tries[1]?.text).toBe(texts.wordless.empty)
  })

  it("in ten thousand letters, and is asked kindly to be brief while nothing is lost", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    const { answer, asked } = fakeAnswer()
    await startEngine({ db, answer, channels: [telegram.channel] })
    await telegram.sink().accept([says("a", "dài ".repeat(2500)), says("a", "đ".repeat(4000))])
    await until(() => expect(telegram.tries).toHaveLength(2))
    expect(telegram.tries[0]?.text).toBe(texts.tooLong({ limit: 4000, commune: COMMUNE }))
    expect(asked.map(({ text }) => text.length)).toEqual([4000])
    const [heard] = await db.message.findMany({ where: { direction: "in" }, orderBy: { createdAt: "asc" } })
    expect(heard?.text).toHaveLength(9999)
  })

  it("thirty times a minute, and is asked to slow down once; others are not kept waiting", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    const { answer, asked } = fakeAnswer()
    await startEngine({ db, answer, channels: [telegram.channel] })
    const receipts = await telegram.sink().accept(Array.from({ length: 30 }, (_, i) => says("busy", `câu ${i}`)))
    await telegram.sink().accept([says("quiet", "khai sinh")])
    await until(() => expect(telegram.tries).toHaveLength(22))
    expect(telegram.tries.filter(({ text }) => text === texts.tooMany(COMMUNE))).toHaveLength(1)
    expect(asked).toHaveLength(21)
    expect(telegram.tries.findIndex(({ to }) => to === "quiet")).toBeLessThan(15)
    expect(await telegram.sink().handled(receipts[29]?.eventId ?? "")).toEqual({ kind: "too_many" })
    expect(await db.message.count({ where: { direction: "in", conversation: { peerId: "busy" } } })).toBe(30)
  })

  it("after an outage about many things of the whole day, and none is refused", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    const { answer, asked } = fakeAnswer()
    await startEngine({ db, answer, channels: [telegram.channel] })
    const before = (minutes: number) => new Date(Date.now() - minutes * 60_000)
    await telegram.sink().accept(Array.from({ length: 40 }, (_, i) => says("a", `câu ${i}`, { sentAt: before(400 - i * 10) })))
    await until(() => expect(asked).toHaveLength(40))
  })
})

describe("choices", () => {
  const choices = [
    { id: "a", label: "Đăng ký khai sinh" },
    { id: "b", label: "Đăng ký lại khai sinh" },
  ]
  const clarifying = () =>
    fakeAnswer(({ choiceId, text }) =>
      choiceId === undefined && text === "khai sinh" ? { status: "clarification", choices, context: { pendingQuestion: text } } : {},
    )

  it("can be typed, and the question that they belong to is not forgotten", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    const { answer, asked } = clarifying()
    await startEngine({ db, answer, channels: [telegram.channel] })
    for (const text of ["khai sinh", "số 2", "2"]) await telegram.sink().accept([says("a", text)])
    await until(() => expect(telegram.tries).toHaveLength(3))
    expect(asked[1]).toEqual({
      text: "Đăng ký lại khai sinh",
      choiceId: "b",
      context: { pendingQuestion: "khai sinh" },
    })
    expect(asked[2]).toEqual({ text: "2", context: null })
  })

  it("are open for a day; afterwards a typed number is an ordinary text", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    const { answer, asked } = clarifying()
    let at = Date.now()
    await startEngine({ db, answer, channels: [telegram.channel], now: () => new Date(at) })
    await telegram.sink().accept([says("a", "khai sinh")])
    await until(() => expect(telegram.tries).toHaveLength(1))
    at += 25 * 60 * 60 * 1000
    const peer = { accountId: "telegram:1", peerId: "a" }
    await telegram
      .sink()
      .accept([
        says("a", "1", { sentAt: new Date(at) }),
        { type: "choice", choiceId: "a", label: null, dedupeKey: "old", peer, sentAt: new Date(at) },
      ])
    await until(() => expect(telegram.tries.at(-1)?.text).toBe(texts.choiceClosed))
    expect(asked[1]).toMatchObject({ text: "1" })
    expect(asked[1]).not.toHaveProperty("choiceId")
  })
})

describe("what goes wrong", () => {
  it("while answering is tried again, and a citizen sees only the answer", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    let calls = 0
    const { answer } = fakeAnswer(() => {
      calls += 1
      if (calls < 3) throw new Error("model fell over 0912345678")
      return {}
    })
    await startEngine({ db, answer, channels: [telegram.channel] })
    await telegram.sink().accept([says("a", "khai sinh")])
    await until(() => expect(telegram.tries.map(({ text }) => text)).toEqual(["Trả lời: khai sinh"]))
    expect(await db.inboxEvent.findFirst()).toMatchObject({ state: "done", attempts: 2 })
  })

  it("three times ends in one apology with a code; staff see the event and the lane goes on", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    const { answer } = fakeAnswer(({ text }) => {
      if (text === "hỏng") throw new Error("số 0912345678 làm hỏng")
      return {}
    })
    await startEngine({ db, answer, channels: [telegram.channel] })
    const [first] = await telegram.sink().accept([says("a", "hỏng"), says("a", "khai sinh")])
    await until(() => expect(telegram.tries).toHaveLength(2))
    const failed = await db.answer.findUniqueOrThrow({ where: { inboxEventId: first?.eventId ?? "" } })
    expect(failed.status).toBe("error_unexpected")
    expect(telegram.tries.map(({ text }) => text)).toEqual([failed.text, "Trả lời: khai sinh"])
    expect(failed.text).toContain(COMMUNE.hotline)
    const event = await db.inboxEvent.findUniqueOrThrow({ where: { id: first?.eventId ?? "" } })
    expect(event).toMatchObject({ state: "failed", attempts: 3, error: "Error: số [số điện thoại] làm hỏng" })
    expect(await telegram.sink().handled(event.id)).toMatchObject({
      kind: "answered",
      answer: { status: "error_unexpected" },
    })
  })

  it("with a duty officer's hand in the same conversation costs nothing: it is read again", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    let calls = 0
    const { answer } = fakeAnswer(async () => {
      calls += 1
      if (calls === 1) await db.conversation.updateMany({ data: { version: { increment: 1 } } })
      return {}
    })
    await startEngine({ db, answer, channels: [telegram.channel] })
    await telegram.sink().accept([says("a", "khai sinh")])
    await until(() => expect(telegram.tries).toHaveLength(1))
    expect({ calls, answers: await db.answer.count() }).toEqual({ calls: 2, answers: 1 })
  })
})

describe("the program dies", () => {
  it("between storing and answering, and after the restart each question is answered once, in order", async () => {
    const file = await databaseFile()
    const script = path.join(import.meta.dirname, "../support/crash-child.ts")
    const child = spawn(process.execPath, ["--import", "tsx", script, file], { stdio: ["ignore", "pipe", "inherit"] })
    await once(child.stdout, "data")
    child.kill("SIGKILL")
    await once(child, "exit")

    const db = await openTestDatabase(file)
    const telegram = fakeChannel()
    const { answer, asked } = fakeAnswer()
    await startEngine({ db, answer, channels: [telegram.channel] })
    await telegram.sink().accept([says("citizen-1", "khai sinh cần gì", { dedupeKey: "update:1" })])
    await until(() => expect(telegram.tries.map(({ text }) => text)).toEqual(["Trả lời: khai sinh cần gì", "Trả lời: mất bao lâu"]))
    expect(asked).toHaveLength(2)
    expect(await db.answer.count()).toBe(2)
    expect(await db.inboxEvent.count({ where: { state: "pending" } })).toBe(0)
  })

  it("between answering and sending, and after the restart the answer is sent without asking again", async () => {
    const db = await openTestDatabase()
    const lost = fakeChannel()
    lost.outcomes.push(new Promise(() => undefined))
    const { answer, asked } = fakeAnswer()
    const first = { db, answer, channels: [lost.channel] }
    const { createEngine } = await import("../../bot/engine.ts")
    const { newId, PSEUDONYM_KEY, silent } = await import("../support/house.ts")
    const engine = createEngine({
      ...first,
      texts,
      commune: () => COMMUNE,
      logger: silent,
      now: () => new Date(),
      newId,
      pseudonymKey: PSEUDONYM_KEY,
    })
    await engine.start()
    const [receipt] = await engine.accept([says("a", "câu đang gửi")])
    await until(() => expect(lost.tries).toHaveLength(1))
    await engine.handled(receipt?.eventId ?? "")
    const [next] = await engine.accept([says("a", "câu chưa gửi")])
    await engine.handled(next?.eventId ?? "")

    const telegram = fakeChannel()
    await startEngine({ db, answer, channels: [telegram.channel] })
    await until(() => expect(telegram.tries.map(({ text }) => text)).toEqual(["Trả lời: câu chưa gửi"]))
    expect(asked).toHaveLength(2)
    await until(async () => {
      const rows = await db.outboxMessage.findMany({ orderBy: { createdAt: "asc" } })
      expect(rows.map(({ state }) => state)).toEqual(["unknown", "sent"])
    })
  })
})

it("the apology for an unexpected fault keeps the four polite rules: one apology, a way on, no exclamation", () => {
  const everything = [
    texts.unexpected({ commune: COMMUNE, code: "ABC123" }),
    texts.tooMany(COMMUNE),
    texts.crowded(COMMUNE),
    texts.tooLong({ limit: 4000, commune: COMMUNE }),
    texts.choiceClosed,
    texts.wordless.empty,
    texts.wordless.opaque,
    texts.tooLate(COMMUNE),
    texts.holdExpired(COMMUNE),
  ]
  for (const text of everything) {
    expect(text.toLowerCase().split("xin lỗi")).toHaveLength(2)
    expect(text).toContain("ông/bà")
    expect(text).not.toMatch(/\bbạn\b|!!|phải|bắt buộc/)
  }
  expect(texts.greeting(COMMUNE)).toMatch(/^Xin chào.*trợ lý ảo/)
})

describe("how a channel is", () => {
  const REFUSED = { state: "needs_human", reason: "Mã đã bị thu hồi" } as const

  it("is told with the moment since when it is so; the same trouble told again is not new trouble", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    let at = 1000
    const now = () => new Date(at)
    const engine = await startEngine({ db, answer: fakeAnswer().answer, channels: [telegram.channel], now })
    at = 2000
    telegram.sink().health(REFUSED)
    at = 3000
    telegram.sink().health({ ...REFUSED, reason: "Mã vẫn bị thu hồi" })
    expect(engine.health().get("telegram:1")).toMatchObject({ reason: "Mã vẫn bị thu hồi" })
    expect(engine.since("telegram:1")).toEqual(new Date(2000))
    telegram.sink().health({ state: "online" })
    expect(engine.since("telegram:1")).toEqual(new Date(3000))
  })

  it("is forgotten when the channel is closed, whatever it says on its way out", async () => {
    const db = await openTestDatabase()
    const told: string[] = []
    const onHealth = (_account: string, { state }: { state: string }) => void told.push(state)
    const stop = () => {
      one.sink().health(REFUSED)
      return Promise.resolve()
    }
    const one = fakeChannel({ stop })
    const engine = await startEngine({ db, answer: fakeAnswer().answer, channels: [one.channel], onHealth })
    one.sink().health({ state: "online" })
    await engine.detach("telegram:1")
    one.sink().health(REFUSED)
    expect([...engine.health()]).toEqual([])
    expect(engine.since("telegram:1")).toBeNull()
    expect(told).toEqual(["off", "online", "off"])
  })
})

it("what comes while the program is being stopped is refused, so the platform keeps it; nothing half-accepted stays behind", async () => {
  const db = await openTestDatabase()
  const telegram = fakeChannel()
  const { answer } = fakeAnswer()
  const engine = await startEngine({ db, answer, channels: [telegram.channel] })
  const [receipt] = await telegram.sink().accept([says("a", "trước khi dừng")])
  await telegram.sink().handled(receipt?.eventId ?? "")
  await engine.stop()
  await expect(engine.accept([says("a", "sau khi dừng")])).rejects.toMatchObject({ code: "stopping" })
  expect(await db.inboxEvent.count()).toBe(1)
})
