import type { Message, Update } from "grammy/types"
import fc from "fast-check"
import { describe, expect, it, onTestFinished, vi as vitest } from "vitest"
import { bodyOf } from "../../bot/body.ts"
import { webhookSecretOf } from "../../bot/channels/telegram/account.ts"
import { originOf, payloadOf } from "../../bot/channels/telegram/deep-link.ts"
import { telegramKind } from "../../bot/channels/telegram/kind.ts"
import { type Attachment, type Channel, type InboundEvent, MediaUnavailableError, type OutboundMessage } from "../../bot/message.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { channelWorld } from "../support/channel-world.ts"
import { until } from "../support/until.ts"
import { listen } from "./plain-sink.ts"
import { memberUpdate, messageOf, personOf } from "./telegram/citizen.ts"
import { openTelegram } from "./telegram/counterpart.ts"
import { type Fault, TOKEN } from "./telegram/platform.ts"
import { officeProxy } from "./office-proxy.ts"

const ACCOUNT = "telegram:123456"
type Given = Parameters<typeof openTelegram>[0]

async function open(given: Given = {}) {
  const telegram = await openTelegram(given)
  onTestFinished(() => telegram.stop())
  return telegram
}

async function served(given: Given = {}) {
  const telegram = await open(given)
  const sink = await listen(telegram.channel)
  await until(() => expect(sink.health()).toEqual({ state: "online" }))
  const { platform } = telegram
  let updateId = 50_000
  /** An update that no hand of the counterpart makes. */
  const hand = (update: Omit<Update, "update_id">) => platform.deliver({ update_id: (updateId += 1), ...update })
  const writes = (said: object) =>
    hand({ message: messageOf("7", { message_id: platform.nextId(), ...said }) as NonNullable<Update["message"]> })
  const called = (method: string) => platform.calls.filter((call) => call.method === method).map(({ body }) => body)
  return { telegram, platform, sink, hand, writes, called }
}

const message = (text: string, given: Partial<OutboundMessage> = {}): OutboundMessage => ({
  idempotencyKey: "k",
  to: { accountId: ACCOUNT, peerId: "7" },
  purpose: "reply",
  body: bodyOf(text),
  choices: [],
  ...given,
})
const attachment = (given: Partial<Attachment> = {}, bytes = new Uint8Array([4, 5, 6])): Attachment => ({
  kind: "file",
  mime: "application/pdf",
  name: "Mẫu tờ khai.pdf",
  read: () => Promise.resolve(bytes),
  ...given,
})
const PHOTO = attachment({ kind: "image", mime: "image/jpeg", name: "so-do.jpg" })

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

