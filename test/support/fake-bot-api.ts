import type { MessageEntity, Update } from "grammy/types"
import { onTestFinished } from "vitest"
import { messageOf, personOf } from "../channels/telegram/citizen.ts"
import { type Fault, telegramPlatform } from "../channels/telegram/platform.ts"

interface Sent {
  readonly chat_id: string
  readonly text: string
  readonly entities: readonly MessageEntity[]
  readonly reply_markup?: { inline_keyboard: { text: string; callback_data: string }[][] }
}

export interface FakeBotApi {
  readonly root: string
  readonly sent: Sent[]
  readonly answeredCallbacks: string[]
  /** Offsets that were asked for: an update below one is confirmed. */
  readonly offsets: number[]
  /** Faults of the next calls of a method, in order. */
  readonly faults: Record<string, Fault[]>
  says(chat: number, message: object): number
  presses(chat: number, given: { data: string; label: string }): number
  edits(chat: number, text: string): number
}

/** Telegram until the end of the test, with a citizen's hands that say what was handed over under which number. */
export async function fakeBotApi(token: string): Promise<FakeBotApi> {
  const platform = await telegramPlatform({ token })
  onTestFinished(() => platform.close())
  const callsOf = (method: string) => platform.calls.filter((call) => call.method === method).map(({ body }) => body)
  let updateId = 0
  const add = (update: Omit<Update, "update_id">) => {
    updateId += 1
    void platform.deliver({ update_id: updateId, ...update })
    return updateId
  }
  return {
    root: platform.root,
    faults: platform.faults,
    get sent() {
      return platform.sent.map(({ chatId, text, entities, markup }): Sent => {
        const keyboard = markup ? { reply_markup: markup as NonNullable<Sent["reply_markup"]> } : {}
        return { chat_id: chatId, text, entities, ...keyboard }
      })
    },
    get answeredCallbacks() {
      return callsOf("answerCallbackQuery").map((body) => String(body["callback_query_id"]))
    },
    get offsets() {
      return callsOf("getUpdates").map(({ offset }) => Number(offset))
    },
    says: (chat, said) => add({ message: messageOf(String(chat), { message_id: 1, ...said }) as NonNullable<Update["message"]> }),
    edits: (chat, text) =>
      add({ edited_message: messageOf(String(chat), { message_id: 1, text }) as NonNullable<Update["edited_message"]> }),
    presses(chat, { data, label }) {
      const reply_markup = { inline_keyboard: [[{ text: label, callback_data: data }]] }
      const message = messageOf(String(chat), { message_id: 1, text: "?", reply_markup })
      return add({
        callback_query: { id: `callback-${updateId + 1}`, from: personOf(String(chat)), chat_instance: "1", data, message },
      })
    },
  }
}
