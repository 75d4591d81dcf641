import { z } from "zod"
import type { Contact, InboundEvent, InboundMedia, InboundMessage, MediaKind, Place } from "../../message.ts"
import { parseJson } from "../long-ids.ts"
import { CHOICE_PREFIX } from "./render.ts"

/** What a date can hold. */
const LATEST_MS = 8.64e15
const id = z.union([z.string().min(1), z.number().transform(String)])
const text = id.optional().catch(undefined)
const person = z.looseObject({ id }).optional().catch(undefined)
const payload = z.looseObject({
  url: text,
  name: text,
  size: z.coerce.number().int().nonnegative().optional().catch(undefined),
  phone: text,
  description: text,
  coordinates: z
    .looseObject({ latitude: z.coerce.number().min(-90).max(90), longitude: z.coerce.number().min(-180).max(180) })
    .optional()
    .catch(undefined),
})
const attachment = z.looseObject({ type: text, payload: payload.optional().catch(undefined) })
const info = z.looseObject({ name: text, phone: text, address: text, ward: text, district: text, city: text })
const message = z.looseObject({
  msg_id: text,
  msg_ids: z.array(id).optional().catch(undefined),
  text,
  quote_msg_id: text,
  attachments: z.array(attachment).catch([]).default([]),
})
const event = z.looseObject({
  event_name: z.string(),
  timestamp: z.coerce.number().positive().max(LATEST_MS).optional().catch(undefined),
  oa_id: text,
  sender: person,
  recipient: person,
  follower: person,
  message: message.optional().catch(undefined),
  info: info.optional().catch(undefined),
})
type Event = z.output<typeof event>
type Attached = z.output<typeof attachment>
type Told = InboundEvent extends infer E ? (E extends InboundEvent ? Omit<E, "dedupeKey" | "peer" | "sentAt"> : never) : never

/** What one body of the webhook says. `foreign`: it is about another Official Account; `ignored`: nothing of ours, or nothing known. */
export type Read =
  | { readonly kind: "events"; readonly events: readonly InboundEvent[] }
  | { readonly kind: "foreign"; readonly oaId: string }
  | { readonly kind: "ignored"; readonly eventName: string | null }

interface Account {
  readonly accountId: string
  readonly oaId: string
  readonly now: Date
}

const RECEIPTS: Readonly<Record<string, "delivered" | "seen">> = { user_received_message: "delivered", user_seen_message: "seen" }
const RELATIONS: Readonly<Record<string, "followed" | "unfollowed">> = { follow: "followed", unfollow: "unfollowed" }
const SAID = /^(?:user_send|anonymous_send|oa_send)(?:_anonymous)?_(\w+)$/
/** A moving picture says as little as a sticker. */
const MEDIA: Readonly<Record<string, MediaKind>> = {
  image: "image",
  gif: "sticker",
  sticker: "sticker",
  video: "video",
  audio: "voice",
  voice: "voice",
  file: "file",
}
const WORDS = new Set(["text", "link", "location", "business_card"])

/** Translates one webhook body that Zalo signed; lenient, because a refused event would come again and again for hours. */
export function readEvent(body: unknown, { accountId, oaId, now }: Account): Read {
  const parsed = event.safeParse(body)
  if (!parsed.success) return { kind: "ignored", eventName: null }
  const given = parsed.data
  const { event_name: eventName, sender, recipient, follower } = given
  const ids = [follower?.id, sender?.id, recipient?.id].filter((one) => one !== undefined)
  const ours = given.oa_id === undefined ? ids.length < 2 || ids.includes(oaId) : given.oa_id === oaId
  if (!ours) return { kind: "foreign", oaId: given.oa_id ?? (eventName.startsWith("oa_") ? sender?.id : recipient?.id) ?? "?" }
  const peerId = ids.find((one) => one !== oaId)
  const told = peerId === undefined ? [] : toldBy(given)
  if (peerId === undefined || told.length === 0) return { kind: "ignored", eventName }
  const sentAt = given.timestamp === undefined ? now : new Date(given.timestamp)
  const envelope = { peer: { accountId, peerId }, sentAt }
  const unnamed = `${peerId}:${sentAt.getTime()}`
  return {
    kind: "events",
    events: told.map((one) => ({ ...one, ...envelope, dedupeKey: `${eventName}:${keyOf(one, given) ?? unnamed}` })),
  }
}