describe("what citizens send", () => {
  it("a photo of the paper with the question under it keeps both, in the largest size", async () => {
    const { telegram, sink } = await served()
    await telegram.sendsMedia?.("7", { kind: "image", caption: "giấy này còn dùng được không", bytes: new Uint8Array([7, 8]) })
    await until(() => expect(sink.events).toHaveLength(1))
    expect(sink.events[0]).toMatchObject({
      type: "message",
      text: "giấy này còn dùng được không",
      messageId: expect.stringMatching(/^\d+$/) as string,
      peer: { accountId: ACCOUNT, peerId: "7" },
      media: [{ kind: "image", bytes: 2 }],
    })
    expect(await fetched(telegram.channel, sink.events[0])).toEqual([7, 8])
  })

  it("the photos of an album are told one by one and belong together", async () => {
    const { telegram, sink } = await served()
    for (const caption of ["rác đổ ở đầu ngõ", undefined, undefined]) {
      await telegram.sendsMedia?.("7", { kind: "image", album: "a1", ...(caption === undefined ? {} : { caption }) })
    }
    await until(() => expect(sink.events).toHaveLength(3))
    expect(sink.events.map((event) => event.type === "message" && [event.text, event.media?.[0]?.albumKey])).toEqual([
      ["rác đổ ở đầu ngõ", "a1"],
      ["", "a1"],
      ["", "a1"],
    ])
    expect(new Set(sink.events.map((event) => event.type === "message" && event.messageId)).size).toBe(3)
  })

  it.each([
    ["voice", "voice", undefined],
    ["audio", "audio", "ghi âm.mp3"],
    ["video", "video", "ngập.mp4"],
    ["file", "file", "Đơn đề nghị.docx"],
    ["sticker", "sticker", undefined],
  ] as const)("%s arrives as such, with the name that the citizen gave it", async (kind, told, name) => {
    const { telegram, sink } = await served()
    await telegram.sendsMedia?.("7", { kind, ...(name === undefined ? {} : { name }) })
    await until(() => expect(sink.events).toHaveLength(1))
    const media = { kind: told, source: expect.any(String) as string, bytes: 3, ...(name === undefined ? {} : { name }) }
    expect(sink.events).toMatchObject([{ text: "", media: [media] }])
    expect(sink.events[0]).not.toHaveProperty("opaque")
  })

  it("a moving picture says as little as a sticker, a round video is a video, a live photo a photo", async () => {
    const { sink, writes } = await served()
    const file = (id: string) => ({ file_id: id, file_unique_id: id })
    await writes({ animation: file("a"), document: file("a") })
    await writes({ video_note: file("b") })
    await writes({ live_photo: { ...file("c"), photo: [{ ...file("d"), width: 1, height: 1 }] } })
    await until(() => expect(sink.events).toHaveLength(3))
    expect(sink.events.map((event) => event.type === "message" && event.media)).toEqual([
      [{ kind: "sticker", source: "a" }],
      [{ kind: "video", source: "b" }],
      [{ kind: "image", source: "d" }],
    ])
  })

  it("a place, and a place with a name, are where they are; a place that moves is told once", async () => {
    const { telegram, sink, writes, hand } = await served()
    await telegram.sendsLocation?.("7", { latitude: 20.86, longitude: 106.68 })
    const location = { latitude: 20.9, longitude: 106.7 }
    await writes({ venue: { title: "Nhà văn hóa thôn", address: "Thôn 3", location }, location })
    await hand({ edited_message: messageOf("7", { message_id: 1, location }) as NonNullable<Update["edited_message"]> })
    await telegram.says("7", "ở đây ạ")
    await until(() => expect(sink.events).toHaveLength(3))
    expect(sink.events).toMatchObject([{ text: "", location: { latitude: 20.86, longitude: 106.68 } }, { location }, { text: "ở đây ạ" }])
  })

  it("only a number that Telegram knows to be the sender's counts as their own", async () => {
    const { telegram, sink, writes } = await served()
    await telegram.sendsContact?.("7", { phone: "+84912345678", own: true })
    await telegram.sendsContact?.("7", { phone: "+84987654321", own: false })
    await writes({ contact: { phone_number: "0225000000", first_name: "Bác", last_name: "Tổ trưởng" } })
    await until(() => expect(sink.events).toHaveLength(3))
    expect(sink.events.map((event) => event.type === "message" && event.contact)).toEqual([
      { phone: "+84912345678", name: "Bà Năm", own: true },
      { phone: "+84987654321", name: "Bà Năm", own: false },
      { phone: "0225000000", name: "Bác Tổ trưởng", own: false },
    ])
  })

  it("a reply names the message that it is about, and quotes what was marked", async () => {
    const { telegram, sink, writes } = await served()
    const sent = await telegram.channel.send(message("Lệ phí là 8.000 đồng."), 0)
    const [ours = ""] = sent.messageIds ?? []
    await telegram.quotes?.("7", { messageId: ours, text: "cho một bản ạ?" })
    await writes({ text: "còn cái này?", reply_to_message: { message_id: 5, text: "dài" }, quote: { text: "một phần", position: 0 } })
    await writes({ text: "ảnh này", reply_to_message: { message_id: 6, caption: "dưới ảnh" } })
    await until(() => expect(sink.events).toHaveLength(3))
    expect(sink.events.map((event) => event.type === "message" && event.replyTo)).toEqual([
      { messageId: ours, text: "Lệ phí là 8.000 đồng." },
      { messageId: "5", text: "một phần" },
      { messageId: "6", text: "dưới ảnh" },
    ])
  })

  it("a changed message is told as such, also under a photo", async () => {
    const { telegram, sink, hand } = await served()
    await telegram.says("7", "khai sinh cần gì", { messageId: "41" })
    await telegram.edits?.("7", "41", "khai tử cần gì")
    await hand({ edited_message: messageOf("7", { message_id: 42, caption: "ảnh mới" }) as NonNullable<Update["edited_message"]> })
    await until(() => expect(sink.events).toHaveLength(3))
    expect(sink.events).toMatchObject([
      { type: "message", messageId: "41" },
      { type: "edited", messageId: "41", text: "khai tử cần gì" },
      { type: "edited", messageId: "42", text: "ảnh mới" },
    ])
  })

  it("what we do not know is opaque; what Telegram itself reports was said by nobody", async () => {
    const { telegram, sink, writes } = await served()
    await telegram.sendsUnknown?.("7")
    await writes({ poll: { id: "1", question: "?" } })
    await writes({ pinned_message: { message_id: 1, date: 0 } })
    await writes({ message_auto_delete_timer_changed: { message_auto_delete_time: 60 } })
    await telegram.says("7", "hết")
    await until(() => expect(sink.events.at(-1)).toMatchObject({ text: "hết" }))
    expect(sink.events.map((event) => event.type === "message" && event.opaque === true)).toEqual([true, true, false])
  })

  it("who blocks the bot is told apart from who lets it speak again", async () => {
    const { telegram, sink, hand } = await served()
    await telegram.blocks?.("7")
    await hand({ my_chat_member: memberUpdate("7", "member") as NonNullable<Update["my_chat_member"]> })
    await until(() => expect(sink.events).toHaveLength(2))
    expect(sink.events).toMatchObject([
      { type: "relation", state: "blocked", peer: { peerId: "7" } },
      { type: "relation", state: "unblocked" },
    ])
  })

  it("an update of an impossible shape does not keep the others back", async () => {
    const { telegram, platform, sink } = await served()
    await platform.deliver({ update_id: 1, message: { message_id: 1 } as Message & { date: number } } as unknown as Update)
    await telegram.says("7", "câu sau")
    await until(() => expect(sink.events).toMatchObject([{ text: "câu sau" }]))
  })
})

