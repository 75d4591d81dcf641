import { setTimeout as sleep } from "node:timers/promises"
import { describe, expect, it, onTestFinished } from "vitest"
import { bodyOf } from "../../bot/body.ts"
import type { SecretStore } from "../../bot/accounts/channel-kind.ts"
import type { ZaloOaSecrets } from "../../bot/channels/zalo-oa/account.ts"
import { zaloOaKind } from "../../bot/channels/zalo-oa/kind.ts"
import { type Attachment, type Choice, MediaUnavailableError, type OutboundMessage } from "../../bot/message.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import type { KnownPhone } from "../../bot/accounts/phone-book.ts"
import { channelWorld, rememberedPhones } from "../support/channel-world.ts"
import { until } from "../support/until.ts"
import { listen } from "./plain-sink.ts"
import { openZaloOa } from "./zalo-oa/counterpart.ts"
import { APP_ID, APP_SECRET, fromCitizen, OA_ID, OA_SECRET } from "./zalo-oa/platform.ts"

const HOUR_MS = 3_600_000
const ACCOUNT = `zalo_oa:${OA_ID}`
const CITIZEN = "4612838476520471943"

async function open(given: Parameters<typeof openZaloOa>[0] = {}) {
  const oa = await openZaloOa(given)
  onTestFinished(() => oa.stop())
  return oa
}

async function served(given: Parameters<typeof openZaloOa>[0] = {}) {
  const oa = await open(given)
  const sink = await listen(oa.channel)
  return { oa, ...oa, sink }
}

function clock() {
  let at = Date.parse("2026-11-02T01:00:00Z")
  return { now: () => new Date(at), passes: (hours: number) => (at += hours * HOUR_MS) }
}

const message = (text: string, given: Partial<OutboundMessage> = {}): OutboundMessage => ({
  idempotencyKey: "k",
  to: { accountId: ACCOUNT, peerId: CITIZEN },
  purpose: "reply",
  body: bodyOf(text),
  choices: [],
  ...given,
})
const file = (kind: Attachment["kind"], mime: string, size: number): Attachment => ({
  kind,
  mime,
  name: kind === "image" ? "bien-nhan.png" : "mau-don.pdf",
  read: () => Promise.resolve(new Uint8Array(size)),
})

