import { once } from "node:events"
import { type AddressInfo, createServer } from "node:net"
import { expect, it, onTestFinished, vi as vitest } from "vitest"
import { createTelegramChannel } from "../../bot/channels/telegram/channel.ts"
import type { Choice, Health, InboundEvent, OutboundMessage, Sink } from "../../bot/message.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { bodyOf } from "../../bot/body.ts"
import type { Database } from "../../prisma/database.ts"
import { fakeBotApi } from "../support/fake-bot-api.ts"
import { COMMUNE, fakeAnswer, type FakeAnswer, openTestDatabase, silent, startEngine } from "../support/house.ts"
import { until } from "../support/until.ts"

const TOKEN = "123456:SECRET-part"
const CHOICES: Choice[] = [
  { id: "1.001193", label: "Đăng ký khai sinh" },
  { id: "1.004884", label: "Đăng ký lại khai sinh" },
]

function telegram(apiRoot: string, given: { token?: string } = {}) {
  return createTelegramChannel({
    token: TOKEN,
    apiRoot,
    texts,
    logger: silent,
    now: () => new Date(),
    patience: () => 10,
    ...given,
  })
}

async function bot({ answer = fakeAnswer(), db }: { answer?: FakeAnswer; db?: Database } = {}) {
  const api = await fakeBotApi(TOKEN)
  const house = db ?? (await openTestDatabase())
  const engine = await startEngine({ db: house, answer: answer.answer, channels: [telegram(api.root)] })
  return { api, engine, db: house, asked: answer.asked }
}

/** The channel alone, with a sink that keeps what arrives. */
async function alone(apiRoot: string, given: { token?: string; accept?: Sink["accept"] } = {}) {
  const channel = telegram(apiRoot, given)
  const events: InboundEvent[] = []
  const healths: Health[] = []
  const accept: Sink["accept"] = given.accept ?? ((arrived) => Promise.resolve((events.push(...arrived), [])))
  await channel.start({
    accept,
    handled: () => Promise.reject(new Error("not asked for")),
    health: (health) => healths.push(health),
  })
  onTestFinished(() => channel.stop())
  return { channel, events, healths }
}

/** An address of this machine at which nobody answers. */
async function closedPort(): Promise<string> {
  const server = createServer()
  await once(server.listen(0, "127.0.0.1"), "listening")
  const { port } = server.address() as AddressInfo
  await once(server.close(), "close")
  return `http://127.0.0.1:${port}`
}

const message = (text: string, choices: readonly Choice[] = []): OutboundMessage => ({
  idempotencyKey: "k",
  to: { accountId: "telegram:123456", peerId: "7" },
  purpose: "reply",
  body: bodyOf(text),
  choices,
})

it("a citizen who writes for the first time is told once that this is a virtual assistant, then answered", async () => {
  const { api, asked } = await bot()
  api.says(7, { text: "lam giay khai sinh can gi" })
  await until(() => expect(api.sent.map(({ text }) => text)).toEqual([texts.introduction(COMMUNE), "Trả lời: lam giay khai sinh can gi"]))
  api.says(7, { text: "mất bao lâu" })
  await until(() => expect(api.sent.map(({ text }) => text).slice(2)).toEqual(["Trả lời: mất bao lâu"]))
  expect(asked.map(({ text }) => text)).toEqual(["lam giay khai sinh can gi", "mất bao lâu"])
})

it("a citizen who only says hello is not greeted twice", async () => {
  const { api } = await bot({ answer: fakeAnswer(() => ({ status: "greeting", text: "Xin chào! Đây là trợ lý ảo." })) })
  api.says(7, { text: "xin chào" })
  api.says(7, { text: "chào" })
  await until(() => expect(api.sent.map(({ text }) => text)).toEqual(Array.from({ length: 2 }, () => "Xin chào! Đây là trợ lý ảo.")))
})

it("/start and /trogiup bring the greeting; where the citizen came from is kept", async () => {
  const { api, db, asked } = await bot()
  api.says(7, { text: "/start ma-qr_bep-an" })
  await until(() => expect(api.sent).toHaveLength(1))
  api.says(7, { text: "/start noi-khac" })
  api.says(7, { text: "/trogiup@xa_bot" })
  api.says(8, { text: "/start có dấu" })
  await until(() => expect(api.sent.map(({ text }) => text)).toEqual(Array.from({ length: 4 }, () => texts.greeting(COMMUNE))))
  const origins = await db.conversation.findMany({ orderBy: { peerId: "asc" } })
  expect(origins.map(({ context }) => (context as { origin: string | null }).origin)).toEqual(["ma-qr_bep-an", null])
  expect(asked).toEqual([])
})

