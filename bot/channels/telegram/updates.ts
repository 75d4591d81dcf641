import type { Message, Update } from "grammy/types"
import type { InboundEvent, Peer } from "../../message.ts"

const START_PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/
const COMMAND = /^\/([a-z_]+)(?:@\w+)?(?:\s+([\s\S]*))?$/i
/** Commands that open the conversation anew: Telegram's own and the one for help. */
const OPENING = new Set(["start", "trogiup", "help"])

/** What an update of Telegram says, or null when it is not for us: groups, other bots, kinds that we do not follow. */
export function toEvent(update: Update, { accountId, now }: { accountId: string; now: Date }): InboundEvent | null {
  const { callback_query: pressed, message, edited_message: edited } = update
  const envelope = (from: Message) => ({
    dedupeKey: `update:${update.update_id}`,
    peer: peerOf(from, accountId),
    sentAt: new Date(from.date * 1000),
  })
  if (pressed) return pressedChoice(update, { accountId, now })
  if (message && isCitizen(message)) return { ...envelope(message), ...said(message) }
  if (edited && isCitizen(edited)) return { ...envelope(edited), type: "unreadable", what: "edit" }
  return null
}

function pressedChoice(
  { callback_query: pressed, update_id }: Update,
  { accountId, now }: { accountId: string; now: Date },
): InboundEvent | null {
  if (pressed?.data === undefined || pressed.from.is_bot || pressed.message?.chat.type !== "private") return null
  const { message, data: choiceId } = pressed
  const markup = "reply_markup" in message ? message.reply_markup : undefined
  const buttons = markup?.inline_keyboard.flat() ?? []
  const label = buttons.find((button) => "callback_data" in button && button.callback_data === choiceId)?.text ?? null
  const peer = { accountId, peerId: String(message.chat.id) }
  // A button carries no time of its own, and that of an old message would belie when it was pressed.
  return { dedupeKey: `update:${update_id}`, peer, sentAt: now, type: "choice", choiceId, label }
}

function said(
  message: Message,
): { type: "message"; text: string } | { type: "start"; origin: string | null } | { type: "unreadable"; what: "media" } {
  // What stands under a photo is usually the question.
  const text = message.text ?? message.caption
  if (text === undefined) return { type: "unreadable", what: "media" }
  const [, command, payload] = COMMAND.exec(text) ?? []
  if (command === undefined || !OPENING.has(command.toLowerCase())) return { type: "message", text }
  return { type: "start", origin: payload !== undefined && START_PAYLOAD.test(payload) ? payload : null }
}

function isCitizen({ chat, from }: Message): boolean {
  return chat.type === "private" && from?.is_bot !== true
}

function peerOf({ chat }: Message, accountId: string): Peer {
  return { accountId, peerId: String(chat.id) }
}
