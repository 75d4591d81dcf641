import { textWithAddresses } from "../../body.ts"
import type { Attachment, Body, Choice, OutboundMessage } from "../../message.ts"
import { numbered, shortened } from "../../numbered.ts"
import { splitText } from "../../split.ts"

export const MAX_TEXT = 2000
export const MAX_BUTTONS = 5
export const MAX_LABEL = 35
export const MAX_FILE_BYTES = 5_000_000
/** What stands before the id of a choice: a tap comes back as a text of the citizen. */
export const CHOICE_PREFIX = "#c:"

interface Button {
  readonly type: "oa.query.hide"
  readonly title: string
  readonly payload: string
}

export type Part =
  | { readonly kind: "text"; readonly text: string; readonly buttons: readonly Button[] }
  | { readonly kind: "upload"; readonly file: Attachment }

/**
 * The messages that one of ours becomes: text first, because it must arrive even when a file is refused; buttons under its
 * last part, and the whole list in words where a button cannot show it all.
 */
export function render({ body, choices, attachments = [] }: OutboundMessage, chooseBelow: string): readonly Part[] {
  const text = textWithAddresses([...body, ...listed(body, choices, chooseBelow)])
  const texts = splitText(text, MAX_TEXT).filter((part) => part.trim() !== "")
  const buttons = choices.slice(0, MAX_BUTTONS).map(buttonOf)
  const parts = texts.map((part, i): Part => ({ kind: "text", text: part, buttons: i === texts.length - 1 ? buttons : [] }))
  return [...parts, ...attachments.map((file): Part => ({ kind: "upload", file }))]
}

/** What a text part is in the words of the platform. */
export function textMessage({ text, buttons }: Extract<Part, { kind: "text" }>): object {
  return buttons.length === 0 ? { text } : { text, attachment: { type: "template", payload: { buttons } } }
}

/** What an uploaded part is in the words of the platform. */
export function uploadedMessage(kind: "image" | "file", id: string): object {
  if (kind === "file") return { attachment: { type: "file", payload: { token: id } } }
  const elements = [{ media_type: "image", attachment_id: id }]
  return { attachment: { type: "template", payload: { template_type: "media", elements } } }
}

function listed(body: Body, choices: readonly Choice[], chooseBelow: string): Body {
  const shown = choices.length <= MAX_BUTTONS && choices.every(({ label }) => label.length <= MAX_LABEL)
  return shown ? [] : numbered(body, choices, chooseBelow)
}

function buttonOf({ id, label }: Choice): Button {
  return { type: "oa.query.hide", title: shortened(label, MAX_LABEL), payload: `${CHOICE_PREFIX}${id}` }
}
