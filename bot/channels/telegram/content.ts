import type { Message, PhotoSize } from "grammy/types"
import type { InboundMedia, InboundMessage, MediaKind } from "../../message.ts"

/** A moving picture says as little as a sticker. It comes as a document too, so it stands before it. */
const FILES = [
  ["animation", "sticker"],
  ["video", "video"],
  ["video_note", "video"],
  ["voice", "voice"],
  ["audio", "audio"],
  ["document", "file"],
  ["sticker", "sticker"],
] as const satisfies readonly (readonly [keyof Message, MediaKind])[]

/** What Telegram itself reports in a private chat; nobody has said it. */
const REPORTS = [
  "pinned_message",
  "message_auto_delete_timer_changed",
  "chat_background_set",
  "write_access_allowed",
  "connected_website",
  "boost_added",
  "proximity_alert_triggered",
  "forum_topic_created",
  "forum_topic_edited",
  "forum_topic_closed",
  "forum_topic_reopened",
] as const satisfies readonly (keyof Message)[]

export function isReport(message: Message): boolean {
  return REPORTS.some((kind) => kind in message)
}

/** What a message holds; what stands under a photo is usually the question. */
export function contentOf(message: Message): InboundMessage {
  const text = message.text ?? message.caption ?? ""
  const media = mediaOf(message)
  const { location, contact } = message
  const empty = text === "" && !media && !location && !contact
  return {
    type: "message",
    text,
    messageId: String(message.message_id),
    ...(media ? { media: [media] } : {}),
    ...(location ? { location: { latitude: location.latitude, longitude: location.longitude } } : {}),
    ...(contact ? { contact: contactOf(message, contact) } : {}),
    ...quoted(message),
    ...(empty ? { opaque: true } : {}),
  }
}

function mediaOf(message: Message): InboundMedia | null {
  const album = message.media_group_id === undefined ? {} : { albumKey: message.media_group_id }
  const photo = largest(message.photo ?? message.live_photo?.photo ?? [])
  if (photo) return { kind: "image", source: photo.file_id, ...sizeOf(photo), ...album }
  for (const [field, kind] of FILES) {
    const file: { file_id: string; file_size?: number; file_name?: string } | undefined = message[field]
    const name = file?.file_name === undefined ? {} : { name: file.file_name }
    if (file) return { kind, source: file.file_id, ...name, ...sizeOf(file), ...album }
  }
  return null
}

function largest(sizes: readonly PhotoSize[]): PhotoSize | undefined {
  const area = ({ width, height }: PhotoSize) => width * height
  return [...sizes].sort((a, b) => area(b) - area(a))[0]
}

function sizeOf({ file_size: bytes }: { file_size?: number }): { bytes?: number } {
  return bytes === undefined ? {} : { bytes }
}

/** Anybody's card can be sent on; only the one that names its sender proves whose number it is. */
function contactOf({ from }: Message, { phone_number: phone, first_name, last_name, user_id }: NonNullable<Message["contact"]>) {
  const name = [first_name, last_name].filter((part) => part !== undefined && part !== "").join(" ")
  return { phone, ...(name === "" ? {} : { name }), own: user_id !== undefined && user_id === from?.id }
}

/** The part that was marked says more than the whole. */
function quoted({ reply_to_message: original, quote }: Message): Pick<InboundMessage, "replyTo"> {
  if (!original) return {}
  const text = quote?.text ?? original.text ?? original.caption
  return { replyTo: { messageId: String(original.message_id), ...(text === undefined ? {} : { text }) } }
}
