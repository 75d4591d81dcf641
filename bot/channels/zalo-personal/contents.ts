import { z } from "zod"
import type { InboundMessage } from "../../message.ts"
import { isRecord, parseLossless } from "./frames.ts"

/** What a message says, without its envelope. */
export type Content = Pick<InboundMessage, "text" | "media" | "location" | "contact" | "opaque">

const text = z.string().catch("")
/** What hangs on a message: an address, words, and further details as JSON inside a string. */
const attachmentShape = z.object({ title: text, description: text, href: text, thumb: text, params: z.unknown().optional() })
type Attached = Omit<z.infer<typeof attachmentShape>, "params"> & { readonly params: Record<string, unknown> }

const OPAQUE: Content = { text: "", opaque: true }

/** One row a msgType of Zalo's. */
const BY_TYPE: Readonly<Record<string, (attached: Attached) => Content>> = {
  "chat.photo": (attached) => medium("image", attached, attached.title || attached.description),
  "chat.gif": (attached) => medium("image", attached),
  "chat.doodle": (attached) => medium("image", attached),
  "chat.voice": (attached) => medium("voice", attached),
  "chat.video.msg": (attached) => medium("video", attached, attached.title || attached.description),
  // The title of a file is its name.
  "share.file": (attached) => medium("file", attached),
  "chat.location.new": ({ params }) => location(params),
  "chat.recommended": recommended,
  "chat.link": link,
  "chat.todo": ({ params }) => ({ text: textAt(params["item"], "content") }),
}

/** What a message of this type says; a type or shape that we do not know is told as such and never dropped. */
export function readContent(msgType: string, content: unknown): Content {
  if (typeof content === "string") return { text: content, ...(msgType === "webchat" ? {} : { opaque: true }) }
  if (!isRecord(content)) return OPAQUE
  // A sticker has no address, only the number of a picture.
  if (msgType === "chat.sticker") return { text: "", media: [{ kind: "sticker", source: `sticker:${idOf(content["id"])}` }] }
  const { params, ...attached } = attachmentShape.parse(content)
  const read = Object.hasOwn(BY_TYPE, msgType) ? BY_TYPE[msgType] : undefined
  return read?.({ ...attached, params: nested(params) }) ?? { text: attached.title, opaque: true }
}

/** The name under which Zalo tells of a file, and the words of anything else: by these our own messages are known again. */
export function wordsOf(msgType: string, content: unknown): string {
  if (typeof content === "string") return content
  return msgType === "share.file" ? textAt(content, "title") : ""
}

function medium(kind: "image" | "voice" | "video" | "file", { href, title, params }: Attached, caption = ""): Content {
  const source = textAt(params, "hd") || textAt(params, "m4a") || href
  const album = params["group_layout_id"] ?? params["groupLayoutId"]
  const bytes = Number(params["fileSize"] ?? NaN)
  return {
    text: caption,
    media: [
      {
        kind,
        source,
        ...(kind === "file" && title !== "" ? { name: title } : {}),
        ...(Number.isFinite(bytes) ? { bytes } : {}),
        ...(album === undefined ? {} : { albumKey: idOf(album) }),
      },
    ],
  }
}

function location(params: Record<string, unknown>): Content {
  const latitude = Number(params["latitude"] ?? NaN)
  const longitude = Number(params["longitude"] ?? NaN)
  return Number.isFinite(latitude) && Number.isFinite(longitude) ? { text: "", location: { latitude, longitude } } : OPAQUE
}

/** A card of somebody, else a link. The sender may write any number on a card, so it never counts as proven their own. */
function recommended(attached: Attached): Content {
  const phone = textAt(nested(attached.description), "phone")
  if (phone === "") return link(attached)
  return { text: "", contact: { phone, own: false, ...(attached.title === "" ? {} : { name: attached.title }) } }
}

function link({ title, href }: Attached): Content {
  return { text: title.includes(href) ? title : [title, href].filter((part) => part !== "").join("\n") }
}

function nested(value: unknown): Record<string, unknown> {
  const parsed = typeof value === "string" ? parseLossless(value) : value
  return isRecord(parsed) ? parsed : {}
}

function textAt(record: unknown, key: string): string {
  const value = isRecord(record) ? record[key] : undefined
  return typeof value === "string" ? value : ""
}

function idOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : ""
}
