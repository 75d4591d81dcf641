import type { SecretStore } from "../../../bot/accounts/channel-kind.ts"
import { zaloOaSecrets, type ZaloOaSecrets, type ZaloOaSettings, zaloOaSettings } from "../../../bot/channels/zalo-oa/account.ts"
import { createZaloOaChannel, type ZaloOaChannel } from "../../../bot/channels/zalo-oa/channel.ts"
import type { MediaKind } from "../../../bot/message.ts"
import { vi as texts } from "../../../bot/texts/conversation.ts"
import type { PhoneBook } from "../../../bot/accounts/phone-book.ts"
import { rememberedPhones } from "../../support/channel-world.ts"
import { silent } from "../../support/house.ts"
import type { Counterpart, CounterpartKind, SendFault, Sending } from "../counterpart.ts"
import { loopback } from "../loopback.ts"
import { storedSecrets, type StoredSecrets } from "../stored-secrets.ts"
import { APP_ID, APP_SECRET, echoOf, fromCitizen, OA_ID, OA_SECRET, type ZaloOaPlatform, zaloOaPlatform } from "./platform.ts"

export interface ZaloOaCounterpart extends Counterpart {
  readonly channel: ZaloOaChannel
  readonly platform: ZaloOaPlatform
  readonly secrets: StoredSecrets<ZaloOaSecrets>
  /** The address that Zalo calls. */
  readonly webhook: string
  /** Another process that serves the same account. */
  another(): ZaloOaChannel
}

interface Given {
  readonly now?: () => Date
  readonly secrets?: { readonly [K in keyof ZaloOaSecrets]?: ZaloOaSecrets[K] | undefined }
  readonly store?: (store: SecretStore<ZaloOaSecrets>) => SecretStore<ZaloOaSecrets>
  readonly checkEveryMs?: number
  /** Templates and the like, as staff set them. */
  readonly settings?: Partial<ZaloOaSettings>
  readonly phones?: PhoneBook
}

type Event = Record<string, unknown>

const EVENT_OF: Readonly<Record<MediaKind, string>> = {
  image: "image",
  video: "video",
  voice: "audio",
  audio: "audio",
  file: "file",
  sticker: "sticker",
}
const OLD_MS = 48 * 3_600_000

/** Zalo's Official Account platform with citizens, wired to the adapter over real HTTP. */
export async function openZaloOa({ now = () => new Date(), ...given }: Given = {}): Promise<ZaloOaCounterpart> {
  const platform = await zaloOaPlatform({ now, webhook: () => webhook })
  const first = zaloOaSecrets.parse({
    appSecret: APP_SECRET,
    oaSecret: OA_SECRET,
    accessToken: platform.accessToken(),
    refreshToken: platform.refreshToken(),
    accessExpiresAt: new Date(platform.tokens.expiresAt).toISOString(),
    ...given.secrets,
  })
  const secrets = storedSecrets(first)
  const settings = zaloOaSettings.parse({
    appId: APP_ID,
    oaId: OA_ID,
    apiBaseUrl: platform.root,
    oauthBaseUrl: platform.root,
    templateBaseUrl: platform.root,
    ...given.settings,
  })
  const phones = given.phones ?? rememberedPhones()
  const another = () =>
    createZaloOaChannel({
      accountId: `zalo_oa:${OA_ID}`,
      settings,
      secrets: (given.store ?? ((store) => store))(secrets.handle()),
      phones,
      texts,
      logger: silent,
      now,
      deadlineMs: 1500,
      ...(given.checkEveryMs === undefined ? {} : { checkEveryMs: given.checkEveryMs }),
    })
  const channel = another()
  const house = await loopback((request, response) => channel.webhook(request, response))
  const webhook = `${house.root}/webhook/${channel.accountId}`
  const stop = async () => {
    await channel.stop()
    await house.close()
    await platform.close()
  }
  return { channel, platform, secrets, webhook, another, stop, ...handsOf(platform, webhook) }
}

export const zaloOaCounterpart: CounterpartKind = { name: "Zalo Official Account", open: () => openZaloOa() }

