import { describe, expect, it, onTestFinished } from "vitest"
import { bodyOf } from "../../bot/body.ts"
import { webhookSecretOf } from "../../bot/channels/zalo-bot/account.ts"
import { zaloBotKind } from "../../bot/channels/zalo-bot/kind.ts"
import { type Attachment, type Channel, type InboundEvent, MediaUnavailableError, type OutboundMessage } from "../../bot/message.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { channelWorld } from "../support/channel-world.ts"
import { until } from "../support/until.ts"
import { listen } from "./plain-sink.ts"
import { openZaloBot } from "./zalo-bot/counterpart.ts"
import { TOKEN, updateOf } from "./zalo-bot/platform.ts"

const ACCOUNT = "zalo_bot:459812"

async function open(given: Parameters<typeof openZaloBot>[0] = {}) {
  const bot = await openZaloBot(given)
  onTestFinished(() => bot.stop())
  return bot
}

async function served(given: Parameters<typeof openZaloBot>[0] = {}) {
  const bot = await open(given)
  const sink = await listen(bot.channel)
  await until(() => expect(sink.health()).toEqual({ state: "online" }))
  return { bot, sink }
}

const message = (text: string, given: Partial<OutboundMessage> = {}): OutboundMessage => ({
  idempotencyKey: "k",
  to: { accountId: ACCOUNT, peerId: "7" },
  purpose: "reply",
  body: bodyOf(text),
  choices: [],
  ...given,
})
const PHOTO: Attachment = { kind: "image", mime: "image/png", name: "a.png", read: () => Promise.resolve(new Uint8Array([4, 5, 6])) }

async function fetched(channel: Channel, event: InboundEvent | undefined): Promise<number[] | string> {
  const source = event?.type === "message" ? (event.media?.[0]?.source ?? "") : ""
  const bytes: number[] = []
  try {
    const chunks = await channel.fetchMedia?.(source, new AbortController().signal)
    for await (const chunk of chunks ?? []) bytes.push(...chunk)
  } catch (error) {
    return error instanceof MediaUnavailableError ? error.reason : String(error)
  }
  return bytes
}