describe("what citizens send", () => {
  it("a question arrives with Zalo's own ids and time", async () => {
    const { oa, sink } = await served()
    const at = new Date()
    await oa.says(CITIZEN, "Làm giấy khai sinh cần gì ạ? 😀", { messageId: "m1", at })
    expect(sink.events).toEqual([
      {
        type: "message",
        text: "Làm giấy khai sinh cần gì ạ? 😀",
        messageId: "m1",
        dedupeKey: "user_send_text:m1",
        peer: { accountId: ACCOUNT, peerId: CITIZEN },
        sentAt: at,
      },
    ])
  })

  it("ids too long to be exact numbers stay as they are, also when they come as numbers", async () => {
    const { oa, sink } = await served()
    const raw = `{"app_id":${APP_ID},"event_name":"user_send_text","timestamp":${Date.now()},"sender":{"id":4612838476520471943},"recipient":{"id":${OA_ID}},"message":{"msg_id":98765432109876543210,"text":"số \\"12345678901234567890\\" ạ: 12345678901234567891"}}`
    expect(await oa.platform.deliver(raw)).toBe(200)
    expect(sink.events).toMatchObject([
      {
        peer: { peerId: "4612838476520471943" },
        messageId: "98765432109876543210",
        text: 'số "12345678901234567890" ạ: 12345678901234567891',
      },
    ])
  })

  it("photos, recordings, films and files can be fetched, with their names and words", async () => {
    const { oa, sink } = await served()
    const bytes = new Uint8Array([7, 8, 9])
    await oa.sendsMedia?.(CITIZEN, { kind: "image", caption: "giấy này còn dùng được không", bytes })
    await oa.sendsMedia?.(CITIZEN, { kind: "voice", bytes })
    await oa.sendsMedia?.(CITIZEN, { kind: "video", bytes })
    await oa.sendsMedia?.(CITIZEN, { kind: "file", name: "don.docx", bytes })
    expect(sink.events).toMatchObject([
      { type: "message", text: "giấy này còn dùng được không", media: [{ kind: "image", bytes: 3 }] },
      { type: "message", text: "", media: [{ kind: "voice" }] },
      { type: "message", text: "", media: [{ kind: "video" }] },
      { type: "message", text: "", media: [{ kind: "file", name: "don.docx" }] },
    ])
    for (const event of sink.events) expect(await fetched(oa.channel, event)).toEqual([7, 8, 9])
  })

  it("a photo that is gone or too large is told from one that can be had", async () => {
    const { oa, sink } = await served()
    oa.losesMedia?.("gone")
    await oa.sendsMedia?.(CITIZEN, { kind: "image" })
    oa.losesMedia?.("too_large")
    await oa.sendsMedia?.(CITIZEN, { kind: "image" })
    const reasons = await Promise.all(sink.events.map((event) => fetched(oa.channel, event).catch(reasonOf)))
    expect(reasons).toEqual(["gone", "too_large"])
  })

  it("an address inside the house is never fetched", async () => {
    const { oa } = await served()
    const { signal } = new AbortController()
    for (const source of ["http://127.0.0.1:1/secret", "file:///etc/passwd", "sticker-id"])
      await expect(oa.channel.fetchMedia?.(source, signal)).rejects.toMatchObject({ reason: "gone" })
  })

  it("a place comes as two strings and becomes numbers; nonsense is no place", async () => {
    const { oa, sink } = await served()
    await oa.sendsLocation?.(CITIZEN, { latitude: 20.8449, longitude: 106.6881 })
    await oa.sendsLocation?.(CITIZEN, { latitude: Number.NaN, longitude: 500 })
    expect(sink.events).toMatchObject([
      { type: "message", text: "", location: { latitude: 20.8449, longitude: 106.6881 } },
      { type: "message", text: "", opaque: true },
    ])
  })

  it("stickers and moving pictures say nothing in words; links and cards do", async () => {
    const { oa, sink } = await served()
    await oa.sendsSticker?.(CITIZEN)
    const { platform } = oa
    const gif = { msg_id: "g", attachments: [{ type: "gif", payload: { url: "https://example.invalid/a.gif" } }] }
    const link = {
      msg_id: "l",
      text: "trang này đúng không",
      attachments: [{ type: "link", payload: { url: "https://example.invalid/" } }],
    }
    await platform.deliver(platform.event("user_send_gif", fromCitizen(CITIZEN, gif)))
    await platform.deliver(platform.event("user_send_link", fromCitizen(CITIZEN, link)))
    await oa.sendsContact?.(CITIZEN, { phone: "84912345678", own: false })
    expect(sink.events).toMatchObject([
      { media: [{ kind: "sticker" }], text: "" },
      { media: [{ kind: "sticker" }], text: "" },
      { text: "trang này đúng không\nhttps://example.invalid/" },
      { contact: { phone: "84912345678", own: false } },
    ])
  })

  it("what the citizen fills in when asked is theirs, also when it comes as JSON inside the text", async () => {
    const known = new Map<string, KnownPhone>()
    const { oa, sink } = await served({ settings: { znsReminder: "301" }, phones: rememberedPhones(known) })
    await oa.sendsContact?.(CITIZEN, { phone: "84912345678", own: true })
    const { platform } = oa
    const inside = JSON.stringify({ name: "Bà Năm", phone: 84912345678, address: "thôn Đông", district: "An Dương" })
    await platform.deliver(platform.event("user_submit_info", fromCitizen(CITIZEN, { text: inside })))
    expect(sink.events).toMatchObject([
      { type: "shared_info", name: "Bà Năm", phone: "…678" },
      { type: "shared_info", name: "Bà Năm", phone: "…678", address: "thôn Đông, An Dương" },
    ])
    expect(known.get(CITIZEN)).toEqual({ phone: "84912345678", name: "Bà Năm" })
  })

  it("what we do not know is kept as something that was sent; tags and the like are of no concern", async () => {
    const { oa, sink } = await served()
    await oa.sendsUnknown?.(CITIZEN)
    const { platform } = oa
    expect(await platform.deliver(platform.event("add_user_to_tag", fromCitizen(CITIZEN, {})))).toBe(200)
    expect(await platform.deliver({ ...platform.event("user_send_text", {}), sender: 5, message: "?" })).toBe(200)
    expect(await platform.deliver(platform.event("anonymous_send_text", fromCitizen("guest-1", { msg_id: "a", text: "cho hỏi" })))).toBe(
      200,
    )
    expect(sink.events).toMatchObject([
      { type: "message", opaque: true },
      { type: "message", text: "cho hỏi", peer: { peerId: "guest-1" }, dedupeKey: "anonymous_send_text:a" },
    ])
  })

  it("following, leaving, receiving and seeing are told, each with its own key", async () => {
    const { oa, sink } = await served()
    const { platform } = oa
    await oa.opens?.(CITIZEN)
    await oa.blocks?.(CITIZEN)
    const ours = (message: object) => ({ sender: { id: OA_ID }, recipient: { id: CITIZEN }, message })
    await platform.deliver(platform.event("user_received_message", ours({ msg_id: "s1" })))
    await platform.deliver(platform.event("user_seen_message", ours({ msg_ids: ["s1", "s2"] })))
    expect(sink.events).toMatchObject([
      { type: "relation", state: "followed", peer: { peerId: CITIZEN } },
      { type: "relation", state: "unfollowed" },
      { type: "receipt", state: "delivered", messageId: "s1", peer: { peerId: CITIZEN } },
      { type: "receipt", state: "seen", messageId: "s1" },
      { type: "receipt", state: "seen", messageId: "s2" },
    ])
    expect(new Set(sink.events.map(({ dedupeKey }) => dedupeKey)).size).toBe(5)
    expect(sink.events[2]?.dedupeKey).toBe("user_received_message:s1:delivered")
  })

  it("a quote names the message that is meant", async () => {
    const { oa, sink } = await served()
    await oa.quotes?.(CITIZEN, { messageId: "sent-1", text: "ý này là sao" })
    expect(sink.events).toMatchObject([{ text: "ý này là sao", replyTo: { messageId: "sent-1" } }])
  })

  it("what staff write in OA Manager, and our own echo, is staff speech to that citizen", async () => {
    const { oa, sink } = await served()
    await oa.staffWrites?.(CITIZEN, "Chào bác, tôi là cán bộ tư pháp")
    await oa.channel.send(message("Dạ"), 0)
    await oa.echoes?.(oa.seen()[0]?.messageId ?? "")
    expect(sink.events).toMatchObject([
      { type: "message", author: "staff", text: "Chào bác, tôi là cán bộ tư pháp", peer: { peerId: CITIZEN } },
      { type: "message", author: "staff", text: "Dạ", messageId: oa.seen()[0]?.messageId, peer: { peerId: CITIZEN } },
    ])
  })

  it("an echo that beats the answer to our request names the id that the answer then gives", async () => {
    const { oa, sink } = await served()
    oa.platform.rules.echo = "before"
    const outcome = await oa.channel.send(message("Dạ"), 0)
    expect(outcome).toMatchObject({ ok: true, messageIds: ["sent-1"] })
    expect(sink.events).toMatchObject([{ author: "staff", messageId: "sent-1" }])
  })

  it("an event of another Official Account is not taken for ours, and staff are told", async () => {
    const { oa, sink } = await served()
    const { platform } = oa
    const foreign = { sender: { id: CITIZEN }, recipient: { id: "999999" }, message: { msg_id: "x", text: "hỏi xã khác" } }
    expect(await platform.deliver(platform.event("user_send_text", foreign))).toBe(200)
    expect(sink.events).toEqual([])
    expect(sink.health()).toMatchObject({ state: "needs_human", why: "bad_settings", reason: expect.stringContaining("999999") as string })
    await oa.says(CITIZEN, "khai sinh")
    expect(sink.health()).toEqual({ state: "online" })
  })
})

