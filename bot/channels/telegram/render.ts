import type { InlineKeyboardButton, MessageEntity } from "grammy/types"
import { textOf } from "../../body.ts"
import type { Attachment, Body, Choice, OutboundMessage } from "../../message.ts"
import { numbered, shortened } from "../../numbered.ts"
import { splitText } from "../../split.ts"

export const MAX_TEXT = 4096
export const MAX_BUTTONS = 100
export const MAX_DATA_BYTES = 64
export const MAX_LABEL = 60
const MAX_CAPTION = 1024

export interface Words {
  readonly text: string
  readonly entities: MessageEntity[]
  readonly keyboard: InlineKeyboardButton[][]
}

export type Part =
  { readonly kind: "text"; readonly words: Words } | { readonly kind: "file"; readonly file: Attachment; readonly caption: Words | null }

/**
 * The messages that one of ours becomes: words first, or under the first file where they are short. Entities instead of
 * markup, so that no sign in a name can break them; choices as buttons under the last words and as a numbered list, so that
 * each can also be typed.
 */
export function render({ body, choices, attachments = [] }: OutboundMessage, chooseBelow: string): readonly Part[] {
  const all = wordsOf(body, choices, chooseBelow)
  const [only] = all
  const caption = all.length === 1 && only && only.text.length <= MAX_CAPTION && attachments.length > 0 ? only : null
  const texts = caption ? [] : all.map((words): Part => ({ kind: "text", words }))
  return [...texts, ...attachments.map((file, i): Part => ({ kind: "file", file, caption: i === 0 ? caption : null }))]
}

function wordsOf(body: Body, choices: readonly Choice[], chooseBelow: string): readonly Words[] {
  const full = [...body, ...numbered(body, choices, chooseBelow)]
  const entities = entitiesOf(full)
  const parts: Words[] = []
  let from = 0
  for (const text of splitText(textOf(full), MAX_TEXT)) {
    // Telegram refuses a message of nothing but spaces.
    if (text.trim() !== "") parts.push({ text, entities: cutOut(entities, from, from + text.length), keyboard: [] })
    from += text.length
  }
  const last = parts.pop()
  return last ? [...parts, { ...last, keyboard: keyboardOf(choices) }] : []
}

/** Offsets count UTF-16 units, as JavaScript does. */
function entitiesOf(body: Body): MessageEntity[] {
  const entities: MessageEntity[] = []
  let offset = 0
  for (const spans of body) {
    for (const { text, bold, href } of spans) {
      const place = { offset, length: text.length }
      if (bold && text !== "") entities.push({ type: "bold", ...place })
      if (href !== undefined && text !== "") entities.push({ type: "text_link", url: href, ...place })
      offset += text.length
    }
    offset += 1
  }
  return entities
}

function cutOut(entities: readonly MessageEntity[], from: number, to: number): MessageEntity[] {
  return entities.flatMap((entity) => {
    const start = Math.max(entity.offset, from)
    const end = Math.min(entity.offset + entity.length, to)
    return start < end ? [{ ...entity, offset: start - from, length: end - start }] : []
  })
}

/** A choice whose id does not fit a button can still be typed. */
function keyboardOf(choices: readonly Choice[]): InlineKeyboardButton[][] {
  const fitting = choices.filter(({ id }) => id !== "" && Buffer.byteLength(id) <= MAX_DATA_BYTES)
  return fitting.slice(0, MAX_BUTTONS).map(({ id, label }) => [{ text: shortened(label, MAX_LABEL), callback_data: id }])
}
