import { z } from "zod"
import type { InboundEvent, InboundMedia, InboundMessage } from "../../message.ts"

/** What a date can hold. */
const LATEST_MS = 8.64e15
const id = z.union([z.string().min(1), z.number().transform(String)])
const text = z.string().optional().catch(undefined)
const update = z.looseObject({
  event_name: z.string(),
  message: z.looseObject({
    message_id: id.optional().catch(undefined),
    date: z.coerce.number().positive().max(LATEST_MS).optional().catch(undefined),
    chat: z.looseObject({ id, chat_type: text }),
    from: z
      .looseObject({ is_bot: z.boolean().optional().catch(undefined) })
      .optional()
      .catch(undefined),
    text,
    caption: text,
    photo_url: text,
    sticker: text,
    url: text,
  }),
})
type Message = z.output<typeof update>["message"]

/** Where seconds end and milliseconds begin: the year 5138 or 1973. */
const LEAST_MS = 1e11
const OPAQUE = { type: "message", text: "", opaque: true } as const
const READERS: Readonly<Record<string, (message: Message) => InboundMessage>> = {
  "message.text.received": ({ text: words }) => (words === undefined ? OPAQUE : { type: "message", text: words }),
  "message.image.received": (message) => withMedia(message, "image", message.photo_url ?? message.url),
  "message.sticker.received": (message) => withMedia(message, "sticker", message.url ?? message.sticker),
}

/** What an update says, or null when it is not for us: groups, other bots, what is no message. */
export function toEvent(given: unknown, { accountId, now }: { accountId: string; now: Date }): InboundEvent | null {
  const parsed = update.safeParse(given)
  if (!parsed.success) return null
  const { event_name: name, message } = parsed.data
  const { chat, from, date, message_id: messageId } = message
  if (chat.chat_type === "GROUP" || from?.is_bot === true || !name.startsWith("message.")) return null
  const sentAt = date === undefined ? now : new Date(date < LEAST_MS ? date * 1000 : date)
  return {
    ...(READERS[name]?.(message) ?? OPAQUE),
    ...(messageId === undefined ? {} : { messageId }),
    dedupeKey: `${name}:${messageId ?? `${chat.id}:${sentAt.getTime()}`}`,
    peer: { accountId, peerId: chat.id },
    sentAt,
  }
}

/** The updates in what the platform handed over: one, wrapped or not, or none. */
export function updatesIn(given: unknown): readonly unknown[] {
  const wrapped = z.looseObject({ ok: z.boolean(), result: z.unknown().optional() }).safeParse(given)
  const inside = wrapped.success ? wrapped.data.result : given
  if (Array.isArray(inside)) return inside
  return inside === undefined || inside === null ? [] : [inside]
}

function withMedia({ caption, text: words }: Message, kind: InboundMedia["kind"], source: string | undefined): InboundMessage {
  const said = caption ?? words ?? ""
  return source === undefined ? { ...OPAQUE, text: said } : { type: "message", text: said, media: [{ kind, source }] }
}
