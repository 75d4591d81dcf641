import type { InlineKeyboardMarkup, Message, Update } from "grammy/types"
import { createTelegramChannel, type TelegramDependencies } from "../../../bot/channels/telegram/channel.ts"
import type { ForumDependencies } from "../../../bot/channels/telegram/forum/forum.ts"
import { payloadOf } from "../../../bot/channels/telegram/deep-link.ts"
import { vi as texts } from "../../../bot/texts/conversation.ts"
import { silent } from "../../support/house.ts"
import type { Counterpart, CounterpartKind, SendFault, Sending } from "../counterpart.ts"
import { loopback } from "../loopback.ts"
import { GROUP } from "./forum.ts"
import { idOf, MEDIA, memberUpdate, messageOf, personOf, seconds } from "./citizen.ts"
import { type Fault, type TelegramPlatform, telegramPlatform, TOKEN } from "./platform.ts"

export interface TelegramCounterpart extends Counterpart {
  readonly platform: TelegramPlatform
  /** Staff write in their group: in a topic, or in General where no topic is named. */
  readonly staffSays: (said: { readonly topic?: number; readonly by: number; readonly text?: string } & Partial<Message>) => Promise<void>
}

type Given = Partial<
  Pick<TelegramDependencies, "mode" | "token" | "proxy" | "proxyLogin" | "now" | "patience" | "checkEveryMs" | "deadlineMs"> &
    ForumDependencies
>

/** Telegram with citizens, wired to the adapter over real HTTP. */
export async function openTelegram({ mode = "polling", ...given }: Given = {}): Promise<TelegramCounterpart> {
  const platform = await telegramPlatform()
  const house = await loopback(async (request, response) => {
    await channel.webhook?.(request, response)
  })
  const channel = createTelegramChannel({
    token: TOKEN,
    mode,
    apiRoot: platform.root,
    ...(mode === "webhook" ? { publicUrl: house.root } : {}),
    texts,
    logger: silent,
    now: () => new Date(),
    patience: () => 10,
    deadlineMs: 1500,
    ...given,
  })
  const stop = async () => {
    await channel.stop()
    await house.close()
    await platform.close()
  }
  const { staffSays, ...hands } = handsOf(platform)
  return { channel, platform, stop, staffSays, ...hands, ...(mode === "webhook" ? doorsOf(platform) : {}) }
}

export const telegramCounterpart: CounterpartKind = { name: "Telegram", open: () => openTelegram() }
export const telegramWebhookCounterpart: CounterpartKind = { name: "Telegram (webhook)", open: () => openTelegram({ mode: "webhook" }) }

/** What citizens do. */
function handsOf(platform: TelegramPlatform): Omit<TelegramCounterpart, "channel" | "stop" | "platform"> {
  const said = createMouth(platform)
  const files = createFiles(platform)
  return {
    seen: () =>
      platform.sent.map(({ chatId, messageId, text, markup, media }) => ({
        peerId: chatId,
        messageId: String(messageId),
        text,
        buttons: labelsOf(markup),
        ...(media ? { media } : {}),
      })),
    says: (peerId, text, sending) => said.writes(peerId, { text }, sending),
    redelivers: () => said.again(),
    async sendsMedia(peerId, { kind, caption, name, bytes = new Uint8Array([1, 2, 3]), album }) {
      const fileId = files.host(bytes)
      const media = MEDIA[kind]({ fileId, bytes: bytes.length, name })
      const words = caption === undefined ? {} : { caption }
      await said.writes(peerId, { ...media, ...words, ...(album === undefined ? {} : { media_group_id: album }) })
    },
    losesMedia: (how) => files.loseNext(how),
    sendsLocation: (peerId, place) => said.writes(peerId, { location: place }),
    sendsContact: (peerId, { phone, own }) =>
      said.writes(peerId, { contact: { phone_number: phone, first_name: "Bà Năm", user_id: own ? idOf(peerId) : 99 } }),
    sendsSticker: (peerId) => said.writes(peerId, MEDIA.sticker({ fileId: files.host(new Uint8Array([1])), bytes: 1 })),
    sendsUnknown: (peerId) => said.writes(peerId, { hologram: {} } as object),
    async presses(peerId, label) {
      const shown = platform.sent.findLast(({ chatId, markup }) => chatId === peerId && labelsOf(markup).includes(label))
      if (!shown) throw new Error(`No button ${label}`)
      const button = shown.markup?.inline_keyboard.flat().find(({ text }) => text === label)
      const data = button && "callback_data" in button ? button.callback_data : ""
      const message = messageOf(peerId, {
        message_id: shown.messageId,
        text: shown.text,
        ...(shown.markup ? { reply_markup: shown.markup } : {}),
      })
      const id = String(platform.nextId())
      await said.delivers({ callback_query: { id, from: personOf(peerId), chat_instance: "1", message, data } })
    },
    opens: (peerId, origin) => said.writes(peerId, { text: origin === undefined ? "/start" : `/start ${payloadOf(origin) ?? origin}` }),
    edits: (peerId, messageId, text) =>
      said.delivers({
        edited_message: {
          ...messageOf(peerId, { message_id: idOf(messageId), text }),
          edit_date: seconds(new Date()),
        } as Update["edited_message"] & object,
      }),
    quotes: (peerId, { messageId, text }) => {
      const original = platform.sent.find((message) => String(message.messageId) === messageId)
      const quoted = messageOf(peerId, { message_id: idOf(messageId), ...(original ? { text: original.text } : {}) })
      return said.writes(peerId, { text, reply_to_message: quoted as NonNullable<Message["reply_to_message"]> })
    },
    staffSays: ({ topic, by, ...message }) =>
      said.writes(String(by), {
        ...{
          chat: { id: GROUP, type: "supergroup", title: "Cán bộ xã", is_forum: true },
          from: { id: by, is_bot: false, first_name: "Lan" },
        },
        ...(topic === undefined ? {} : { message_thread_id: topic, is_topic_message: true }),
        ...message,
      }),
    inGroup: (text) => said.writes("7", { text, chat: { id: -1009, type: "supergroup", title: "Nhóm của thôn" } }),
    async blocks(peerId) {
      platform.blocked.set(peerId, "blocked")
      await said.delivers({ my_chat_member: memberUpdate(peerId, "kicked") as NonNullable<Update["my_chat_member"]> })
    },
    failsNext: (fault) => (platform.faults["sendMessage"] ??= []).push(faultOf(fault)),
    goesAway: () => platform.close(),
    comesBack: () => platform.reopen(),
    rival: () => {
      platform.state.rival = true
      return Promise.resolve()
    },
  }
}

