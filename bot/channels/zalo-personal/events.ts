import { z } from "zod"
import type { InboundEvent } from "../../message.ts"
import { readContent, wordsOf } from "./contents.ts"
import { isRecord, parseLossless } from "./frames.ts"

/** An event with what orders it: the platform's clock, then its number. */
export interface Arrival {
  readonly event: InboundEvent
  readonly ts: number
  readonly number: bigint
  /** The words of what this account sent itself: ours, or typed on the phone. Null for a citizen's. */
  readonly ownWords: string | null
}

export interface Reading {
  readonly accountId: string
  /** Of this account at Zalo. */
  readonly uid: string
  readonly now: () => Date
  readonly backfill?: boolean
}

const id = z.union([z.string(), z.number()]).transform(String)
const someId = id.catch("")
const messageShape = z.object({
  msgId: id,
  cliMsgId: someId,
  msgType: z.string().catch(""),
  uidFrom: id,
  idTo: someId,
  ts: z.coerce.number().catch(NaN),
  content: z.unknown().optional(),
  quote: z
    .object({ globalMsgId: id, msg: z.string().catch("") })
    .optional()
    .catch(undefined),
})
type Message = z.infer<typeof messageShape>

/** What one message of a batch means, null when it is not for us. Throws on a shape that cannot be read. */
export function readMessage(raw: unknown, reading: Reading): Arrival | null {
  const message = messageShape.parse(raw)
  const own = message.uidFrom === "0" || message.uidFrom === reading.uid
  const peerId = own ? message.idTo : message.uidFrom
  // The account writes to itself ("Cloud của tôi").
  if (peerId === "" || peerId === "0" || peerId === reading.uid) return null
  const peer = { accountId: reading.accountId, peerId }
  const retracted = retractedId(message.content)
  const ts = Number.isNaN(message.ts) ? reading.now().getTime() : message.ts
  const base = { peer, sentAt: new Date(ts), ...(reading.backfill ? { backfill: true } : {}) }
  const order = { ts, number: numberOf(message.msgId) }
  if (retracted !== null) {
    if (own) return null
    return { ...order, ownWords: null, event: { ...base, dedupeKey: `undo:${retracted}`, type: "retracted", messageId: retracted } }
  }
  const event: InboundEvent = {
    ...base,
    // The same message may come with other numbers of Zalo's; the number that the sender's app gave it stays.
    dedupeKey: message.cliMsgId === "" || message.cliMsgId === "0" ? message.msgId : `${message.cliMsgId}:${message.uidFrom}`,
    type: "message",
    messageId: message.msgId,
    ...readContent(message.msgType, message.content),
    ...(own ? { author: "staff" } : {}),
    ...quoted(message),
  }
  return { ...order, event, ownWords: own ? wordsOf(message.msgType, message.content) : null }
}

function retractedId(content: unknown): string | null {
  if (!isRecord(content) || !("deleteMsg" in content)) return null
  return someId.parse(content["globalMsgId"]) || null
}

function quoted({ quote }: Message) {
  return quote ? { replyTo: { messageId: quote.globalMsgId, ...(quote.msg === "" ? {} : { text: quote.msg }) } } : {}
}

const reactionShape = z.object({
  msgId: id,
  uidFrom: id,
  ts: z.coerce.number().catch(NaN),
  content: z.preprocess(
    (given) => (typeof given === "string" ? parseLossless(given) : given),
    z.object({ rIcon: z.string().catch(""), rMsg: z.array(z.object({ gMsgID: id })).min(1) }),
  ),
})

/** Zalo writes its six quick reactions in signs of its own. */
const EMOJI: Readonly<Record<string, string>> = { "/-heart": "❤️", "/-strong": "👍", ":>": "😆", ":o": "😮", ":-((": "😭", ":-h": "😡" }

export function readReaction(raw: unknown, { accountId, uid, now }: Reading): Arrival | null {
  const { msgId, uidFrom, ts: given, content } = reactionShape.parse(raw)
  const messageId = content.rMsg[0]?.gMsgID
  if (uidFrom === "0" || uidFrom === uid || messageId === undefined) return null
  const ts = Number.isNaN(given) ? now().getTime() : given
  const emoji = content.rIcon === "" ? null : (EMOJI[content.rIcon] ?? content.rIcon)
  return {
    ts,
    number: numberOf(msgId),
    ownWords: null,
    event: {
      dedupeKey: `reaction:${msgId}:${uidFrom}`,
      peer: { accountId, peerId: uidFrom },
      sentAt: new Date(ts),
      type: "reaction",
      messageId,
      emoji,
    },
  }
}

const RECEIPTS = {
  delivered: z
    .object({ msgId: id, deliveredUids: z.array(id).min(1) })
    .transform((raw) => ({ msgId: raw.msgId, peerId: raw.deliveredUids[0] ?? "" })),
  seen: z.object({ msgId: id, idTo: id }).transform((raw) => ({ msgId: raw.msgId, peerId: raw.idTo })),
}

export function readReceipt(state: "delivered" | "seen", raw: unknown, { accountId, now }: Reading): Arrival {
  const { msgId, peerId } = RECEIPTS[state].parse(raw)
  const sentAt = now()
  const event: InboundEvent = {
    dedupeKey: `${state}:${msgId}:${peerId}`,
    peer: { accountId, peerId },
    sentAt,
    type: "receipt",
    messageId: msgId,
    state,
  }
  return { ts: sentAt.getTime(), number: numberOf(msgId), ownWords: null, event }
}

export function readRelation(
  given: { state: "followed" | "unfollowed"; peerId: string; key: string },
  { accountId, now }: Reading,
): Arrival {
  const { state, peerId, key } = given
  const sentAt = now()
  const event: InboundEvent = {
    dedupeKey: `${state}:${peerId}:${key || sentAt.getTime()}`,
    peer: { accountId, peerId },
    sentAt,
    type: "relation",
    state,
  }
  return { ts: sentAt.getTime(), number: 0n, ownWords: null, event }
}

function numberOf(msgId: string): bigint {
  return /^\d+$/.test(msgId) ? BigInt(msgId) : 0n
}
