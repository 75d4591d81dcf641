import { zaloPersonalSettings } from "../../../bot/channels/zalo-personal/account.ts"
import { createZaloPersonalChannel } from "../../../bot/channels/zalo-personal/channel.ts"
import type { Channel, MediaKind } from "../../../bot/message.ts"
import { channelWorld } from "../../support/channel-world.ts"
import type { Counterpart, CounterpartKind, Seen, SendFault, Sending } from "../counterpart.ts"
import { attached, deliver, said, type Said, saidByPhone } from "./citizens.ts"
import type { PostFault } from "./fake-posts.ts"
import { type FakeZalo, type Reply, startFakeZalo } from "./fake-zalo.ts"
import { ACCOUNT, memoryStore, QUICK, secretsOf } from "./scene.ts"

const FAULTS: Readonly<Record<SendFault["kind"], PostFault>> = {
  rate_limited: { code: 221 },
  blocked: { code: 123 },
  hang: "hang",
  server_error: { http: 502 },
  auth: { code: 102 },
}
const MSG_TYPES: Readonly<Record<MediaKind, string>> = {
  image: "chat.photo",
  video: "chat.video.msg",
  voice: "chat.voice",
  audio: "share.file",
  file: "share.file",
  sticker: "chat.sticker",
}
const LOST: Readonly<Record<"gone" | "too_large", Reply>> = {
  gone: { status: 404, body: "" },
  too_large: { body: "", length: 900_000_000 },
}
const CONNECTING_MS = 5000

/** A citizen with the Zalo app, facing the adapter through the published zca-js. */
export const zaloPersonalCounterpart: CounterpartKind = {
  name: "Zalo cá nhân",
  // Zalo names no time to wait: the adapter takes five minutes for the whole account, which its own tests tell.
  cannot: [36],
  open: async () => {
    const zalo = await startFakeZalo()
    const account = {
      accountId: ACCOUNT,
      settings: { ...zaloPersonalSettings.parse({}), strangersPerDay: 100 },
      secrets: memoryStore(secretsOf(zalo.account.session)),
    }
    const world = channelWorld()
    const channel = await createZaloPersonalChannel(account, world, { fetch: zalo.fetch, pace: QUICK })
    return createCounterpart(zalo, channel)
  },
}

function createCounterpart(zalo: FakeZalo, channel: Channel): Counterpart {
  const byKey = new Map<string, Said>()
  let last: Said | null = null
  let files = 0
  let losing: "gone" | "too_large" | null = null

  const hand = async (message: Said) => {
    await connected(zalo)
    deliver(zalo, message)
    last = message
  }
  const write = (peerId: string, over: Partial<Said>, { messageId, at, key }: Sending = {}) => {
    const known = key === undefined ? undefined : byKey.get(key)
    const order = { ...(messageId === undefined ? {} : { msgId: messageId }), ...(at ? { ts: String(at.getTime()) } : {}) }
    const message = known ?? said(zalo, peerId, { ...over, ...order })
    if (key !== undefined) byKey.set(key, message)
    return hand(message)
  }
  return {
    channel,
    seen: () => zalo.posts.posted.map(toSeen),
    says: (peerId, content, sending) => {
      // Who writes by hand lets the account write again.
      zalo.posts.refusing.delete(peerId)
      return write(peerId, { content }, sending)
    },
    redelivers: () => (last ? hand(last) : Promise.resolve()),
    sendsMedia: async (peerId, { kind, caption = "", name = "", bytes = Buffer.from("nội dung"), album }) => {
      const path = `/citizen/${(files += 1)}`
      zalo.media.set(path, losing ? LOST[losing] : { body: Buffer.from(bytes) })
      losing = null
      const captioned = kind === "image" || kind === "video"
      // The app sends what is written beside a file as a message of its own.
      if (caption !== "" && !captioned) await write(peerId, { content: caption })
      const content = attached(
        { title: captioned ? caption : name, href: `https://f1-zpc.zdn.vn${path}` },
        { fileSize: String(bytes.length), ...(album === undefined ? {} : { group_layout_id: album }) },
      )
      await write(peerId, { msgType: MSG_TYPES[kind], content })
    },
    losesMedia: (how) => void (losing = how),
    sendsLocation: (peerId, place) => write(peerId, { msgType: "chat.location.new", content: { params: JSON.stringify(place) } }),
    sendsContact: (peerId, { phone }) =>
      write(peerId, { msgType: "chat.recommended", content: attached({ title: "Bà Tư", description: JSON.stringify({ phone }) }) }),
    sendsSticker: (peerId) => write(peerId, { msgType: "chat.sticker", content: { id: 1, catId: 2, type: 7 } }),
    sendsUnknown: (peerId) => write(peerId, { msgType: "chat.hologram", content: { future: true } }),
    retracts: (peerId, messageId) =>
      write(peerId, { msgType: "chat.undo", content: { globalMsgId: messageId, cliMsgId: "1", deleteMsg: 0, srcId: 0, destId: 0 } }),
    quotes: (peerId, { messageId, text }) => write(peerId, { content: text, quote: { globalMsgId: messageId, msg: "tin được trích" } }),
    inGroup: async (content) => {
      await connected(zalo)
      zalo.push({ command: 521, sub: 0 }, { groupMsgs: [said(zalo, "8001", { idTo: "group-1", content })] })
    },
    staffWrites: (peerId, content) => hand(saidByPhone(zalo, peerId, { content })),
    echoes: async (messageId) => {
      const post = zalo.posts.posted.find((one) => one.messageId === messageId)
      if (post) await hand(saidByPhone(zalo, post.peerId, { msgId: messageId, content: post.text }))
    },
    blocks: (peerId) => Promise.resolve(void zalo.posts.refusing.add(peerId)),
    failsNext: (fault) => void zalo.posts.faults.push(FAULTS[fault.kind]),
    goesAway: () => {
      zalo.away = true
      zalo.cut()
      return Promise.resolve()
    },
    comesBack: () => Promise.resolve(void (zalo.away = false)),
    rival: async () => {
      await connected(zalo)
      zalo.push({ command: 3000, sub: 0 }, {})
    },
    stop: async () => {
      await channel.stop()
      await zalo.stop()
    },
  }
}

function toSeen({ peerId, text, messageId, media }: FakeZalo["posts"]["posted"][number]): Seen {
  return { peerId, text: media ? "" : text, buttons: [], messageId, ...(media ? { media } : {}) }
}

/** Waits for the channel to listen; while Zalo is away it only keeps what is said. */
async function connected(zalo: FakeZalo): Promise<void> {
  const until = performance.now() + CONNECTING_MS
  while (!zalo.away && zalo.sockets() === 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 10))
}