it("a choice can be pressed or typed, and the button stops spinning", async () => {
  const answer = fakeAnswer(({ choiceId }) =>
    choiceId === undefined ? { status: "clarification", text: "Ông/bà cần việc nào ạ?", choices: CHOICES } : {},
  )
  const { api, asked } = await bot({ answer })
  api.says(7, { text: "/start" })
  api.says(7, { text: "khai sinh" })
  await until(() => expect(api.sent).toHaveLength(2))
  expect(api.sent[1]).toMatchObject({
    text: `Ông/bà cần việc nào ạ?\n\n${texts.chooseBelow}\n1. Đăng ký khai sinh\n2. Đăng ký lại khai sinh`,
    reply_markup: { inline_keyboard: CHOICES.map(({ id, label }) => [{ text: label, callback_data: id }]) },
  })
  api.presses(7, { data: "1.004884", label: "Đăng ký lại khai sinh" })
  await until(() => expect(api.sent).toHaveLength(3))
  await until(() => expect(api.answeredCallbacks).toHaveLength(1))
  api.says(7, { text: "khai sinh" })
  api.says(7, { text: "so 1" })
  await until(() => expect(api.sent).toHaveLength(5))
  expect(asked.map(({ choiceId }) => choiceId)).toEqual([undefined, "1.004884", undefined, "1.001193"])
})

it("a button of an old message still means what stands on it", async () => {
  const { api, asked } = await bot()
  api.presses(7, { data: "gone", label: "Đăng ký khai sinh" })
  await until(() => expect(asked).toMatchObject([{ text: "Đăng ký khai sinh" }]))
})

it("photos, voice and stickers are met with one polite request for words; an edit with none", async () => {
  const { api, asked } = await bot()
  api.says(7, { photo: [{ file_id: "1" }] })
  api.says(7, { photo: [{ file_id: "2" }] })
  api.says(8, { voice: { file_id: "1" } })
  api.says(9, { sticker: { file_id: "1" } })
  api.edits(10, "khai sinh cần gì")
  await until(() =>
    expect(api.sent.map(({ chat_id, text }) => `${chat_id} ${text}`).sort()).toEqual([
      `7 ${texts.wordless.image}`,
      `8 ${texts.wordless.voice}`,
      `9 ${texts.wordless.sticker}`,
    ]),
  )
  expect(asked).toEqual([])
})

it("a question under a photo is answered", async () => {
  const { api, asked } = await bot()
  api.says(7, { photo: [{ file_id: "1" }], caption: "giấy này còn dùng được không" })
  await until(() => expect(asked).toMatchObject([{ text: "giấy này còn dùng được không" }]))
})

it("groups and other bots are not answered", async () => {
  const api = await fakeBotApi(TOKEN)
  const { events } = await alone(api.root)
  api.says(7, { text: "trong nhóm", chat: { id: -5, type: "supergroup", title: "Nhóm" } })
  api.says(7, { text: "tôi là bot", from: { id: 9, is_bot: true, first_name: "Bot" } })
  api.says(7, { text: "tôi là người dân" })
  await until(() => expect(events).toMatchObject([{ text: "tôi là người dân" }]))
})

it("an update is confirmed only after it was stored, and an update delivered twice is answered once", async () => {
  const { api, db, engine } = await bot()
  const accepted = vitest.fn()
  const failing = await fakeBotApi(TOKEN)
  const id = failing.says(7, { text: "chưa lưu được" })
  await alone(failing.root, { accept: (events) => (accepted(events), Promise.reject(new Error("disk full"))) })
  await until(() => expect(accepted.mock.calls.length).toBeGreaterThan(2))
  expect(Math.max(...failing.offsets)).toBeLessThanOrEqual(id)

  api.says(7, { text: "hỏi một lần" })
  await until(() => expect(api.sent).toHaveLength(2))
  const stored = await db.inboxEvent.findFirstOrThrow()
  const peer = { accountId: "telegram:123456", peerId: "7" }
  const again = await engine.accept([{ type: "message", text: "hỏi một lần", dedupeKey: stored.dedupeKey, peer, sentAt: new Date() }])
  expect(again).toMatchObject([{ eventId: stored.id, duplicate: true }])
  expect(await db.answer.count()).toBe(1)
})

it("stopping confirms what was stored", async () => {
  const api = await fakeBotApi(TOKEN)
  const { channel, events } = await alone(api.root)
  const id = api.says(7, { text: "câu cuối" })
  await until(() => expect(events).toHaveLength(1))
  await channel.stop()
  expect(api.offsets.at(-1)).toBe(id + 1)
})