describe("asking for updates", () => {
  it("one question after the other arrives, each once, with its own id and time", async () => {
    const { bot, sink } = await served()
    const at = new Date("2026-11-02T01:00:00.500Z")
    await bot.says("7", "khai sinh cần gì", { messageId: "m1", at })
    await bot.says("7", "mất bao lâu", { messageId: "m2" })
    await bot.says("8", "chào")
    await until(() => expect(sink.events).toHaveLength(3))
    expect(sink.events[0]).toEqual({
      type: "message",
      text: "khai sinh cần gì",
      messageId: "m1",
      dedupeKey: "message.text.received:m1",
      peer: { accountId: ACCOUNT, peerId: "7" },
      sentAt: at,
    })
    expect(sink.events.map((event) => event.type === "message" && event.text)).toEqual(["khai sinh cần gì", "mất bao lâu", "chào"])
  })

  it("time comes in seconds or in milliseconds, ids as numbers or as words", async () => {
    const { bot, sink } = await served()
    const seconds = updateOf("message.text.received", { chatId: "7", message_id: 12, date: 1_790_000_000, text: "a" })
    await bot.platform.deliver(seconds)
    await bot.platform.deliver(updateOf("message.text.received", { chatId: "7", message_id: "13", date: 1_790_000_000_000, text: "b" }))
    await until(() => expect(sink.events).toHaveLength(2))
    const [first, second] = sink.events
    expect(first).toMatchObject({ messageId: "12", sentAt: new Date("2026-09-21T14:13:20Z") })
    expect(second?.sentAt).toEqual(first?.sentAt)
  })

  it("photos with their words, stickers, and what the platform does not hand out", async () => {
    const { bot, sink } = await served()
    await bot.sendsMedia?.("7", { kind: "image", caption: "giấy này còn dùng được không", bytes: new Uint8Array([7, 8]) })
    await bot.sendsSticker?.("7")
    await bot.sendsUnknown?.("7")
    await bot.platform.deliver(updateOf("message.hologram.received", { chatId: "7", message_id: "h" }))
    await until(() => expect(sink.events).toHaveLength(4))
    expect(sink.events).toMatchObject([
      { text: "giấy này còn dùng được không", media: [{ kind: "image" }] },
      { text: "", media: [{ kind: "sticker" }] },
      { text: "", opaque: true, dedupeKey: expect.stringContaining("message.unsupported.received:") as string },
      { text: "", opaque: true },
    ])
    expect(await fetched(bot.channel, sink.events[0])).toEqual([7, 8])
  })

  it("a photo that is gone or too large is told from one that can be had", async () => {
    const { bot, sink } = await served()
    bot.losesMedia?.("gone")
    await bot.sendsMedia?.("7", { kind: "image" })
    bot.losesMedia?.("too_large")
    await bot.sendsMedia?.("7", { kind: "image" })
    await until(() => expect(sink.events).toHaveLength(2))
    expect(await Promise.all(sink.events.map((event) => fetched(bot.channel, event)))).toEqual(["gone", "too_large"])
  })

  it("groups and other bots are not listened to", async () => {
    const { bot, sink } = await served()
    await bot.inGroup?.("trong nhóm")
    await bot.platform.deliver(
      updateOf("message.text.received", { chatId: "9", from: { id: "9", is_bot: true }, message_id: "b", text: "máy" }),
    )
    await bot.platform.deliver({ event_name: "something.else" })
    await bot.says("7", "ngoài nhóm")
    await until(() => expect(sink.events).toHaveLength(1))
    expect(sink.events).toMatchObject([{ text: "ngoài nhóm" }])
  })

  it("that nothing came is no fault", async () => {
    const { bot, sink } = await served({ pollMs: 1 })
    await until(() => expect(bot.platform.state.polls).toBeGreaterThan(2))
    expect(sink.healths).toEqual([{ state: "connecting" }, { state: "online" }])
    expect(bot.platform.calls.find(({ method }) => method === "getUpdates")?.body).toEqual({ timeout: "30" })
  })

  it("a webhook that was set earlier is removed, because it would keep every update from us", async () => {
    const bot = await open()
    bot.platform.state.webhook = { url: "https://old.invalid", secret: "s" }
    const sink = await listen(bot.channel)
    await until(() => expect(bot.platform.state.webhook).toBeNull())
    await bot.says("7", "khai sinh")
    await until(() => expect(sink.events).toHaveLength(1))
    expect(bot.channel.exclusive).toBe(true)
  })

  it("an update that could not be stored is kept and stored before the next is asked for", async () => {
    const bot = await open()
    let failing = 2
    const sink = await listen(bot.channel, () => ((failing -= 1) >= 0 ? Promise.reject(new Error("The disk is full")) : Promise.resolve()))
    await bot.says("7", "một")
    await bot.says("7", "hai")
    await until(() => expect(sink.events).toHaveLength(2))
    expect(sink.events).toMatchObject([{ text: "một" }, { text: "hai" }])
    expect(sink.healths).toContainEqual({ state: "degraded", reason: "Không lưu được tin nhắn vừa nhận từ Zalo Bot" })
    await until(() => expect(sink.health()).toEqual({ state: "online" }))
  })

  it("being stopped ends the waiting at once, and what was handed over is stored once", async () => {
    const { bot, sink } = await served({ pollMs: 60_000 })
    await bot.says("7", "khai sinh")
    await until(() => expect(sink.events).toHaveLength(1))
    await until(() => expect(bot.platform.state.polls).toBe(2))
    await bot.channel.stop()
    await bot.says("7", "sau khi dừng")
    expect(bot.platform.queue).toHaveLength(1)
    expect(sink.events).toHaveLength(1)
  })

  it("being stopped while the disk is full gives what was handed over a last chance", async () => {
    const bot = await open({ patience: () => 60_000 })
    let full = true
    const sink = await listen(bot.channel, () => (full ? Promise.reject(new Error("The disk is full")) : Promise.resolve()))
    await bot.says("7", "khai sinh")
    await until(() => expect(sink.health()).toMatchObject({ state: "degraded" }))
    full = false
    await bot.channel.stop()
    expect(sink.events).toMatchObject([{ text: "khai sinh" }])
  })

  it("a token that is not accepted calls for a human", async () => {
    const bot = await open({ token: "459812:another-secret" })
    const sink = await listen(bot.channel)
    await until(() => expect(sink.health()).toMatchObject({ state: "needs_human", why: "token_revoked" }))
    expect(JSON.stringify(sink.healths)).not.toContain("another-secret")
  })

  it("while the platform cannot be reached we wait longer and longer, and staff are told until it is back", async () => {
    const waits: number[] = []
    const patience = (failures: number) => (waits.push(failures), 5)
    const { bot, sink } = await served({ patience })
    await bot.goesAway?.()
    await until(() => expect(waits.length).toBeGreaterThan(3))
    expect(waits.slice(0, 4)).toEqual([1, 2, 3, 4])
    expect(sink.health()).toEqual({ state: "degraded", reason: "Không kết nối được Zalo Bot (ECONNREFUSED)" })
    await bot.comesBack?.()
    await until(() => expect(sink.health()).toEqual({ state: "online" }))
    await bot.says("7", "khai sinh")
    await until(() => expect(sink.events).toHaveLength(1))
  })

  it("another program that asks for the same updates, and a breakdown of the platform, are told", async () => {
    const { bot, sink } = await served()
    bot.platform.faults["getUpdates"] = [{ status: 502 }]
    await until(() => expect(sink.healths).toContainEqual({ state: "degraded", reason: "Zalo Bot báo lỗi 502" }))
    await bot.rival?.()
    await until(() => expect(sink.health()).toMatchObject({ reason: "Một chương trình khác đang nhận tin của bot này trên Zalo" }))
  })
})