/** What citizens, staff and strangers do. */
function handsOf(platform: ZaloOaPlatform, webhook: string): Omit<Counterpart, "channel" | "stop"> {
  const byKey = new Map<string, Event>()
  let last: Event = {}
  const deliver = async (event: Event) => {
    last = event
    const status = await platform.deliver(event)
    if (status !== 200) throw new Error(`The webhook answered ${status}`)
  }
  const cites = async (eventName: string, peerId: string, given: { message: object; sending?: Sending }) => {
    const { messageId, at, key } = given.sending ?? {}
    const known = key === undefined ? undefined : byKey.get(key)
    const message = { msg_id: messageId ?? platform.nextId(), ...given.message }
    const fresh = { ...platform.event(eventName, fromCitizen(peerId, message)), ...(at ? { timestamp: String(at.getTime()) } : {}) }
    if (key !== undefined && !known) byKey.set(key, fresh)
    platform.followers.lastWrote.set(peerId, (at ?? new Date()).getTime())
    platform.followers.repliedTo.set(peerId, 0)
    platform.followers.refusing.delete(peerId)
    await deliver(known ?? fresh)
  }
  const attached = (type: string, payload: object) => ({ attachments: [{ type, payload }] })
  let lost: "gone" | "too_large" | null = null
  const hosted = (bytes: Uint8Array) => {
    const path = `/media/${platform.nextId()}`
    if (lost !== "gone") platform.media.set(path, { bytes, ...(lost === "too_large" ? { claimed: 1_000_000_000 } : {}) })
    lost = null
    return `${platform.root}${path}`
  }

  return {
    seen: () =>
      platform.sent.map(({ userId, buttons, ...rest }) => ({ ...rest, peerId: userId, buttons: buttons.map(({ title }) => title) })),
    says: (peerId, text, sending) => cites("user_send_text", peerId, { message: { text }, ...(sending ? { sending } : {}) }),
    redelivers: () => deliver(last),
    async sendsMedia(peerId, { kind, caption, name, bytes = new Uint8Array([1, 2, 3]) }) {
      const what = EVENT_OF[kind]
      const payload = { url: hosted(bytes), size: String(bytes.length), ...(name === undefined ? {} : { name }) }
      const text = caption === undefined ? {} : { text: caption }
      await cites(`user_send_${what}`, peerId, { message: { ...text, ...attached(what, payload) } })
    },
    losesMedia: (how) => {
      lost = how
    },
    sendsLocation: (peerId, { latitude, longitude }) =>
      cites("user_send_location", peerId, {
        message: attached("location", { coordinates: { latitude: String(latitude), longitude: String(longitude) } }),
      }),
    // Anybody's card can be sent; one's own number comes as user_submit_info, when we ask for it.
    sendsContact: (peerId, { phone, own }) =>
      own
        ? deliver({ ...platform.event("user_submit_info", fromCitizen(peerId, {})), info: { name: "Bà Năm", phone } })
        : cites("user_send_business_card", peerId, { message: attached("link", { description: JSON.stringify({ phone }) }) }),
    sendsSticker: (peerId) =>
      cites("user_send_sticker", peerId, { message: attached("sticker", { id: "ab12", url: hosted(new Uint8Array([1])) }) }),
    sendsUnknown: (peerId) => cites("user_send_hologram", peerId, { message: {} }),
    async presses(peerId, label) {
      const button = platform.sent.flatMap(({ buttons }) => buttons).findLast(({ title }) => title === label)
      if (!button) throw new Error(`No button ${label}`)
      await cites("user_send_text", peerId, { message: { text: button.payload } })
    },
    opens: (peerId) => deliver({ ...platform.event("follow", {}), oa_id: OA_ID, follower: { id: peerId }, source: "oa_profile" }),
    quotes: (peerId, { messageId, text }) => cites("user_send_text", peerId, { message: { text, quote_msg_id: messageId } }),
    staffWrites: (peerId, text) => deliver(platform.event("oa_send_text", echoOf(peerId, { msg_id: platform.nextId(), text }))),
    async echoes(messageId) {
      const ours = platform.sent.find((message) => message.messageId === messageId)
      if (!ours) throw new Error(`No message ${messageId}`)
      await deliver(platform.event("oa_send_text", echoOf(ours.userId, { msg_id: messageId, text: ours.text })))
    },
    async blocks(peerId) {
      platform.followers.refusing.add(peerId)
      await deliver({ ...platform.event("unfollow", {}), oa_id: OA_ID, follower: { id: peerId } })
    },
    forges: () => forge(platform),
    misbehaves: () => misbehave(platform, webhook),
    failsNext: (fault) => platform.faults.message.push(...faultsOf(fault)),
    goesAway: () => platform.close(),
    comesBack: () => platform.reopen(),
  }
}

function faultsOf(fault: SendFault): ZaloOaPlatform["faults"]["message"] {
  const told: { readonly [K in SendFault["kind"]]: (given: Extract<SendFault, { kind: K }>) => ZaloOaPlatform["faults"]["message"] } = {
    rate_limited: ({ retryAfterMs }) => [{ status: 429, retryAfter: Math.ceil(retryAfterMs / 1000) }],
    blocked: () => [{ code: -217 }],
    hang: () => ["hang"],
    server_error: () => [{ status: 503 }],
    // Refused with the old token and with the new one.
    auth: () => [{ code: -216 }, { code: -216 }],
  }
  return (told[fault.kind] as (given: SendFault) => ZaloOaPlatform["faults"]["message"])(fault)
}

async function forge(platform: ZaloOaPlatform) {
  const event = platform.event("user_send_text", fromCitizen("7", { msg_id: platform.nextId(), text: "Giả mạo ạ 😀" }))
  const { timestamp, ...rest } = event
  const old = { ...event, timestamp: String(Number(timestamp) - OLD_MS) }
  return [
    { how: "another secret", status: await platform.deliver(event, { oaSecret: "not-the-secret" }) },
    { how: "no signature", status: await platform.deliver(event, { how: "none" }) },
    { how: "HMAC instead of SHA-256", status: await platform.deliver(event, { how: "hmac" }) },
    { how: "old timestamp", status: await platform.deliver(old) },
    { how: "another timestamp", status: await platform.deliver(event, { timestamp: String(Number(timestamp) + 1) }) },
    { how: "keys in another order", status: await reserialised(platform, { timestamp, ...rest }, event) },
  ]
}

/** A signature over one order of keys, sent with a body in another. */
async function reserialised(platform: ZaloOaPlatform, sent: Event, signed: Event): Promise<number> {
  const raw = JSON.stringify(sent)
  return raw === JSON.stringify(signed) ? 0 : platform.deliverAs(raw, JSON.stringify(signed))
}

async function misbehave(platform: ZaloOaPlatform, webhook: string) {
  const post = async (body: string, type = "application/json") =>
    (await fetch(webhook, { method: "POST", headers: { "Content-Type": type }, body })).status
  return [
    { how: "too large", status: await post(JSON.stringify({ text: "x".repeat(1_100_000) })) },
    { how: "not JSON", status: await post("xin chào") },
    { how: "signed, but not JSON", status: await platform.deliver(`"timestamp":"${Date.now()}`) },
    { how: "wrong content type", status: await post("<a/>", "text/xml") },
    { how: "GET", status: (await fetch(webhook)).status },
  ]
}