describe("buttons, links and groups", () => {
  it("a pressed button carries what stood on it and stops spinning, also when Telegram finds that too late", async () => {
    const { telegram, platform, sink, called } = await served()
    const choices = [{ id: "1.001193", label: "Đăng ký khai sinh" }]
    await telegram.channel.send(message("Ông/bà cần việc nào ạ?", { choices }), 0)
    platform.faults["answerCallbackQuery"] = [{ code: 400, description: "Bad Request: query is too old" }]
    await telegram.presses?.("7", "Đăng ký khai sinh")
    await telegram.presses?.("7", "Đăng ký khai sinh")
    await until(() => expect(called("answerCallbackQuery")).toHaveLength(2))
    const choice = { type: "choice", choiceId: "1.001193", label: "Đăng ký khai sinh" }
    expect(sink.events).toMatchObject([choice, choice])
    expect(sink.health()).toEqual({ state: "online" })
  })

  it("a button without an answer of ours is let go all the same", async () => {
    const { sink, hand, called } = await served()
    await hand({ callback_query: { id: "game", from: personOf("7"), chat_instance: "1", game_short_name: "cờ" } })
    await until(() => expect(called("answerCallbackQuery")).toMatchObject([{ callback_query_id: "game" }]))
    expect(sink.events).toEqual([])
  })

  it("a link to a procedure names it by its code, a poster by its campaign; what is no payload counts for nothing", async () => {
    const { telegram, sink } = await served()
    for (const origin of ["tthc_1.001193", "qr-thon-3_2026", "có dấu", "x".repeat(65), undefined]) await telegram.opens?.("7", origin)
    await until(() => expect(sink.events).toHaveLength(5))
    expect(sink.events.map((event) => event.type === "start" && event.origin)).toEqual([
      "tthc_1.001193",
      "qr-thon-3_2026",
      null,
      null,
      null,
    ])
    expect(payloadOf("tthc_1.001193")).toBe("tthc_1-001193")
    expect(payloadOf("tthc_QT-01.2")).toBeNull()
  })

  it("any origin that fits a link comes back as it was", () => {
    const letter = fc.constantFrom(..."abcXYZ0189_-.".split(""))
    const origin = fc.tuple(fc.constantFrom("", "tthc_"), fc.string({ unit: letter, maxLength: 70 })).map((parts) => parts.join(""))
    fc.assert(
      fc.property(origin, (given) => {
        const payload = payloadOf(given)
        if (payload !== null) expect([payload.length <= 64, originOf(payload)]).toEqual([true, given])
      }),
    )
    expect(originOf(undefined)).toBeNull()
  })

  it("the menu is in Vietnamese and stands in private chats", async () => {
    const { called } = await served()
    expect(called("setMyCommands")).toMatchObject([
      { commands: [{ command: "start", description: texts.commands.start }, { command: "trogiup" }], scope: { type: "all_private_chats" } },
    ])
  })

  it("the assistant leaves groups without a word", async () => {
    const { telegram, platform, sink, hand, called } = await served()
    const group = { id: -1005, type: "supergroup", title: "Nhóm khác" } as const
    const member = memberUpdate("7", "member") as NonNullable<Update["my_chat_member"]>
    await hand({ my_chat_member: { ...member, chat: group } })
    await hand({ my_chat_member: { ...(memberUpdate("7", "kicked") as typeof member), chat: { ...group, id: -1006 } } })
    await telegram.inGroup?.("căn cước của tôi là …")
    await telegram.says("7", "riêng tư ạ")
    await until(() => expect(called("leaveChat")).toHaveLength(2))
    await until(() => expect(sink.events).toMatchObject([{ text: "riêng tư ạ" }]))
    expect(called("leaveChat").map((body) => body["chat_id"])).toEqual([-1005, -1009])
    expect(platform.sent).toEqual([])
  })
})

