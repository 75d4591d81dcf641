import type { InlineKeyboardMarkup, MessageEntity } from "grammy/types"

export interface Refused {
  readonly code: number
  readonly description: string
  readonly retryAfter?: number
}

const bad = (what: string): Refused => ({ code: 400, description: `Bad Request: ${what}` })

export const MAX_PHOTO = 10 * 1024 * 1024
export const MAX_DOCUMENT = 50 * 1024 * 1024

/** Telegram's own limits: texts in UTF-16 units, what a button carries in bytes. */
export function textFault(text: string, entities: readonly MessageEntity[] = []): Refused | null {
  if (text.trim() === "") return bad("message text is empty")
  if (text.length > 4096) return bad("message is too long")
  return entityFault(text, entities)
}

export function captionFault(caption: string, entities: readonly MessageEntity[] = []): Refused | null {
  return caption.length > 1024 ? bad("message caption is too long") : entityFault(caption, entities)
}

export function keyboardFault(markup: InlineKeyboardMarkup | undefined): Refused | null {
  const buttons = markup?.inline_keyboard.flat() ?? []
  if (buttons.length > 100) return bad("REPLY_MARKUP_TOO_LONG")
  const unfit = buttons.some((button) => {
    const size = "callback_data" in button ? Buffer.byteLength(button.callback_data) : 0
    return size < 1 || size > 64 || button.text === ""
  })
  return unfit ? bad("BUTTON_DATA_INVALID") : null
}

export function uploadFault(bytes: number, most: number): Refused | null {
  if (bytes === 0) return bad("file must be non-empty")
  return bytes > most ? { code: 413, description: "Request Entity Too Large" } : null
}

export function commandFault(commands: readonly { command: string; description: string }[]): Refused | null {
  const unfit = commands.some(({ command, description }) => !/^[a-z0-9_]{1,32}$/.test(command) || !/^.{1,256}$/s.test(description))
  return unfit ? bad("BOT_COMMAND_INVALID") : null
}

function entityFault(text: string, entities: readonly MessageEntity[]): Refused | null {
  const outside = entities.some(({ offset, length }) => offset < 0 || length < 1 || offset + length > text.length)
  return outside ? bad("ENTITY_BOUNDS_INVALID") : null
}