function keyOf(told: Told, { message: said }: Event): string | undefined {
  return told.type === "receipt" ? `${told.messageId}:${told.state}` : said?.msg_id
}

function toldBy(given: Event): readonly Told[] {
  const { event_name: name, message: said } = given
  const state = RECEIPTS[name]
  if (state)
    return (said?.msg_ids ?? (said?.msg_id === undefined ? [] : [said.msg_id])).map((messageId) => ({ type: "receipt", messageId, state }))
  const relation = RELATIONS[name]
  if (relation) return [{ type: "relation", state: relation }]
  if (name === "user_submit_info") return sharedInfo(given)
  const what = SAID.exec(name)?.[1]
  if (what === undefined) return []
  return [name.startsWith("oa_") ? { ...saying(what, said), author: "staff" } : (tapped(said) ?? saying(what, said))]
}

/** A tapped button comes as a text that holds what the button carries. */
function tapped(said: Event["message"]): Told | null {
  const words = said?.text?.trim() ?? ""
  const choiceId = words.startsWith(CHOICE_PREFIX) ? words.slice(CHOICE_PREFIX.length) : ""
  return choiceId === "" || /\s/.test(choiceId) ? null : { type: "choice", choiceId, label: null }
}

function saying(what: string, said: Event["message"]): InboundMessage {
  const attached = said?.attachments ?? []
  const media = attached.map((one) => mediaOf(one, what)).filter((one) => one !== null)
  const links = what === "link" ? attached.map(({ payload: link }) => link?.url).filter((url) => url !== undefined) : []
  const words = [said?.text, ...links].filter((line) => line !== undefined && line !== "").join("\n")
  const location = what === "location" ? placeOf(attached) : undefined
  const contact = what === "business_card" ? contactOf(attached) : undefined
  const empty = words === "" && media.length === 0 && !location && !contact
  return {
    type: "message",
    text: words,
    ...(said?.msg_id === undefined ? {} : { messageId: said.msg_id }),
    ...(media.length === 0 ? {} : { media }),
    ...(location ? { location } : {}),
    ...(contact ? { contact } : {}),
    ...(said?.quote_msg_id === undefined ? {} : { replyTo: { messageId: said.quote_msg_id } }),
    ...(empty ? { opaque: true } : {}),
  }
}

function mediaOf({ type, payload: given }: Attached, what: string): InboundMedia | null {
  const kind = WORDS.has(what) ? undefined : (MEDIA[type ?? what] ?? MEDIA[what])
  if (kind === undefined || given?.url === undefined) return null
  return {
    kind,
    source: given.url,
    ...(given.name === undefined ? {} : { name: given.name }),
    ...(given.size === undefined ? {} : { bytes: given.size }),
  }
}

function placeOf(attached: readonly Attached[]): Place | undefined {
  return attached.find(({ payload: given }) => given?.coordinates)?.payload?.coordinates
}

/** Anybody's card can be sent: it never proves whose number it is. The number may stand in JSON inside the description. */
function contactOf([card]: readonly Attached[]): Contact {
  const inside = info.safeParse(parseJson(card?.payload?.description ?? ""))
  const phone = card?.payload?.phone ?? inside.data?.phone
  const name = card?.payload?.name ?? inside.data?.name
  return { own: false, ...(phone === undefined ? {} : { phone }), ...(name === undefined ? {} : { name }) }
}

/** What the citizen filled in when we asked; some applications get it as JSON inside the text. */
function sharedInfo({ info: direct, message: said }: Event): readonly Told[] {
  const given = direct ?? info.safeParse(parseJson(said?.text ?? "")).data
  if (!given) return []
  const { name, phone } = given
  const address = [given.address, given.ward, given.district, given.city].filter((part) => part !== undefined).join(", ")
  return [
    {
      type: "shared_info",
      ...(name === undefined ? {} : { name }),
      ...(phone === undefined ? {} : { phone }),
      ...(address === "" ? {} : { address }),
    },
  ]
}