describe("files of citizens", () => {
  it("what is gone or too large is told from what may be had later", async () => {
    const { telegram, platform, sink } = await served()
    telegram.losesMedia?.("gone")
    await telegram.sendsMedia?.("7", { kind: "file" })
    telegram.losesMedia?.("too_large")
    await telegram.sendsMedia?.("7", { kind: "video" })
    platform.files.set("old", { path: "old", bytes: new Uint8Array(), lost: "expired" })
    await telegram.sendsMedia?.("7", { kind: "file" })
    await until(() => expect(sink.events).toHaveLength(3))
    expect(await fetched(telegram.channel, sink.events[0])).toBe("gone")
    expect(await fetched(telegram.channel, sink.events[1])).toBe("too_large")
    await expect(telegram.channel.fetchMedia?.("old", AbortSignal.timeout(5000))).rejects.toMatchObject({ reason: "gone" })
    platform.faults["getFile"] = [{ code: 429, description: "Too Many Requests", retryAfter: 1 }, "cut"]
    for (let i = 0; i < 2; i += 1) expect(await fetched(telegram.channel, sink.events[2])).toContain("UpstreamError")
    expect(await fetched(telegram.channel, sink.events[2])).toEqual([1, 2, 3])
  })

  it("what names a file never carries the token", async () => {
    const { telegram, sink } = await served()
    await telegram.sendsMedia?.("7", { kind: "image" })
    await until(() => expect(sink.events).toHaveLength(1))
    expect(JSON.stringify(sink.events)).not.toContain("SECRET")
  })
})

