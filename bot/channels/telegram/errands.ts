import type { Api } from "grammy"
import type { Update } from "grammy/types"
import type { ConversationTexts } from "../../texts/conversation.ts"
import { within } from "./api.ts"
import { strangeChat } from "./updates.ts"

const DEADLINE_MS = 15_000

/**
 * What Telegram wants besides an answer. Nobody waits for it, and it may be refused: a press that is long ago, a group that
 * was left already.
 */
export function runErrands(api: Api, updates: readonly Update[], signal: AbortSignal): void {
  for (const update of updates) {
    const chat = strangeChat(update)
    // A button spins until Telegram is told that the press arrived.
    if (update.callback_query) api.answerCallbackQuery(update.callback_query.id, {}, within(DEADLINE_MS, signal)).catch(ignored)
    // What a citizen asks is nobody else's business, so there are no answers in groups.
    if (chat !== null) api.leaveChat(chat, within(DEADLINE_MS, signal)).catch(ignored)
  }
}

/** Shows the commands where citizens type; without a menu the bot works all the same. */
export async function offerCommands(api: Api, commands: ConversationTexts["commands"], signal: AbortSignal): Promise<void> {
  const list = Object.entries(commands).map(([command, description]) => ({ command, description }))
  await api.setMyCommands(list, { scope: { type: "all_private_chats" } }, within(DEADLINE_MS, signal)).catch(ignored)
}

const ignored = () => undefined