/** Hands over what citizens write, and hands it over again. */
function createMouth(platform: TelegramPlatform) {
  const byKey = new Map<string, Update>()
  let updateId = 1000
  let last: Update | null = null
  const hand = async (update: Update, again = false) => {
    last = update
    const status = await platform.deliver(update, again)
    if (status !== 200) throw new Error(`The webhook answered ${status}`)
  }
  const delivers = (update: Omit<Update, "update_id">) => hand({ update_id: (updateId += 1), ...update })
  return {
    delivers,
    again: () => (last ? hand(last, true) : Promise.resolve()),
    async writes(peerId: string, said: Partial<Message>, { messageId, at = new Date(), key }: Sending = {}) {
      platform.blocked.delete(peerId)
      const known = key === undefined ? undefined : byKey.get(key)
      if (known) return hand(known, true)
      const id = messageId === undefined ? platform.nextId() : idOf(messageId)
      await delivers({ message: messageOf(peerId, { message_id: id, date: seconds(at), ...said }) as NonNullable<Update["message"]> })
      if (key !== undefined && last) byKey.set(key, last)
    },
  }
}

/** What citizens upload, and how it is lost. */
function createFiles(platform: TelegramPlatform) {
  let lost: "gone" | "too_large" | null = null
  return {
    host(bytes: Uint8Array): string {
      const id = `file-${platform.nextId()}`
      platform.files.set(id, { path: `documents/${id}.bin`, bytes, ...(lost ? { lost } : {}) })
      lost = null
      return id
    },
    loseNext(how: "gone" | "too_large") {
      lost = how
    },
  }
}

/** What strangers do at the webhook. */
function doorsOf(platform: TelegramPlatform): Pick<Counterpart, "forges" | "misbehaves"> {
  const message = () => messageOf("7", { message_id: platform.nextId(), text: "Giả mạo ạ 😀" })
  const update = () => JSON.stringify({ update_id: platform.nextId(), message: message() })
  const header = (secret: string) => ({ "X-Telegram-Bot-Api-Secret-Token": secret })
  const secret = () => platform.state.webhook?.secret ?? ""
  return {
    forges: async () => [
      { how: "another secret", status: await platform.call(update(), header("x".repeat(64))) },
      { how: "a part of the secret", status: await platform.call(update(), header(secret().slice(0, -1))) },
      { how: "no secret", status: await platform.call(update(), {}) },
    ],
    misbehaves: async () => [
      { how: "too large", status: await platform.call(JSON.stringify({ text: "x".repeat(1_100_000) }), header(secret())) },
      { how: "not JSON", status: await platform.call("xin chào", header(secret())) },
      { how: "wrong content type", status: await platform.call("<a/>", { ...header(secret()), "Content-Type": "text/xml" }) },
      { how: "GET", status: (await fetch(platform.state.webhook?.url ?? "")).status },
    ],
  }
}

export function labelsOf(markup: InlineKeyboardMarkup | undefined): string[] {
  return (markup?.inline_keyboard.flat() ?? []).map(({ text }) => text)
}

export function faultOf(fault: SendFault): Fault {
  const table: { readonly [K in SendFault["kind"]]: Fault } = {
    rate_limited: {
      code: 429,
      description: "Too Many Requests: retry later",
      retryAfter: fault.kind === "rate_limited" ? Math.ceil(fault.retryAfterMs / 1000) : 1,
    },
    blocked: { code: 403, description: "Forbidden: bot was blocked by the user" },
    hang: "hang",
    server_error: { code: 502, description: "Bad Gateway" },
    auth: { code: 401, description: "Unauthorized" },
  }
  return table[fault.kind]
}