describe("sending", () => {
  it("tells the id of every message", async () => {
    const { telegram, platform } = await served()
    const long = Array.from({ length: 200 }, (_, i) => `Dòng ${i}: giấy tờ cần mang theo khi nộp hồ sơ.`).join("\n")
    const outcome = await telegram.channel.send(message(long, { attachments: [attachment()] }), 0)
    expect(outcome).toEqual({ ok: true, partsSent: 4, messageIds: platform.sent.map(({ messageId }) => String(messageId)) })
    expect(platform.sent).toHaveLength(4)
  })

  it("texts fill Telegram's limit to the last sign, with signs that count twice", async () => {
    const { telegram, platform } = await served()
    expect(await telegram.channel.send(message("😀".repeat(2048)), 0)).toMatchObject({ ok: true, partsSent: 1 })
    expect(await telegram.channel.send(message("😀".repeat(2049)), 0)).toMatchObject({ ok: true, partsSent: 2 })
    expect(platform.sent.map(({ text }) => text.length)).toEqual([4096, 4096, 2])
  })

  it("a short answer stands under its photo with its buttons, a long one before it", async () => {
    const { telegram, platform } = await served()
    const choices = [{ id: "a", label: "Xem phí" }]
    await telegram.channel.send(message("Sơ đồ đường tới bộ phận một cửa.", { attachments: [PHOTO, attachment()], choices }), 0)
    expect(platform.sent).toMatchObject([
      { text: expect.stringContaining("Sơ đồ") as string, media: "image", markup: { inline_keyboard: [[{ text: "Xem phí" }]] } },
      { text: "", media: "file", markup: undefined, file: { name: "Mẫu tờ khai.pdf", bytes: [4, 5, 6] } },
    ])
    await telegram.channel.send(message("x".repeat(1025), { attachments: [PHOTO] }), 0)
    expect(platform.sent.slice(2).map(({ text, media }) => [text.length, media])).toEqual([
      [1025, undefined],
      [0, "image"],
    ])
    await telegram.channel.send(message("x".repeat(1024), { attachments: [PHOTO] }), 0)
    expect(platform.sent.at(-1)).toMatchObject({ media: "image", text: "x".repeat(1024) })
  })

  it("a picture that Telegram does not take as a photo goes as a file", async () => {
    const { telegram, platform } = await served()
    platform.faults["sendPhoto"] = [{ code: 400, description: "Bad Request: PHOTO_INVALID_DIMENSIONS" }]
    await telegram.channel.send(message("Bản đồ quy hoạch", { attachments: [PHOTO] }), 0)
    await telegram.channel.send(message("", { attachments: [attachment({ kind: "image", mime: "image/heic", name: "a.heic" })] }), 0)
    await telegram.channel.send(
      message("", { attachments: [attachment({ kind: "image", mime: "image/png" }, new Uint8Array(10 * 1024 * 1024 + 1))] }),
      0,
    )
    expect(platform.sent.map(({ media, text }) => [media, text])).toEqual([
      ["file", "Bản đồ quy hoạch"],
      ["file", ""],
      ["file", ""],
    ])
  })

  it("when a file is refused its words arrive, and staff learn of the file", async () => {
    const { telegram, platform } = await served()
    const outcome = await telegram.channel.send(message("Mẫu đơn đây ạ", { attachments: [attachment({}, new Uint8Array())] }), 0)
    expect(outcome).toMatchObject({
      ok: false,
      partsSent: 0,
      failure: { kind: "rejected", detail: expect.stringContaining("non-empty") as string },
    })
    expect(platform.sent).toMatchObject([{ text: "Mẫu đơn đây ạ" }])
    expect(outcome.messageIds).toEqual(platform.sent.map(({ messageId }) => String(messageId)))
    const unreadable = attachment({ read: () => Promise.reject(new Error("EIO")) })
    expect(await telegram.channel.send(message("", { attachments: [unreadable] }), 0)).toMatchObject({ failure: { kind: "unreachable" } })
    const huge = attachment({ read: () => Promise.resolve({ length: 51 * 1024 * 1024 } as Uint8Array) })
    expect(await telegram.channel.send(message("", { attachments: [huge] }), 0)).toMatchObject({ failure: { kind: "rejected" } })
  })

  it("no name of a file can break what is sent", async () => {
    const { telegram, platform } = await served()
    const attachments = ['Đơn "mới"; bản\r\n2.pdf', "../../a.pdf"].map((name) => attachment({ name }))
    expect(await telegram.channel.send(message("", { attachments }), 0)).toMatchObject({ ok: true })
    expect(platform.sent.map(({ file }) => file?.name)).toEqual(["Đơn _mới__ bản__2.pdf", ".._.._a.pdf"])
  })

  it.each<[string, Fault, object]>([
    [
      "the citizen has blocked the bot",
      { code: 403, description: "Forbidden: bot was blocked by the user" },
      { kind: "recipient_refuses", reason: "blocked" },
    ],
    [
      "the account was deleted",
      { code: 403, description: "Forbidden: user is deactivated" },
      { kind: "recipient_refuses", reason: "deactivated" },
    ],
    [
      "the citizen never opened the chat",
      { code: 400, description: "Bad Request: chat not found" },
      { kind: "recipient_refuses", reason: "strangers_refused" },
    ],
    [
      "there are too many messages",
      { code: 429, description: "Too Many Requests: retry after 3", retryAfter: 3 },
      { kind: "rate_limited", retryAfterMs: 3000 },
    ],
    ["the message is malformed", { code: 400, description: "Bad Request: can't parse entities" }, { kind: "rejected" }],
    ["the token was withdrawn", { code: 401, description: "Unauthorized" }, { kind: "auth" }],
    ["Telegram breaks down", { code: 502, description: "Bad Gateway" }, { kind: "unknown" }],
    ["Telegram takes it and never answers", "hang", { kind: "unknown" }],
    ["the line breaks", "cut", { kind: "unknown" }],
    ["the network answers with a page of its own", "page", { kind: "unknown" }],
    ["Telegram does not say which message it became", "empty", { kind: "unknown" }],
  ])("when %s the outcome says so", async (_, fault, failure) => {
    const { telegram, platform } = await served()
    platform.faults["sendMessage"] = [fault]
    const outcome = await telegram.channel.send(message("xin chào"), 0)
    expect(outcome).toMatchObject({ ok: false, partsSent: 0, messageIds: [], failure })
    expect(JSON.stringify(outcome)).not.toContain("SECRET")
  })

  it("who has blocked the bot refuses until they write again", async () => {
    const { telegram } = await served()
    await telegram.blocks?.("7")
    expect(await telegram.channel.send(message("nhắc hẹn"), 0)).toMatchObject({ failure: { kind: "recipient_refuses", reason: "blocked" } })
    await telegram.says("7", "tôi đây")
    expect(await telegram.channel.send(message("xin chào"), 0)).toMatchObject({ ok: true })
  })

  it("a message that cannot leave the house is told from one that may have arrived", async () => {
    const { telegram } = await served()
    await telegram.goesAway?.()
    expect(await telegram.channel.send(message("xin chào"), 0)).toMatchObject({ failure: { kind: "unreachable" } })
    await telegram.comesBack?.()
    expect(await telegram.channel.send(message("xin chào"), 0)).toMatchObject({ ok: true })
  })
})