describe("being called", () => {
  it("the platform is told the address and a secret, and what it calls with is stored before it hears 200", async () => {
    const { bot, sink } = await served({ receive: "webhook" })
    expect(bot.channel.exclusive).toBe(false)
    expect(bot.platform.state.webhook).toEqual({
      url: expect.stringMatching(/\/webhook\/zalo_bot%3A459812$/) as string,
      secret: webhookSecretOf({ token: TOKEN }),
    })
    await bot.says("7", "khai sinh", { messageId: "m1" })
    const bare = updateOf("message.text.received", { chatId: "7", message_id: "m2", text: "không bọc" })
    expect(await bot.platform.call(JSON.stringify(bare), { "X-Bot-Api-Secret-Token": webhookSecretOf({ token: TOKEN }) })).toBe(200)
    expect(sink.events).toMatchObject([{ text: "khai sinh", dedupeKey: "message.text.received:m1" }, { text: "không bọc" }])
  })

  it("who does not know the secret is refused, and so is what no platform sends", async () => {
    const { bot, sink } = await served({ receive: "webhook" })
    expect(await bot.forges?.()).toEqual([
      { how: "another secret", status: 401 },
      { how: "no secret", status: 401 },
    ])
    expect(await bot.misbehaves?.()).toEqual([
      { how: "too large", status: 413 },
      { how: "not JSON", status: 400 },
      { how: "wrong content type", status: 415 },
      { how: "GET", status: 405 },
    ])
    expect(sink.events).toEqual([])
  })

  it("what could not be stored is answered 500, so that it comes again", async () => {
    const bot = await open({ receive: "webhook" })
    let full = true
    const sink = await listen(bot.channel, () => (full ? Promise.reject(new Error("The disk is full")) : Promise.resolve()))
    await until(() => expect(sink.health()).toEqual({ state: "online" }))
    await expect(bot.says("7", "khai sinh", { key: "a" })).rejects.toThrow("500")
    full = false
    await bot.says("7", "khai sinh", { key: "a" })
    expect(sink.events).toHaveLength(1)
  })

  it("the address is told again until the platform has heard it", async () => {
    const bot = await open({ receive: "webhook" })
    bot.platform.faults["setWebhook"] = [{ status: 502 }, { status: 502 }]
    const sink = await listen(bot.channel)
    await until(() => expect(sink.health()).toEqual({ state: "online" }))
    expect(sink.healths).toEqual([{ state: "connecting" }, { state: "degraded", reason: "Zalo Bot báo lỗi 502" }, { state: "online" }])
  })
})

