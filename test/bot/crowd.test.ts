import { describe, expect, it } from "vitest"
import { createCrowdBrake } from "../../bot/dialogue/crowd.ts"
import type { Health, InboundEvent, Receipt } from "../../bot/message.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { fakeChannel, says } from "../support/fake-channel.ts"
import { COMMUNE, fakeAnswer, openTestDatabase, startEngine } from "../support/house.ts"
import { until } from "../support/until.ts"

const START = new Date("2026-03-02T08:00:00+07:00")
const after = (seconds: number) => new Date(START.getTime() + seconds * 1000)

/** A brake of three questions a minute under a clock that the test sets. */
function aBrake() {
  let now = START
  const brake = createCrowdBrake({ perMinute: 3, now: () => now })
  const asks = (seconds: number, { accountId = "telegram:1", knownSince = after(seconds), receivedAt = seconds } = {}) => {
    now = after(receivedAt)
    return brake.admits({ accountId, sentAt: after(seconds), knownSince })
  }
  return { brake, asks, at: (seconds: number) => (now = after(seconds)) }
}

describe("the brake of an account", () => {
  it("answers so many a minute, puts off what is above, and lets go by itself", () => {
    const { brake, asks, at } = aBrake()
    expect([0, 1, 2, 3, 30, 59].map((seconds) => asks(seconds))).toEqual([true, true, true, false, false, false])
    expect(brake.crowds()).toMatchObject(new Map([["telegram:1", { since: after(3), putOff: 3 }]]))
    expect([60, 60, 61, 62, 63].map((seconds) => asks(seconds))).toEqual([true, false, true, true, false])
    at(62 + 60)
    expect(brake.crowds().size).toBe(1)
    at(63 + 60)
    expect(brake.crowds().size).toBe(0)
    expect(brake.putOff()).toEqual(new Map([["telegram:1", 5]]))
  })

  it("keeps room for those who wrote before the flood, and none for those who came with it", () => {
    const { asks } = aBrake()
    const known = { knownSince: after(-7200) }
    expect([0, 0, 0, 0].map((seconds) => asks(seconds))).toEqual([true, true, true, false])
    expect([1, 1, 1, 1].map((seconds) => asks(seconds, known))).toEqual([true, true, true, false])
    // Two hours on it still floods: who came with it is no better known for that.
    for (let seconds = 0; seconds < 7300; seconds += 10) asks(seconds)
    expect(asks(7300, { knownSince: START })).toBe(false)
    expect(asks(7300, known)).toBe(true)
  })

  it("counts each account for itself", () => {
    const { brake, asks } = aBrake()
    for (const seconds of [0, 1, 2, 3]) asks(seconds)
    expect(asks(4, { accountId: "web" })).toBe(true)
    expect([...brake.crowds().keys()]).toEqual(["telegram:1"])
  })

  it("takes what piled up in an outage for what it is, and is not led astray by one wrong clock", () => {
    const { asks } = aBrake()
    const hourly = [0, 1, 2, 3, 4, 5, 6, 7].map((hour) => asks(hour * 3600, { receivedAt: 30_000 }))
    expect(hourly).toEqual(hourly.map(() => true))
    expect(asks(500_000, { receivedAt: 30_000 })).toBe(true)
    expect([30_001, 30_002, 30_003, 30_004].map((seconds) => asks(seconds))).toEqual([true, true, true, false])
  })
})

describe("when many new people write at once", () => {
  it("all is stored, some are answered, the others are told so once, and staff see it until it is over", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    const { answer, asked } = fakeAnswer(({ text }) => (text === "gặp cán bộ" ? { status: "routed_human" } : {}))
    let now = after(-7200)
    const engine = await startEngine({ db, answer, channels: [telegram.channel], now: () => now, perAccountMinute: 3 })
    const takes = async (events: readonly InboundEvent[]): Promise<readonly Receipt[]> => {
      const receipts = await telegram.sink().accept(events)
      for (const { eventId } of receipts) await telegram.sink().handled(eventId)
      return receipts
    }
    const at = (seconds: number) => (now = after(seconds))
    const asks = (peerId: string, text = "khai sinh cần gì") => says(peerId, text, { sentAt: now })
    telegram.sink().health({ state: "online" })
    await takes([asks("known", "chào")])

    at(0)
    await takes([asks("a"), asks("b"), asks("waiting", "gặp cán bộ")])
    const late = await takes([asks("d"), asks("d"), asks("e")])
    await takes([asks("known"), asks("waiting")])
    // Who was known before, and who waits for a human.
    expect(asked.slice(4)).toHaveLength(2)
    const told = () => telegram.tries.filter(({ text }) => text === texts.crowded(COMMUNE)).map(({ to }) => to)
    await until(() => expect(told()).toHaveLength(2))
    expect(told().sort()).toEqual(["d", "e"])
    for (const { eventId } of late) expect(await telegram.sink().handled(eventId)).toEqual({ kind: "too_many" })
    expect(await db.message.count({ where: { direction: "in" } })).toBe(9)
    expect(await db.inboxEvent.count({ where: { state: { not: "done" } } })).toBe(0)
    const crowded: Health = { state: "degraded", why: "crowded", reason: texts.crowdedAccount({ putOff: 3 }) }
    expect(engine.health().get("telegram:1")).toEqual(crowded)
    expect(engine.since("telegram:1")).toEqual(START)
    expect(engine.putOff()).toEqual(new Map([["telegram:1", 3]]))

    at(61)
    expect(engine.health().get("telegram:1")).toEqual({ state: "online" })
    const [again] = await takes([asks("d")])
    expect(await telegram.sink().handled(again?.eventId ?? "")).toMatchObject({ kind: "answered" })
    expect(told()).toHaveLength(2)
  })

  it("an account that is out of order is not told as merely crowded", async () => {
    const telegram = fakeChannel()
    const { answer } = fakeAnswer()
    const engine = await startEngine({ db: await openTestDatabase(), answer, channels: [telegram.channel], perAccountMinute: 1 })
    const kicked: Health = { state: "needs_human", reason: "Đăng nhập lại" }
    telegram.sink().health(kicked)
    for (const { eventId } of await telegram.sink().accept([says("a", "một"), says("b", "hai")])) await telegram.sink().handled(eventId)
    expect(engine.putOff().get("telegram:1")).toBe(1)
    expect(engine.health().get("telegram:1")).toEqual(kicked)
  })
})