describe("the connection", () => {
  it("after an outage what had waited is told as such, and everything is told once", async () => {
    const { telegram, platform, sink } = await served()
    await telegram.goesAway?.()
    await until(() =>
      expect(sink.health()).toMatchObject({ state: "degraded", reason: expect.stringContaining("Không kết nối được") as string }),
    )
    await telegram.says("7", "hỏi từ sáng", { at: new Date(Date.now() - 3 * 3_600_000) })
    await telegram.says("7", "vừa hỏi")
    await telegram.comesBack?.()
    await until(() => expect(sink.health()).toEqual({ state: "online" }))
    await until(() => expect(sink.events).toHaveLength(2))
    expect(sink.events.map(({ backfill }) => backfill)).toEqual([true, undefined])
    await until(() => expect(Math.max(...platform.calls.map(({ body }) => Number(body["offset"] ?? 0)))).toBe(1003))
  })

  it("another program that fetches the updates is named, and once it is gone all is well", async () => {
    const { telegram, platform, sink } = await served()
    await telegram.rival?.()
    await until(() =>
      expect(sink.health()).toMatchObject({ state: "degraded", reason: expect.stringContaining("chương trình khác") as string }),
    )
    platform.state.rival = false
    await until(() => expect(sink.health()).toEqual({ state: "online" }))
  })

  it("a webhook that somebody sets meanwhile is removed again", async () => {
    const { telegram, platform, sink } = await served()
    platform.state.webhook = { url: "http://127.0.0.1:9/khac", secret: "x" }
    await until(() => expect(sink.healths.some(({ state }) => state === "degraded")).toBe(true))
    await until(() => expect(platform.state.webhook).toBeNull())
    await telegram.says("7", "vẫn tới")
    await until(() => expect(sink.events).toMatchObject([{ text: "vẫn tới" }]))
  })

  it.each([401, 404])("a token that Telegram does not know (%i) needs a human", async (code) => {
    const telegram = await open()
    telegram.platform.faults["deleteWebhook"] = Array.from({ length: 3 }, () => ({ code, description: "Unauthorized" }))
    const sink = await listen(telegram.channel)
    await until(() => expect(sink.healths).toContainEqual(expect.objectContaining({ state: "needs_human", why: "token_revoked" })))
    await until(() => expect(sink.health()).toEqual({ state: "online" }))
  })

  it("stopping confirms what was stored, asks nothing more, and the channel can be started again", async () => {
    const { telegram, platform, sink } = await served()
    await telegram.says("7", "câu cuối")
    await until(() => expect(sink.events).toHaveLength(1))
    await telegram.channel.stop()
    const calls = platform.calls.length
    expect(platform.calls.at(-1)).toMatchObject({ method: "getUpdates", body: { offset: 1002, limit: 1, timeout: 0 } })
    await telegram.says("7", "sau giờ làm")
    expect(platform.calls).toHaveLength(calls)
    const again = await listen(telegram.channel)
    await until(() => expect(again.events).toMatchObject([{ text: "sau giờ làm" }]))
  })

  it("stopping does not wait for a Telegram that hangs", async () => {
    const { telegram, platform } = await served()
    platform.faults["getUpdates"] = ["hang"]
    await until(() => expect(platform.faults["getUpdates"]).toEqual([]))
    await telegram.channel.stop()
    expect(platform.calls.at(-1)?.method).toBe("getUpdates")
  })
})

