import type { CallbackQuery, ChatMemberUpdated, Message, Update } from "grammy/types"
import type { InboundEvent, InboundMessage } from "../../message.ts"
import { contentOf, isReport } from "./content.ts"
import { originOf } from "./deep-link.ts"

/** The kinds of updates that we ask for. */
export const ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"] as const satisfies readonly (keyof Update)[]

const COMMAND = /^\/([a-z_]+)(?:@\w+)?(?:\s+([\s\S]*))?$/i
/** Commands that open the conversation anew: Telegram's own and the one for help. */
const OPENING = new Set(["start", "trogiup", "help"])
// Telegram keeps updates for a day; what waited for us this long was not handed over as it came.
const BACKFILL_MS = 5 * 60_000

type Told = InboundEvent extends infer E ? (E extends InboundEvent ? Omit<E, "dedupeKey" | "peer" | "sentAt" | "backfill"> : never) : never
interface Saying {
  readonly chatId: number
  /** Unix seconds; null where Telegram does not say when. */
  readonly date: number | null
  readonly told: Told
}

/** What an update of Telegram says, or null when it is not for us: groups, other bots, kinds that we do not follow. */
export function toEvent(update: Update, { accountId, now }: { accountId: string; now: Date }): InboundEvent | null {
  const saying = sayingOf(update)
  if (!saying) return null
  const { chatId, date, told } = saying
  const sentAt = date === null ? now : new Date(date * 1000)
  return {
    ...told,
    dedupeKey: `update:${update.update_id}`,
    peer: { accountId, peerId: String(chatId) },
    sentAt,
    ...(now.getTime() - sentAt.getTime() > BACKFILL_MS ? { backfill: true } : {}),
  }
}

/** The group or channel that an update comes from: the assistant has no business there, so it leaves. Null: a citizen, or it was put out. */
export function strangeChat({ message, edited_message: edited, my_chat_member: member }: Update): number | null {
  const chat = (message ?? edited ?? member)?.chat
  if (!chat || chat.type === "private" || isOut(member)) return null
  return chat.id
}

function sayingOf({ callback_query: pressed, message, edited_message: edited, my_chat_member: member }: Update): Saying | null {
  if (pressed) return pressing(pressed)
  if (message) return writing(message)
  if (edited) return editing(edited)
  return member ? relating(member) : null
}

function pressing({ data, from, message }: CallbackQuery): Saying | null {
  if (data === undefined || from.is_bot || message?.chat.type !== "private") return null
  const markup = "reply_markup" in message ? message.reply_markup : undefined
  const buttons = markup?.inline_keyboard.flat() ?? []
  const label = buttons.find((button) => "callback_data" in button && button.callback_data === data)?.text ?? null
  // A button carries no time of its own, and that of an old message would belie when it was pressed.
  return { chatId: message.chat.id, date: null, told: { type: "choice", choiceId: data, label } }
}

function writing(message: Message): Saying | null {
  if (!isCitizen(message) || isReport(message)) return null
  return { chatId: message.chat.id, date: dateOf(message.date), told: said(message) }
}

/** A position that is shared for a while comes as an edit with every step; it changes no words. */
function editing(message: Message): Saying | null {
  if (!isCitizen(message) || message.location) return null
  const { chat, message_id: id, text, caption, edit_date: edited, date } = message
  return { chatId: chat.id, date: dateOf(edited ?? date), told: { type: "edited", messageId: String(id), text: text ?? caption ?? "" } }
}

/** In a private chat this comes only when the citizen blocks the bot or lets it speak again. */
function relating(member: ChatMemberUpdated): Saying | null {
  const { chat, date } = member
  if (chat.type !== "private") return null
  return { chatId: chat.id, date: dateOf(date), told: { type: "relation", state: isOut(member) ? "blocked" : "unblocked" } }
}

function said(message: Message): InboundMessage | { type: "start"; origin: string | null } {
  const [, command, payload] = COMMAND.exec(message.text ?? "") ?? []
  if (command === undefined || !OPENING.has(command.toLowerCase())) return contentOf(message)
  return { type: "start", origin: originOf(payload) }
}

function isOut(member: ChatMemberUpdated | undefined): boolean {
  return member?.new_chat_member.status === "kicked" || member?.new_chat_member.status === "left"
}

function isCitizen({ chat, from }: Message): boolean {
  return chat.type === "private" && from?.is_bot !== true
}

function dateOf(seconds: number): number | null {
  return Number.isFinite(seconds) ? seconds : null
}
