import type { InlineKeyboardButton, MessageEntity } from "grammy/types"
import { textOf } from "../../body.ts"
import type { Body, Choice } from "../../message.ts"
import { splitText } from "../../split.ts"

const MAX_TEXT = 4096
const MAX_BUTTONS = 100
const MAX_DATA_BYTES = 64
const MAX_LABEL = 60

export interface Part {
  readonly text: string
  readonly entities: MessageEntity[]
  readonly keyboard: InlineKeyboardButton[][]
}

/**
 * The messages that a body becomes: entities instead of markup, so that no sign in a name can break them; choices as
 * buttons under the last part and as a numbered list, so that each can also be typed.
 */
export function render(body: Body, choices: readonly Choice[], chooseBelow: string): Part[] {
  const full = [...body, ...numbered(body, choices, chooseBelow)]
  const entities = entitiesOf(full)
  const parts: Part[] = []
  let from = 0
  for (const text of splitText(textOf(full), MAX_TEXT)) {
    // Telegram refuses a message of nothing but spaces.
    if (text.trim() !== "") parts.push({ text, entities: within(entities, from, from + text.length), keyboard: [] })
    from += text.length
  }
  const last = parts.pop()
  return last ? [...parts, { ...last, keyboard: keyboardOf(choices) }] : []
}

function numbered(body: Body, choices: readonly Choice[], chooseBelow: string): Body {
  const text = textOf(body)
  const listed = choices.every(({ label }) => text.includes(label))
  if (choices.length === 0 || listed) return []
  return [[], [{ text: chooseBelow }], ...choices.map(({ label }, i) => [{ text: `${i + 1}. ${label}` }])]
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

function within(entities: readonly MessageEntity[], from: number, to: number): MessageEntity[] {
  return entities.flatMap((entity) => {
    const start = Math.max(entity.offset, from)
    const end = Math.min(entity.offset + entity.length, to)
    return start < end ? [{ ...entity, offset: start - from, length: end - start }] : []
  })
}

/** A choice whose id does not fit a button can still be typed. */
function keyboardOf(choices: readonly Choice[]): InlineKeyboardButton[][] {
  const fitting = choices.filter(({ id }) => id !== "" && Buffer.byteLength(id) <= MAX_DATA_BYTES)
  return fitting.slice(0, MAX_BUTTONS).map(({ id, label }) => [{ text: shortened(label), callback_data: id }])
}

function shortened(label: string): string {
  return label.length <= MAX_LABEL ? label : `${(splitText(label, MAX_LABEL - 1)[0] ?? "").trimEnd()}…`
}