describe("through the office's proxy", () => {
  it("everything goes through the tunnel, files both ways too", async () => {
    const proxy = await officeProxy({ login: "xa:mật khẩu" })
    const { telegram, sink } = await served({ proxy: proxy.url, proxyLogin: "xa:mật khẩu" })
    await telegram.sendsMedia?.("7", { kind: "image", bytes: new Uint8Array([9]) })
    await until(() => expect(sink.events).toHaveLength(1))
    expect(await fetched(telegram.channel, sink.events[0])).toEqual([9])
    expect(await telegram.channel.send(message("ảnh đây", { attachments: [PHOTO] }), 0)).toMatchObject({ ok: true })
    const { host } = new URL(telegram.platform.root)
    expect(new Set(proxy.tunnels)).toEqual(new Set([host]))
    // Each connection is closed by the other side after one answer: no call went round the tunnel.
    expect(proxy.tunnels.length).toBeGreaterThanOrEqual(telegram.platform.calls.length)
  })

  it.each([
    ["asks for a password", {}, "PROXY_407"],
    ["does not let Telegram through", { status: 403 }, "PROXY_403"],
  ])("a proxy that %s has let nothing out", async (_, given, reason) => {
    const proxy = await officeProxy({ login: "xa:khác", ...given })
    const telegram = await open({ proxy: proxy.url, deadlineMs: 5000 })
    const sink = await listen(telegram.channel)
    await until(() => expect(sink.health()).toMatchObject({ state: "degraded", reason: expect.stringContaining(reason) as string }))
    expect(await telegram.channel.send(message("xin chào"), 0)).toMatchObject({ failure: { kind: "unreachable", detail: reason } })
    expect(telegram.platform.calls).toEqual([])
  })

  it("a proxy that is away is no Telegram that may have heard us", async () => {
    const telegram = await open({ proxy: "http://127.0.0.1:9", deadlineMs: 5000 })
    expect(await telegram.channel.send(message("xin chào"), 0)).toMatchObject({ failure: { kind: "unreachable" } })
  })
})