describe("the webhook's door", () => {
  it("everything forged is refused and nothing of it is stored", async () => {
    const { oa, sink } = await served()
    const tries = (await oa.forges?.()) ?? []
    expect(tries).toHaveLength(6)
    expect(tries.filter(({ status }) => status !== 401)).toEqual([])
    expect(sink.events).toEqual([])
  })

  it("a wrong key is told to staff until Zalo's signature has once been right", async () => {
    const { oa, sink } = await served()
    const event = oa.platform.event("user_send_text", fromCitizen(CITIZEN, { msg_id: "f", text: "a" }))
    await oa.platform.deliver(event, { oaSecret: "another" })
    expect(sink.health()).toMatchObject({ state: "degraded", reason: expect.stringContaining("OA Secret Key") as string })
    await oa.says(CITIZEN, "khai sinh")
    expect(sink.health()).toEqual({ state: "online" })
    await oa.platform.deliver(event, { oaSecret: "another" })
    expect(sink.health()).toEqual({ state: "online" })
  })

  it("bodies that no platform sends are refused quickly", async () => {
    const { oa, sink } = await served()
    expect(await oa.misbehaves?.()).toEqual([
      { how: "too large", status: 413 },
      { how: "not JSON", status: 401 },
      { how: "signed, but not JSON", status: 400 },
      { how: "wrong content type", status: 415 },
      { how: "GET", status: 405 },
    ])
    expect(sink.events).toEqual([])
  })

  it("Zalo hears 200 only after the event is stored, and 500 when it could not be, so that it comes again", async () => {
    const oa = await open()
    let full = true
    const order: string[] = []
    const sink = await listen(oa.channel, async () => {
      await sleep(20)
      if (full) throw new Error("The disk is full")
      order.push("stored")
    })
    const event = oa.platform.event("user_send_text", fromCitizen(CITIZEN, { msg_id: "m", text: "khai sinh" }))
    expect(await oa.platform.deliver(event)).toBe(500)
    expect(sink.events).toEqual([])
    full = false
    expect(await oa.platform.deliver(event)).toBe(200)
    order.push("answered")
    expect(order).toEqual(["stored", "answered"])
    await oa.platform.deliver(event)
    expect(sink.events.map(({ dedupeKey }) => dedupeKey)).toEqual(["user_send_text:m", "user_send_text:m"])
  })

  it("an event that comes again hours later is taken, and staff are told of the clock", async () => {
    const { oa, sink } = await served()
    await oa.says(CITIZEN, "hỏi từ sáng", { at: new Date(Date.now() - 3 * HOUR_MS) })
    expect(sink.events).toHaveLength(1)
    expect(sink.health()).toMatchObject({ state: "degraded", reason: expect.stringContaining("3 giờ") as string })
    await oa.says(CITIZEN, "hỏi bây giờ")
    expect(sink.health()).toEqual({ state: "online" })
  })

  it("a clock that is hours slow loses nothing, and staff are told", async () => {
    const { oa, sink } = await served()
    await oa.says(CITIZEN, "khai sinh", { at: new Date(Date.now() + 5 * HOUR_MS) })
    expect(sink.events).toHaveLength(1)
    expect(sink.health()).toMatchObject({ state: "degraded", reason: expect.stringContaining("chậm 5 giờ") as string })
  })

  it("a clock that is days fast refuses what is real, and staff are told why", async () => {
    const time = clock()
    const { oa, sink } = await served({ now: time.now })
    const event = oa.platform.event("user_send_text", fromCitizen(CITIZEN, { msg_id: "m", text: "khai sinh" }))
    time.passes(30)
    expect(await oa.platform.deliver(event)).toBe(401)
    expect(sink.health()).toMatchObject({ state: "degraded", reason: expect.stringContaining("30 giờ") as string })
  })

  it("a channel that is not being served sends Zalo away to come again", async () => {
    const oa = await open()
    expect(await oa.platform.deliver(oa.platform.event("follow", { follower: { id: CITIZEN } }))).toBe(503)
  })
})

