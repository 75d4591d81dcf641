import { expect, it, onTestFinished } from "vitest"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { COMMUNE, fakeAnswer, openTestDatabase, startEngine } from "../support/house.ts"
import { until } from "../support/until.ts"
import { listen } from "./plain-sink.ts"
import { telegramTestApiCounterpart } from "./telegram/test-api.ts"

async function open() {
  const telegram = await telegramTestApiCounterpart.open()
  onTestFinished(() => telegram.stop())
  const heard = () => telegram.seen().map(({ text }) => text)
  return { telegram, heard }
}

it("a citizen starts, asks and presses a button on somebody else's Telegram", async () => {
  const { telegram, heard } = await open()
  const choices = [
    { id: "a", label: "Đăng ký khai sinh" },
    { id: "b", label: "Đăng ký lại khai sinh" },
  ]
  const { answer, asked } = fakeAnswer(({ choiceId }) => (choiceId === undefined ? { text: "Ông/bà cần việc nào ạ?", choices } : {}))
  await startEngine({ db: await openTestDatabase(), answer, channels: [telegram.channel] })

  await telegram.opens?.("7", "qr-thon-3")
  await until(() => expect(heard()).toEqual([texts.greeting(COMMUNE)]))
  await telegram.says("7", "khai sinh")
  await until(() => expect(heard()[1]).toContain("2. Đăng ký lại khai sinh"))
  await telegram.presses?.("7", "Đăng ký lại khai sinh")
  await until(() => expect(heard()[2]).toBe("Trả lời: Đăng ký lại khai sinh"))
  expect(asked.map(({ choiceId }) => choiceId)).toEqual([undefined, "b"])
})

it("a message that somebody else's Telegram refuses goes when it is tried again", async () => {
  const { telegram, heard } = await open()
  const { answer } = fakeAnswer()
  await startEngine({ db: await openTestDatabase(), answer, channels: [telegram.channel] })
  telegram.failsNext?.({ kind: "rate_limited", retryAfterMs: 1000 })
  await telegram.says("7", "khai sinh")
  await until(() => expect(heard()).toEqual([texts.introduction(COMMUNE), "Trả lời: khai sinh"]))
})

it("a place and an origin arrive from somebody else's Telegram as from Telegram itself", async () => {
  const { telegram } = await open()
  const sink = await listen(telegram.channel)
  await telegram.opens?.("7", "qr-thon-3")
  await telegram.sendsLocation?.("7", { latitude: 20.86, longitude: 106.68 })
  await until(() => expect(sink.events).toHaveLength(2))
  expect(sink.events).toMatchObject([
    { type: "start", origin: "qr-thon-3" },
    { type: "message", location: { latitude: 20.86, longitude: 106.68 } },
  ])
})
