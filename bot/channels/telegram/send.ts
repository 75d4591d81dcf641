import { type Api, GrammyError, InputFile } from "grammy"
import type { Message } from "grammy/types"
import type { Attachment, OutboundMessage, SendFailure, SendOutcome } from "../../message.ts"
import { within } from "./api.ts"
import { toSendFailure } from "./failures.ts"
import { type Part, render, type Words } from "./render.ts"

export const MAX_UPLOAD_BYTES = 50 * 1024 * 1024
const MAX_PHOTO_BYTES = 10 * 1024 * 1024
const PHOTOS = new Set(["image/jpeg", "image/png", "image/webp"])
const UPLOAD_DEADLINE_MS = 120_000
/** The library writes names into the request as they are. */
const UNFIT_IN_NAME = /[\p{Cc}";\\/]/gu

interface Sending {
  readonly api: Api
  readonly chooseBelow: string
  /** How long one message without a file may take. */
  readonly deadlineMs: number
}

/** What one part came to: its id, or why it was not sent, perhaps after its words were. */
type Sent = { readonly id: string } | { readonly failure: SendFailure; readonly id?: string }

/** Sends the parts after the first `already` ones. Never rejects. */
export async function send(sending: Sending, message: OutboundMessage, already: number): Promise<SendOutcome> {
  const messageIds: string[] = []
  let partsSent = already
  for (const part of render(message, sending.chooseBelow).slice(already)) {
    const sent = part.kind === "text" ? await sendText(sending, message.to.peerId, part.words) : await sendFile(sending, message, part)
    if (sent.id !== undefined) messageIds.push(sent.id)
    if ("failure" in sent) return { ok: false, partsSent, messageIds, failure: sent.failure }
    partsSent += 1
  }
  return { ok: true, partsSent, messageIds }
}

function sendText({ api, deadlineMs }: Sending, peerId: string, { text, entities, keyboard }: Words): Promise<Sent> {
  const options = { entities, link_preview_options: { is_disabled: true }, ...markupOf(keyboard) }
  return outcomeOf(() => api.sendMessage(peerId, text, options, within(deadlineMs)))
}

/** When a file is refused its words must not be lost with it. */
async function sendFile(sending: Sending, { to }: OutboundMessage, { file, caption }: Extract<Part, { kind: "file" }>): Promise<Sent> {
  const sent = await upload(sending.api, { peerId: to.peerId, file, caption })
  if (!("failure" in sent) || sent.failure.kind !== "rejected" || caption === null) return sent
  const words = await sendText(sending, to.peerId, caption)
  return "failure" in words ? words : { ...sent, id: words.id }
}

async function upload(api: Api, given: { peerId: string; file: Attachment; caption: Words | null }): Promise<Sent> {
  const { peerId, file, caption } = given
  const bytes = await file.read().catch(() => null)
  if (bytes === null) return { failure: { kind: "unreachable", detail: "the file cannot be read" } }
  const detail = `${bytes.length} bytes, at most ${MAX_UPLOAD_BYTES}`
  if (bytes.length > MAX_UPLOAD_BYTES) return { failure: { kind: "rejected", detail } }
  const input = () => new InputFile(bytes, file.name.replace(UNFIT_IN_NAME, "_"))
  const words = caption ? { caption: caption.text, caption_entities: caption.entities, ...markupOf(caption.keyboard) } : {}
  const asDocument = () => api.sendDocument(peerId, input(), { ...words, disable_content_type_detection: true }, within(UPLOAD_DEADLINE_MS))
  if (file.kind !== "image" || !PHOTOS.has(file.mime) || bytes.length > MAX_PHOTO_BYTES) return outcomeOf(asDocument)
  // Telegram refuses pictures that are too long or too broad; as files it takes them.
  return outcomeOf(() =>
    api.sendPhoto(peerId, input(), words, within(UPLOAD_DEADLINE_MS)).catch((error: unknown) => {
      if (error instanceof GrammyError && toSendFailure(error).kind === "rejected") return asDocument()
      throw error
    }),
  )
}

/** Success without the id of the message is none: nothing can be said of what became of it. */
async function outcomeOf(call: () => Promise<Pick<Message, "message_id">>): Promise<Sent> {
  try {
    const { message_id: id } = (await call()) as { readonly message_id?: unknown }
    return typeof id === "number" ? { id: String(id) } : { failure: { kind: "unknown", detail: "no message_id" } }
  } catch (error) {
    return { failure: toSendFailure(error) }
  }
}

function markupOf(keyboard: Words["keyboard"]) {
  return keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard } } : {}
}
