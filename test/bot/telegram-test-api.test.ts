import { once } from "node:events"
import { type AddressInfo, createServer } from "node:net"
import { TelegramServer } from "telegram-test-api/lib/telegramServer.js"
import { expect, it, onTestFinished } from "vitest"
import { createTelegramChannel } from "../../bot/channels/telegram/channel.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { COMMUNE, fakeAnswer, openTestDatabase, silent, startEngine } from "../support/house.ts"
import { until } from "../support/until.ts"

const TOKEN = "123456:test"

interface Said {
  readonly message?: { readonly text: string; readonly chat_id?: string }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, "127.0.0.1"), "listening")
  const { port } = server.address() as AddressInfo
  await once(server.close(), "close")
  return port
}

it("a citizen starts, asks and presses a button on somebody else's Telegram", async () => {
  const server = new TelegramServer({ host: "127.0.0.1", port: await freePort() })
  await server.start()
  onTestFinished(async () => {
    await server.stop()
  })
  const choices = [
    { id: "a", label: "Đăng ký khai sinh" },
    { id: "b", label: "Đăng ký lại khai sinh" },
  ]
  const { answer, asked } = fakeAnswer(({ choiceId }) => (choiceId === undefined ? { text: "Ông/bà cần việc nào ạ?", choices } : {}))
  const telegram = createTelegramChannel({
    token: TOKEN,
    apiRoot: server.config.apiURL,
    texts,
    logger: silent,
    now: () => new Date(),
  })
  await startEngine({ db: await openTestDatabase(), answer, channels: [telegram] })
  const client = server.getClient(TOKEN, { timeout: 5000 })
  // The package's own types lean on another one that is not installed.
  const heard = () =>
    (server.getUpdatesHistory(TOKEN) as Said[]).flatMap(({ message }) => (message?.chat_id === undefined ? [] : [message.text]))

  await client.sendCommand(client.makeCommand("/start"))
  await until(() => expect(heard()).toEqual([texts.greeting(COMMUNE)]))
  await client.sendMessage(client.makeMessage("khai sinh"))
  await until(() => expect(heard()[1]).toContain("2. Đăng ký lại khai sinh"))
  await client.sendCallback(client.makeCallbackQuery("b"))
  await until(() => expect(heard()[2]).toBe("Trả lời: Đăng ký lại khai sinh"))
  expect(asked.map(({ choiceId }) => choiceId)).toEqual([undefined, "b"])
})