describe("what we send", () => {
  it("choices are a numbered list, because there are no buttons", async () => {
    const { bot } = await served()
    const choices = [
      { id: "a", label: "Đăng ký khai sinh" },
      { id: "b", label: "Đăng ký lại khai sinh" },
    ]
    expect(await bot.channel.send(message("Ông/bà cần việc nào ạ?", { choices }), 0)).toEqual({
      ok: true,
      partsSent: 1,
      messageIds: ["sent-1"],
    })
    expect(bot.seen()).toEqual([
      {
        peerId: "7",
        messageId: "sent-1",
        buttons: [],
        text: `Ông/bà cần việc nào ạ?\n\n${texts.chooseByNumber}\n1. Đăng ký khai sinh\n2. Đăng ký lại khai sinh`,
      },
    ])
  })

  it("a long answer goes in parts, and a retry goes on where the last try broke off", async () => {
    const { bot } = await served()
    const text = Array.from({ length: 60 }, (_, i) => `Bước ${i}: ${"nộp hồ sơ tại bộ phận một cửa ".repeat(3)}`).join("\n")
    bot.failsNext?.({ kind: "rate_limited", retryAfterMs: 3000 })
    expect(await bot.channel.send(message(text), 0)).toEqual({
      ok: false,
      partsSent: 0,
      messageIds: [],
      failure: { kind: "rate_limited", retryAfterMs: 3000 },
    })
    const outcome = await bot.channel.send(message(text), 1)
    const seen = bot.seen()
    expect(seen.length).toBeGreaterThan(1)
    expect(outcome).toMatchObject({ ok: true, partsSent: seen.length + 1 })
    expect(text.endsWith(seen.map((part) => part.text).join(""))).toBe(true)
  })

  it("what went wrong is told by kind; what may have arrived is never said to have failed", async () => {
    const { bot } = await served()
    const expected = [
      ["blocked", "recipient_refuses"],
      ["auth", "auth"],
      ["hang", "unknown"],
      ["server_error", "unknown"],
    ] as const
    for (const [kind, failure] of expected) {
      bot.failsNext?.({ kind })
      expect(await bot.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, failure: { kind: failure } })
    }
    bot.platform.faults["sendMessage"]?.push("empty", "cut", { code: 400 })
    expect(await bot.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, failure: { kind: "unknown", detail: "no message_id" } })
    expect(await bot.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, failure: { kind: "unknown" } })
    expect(await bot.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, failure: { kind: "rejected" } })
    await bot.goesAway?.()
    expect(await bot.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, failure: { kind: "unreachable" } })
    expect(bot.seen()).toEqual([])
  })

  it("a photo goes out only where the platform can fetch it: once, within two minutes", async () => {
    let at = Date.parse("2026-11-02T01:00:00Z")
    const { bot } = await served({ isPublic: true, now: () => new Date(at) })
    expect(bot.channel.capabilities.outbound).toEqual(new Set(["image"]))
    expect(await bot.channel.send(message("Ảnh đây ạ", { attachments: [PHOTO] }), 0)).toMatchObject({ ok: true, partsSent: 2 })
    const { photo } = bot.platform.sent[1] ?? {}
    expect(photo).toMatchObject({ status: 200, bytes: [4, 5, 6] })
    expect((await fetch(photo?.address ?? "")).status).toBe(404)
    bot.platform.faults["sendPhoto"] = ["empty"]
    await bot.channel.send(message("", { attachments: [PHOTO] }), 0)
    const unfetched = String(bot.platform.calls.findLast(({ method }) => method === "sendPhoto")?.body["photo"])
    at += 121_000
    expect((await fetch(unfetched)).status).toBe(404)
    expect((await fetch(new URL("?photo=guessed", unfetched))).status).toBe(404)
  })

  it("without a public address photos are not offered, and other files never", async () => {
    const { bot } = await served()
    expect(bot.channel.capabilities.outbound.size).toBe(0)
    expect(bot.channel.webhook).toBeUndefined()
    expect(await bot.channel.send(message("", { attachments: [PHOTO] }), 0)).toMatchObject({ ok: false, failure: { kind: "rejected" } })
  })
})

describe("setting it up", () => {
  it("faults are told in Vietnamese", () => {
    const settings = zaloBotKind.settings.safeParse({ receive: "webhook" })
    const secrets = zaloBotKind.secrets.safeParse({ token: "khong-phai-token" })
    expect([...(settings.error?.issues ?? []), ...(secrets.error?.issues ?? [])].map(({ message: text }) => text)).toEqual([
      "Nhận tin qua webhook cần địa chỉ công khai của máy chủ",
      "Mã token của bot có dạng “số:chuỗi bí mật”: xin chép lại đầy đủ",
    ])
  })

  it("the account is named by what stands before the colon of the token, and opening it touches no network", async () => {
    const settings = zaloBotKind.settings.parse({})
    expect(settings).toEqual({ receive: "polling", apiBaseUrl: "https://bot-api.zaloplatforms.com" })
    expect(zaloBotKind.accountKey(settings, { token: TOKEN })).toBe("459812")
    const secrets = { read: () => Promise.resolve({ token: TOKEN }), write: () => Promise.reject(new Error("nothing to write")) }
    const channel = await zaloBotKind.open({ accountId: ACCOUNT, settings, secrets }, channelWorld())
    expect(channel).toMatchObject({ accountId: ACCOUNT, exclusive: true, capabilities: { maxText: 2000, buttons: null } })
  })
})