describe("what we send", () => {
  const CHOICES: Choice[] = [
    { id: "1.001193", label: "Đăng ký khai sinh" },
    { id: "1.004884", label: "Đăng ký lại khai sinh" },
  ]

  it("choices become buttons, and a tap comes back as a choice, never as text", async () => {
    const { oa, sink } = await served()
    await oa.channel.send(message("Ông/bà cần việc nào ạ?", { choices: CHOICES }), 0)
    expect(oa.seen()).toMatchObject([{ text: "Ông/bà cần việc nào ạ?", buttons: ["Đăng ký khai sinh", "Đăng ký lại khai sinh"] }])
    expect(oa.platform.sent[0]?.buttons[0]).toEqual({ type: "oa.query.hide", title: "Đăng ký khai sinh", payload: "#c:1.001193" })
    await oa.presses?.(CITIZEN, "Đăng ký lại khai sinh")
    expect(sink.events).toMatchObject([{ type: "choice", choiceId: "1.004884", label: null }])
  })

  it("labels that do not fit a button, or more choices than buttons, also stand in the text as a list", async () => {
    const { oa } = await served()
    const long = { id: "a", label: "Đăng ký khai sinh có yếu tố nước ngoài tại khu vực biên giới" }
    await oa.channel.send(message("Việc nào ạ?", { choices: [long] }), 0)
    const many = Array.from({ length: 7 }, (_, i) => ({ id: `c${i}`, label: `Việc ${i}` }))
    await oa.channel.send(message("Việc nào ạ?", { choices: many }), 0)
    const [first, second] = oa.seen()
    expect(first?.buttons).toEqual(["Đăng ký khai sinh có yếu tố nước…"])
    expect(first?.text).toBe(`Việc nào ạ?\n\n${texts.chooseBelow}\n1. ${long.label}`)
    expect(second?.buttons).toEqual(["Việc 0", "Việc 1", "Việc 2", "Việc 3", "Việc 4"])
    expect(second?.text).toContain("7. Việc 6")
  })

  it("a long answer goes in parts with the buttons under the last, and a retry goes on where the last try broke off", async () => {
    const { oa } = await served()
    const text = Array.from({ length: 60 }, (_, i) => `Bước ${i}: ${"nộp hồ sơ tại bộ phận một cửa ".repeat(3)}`).join("\n")
    const long = message(text, { choices: CHOICES })
    oa.platform.faults.message.push({ code: -99 })
    oa.platform.faults.message.unshift({ status: 429, retryAfter: 7 })
    expect(await oa.channel.send(long, 0)).toMatchObject({ ok: false, partsSent: 0, failure: { kind: "rate_limited", retryAfterMs: 7000 } })
    expect(await oa.channel.send(long, 0)).toMatchObject({ ok: false, partsSent: 0, failure: { kind: "rejected", detail: "-99 refused" } })
    const outcome = await oa.channel.send(long, 1)
    const seen = oa.seen()
    expect(outcome).toEqual({ ok: true, partsSent: seen.length + 1, messageIds: seen.map(({ messageId }) => messageId) })
    expect(seen.every((part) => part.text.length <= 2000)).toBe(true)
    expect(seen.map(({ buttons }) => buttons.length)).toEqual([...seen.slice(1).map(() => 0), 2])
    expect(text.endsWith(seen.map((part) => part.text).join(""))).toBe(true)
  })

  it("links are written out, because the platform has no words that carry them", async () => {
    const { oa } = await served()
    const body = [[{ text: "Nộp tại " }, { text: "Cổng dịch vụ công", href: "https://dichvucong.gov.vn" }]]
    await oa.channel.send(message("", { body }), 0)
    expect(oa.seen()[0]?.text).toBe("Nộp tại Cổng dịch vụ công (https://dichvucong.gov.vn)")
  })

  it("the text comes first, then photos and files by upload", async () => {
    const { oa } = await served()
    const attachments = [file("image", "image/png", 900_000), file("file", "application/pdf", 4_900_000)]
    expect(await oa.channel.send(message("Gửi ông/bà mẫu đơn", { attachments }), 0)).toMatchObject({ ok: true, partsSent: 3 })
    expect(oa.seen().map(({ text, media }) => media ?? text)).toEqual(["Gửi ông/bà mẫu đơn", "image", "file"])
    expect(oa.platform.requests.map(({ path }) => path)).toContain("/v2.0/oa/upload/image")
  })

  it("a photo above 1 MB, a file above 5 MB and other kinds are refused before anything is uploaded", async () => {
    const { oa } = await served()
    const tooMuch = [file("image", "image/png", 1_000_001), file("file", "application/pdf", 5_000_001), file("file", "application/zip", 10)]
    for (const attachment of tooMuch)
      expect(await oa.channel.send(message("", { attachments: [attachment] }), 0)).toMatchObject({
        ok: false,
        failure: { kind: "rejected" },
      })
    expect(oa.platform.requests).toEqual([])
  })

  it("an upload without an answer may be tried again; a message without one may not", async () => {
    const { oa } = await served()
    oa.platform.faults.upload.push("hang")
    const photo = message("", { attachments: [file("image", "image/png", 10)] })
    expect(await oa.channel.send(photo, 0)).toMatchObject({ ok: false, partsSent: 0, failure: { kind: "unreachable" } })
    oa.platform.faults.message.push("hang", "cut", { status: 502 }, "empty")
    for (let i = 0; i < 4; i += 1)
      expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, partsSent: 0, failure: { kind: "unknown" } })
    expect(oa.seen()).toEqual([])
  })

  it("what Zalo's codes mean is told by kind; the same code means something else for a template", async () => {
    const { oa } = await served()
    const expected = [
      [-32, { kind: "rate_limited", scope: "account" }],
      [-211, { kind: "quota_exhausted" }],
      [-213, { kind: "recipient_refuses", reason: "not_following" }],
      [-217, { kind: "recipient_refuses", reason: "blocked" }],
      [-227, { kind: "recipient_refuses", reason: "deactivated" }],
      [-230, { kind: "window_closed" }],
      [-201, { kind: "rejected" }],
    ] as const
    for (const [code, failure] of expected) {
      oa.platform.faults.message.push({ code })
      expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, failure })
    }
    oa.platform.faults.template.push({ code: -216 })
    const told = await oa.channel.sendTemplate({ phone: "0912345678", templateId: "1", data: {}, trackingId: "t" })
    expect(told).toMatchObject({ ok: false, failure: { kind: "recipient_refuses", reason: "blocked" } })
    expect(oa.platform.tokens.refreshesTried).toBe(0)
  })

  it("nothing leaves the house while Zalo cannot be reached, and staff are told until it can", async () => {
    const { oa, sink } = await served()
    await oa.goesAway?.()
    expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, failure: { kind: "unreachable", detail: "ECONNREFUSED" } })
    expect(sink.health()).toMatchObject({ state: "degraded", reason: "Không kết nối được Zalo OA (ECONNREFUSED)" })
    await oa.comesBack?.()
    expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: true })
    expect(sink.health()).toEqual({ state: "online" })
  })

  it("48 hours after the citizen's last message, and after 8 replies, nothing is sent any more", async () => {
    const { oa } = await served()
    const now = new Date("2026-11-04T01:00:00Z")
    const ask = (hoursAgo: number | null, sentSince: number) =>
      oa.channel.window?.({
        lastCitizenAt: hoursAgo === null ? null : new Date(now.getTime() - hoursAgo * HOUR_MS),
        sentSince,
        author: "bot",
        purpose: "reply",
        now,
      })?.kind ?? "open"
    expect([ask(1, 0), ask(48, 7), ask(1, 8), ask(49, 0), ask(null, 0)]).toEqual([
      "open",
      "open",
      "quota_exhausted",
      "window_closed",
      "window_closed",
    ])
  })

  it("what the platform itself says of window and quota agrees", async () => {
    const { oa } = await served()
    oa.platform.rules.windows = true
    expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ failure: { kind: "window_closed" } })
    await oa.says(CITIZEN, "khai sinh")
    for (let i = 0; i < 8; i += 1) expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: true })
    expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ failure: { kind: "quota_exhausted" } })
  })

  it("a paid template reaches a telephone number outside every window", async () => {
    const { oa } = await served()
    const given = { templateId: "301", data: { ten: "Bà Năm", ngay: "05/11/2026" }, trackingId: "case-7" }
    expect(await oa.channel.sendTemplate({ ...given, phone: "+84 912 345 678" })).toEqual({ ok: true, value: "zns-1" })
    expect(oa.platform.templates).toEqual([
      { phone: "84912345678", template_id: "301", template_data: { ten: "Bà Năm", ngay: "05/11/2026" }, tracking_id: "case-7" },
    ])
    expect(await oa.channel.sendTemplate({ ...given, phone: "113" })).toMatchObject({ ok: false, failure: { kind: "rejected" } })
    for (const [code, kind] of [
      [-115, "quota_exhausted"],
      [-118, "recipient_refuses"],
      [-133, "rate_limited"],
      [-131, "rejected"],
    ] as const) {
      oa.platform.faults.template.push({ code })
      expect(await oa.channel.sendTemplate({ ...given, phone: "0912345678" })).toMatchObject({ ok: false, failure: { kind } })
    }
  })

  it("a template sent with a token that has run out is sent again with a new one", async () => {
    const { oa } = await served()
    oa.platform.tokens.expiresAt = 0
    const told = await oa.channel.sendTemplate({ phone: "0912345678", templateId: "1", data: {}, trackingId: "t" })
    expect(told).toMatchObject({ ok: true })
    expect(oa.platform.tokens.refreshed).toBe(1)
  })
})