it.each([
  ["another program fetches the updates", { code: 409, description: "Conflict" }, "degraded"],
  ["Telegram is out of order", { code: 502, description: "Bad Gateway" }, "degraded"],
  ["Telegram asks for patience", { code: 429, description: "Too Many Requests", retryAfter: 0 }, "degraded"],
  ["the connection breaks", "cut", "degraded"],
  ["the token was withdrawn", { code: 401, description: "Unauthorized" }, "needs_human"],
] as const)("when %s the health says so and polling goes on", async (_, fault, state) => {
  const api = await fakeBotApi(TOKEN)
  api.faults["getUpdates"] = [fault, fault]
  const { events, healths } = await alone(api.root)
  api.says(7, { text: "vẫn tới" })
  await until(() => expect(events).toHaveLength(1))
  expect(healths.map((health) => health.state)).toEqual(["connecting", state, "online"])
})

it("a wrong token needs a human and never stands in what is told", async () => {
  const api = await fakeBotApi(TOKEN)
  const { healths, channel } = await alone(api.root, { token: "123456:WRONG" })
  await until(() => expect(healths.at(-1)?.state).toBe("needs_human"))
  const outcome = await channel.send(message("xin chào"), 0)
  expect(outcome).toMatchObject({ ok: false, failure: { kind: "auth" } })
  expect(JSON.stringify([healths, outcome])).not.toContain("WRONG")
})

it.each([
  ["the citizen has blocked the bot", { code: 403, description: "Forbidden: bot was blocked by the user" }, { kind: "recipient_refuses" }],
  [
    "there are too many messages",
    { code: 429, description: "Too Many Requests", retryAfter: 3 },
    { kind: "rate_limited", retryAfterMs: 3000 },
  ],
  ["the message is malformed", { code: 400, description: "Bad Request" }, { kind: "rejected" }],
  ["Telegram breaks down", { code: 500, description: "Internal Server Error" }, { kind: "unknown" }],
  ["the connection breaks after the message left", "cut", { kind: "unknown" }],
] as const)("when %s the outcome says so", async (_, fault, failure) => {
  const api = await fakeBotApi(TOKEN)
  api.faults["sendMessage"] = [fault]
  expect(await telegram(api.root).send(message("xin chào"), 0)).toMatchObject({ ok: false, partsSent: 0, failure })
})

it("a message that cannot leave the house is told from one that may have arrived", async () => {
  const outcome = await telegram(await closedPort()).send(message("xin chào"), 0)
  expect(outcome).toMatchObject({ ok: false, failure: { kind: "unreachable" } })
  expect(JSON.stringify(outcome)).not.toContain("SECRET")
})

it("a long answer goes in parts, and a retry goes on where the last one broke off", async () => {
  const api = await fakeBotApi(TOKEN)
  const channel = telegram(api.root)
  const text = Array.from({ length: 300 }, (_, i) => `Dòng ${i}: giấy tờ cần mang theo khi nộp hồ sơ.`).join("\n")
  api.faults["sendMessage"] = [{ code: 429, description: "Too Many Requests", retryAfter: 1 }]
  expect(await channel.send(message(text, CHOICES), 1)).toMatchObject({ ok: false, partsSent: 1 })
  expect(await channel.send(message(text, CHOICES), 1)).toMatchObject({ ok: true })
  expect(await channel.send(message(text, CHOICES), 0)).toMatchObject({ ok: true })
  const whole = api.sent.slice(-Math.ceil((api.sent.length + 1) / 2))
  expect(whole.map(({ text: part }) => part).join("")).toContain(text)
  expect(whole.every(({ text: part }) => part.length <= 4096)).toBe(true)
  expect(whole.map(({ reply_markup }) => reply_markup !== undefined)).toEqual(whole.map((_, i) => i === whole.length - 1))
})

it("bold words and links are told by their place, so signs in a name arrive as they are", async () => {
  const api = await fakeBotApi(TOKEN)
  const body = [
    [{ text: "Cần mang: ", bold: true }, { text: "*tờ* <khai> [mẫu]_1 & 🙂" }],
    [{ text: "Nguồn", href: "https://dichvucong.gov.vn" }],
  ]
  await telegram(api.root).send({ ...message(""), body }, 0)
  const text = "Cần mang: *tờ* <khai> [mẫu]_1 & 🙂\nNguồn"
  const entities = [
    { type: "bold", offset: 0, length: 10 },
    { type: "text_link", url: "https://dichvucong.gov.vn", offset: text.length - 5, length: 5 },
  ]
  expect(api.sent).toMatchObject([{ text, entities }])
})
