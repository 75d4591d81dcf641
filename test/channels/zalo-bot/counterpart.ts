import { type ZaloBotSettings, zaloBotSettings } from "../../../bot/channels/zalo-bot/account.ts"
import { createZaloBotChannel } from "../../../bot/channels/zalo-bot/channel.ts"
import { vi as texts } from "../../../bot/texts/conversation.ts"
import { silent } from "../../support/house.ts"
import type { Counterpart, CounterpartKind, SendFault, Sending } from "../counterpart.ts"
import { loopback } from "../loopback.ts"
import { TOKEN, updateOf, type ZaloBotPlatform, zaloBotPlatform } from "./platform.ts"

export interface ZaloBotCounterpart extends Counterpart {
  readonly platform: ZaloBotPlatform
}

interface Given {
  readonly receive?: ZaloBotSettings["receive"]
  /** The commune has an address that the platform can reach. */
  readonly isPublic?: boolean
  readonly token?: string
  readonly now?: () => Date
  readonly pollMs?: number
  readonly patience?: (failures: number) => number
}

/** Zalo's Bot Platform with citizens, wired to the adapter over real HTTP. */
export async function openZaloBot(given: Given = {}): Promise<ZaloBotCounterpart> {
  const { receive = "polling", isPublic = receive === "webhook", token = TOKEN, now = () => new Date(), patience = () => 10 } = given
  const platform = await zaloBotPlatform(given.pollMs === undefined ? {} : { pollMs: given.pollMs })
  const house = await loopback(async (request, response) => {
    await channel.webhook?.(request, response)
  })
  const publicBaseUrl = isPublic ? { publicBaseUrl: house.root } : {}
  const channel = createZaloBotChannel({
    accountId: "zalo_bot:459812",
    settings: zaloBotSettings.parse({ receive, apiBaseUrl: platform.root, ...publicBaseUrl }),
    secrets: { token },
    texts,
    logger: silent,
    now,
    patience,
    deadlineMs: 1500,
  })
  const stop = async () => {
    await channel.stop()
    await house.close()
    await platform.close()
  }
  return { channel, platform, stop, ...handsOf(platform), ...(receive === "webhook" ? doorsOf(platform) : {}) }
}

export const zaloBotCounterpart: CounterpartKind = { name: "Zalo Bot Platform", open: () => openZaloBot() }
export const zaloBotWebhookCounterpart: CounterpartKind = {
  name: "Zalo Bot Platform (webhook)",
  open: () => openZaloBot({ receive: "webhook" }),
}

/** What citizens do. */
function handsOf(platform: ZaloBotPlatform): Omit<Counterpart, "channel" | "stop"> {
  const byKey = new Map<string, object>()
  let last: object = {}
  let lost: "gone" | "too_large" | null = null
  const deliver = async (update: object) => {
    last = update
    const status = await platform.deliver(update)
    if (status !== 200) throw new Error(`The webhook answered ${status}`)
  }
  const writes = async (eventName: string, peerId: string, given: { message: object; sending?: Sending | undefined }) => {
    const { messageId = platform.nextId(), at = new Date(), key } = given.sending ?? {}
    const fresh = updateOf(eventName, { chatId: peerId, message_id: messageId, date: at.getTime(), ...given.message })
    const update = key === undefined ? fresh : (byKey.get(key) ?? fresh)
    if (key !== undefined) byKey.set(key, update)
    platform.blocked.delete(peerId)
    await deliver(update)
  }
  const hosted = (bytes: Uint8Array) => {
    const path = `/media/${platform.nextId()}`
    if (lost !== "gone") platform.media.set(path, { bytes, ...(lost === "too_large" ? { claimed: 1_000_000_000 } : {}) })
    lost = null
    return `${platform.root}${path}`
  }

  return {
    seen: () =>
      platform.sent.map(({ chatId, messageId, text, media }) => ({
        peerId: chatId,
        messageId,
        text,
        buttons: [],
        ...(media ? { media } : {}),
      })),
    says: (peerId, text, sending) => writes("message.text.received", peerId, { message: { text }, sending }),
    redelivers: () => deliver(last),
    async sendsMedia(peerId, { kind, caption, bytes = new Uint8Array([1, 2, 3]) }) {
      if (kind !== "image") {
        await writes("message.unsupported.received", peerId, { message: {} })
        return
      }
      const message = { photo_url: hosted(bytes), ...(caption === undefined ? {} : { caption }) }
      await writes("message.image.received", peerId, { message })
    },
    losesMedia: (how) => {
      lost = how
    },
    sendsSticker: (peerId) =>
      writes("message.sticker.received", peerId, { message: { sticker: "ab12", url: hosted(new Uint8Array([1])) } }),
    sendsUnknown: (peerId) => writes("message.unsupported.received", peerId, { message: {} }),
    inGroup: (text) =>
      deliver(updateOf("message.text.received", { chatId: "group-1", chatType: "GROUP", message_id: platform.nextId(), text })),
    blocks: (peerId) => {
      platform.blocked.add(peerId)
      return Promise.resolve()
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

/** What strangers do at the webhook. */
function doorsOf(platform: ZaloBotPlatform): Pick<Counterpart, "forges" | "misbehaves"> {
  const update = () => JSON.stringify(updateOf("message.text.received", { chatId: "7", message_id: platform.nextId(), text: "Giả mạo" }))
  const secret = () => ({ "X-Bot-Api-Secret-Token": platform.state.webhook?.secret ?? "" })
  return {
    forges: async () => [
      { how: "another secret", status: await platform.call(update(), { "X-Bot-Api-Secret-Token": "x".repeat(64) }) },
      { how: "no secret", status: await platform.call(update(), {}) },
    ],
    misbehaves: async () => [
      { how: "too large", status: await platform.call(JSON.stringify({ text: "x".repeat(1_100_000) }), secret()) },
      { how: "not JSON", status: await platform.call("xin chào", secret()) },
      { how: "wrong content type", status: await platform.call("<a/>", { ...secret(), "Content-Type": "text/xml" }) },
      { how: "GET", status: (await fetch(platform.state.webhook?.url ?? "")).status },
    ],
  }
}

function faultOf(fault: SendFault) {
  const table = {
    rate_limited: { code: 429, retryAfter: fault.kind === "rate_limited" ? Math.ceil(fault.retryAfterMs / 1000) : 1 },
    blocked: { code: 403 },
    hang: "hang",
    server_error: { status: 503 },
    auth: { code: 401 },
  } as const
  return table[fault.kind]
}
