import { once } from "node:events"
import { type AddressInfo, createServer } from "node:net"
import type { InlineKeyboardMarkup } from "grammy/types"
import { TelegramServer } from "telegram-test-api/lib/telegramServer.js"
import { createTelegramChannel } from "../../../bot/channels/telegram/channel.ts"
import { payloadOf } from "../../../bot/channels/telegram/deep-link.ts"
import { vi as texts } from "../../../bot/texts/conversation.ts"
import { silent } from "../../support/house.ts"
import type { Counterpart, CounterpartKind } from "../counterpart.ts"
import { bodyOfRequest, type Loopback, loopback } from "../loopback.ts"
import { faultOf, labelsOf } from "./counterpart.ts"
import { type Fault, TOKEN } from "./platform.ts"

/** A message of ours as the package keeps it; its own types lean on another package that is not installed. */
interface Kept {
  readonly messageId: number
  readonly message?: { readonly chat_id?: string; readonly text: string; readonly reply_markup?: InlineKeyboardMarkup }
}

/** Somebody else's Telegram: knows text, buttons, photos and places, and none of Telegram's limits. */
export const telegramTestApiCounterpart: CounterpartKind = { cannot: [32, 45], name: "telegram-test-api", open: openTestApi }

async function openTestApi(): Promise<Counterpart> {
  const server = new TelegramServer({ host: "127.0.0.1", port: await freePort() })
  await server.start()
  const faults: Fault[] = []
  const line = await breakableLine(server.config.apiURL, faults)
  const channel = createTelegramChannel({
    token: TOKEN,
    apiRoot: line.root,
    texts,
    logger: silent,
    now: () => new Date(),
    patience: () => 10,
    deadlineMs: 1500,
  })
  const clientOf = (peerId: string) => server.getClient(TOKEN, { userId: Number(peerId), chatId: Number(peerId), timeout: 5000 })
  const ours = () => (server.getUpdatesHistory(TOKEN) as Kept[]).filter(({ message }) => message?.chat_id !== undefined)
  const writes = async (peerId: string, text: string, given: object = {}) => {
    const client = clientOf(peerId)
    await client.sendMessage(client.makeMessage(text, given))
  }
  return {
    channel,
    seen: () =>
      ours().map(({ messageId, message }) => ({
        peerId: String(message?.chat_id),
        messageId: String(messageId),
        text: message?.text ?? "",
        buttons: labelsOf(message?.reply_markup),
      })),
    says: (peerId, text, { at = new Date() } = {}) => writes(peerId, text, { date: Math.floor(at.getTime() / 1000) }),
    sendsLocation: (peerId, location) => writes(peerId, "", { location, text: undefined }),
    async presses(peerId, label) {
      const shown = ours().findLast(({ message }) => message?.chat_id === peerId && labelsOf(message.reply_markup).includes(label))
      const button = shown?.message?.reply_markup?.inline_keyboard.flat().find(({ text }) => text === label)
      if (!button || !("callback_data" in button)) throw new Error(`No button ${label}`)
      const client = clientOf(peerId)
      await client.sendCallback(client.makeCallbackQuery(button.callback_data))
    },
    async opens(peerId, origin) {
      const client = clientOf(peerId)
      await client.sendCommand(client.makeCommand(origin === undefined ? "/start" : `/start ${payloadOf(origin) ?? origin}`))
    },
    failsNext: (fault) => faults.push(faultOf(fault)),
    goesAway: () => line.close(),
    comesBack: () => line.reopen(),
    async stop() {
      await channel.stop()
      await line.close()
      await server.stop()
    },
  }
}

/** The way there: the package itself never fails. */
function breakableLine(apiUrl: string, faults: Fault[]): Promise<Loopback> {
  return loopback(async (request, response) => {
    const body = await bodyOfRequest(request)
    const fault = request.url?.endsWith("/sendMessage") ? faults.shift() : undefined
    if (fault === "hang") return
    if (typeof fault === "object") {
      const { code, description, retryAfter } = fault
      response.writeHead(code, { "Content-Type": "application/json" })
      response.end(JSON.stringify({ ok: false, error_code: code, description, parameters: { retry_after: retryAfter } }))
      return
    }
    const answer = await fetch(`${apiUrl}${request.url}`, { method: "POST", headers: { "Content-Type": "application/json" }, body })
    response.writeHead(answer.status, { "Content-Type": "application/json" }).end(await answer.text())
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, "127.0.0.1"), "listening")
  const { port } = server.address() as AddressInfo
  await once(server.close(), "close")
  return port
}