describe("tokens", () => {
  it("a burst of 20 answers with a token that has run out makes one renewal, and all go through", async () => {
    const { oa } = await served()
    oa.platform.tokens.expiresAt = 0
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => oa.channel.send(message(`Trả lời ${i}`), 0)))
    expect(outcomes.every(({ ok }) => ok)).toBe(true)
    expect(oa.platform.tokens.refreshesTried).toBe(1)
    expect(oa.seen()).toHaveLength(20)
  })

  it("a token known to have run out is renewed before it is used", async () => {
    const time = clock()
    const { oa } = await served({ now: time.now })
    time.passes(26)
    const outcomes = await Promise.all([oa.channel.send(message("1"), 0), oa.channel.send(message("2"), 0)])
    expect(outcomes.every(({ ok }) => ok)).toBe(true)
    expect(oa.platform.requests.map(({ path }) => path)[0]).toBe("/v4/oa/access_token")
    expect(oa.platform.tokens.refreshesTried).toBe(1)
  })

  it("the new pair is stored before it is used", async () => {
    const { oa } = await served()
    oa.platform.tokens.expiresAt = 0
    await oa.channel.send(message("Dạ"), 0)
    const stored = oa.secrets.history.at(-1)
    expect(stored).toEqual({
      appSecret: APP_SECRET,
      oaSecret: OA_SECRET,
      accessToken: "access-2",
      refreshToken: "refresh-2",
      accessExpiresAt: expect.any(String) as string,
    })
  })

  it("a pair that could not be stored is not used, not lost, and not asked for again", async () => {
    const { oa, sink } = await served({
      store: (store) => {
        let failing = 1
        const write = async (secrets: ZaloOaSecrets) => {
          if (secrets.accessToken === "access-2" && failing > 0) {
            failing -= 1
            throw new Error("The disk is full")
          }
          await store.write(secrets)
        }
        return { read: () => store.read(), write }
      },
    })
    oa.platform.tokens.expiresAt = 0
    expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, failure: { kind: "unreachable" } })
    expect(sink.health()).toMatchObject({ state: "degraded", reason: expect.stringContaining("Chưa lưu được") as string })
    expect(oa.seen()).toEqual([])
    expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: true })
    expect(oa.platform.tokens.refreshesTried).toBe(1)
    expect(sink.health()).toEqual({ state: "online" })
  })

  it("a disk that takes nothing keeps the refresh token from being spent", async () => {
    const { oa, sink } = await served()
    oa.platform.tokens.expiresAt = 0
    oa.secrets.failWrites(1000)
    expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, failure: { kind: "unreachable" } })
    expect(oa.platform.tokens.refreshesTried).toBe(0)
    expect(sink.health()).toMatchObject({ state: "degraded" })
  })

  it("two processes with one account spend the refresh token once", async () => {
    const { oa } = await served()
    oa.platform.tokens.expiresAt = 0
    const other = oa.another()
    await listen(other)
    const outcomes = await Promise.all([oa.channel, other, oa.channel, other].map((channel) => channel.send(message("Dạ"), 0)))
    expect(outcomes.every(({ ok }) => ok)).toBe(true)
    expect(oa.platform.tokens.refreshesTried).toBe(1)
  })

  it("a refusal that comes as success is not stored, asked for once, and told to staff", async () => {
    const { oa, sink } = await served()
    oa.platform.tokens.expiresAt = 0
    oa.platform.faults.oauth.push("error_name")
    expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, failure: { kind: "auth" } })
    expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, failure: { kind: "auth" } })
    expect(oa.platform.requests.filter(({ path }) => path === "/v4/oa/access_token")).toHaveLength(1)
    expect(oa.secrets.history.at(-1)).toMatchObject({ accessToken: "access-1", refreshToken: "refresh-1" })
    expect(sink.health()).toMatchObject({
      state: "needs_human",
      why: "token_revoked",
      reason: expect.stringContaining("cấp quyền lại") as string,
    })
  })

  it("a token that is refused right after it was renewed is not renewed in a circle", async () => {
    const { oa, sink } = await served()
    oa.failsNext?.({ kind: "auth" })
    expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, failure: { kind: "auth" } })
    expect(oa.platform.tokens.refreshesTried).toBe(1)
    expect(sink.health()).toMatchObject({ state: "needs_human", why: "token_revoked" })
    expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: true })
    expect(sink.health()).toEqual({ state: "online" })
  })

  it("an OAuth server that breaks down is tried again later", async () => {
    const { oa, sink } = await served()
    oa.platform.tokens.expiresAt = 0
    oa.platform.faults.oauth.push({ status: 503 })
    expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, failure: { kind: "unreachable" } })
    expect(sink.health()).toMatchObject({ state: "degraded" })
    expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: true })
    expect(sink.health()).toEqual({ state: "online" })
  })

  it("tokens are renewed twice a day, long before they run out, though nobody writes", async () => {
    const time = clock()
    const { oa } = await served({ now: time.now, checkEveryMs: 5 })
    await sleep(30)
    expect(oa.platform.tokens.refreshesTried).toBe(0)
    for (const renewals of [1, 2, 3, 4]) {
      time.passes(13)
      await until(() => expect(oa.platform.tokens.refreshed).toBe(renewals))
      await until(() => expect(oa.secrets.history.at(-1)?.accessToken).toBe(oa.platform.accessToken()))
    }
    expect(oa.platform.tokens.refreshesTried).toBe(4)
  })

  it("tokens that were typed in are renewed at once, so that staff learn whether they are good", async () => {
    const { oa, sink } = await served({ secrets: { accessExpiresAt: undefined, refreshToken: "mistyped" } })
    await until(() => expect(sink.health()).toMatchObject({ state: "needs_human", why: "token_revoked" }))
    expect(oa.platform.tokens.refreshed).toBe(0)
  })

  it("secrets that cannot be read are told to staff, and nothing is said to have been sent", async () => {
    const broken = { read: () => Promise.reject(new Error("wrong key")), write: () => Promise.reject(new Error("wrong key")) }
    const { oa, sink } = await served({ store: () => broken })
    await until(() =>
      expect(sink.health()).toMatchObject({ state: "degraded", reason: expect.stringContaining("Không đọc được") as string }),
    )
    expect(await oa.channel.send(message("Dạ"), 0)).toMatchObject({ ok: false, failure: { kind: "unreachable" } })
    await expect(oa.says(CITIZEN, "khai sinh")).rejects.toThrow("500")
  })

  it("being stopped in the middle of a renewal does not lose the new pair", async () => {
    const slow = (store: SecretStore<ZaloOaSecrets>): SecretStore<ZaloOaSecrets> => ({
      read: () => store.read(),
      write: async (secrets) => {
        await sleep(30)
        await store.write(secrets)
      },
    })
    const oa = await open({ secrets: { accessExpiresAt: new Date(0).toISOString() }, store: slow })
    await listen(oa.channel)
    await until(() => expect(oa.platform.requests.length).toBeGreaterThan(0))
    await oa.channel.stop()
    expect(oa.secrets.history.at(-1)?.accessToken).toBe(oa.platform.accessToken())
  })
})