describe("by webhook", () => {
  const webhook = (given: Given = {}) => served({ mode: "webhook", ...given })

  it("Telegram is told the address, the secret and what we follow; questions arrive and are answered", async () => {
    const { telegram, sink, called } = await webhook()
    expect(called("setWebhook")).toMatchObject([
      {
        url: expect.stringMatching(/\/webhook\/telegram%3A123456$/) as string,
        secret_token: webhookSecretOf(TOKEN),
        allowed_updates: ["message", "edited_message", "callback_query", "my_chat_member"],
      },
    ])
    await telegram.says("7", "khai sinh cần gì 😀")
    expect(sink.events).toMatchObject([{ text: "khai sinh cần gì 😀", peer: { peerId: "7" } }])
    expect(called("getUpdates")).toEqual([])
    expect(telegram.channel.exclusive).toBe(false)
  })

  it("what Telegram did not send is refused and stored nowhere", async () => {
    const { telegram, sink } = await webhook()
    expect((await telegram.forges?.())?.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(await telegram.misbehaves?.()).toEqual([
      { how: "too large", status: 413 },
      { how: "not JSON", status: 400 },
      { how: "wrong content type", status: 415 },
      { how: "GET", status: 405 },
    ])
    expect(sink.events).toEqual([])
  })

  it("what could not be stored is not acknowledged; a body that is no update is, or it would come for ever", async () => {
    const telegram = await open({ mode: "webhook" })
    const accept = vitest.fn<() => Promise<void>>().mockRejectedValueOnce(new Error("disk full")).mockResolvedValue()
    const sink = await listen(telegram.channel, accept)
    await until(() => expect(sink.health()).toEqual({ state: "online" }))
    await expect(telegram.says("7", "lưu giúp")).rejects.toThrow("500")
    await telegram.redelivers?.()
    expect(sink.events).toMatchObject([{ text: "lưu giúp" }])
    const secret = { "X-Telegram-Bot-Api-Secret-Token": webhookSecretOf(TOKEN) }
    expect(await telegram.platform.call('{"ping":true}', secret)).toBe(200)
    await telegram.channel.stop()
    await expect(telegram.says("7", "sau giờ làm")).rejects.toThrow("503")
  })

  it("an address that Telegram does not take needs a human; one that it cannot reach is told", async () => {
    const telegram = await open({ mode: "webhook", checkEveryMs: 10 })
    const { platform } = telegram
    platform.faults["setWebhook"] = [{ code: 400, description: "Bad Request: bad webhook: HTTPS url must be provided for webhook" }]
    const sink = await listen(telegram.channel)
    await until(() => expect(sink.healths).toContainEqual(expect.objectContaining({ state: "needs_human", why: "bad_settings" })))
    await until(() => expect(sink.health()).toEqual({ state: "online" }))
    platform.state.lastError = "Connection timed out"
    await until(() =>
      expect(sink.health()).toMatchObject({ state: "degraded", reason: expect.stringContaining("Connection timed out") as string }),
    )
    platform.state.lastError = null
    await until(() => expect(sink.health()).toEqual({ state: "online" }))
  })

  it("when another program takes the updates away the address is set again", async () => {
    const { platform, sink } = await webhook({ checkEveryMs: 10 })
    platform.state.webhook = null
    await until(() =>
      expect(sink.healths).toContainEqual(expect.objectContaining({ reason: expect.stringContaining("vừa đặt lại") as string })),
    )
    await until(() => expect(platform.state.webhook).not.toBeNull())
    await until(() => expect(sink.health()).toEqual({ state: "online" }))
  })

  it("a withdrawn token and an unreachable Telegram are told", async () => {
    const { telegram, platform, sink } = await webhook({ checkEveryMs: 10 })
    platform.faults["getWebhookInfo"] = Array.from({ length: 3 }, () => ({ code: 401, description: "Unauthorized" }))
    await until(() => expect(sink.healths).toContainEqual(expect.objectContaining({ why: "token_revoked" })))
    await telegram.goesAway?.()
    await until(() => expect(sink.health()).toMatchObject({ state: "degraded" }))
    await telegram.comesBack?.()
    await until(() => expect(sink.health()).toEqual({ state: "online" }))
  })
})

describe("setting it up", () => {
  const problems = (schema: "settings" | "secrets", given: object) =>
    telegramKind[schema].safeParse(given).error?.issues.map(({ message: said }) => said) ?? []

  it("what staff may enter is checked in Vietnamese", () => {
    expect(telegramKind.settings.parse({})).toEqual({ mode: "polling", apiRoot: "https://api.telegram.org" })
    expect(problems("settings", { mode: "fax" })).toEqual(["Cách nhận tin chỉ là “polling” hoặc “webhook”"])
    expect(problems("settings", { mode: "webhook" })).toEqual(["Nhận tin qua webhook cần địa chỉ công khai của máy chủ"])
    expect(problems("settings", { mode: "webhook", publicUrl: "http://xa.vn" })).toEqual([
      "Telegram chỉ gọi địa chỉ công khai bắt đầu bằng https://",
    ])
    expect(problems("settings", { proxy: "socks5://proxy:1080" })).toEqual(["Địa chỉ proxy phải bắt đầu bằng http:// hoặc https://"])
    expect(problems("settings", { proxy: "http://xa:bi-mat@proxy:3128" })).toEqual([
      "Tên và mật khẩu của proxy xin nhập ở ô riêng, không ghi trong địa chỉ",
    ])
    expect(problems("secrets", {})).toEqual(["Mã token của bot còn thiếu"])
    expect(problems("secrets", { token: "không phải mã" })[0]).toContain("chép lại đầy đủ")
    expect(problems("secrets", { token: TOKEN, proxyLogin: "xa" })[0]).toContain("tên:mật khẩu")
  })

  it.each(["polling", "webhook"] as const)("an account opens by %s as it was set up, and is named by its number", async (mode) => {
    const settings = telegramKind.settings.parse({ mode, publicUrl: "https://xa.example.vn/" })
    const secrets = telegramKind.secrets.parse({ token: ` ${TOKEN} ` })
    expect(telegramKind.accountKey(settings, secrets)).toBe("123456")
    const store = { read: () => Promise.resolve(secrets), write: () => Promise.resolve() }
    const world = channelWorld()
    const channel = await telegramKind.open({ accountId: ACCOUNT, settings, secrets: store }, world)
    expect([channel.accountId, channel.exclusive, channel.webhook !== undefined]).toEqual([ACCOUNT, mode === "polling", mode === "webhook"])
  })
})
