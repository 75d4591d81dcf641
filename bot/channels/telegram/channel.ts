import type { Api } from "grammy"
import type { Update } from "grammy/types"
import type { Logger } from "../../logger.ts"
import type { Channel, InboundEvent, OutboundMessage, SendOutcome, Sink } from "../../message.ts"
import type { ConversationTexts } from "../../texts/conversation.ts"
import { createApi } from "./api.ts"
import { toSendFailure } from "./failures.ts"
import { createPolling } from "./polling.ts"
import { render } from "./render.ts"
import { toEvent } from "./updates.ts"

export interface TelegramDependencies {
  readonly token: string
  readonly apiRoot?: string
  readonly texts: ConversationTexts
  readonly logger: Logger
  readonly now: () => Date
  /** How long to wait after so many failed polls in a row. */
  readonly patience?: (failures: number) => number
}

const LONGEST_PATIENCE_MS = 60_000

/** One Telegram bot by long polling: an update is confirmed only after it was stored. */
export function createTelegramChannel({ token, apiRoot, texts, logger, now, patience = doubling }: TelegramDependencies): Channel {
  // The number before the colon names the bot; what follows is the secret.
  const accountId = `telegram:${/^\d+(?=:)/.exec(token)?.[0] ?? "bot"}`
  const api = createApi(token, apiRoot)
  const commands = Object.entries(texts.commands).map(([command, description]) => ({ command, description }))
  let polling: ReturnType<typeof createPolling> | null = null

  const read = (update: Update): InboundEvent | null => {
    try {
      return toEvent(update, { accountId, now: now() })
    } catch (error) {
      // One update of a shape that we do not know must not keep the others from being confirmed.
      logger.error({ updateId: update.update_id, error: error instanceof Error ? error.name : typeof error }, "Update not understood")
      return null
    }
  }
  const store = (sink: Sink) => async (updates: readonly Update[]) => {
    const events = updates.map(read).filter((event) => event !== null)
    if (events.length > 0) await sink.accept(events)
    for (const { callback_query: pressed } of updates) if (pressed) stopSpinner(api, pressed.id)
  }

  return {
    accountId,
    disclosesAi: false,
    resendIsHarmless: false,
    start(sink) {
      sink.health({ state: "connecting" })
      polling = createPolling({ api, logger, commands, store: store(sink), health: sink.health, patience })
      polling.start()
      return Promise.resolve()
    },
    stop: () => polling?.stop() ?? Promise.resolve(),
    send: (message, partsSent) => send(api, { message, partsSent, chooseBelow: texts.chooseBelow }),
  }
}

async function send(api: Api, given: { message: OutboundMessage; partsSent: number; chooseBelow: string }): Promise<SendOutcome> {
  const { to, body, choices } = given.message
  const parts = render(body, choices, given.chooseBelow)
  let { partsSent } = given
  try {
    for (const { text, entities, keyboard } of parts.slice(partsSent)) {
      const markup = keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard } } : {}
      await api.sendMessage(to.peerId, text, { entities, link_preview_options: { is_disabled: true }, ...markup })
      partsSent += 1
    }
    return { ok: true, partsSent }
  } catch (error) {
    return { ok: false, partsSent, failure: toSendFailure(error) }
  }
}

/** Telegram lets a button spin until it is told that the press arrived; it may refuse when that is long ago. */
function stopSpinner(api: Api, callbackQueryId: string): void {
  api.answerCallbackQuery(callbackQueryId).catch(() => undefined)
}

function doubling(failures: number): number {
  return Math.min(1000 * 2 ** (failures - 1), LONGEST_PATIENCE_MS)
}