describe("setting it up", () => {
  it("faults are told in Vietnamese, all at once", () => {
    const settings = zaloOaKind.settings.safeParse({ appId: "abc", windowHours: -1 })
    const secrets = zaloOaKind.secrets.safeParse({})
    const told = [...(settings.error?.issues ?? []), ...(secrets.error?.issues ?? [])].map(({ message: text }) => text)
    expect(told).toEqual([
      "Mã ứng dụng (App ID) chỉ gồm chữ số",
      "Mã Official Account (OA ID) còn thiếu",
      "Số giờ được trả lời không được âm",
      "Khóa bí mật của ứng dụng còn thiếu",
      "Khóa bí mật của OA (OA Secret Key) còn thiếu",
      "Access token còn thiếu",
      "Refresh token còn thiếu",
    ])
  })

  it("the account is named by the id of the Official Account, and opening it touches no network", async () => {
    const settings = zaloOaKind.settings.parse({ appId: APP_ID, oaId: OA_ID })
    const secrets = { appSecret: APP_SECRET, oaSecret: OA_SECRET, accessToken: "access-12", refreshToken: "refresh-12" }
    expect(settings).toMatchObject({ apiBaseUrl: "https://openapi.zalo.me", windowHours: 48, freeReplies: 8 })
    expect(zaloOaKind.accountKey(settings, secrets)).toBe(OA_ID)
    const store = { read: () => Promise.reject(new Error("not yet")), write: () => Promise.reject(new Error("not yet")) }
    const channel = await zaloOaKind.open({ accountId: ACCOUNT, settings, secrets: store }, channelWorld())
    expect(channel).toMatchObject({ accountId: ACCOUNT, exclusive: false, capabilities: { maxText: 2000, buttons: { max: 5 } } })
  })
})

function reasonOf(error: unknown): string {
  return error instanceof MediaUnavailableError ? error.reason : String(error)
}

async function fetched(channel: { fetchMedia?: unknown }, event: unknown): Promise<number[]> {
  const { media = [] } = event as { media?: readonly { source: string }[] }
  const fetchMedia = channel.fetchMedia as (source: string, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>
  const bytes: number[] = []
  for await (const chunk of await fetchMedia(media[0]?.source ?? "", new AbortController().signal)) bytes.push(...chunk)
  return bytes
}
