import { describe, expect, it, onTestFinished } from "vitest"
import { createGroupCommit } from "../../bot/queues/group-commit.ts"
import { createOutbox } from "../../bot/outbox/outbox.ts"
import type { Later } from "../../bot/queues/alarms.ts"
import type { SendFailure } from "../../bot/message.ts"
import type { Database } from "../../prisma/database.ts"
import { type FakeChannel, fakeChannel } from "../support/fake-channel.ts"
import { newId, openTestDatabase, silent } from "../support/house.ts"
import { until } from "../support/until.ts"

/** A clock that jumps to whatever somebody waits for. */
function clock() {
  let at = Date.UTC(2026, 2, 2)
  const waits: number[] = []
  const later: Later = (ms, run) => {
    waits.push(ms)
    const soon = setImmediate(() => {
      at += ms
      run()
    })
    return () => {
      clearImmediate(soon)
    }
  }
  return { now: () => new Date(at), waits, later }
}

async function outbox(telegram: FakeChannel = fakeChannel()) {
  const db = await openTestDatabase()
  const time = clock()
  const start = async () => {
    const box = createOutbox({ db, commits: createGroupCommit(db), now: time.now, logger: silent, later: time.later })
    await box.open(telegram.channel)
    onTestFinished(() => box.stop())
  }
  return { db, telegram, ...time, start }
}

let order = 0
async function write(db: Database, text: string, given: { at: Date; conversationId?: string; state?: string; expiresAt?: Date }) {
  const { at, conversationId = "c1", state = "pending", expiresAt = null } = given
  const createdAt = new Date(at.getTime() + (order += 1))
  await db.outboxMessage.create({
    data: {
      id: newId(),
      idempotencyKey: newId(),
      accountId: "telegram:1",
      peerId: conversationId,
      conversationId,
      purpose: "reply",
      author: "bot",
      body: { body: [[{ text }]], choices: [] },
      state,
      attempts: 0,
      partsSent: 0,
      notBefore: at,
      createdAt,
      expiresAt,
      sentAt: null,
    },
  })
}
const states = async (db: Database) => (await db.outboxMessage.findMany({ orderBy: { createdAt: "asc" } })).map(({ state }) => state)
const fails = (failure: SendFailure, partsSent = 0) => ({ ok: false, partsSent, failure }) as const

describe("a reply that cannot be sent", () => {
  it("because the network is away is tried again, ever later, for a day", async () => {
    const { db, telegram, start, now, waits } = await outbox()
    await write(db, "chào", { at: now() })
    for (let i = 0; i < 400; i += 1) telegram.outcomes.push(fails({ kind: "unreachable", detail: "ENOTFOUND" }))
    await start()
    await until(async () => expect(await states(db)).toEqual(["failed"]))
    expect(waits.slice(0, 7).map((ms) => ms / 1000)).toEqual([1, 4, 16, 64, 256, 300, 300])
    expect(waits.reduce((sum, ms) => sum + ms, 0) / 3_600_000).toBeCloseTo(24, 0)
  })

  it("because of too many messages waits as long as it is told", async () => {
    const { db, telegram, start, now, waits } = await outbox()
    await write(db, "chào", { at: now() })
    telegram.outcomes.push(fails({ kind: "rate_limited", retryAfterMs: 7000 }))
    await start()
    await until(async () => expect(await states(db)).toEqual(["sent"]))
    expect(waits).toEqual([7000])
  })

  it.each([
    [{ kind: "window_closed", detail: "48h" }, "failed"],
    [{ kind: "quota_exhausted", detail: "8" }, "failed"],
    [{ kind: "auth", detail: "401" }, "failed"],
    [{ kind: "rejected", detail: "400" }, "failed"],
    [{ kind: "unknown", detail: "timeout" }, "unknown"],
  ] as const)("%o is never sent again", async (failure, state) => {
    const { db, telegram, start, now } = await outbox()
    await write(db, "chào", { at: now() })
    await write(db, "câu sau", { at: now() })
    telegram.outcomes.push(fails(failure))
    await start()
    await until(async () => expect(await states(db)).toEqual([state, "sent"]))
    expect(telegram.tries.map(({ text }) => text)).toEqual(["chào", "câu sau"])
    expect(await db.outboxMessage.findFirst({ where: { state } })).toMatchObject({
      failure: `${failure.kind}: ${failure.detail}`,
    })
  })

  it("because the citizen blocked us calls off whatever else was to come", async () => {
    const { db, telegram, start, now } = await outbox()
    await write(db, "chào", { at: now() })
    await write(db, "câu sau", { at: now() })
    telegram.outcomes.push(fails({ kind: "recipient_refuses", detail: "403", reason: "blocked" }))
    await start()
    await until(async () => expect(await states(db)).toEqual(["failed", "cancelled"]))
    expect(telegram.tries.map(({ text }) => text)).toEqual(["chào"])
  })

  it("because the whole account is over its limit keeps everybody waiting, and nobody is tried in vain", async () => {
    const db = await openTestDatabase()
    const telegram = fakeChannel()
    const at = new Date()
    const alarms: number[] = []
    const later: Later = (ms) => {
      alarms.push(ms)
      return () => undefined
    }
    const box = createOutbox({ db, commits: createGroupCommit(db), now: () => at, logger: silent, later })
    onTestFinished(() => box.stop())
    await write(db, "một", { at })
    telegram.outcomes.push(fails({ kind: "rate_limited", retryAfterMs: 60_000, scope: "account" }))
    await box.open(telegram.channel)
    await until(() => expect(alarms).toEqual([60_000]))
    await write(db, "khác", { at, conversationId: "c2" })
    box.wake({ conversationId: "c2", accountId: "telegram:1" })
    await until(() => expect(alarms).toEqual([60_000, 60_000]))
    expect(telegram.tries.map(({ to }) => to)).toEqual(["c1"])
  })

  it("before the platform's window closes is not tried after it has closed", async () => {
    const asked: unknown[] = []
    const closing = fakeChannel({
      window: (question) => {
        asked.push(question)
        return { kind: "window_closed", detail: "48 giờ" }
      },
    })
    const { db, telegram, start, now } = await outbox(closing)
    await write(db, "nhắc hẹn", { at: now() })
    await start()
    await until(async () => expect(await states(db)).toEqual(["failed"]))
    expect(telegram.tries).toEqual([])
    expect(asked).toMatchObject([{ lastCitizenAt: null, author: "bot", purpose: "reply" }])
    expect(await db.outboxMessage.findFirst()).toMatchObject({ failure: "window_closed: 48 giờ" })
  })

  it("in full goes on with the part that is missing", async () => {
    const { db, telegram, start, now } = await outbox()
    await write(db, "dài", { at: now() })
    telegram.outcomes.push(fails({ kind: "rate_limited", retryAfterMs: 1000 }, 2), { ok: true, partsSent: 3 })
    await start()
    await until(async () => expect(await states(db)).toEqual(["sent"]))
    expect(telegram.tries.map(({ partsSent }) => partsSent)).toEqual([0, 2])
  })

  it("keeps the later ones of the same citizen behind it, but nobody else", async () => {
    const { db, telegram, start, now } = await outbox()
    await write(db, "một", { at: now() })
    await write(db, "hai", { at: now() })
    await write(db, "khác", { at: now(), conversationId: "c2" })
    telegram.outcomes.push(fails({ kind: "rate_limited", retryAfterMs: 60_000 }))
    await start()
    await until(async () => expect(await states(db)).toEqual(["sent", "sent", "sent"]))
    const heard = (peer: string) => telegram.tries.filter(({ to }) => to === peer).map(({ text }) => text)
    expect(heard("c1")).toEqual(["một", "một", "hai"])
    expect(heard("c2")).toEqual(["khác"])
  })
})

it("an answer that is a day late is not sent any more", async () => {
  const { db, telegram, start, now } = await outbox()
  await write(db, "hôm kia", { at: new Date(now().getTime() - 25 * 60 * 60 * 1000) })
  await start()
  await until(async () => expect(await states(db)).toEqual(["failed"]))
  expect(await db.outboxMessage.findFirst()).toMatchObject({ failure: "expired" })
  expect(telegram.tries).toEqual([])
})

it("a reminder is not sent once its appointment is over, and one that lies ahead is, however long it has waited", async () => {
  const { db, telegram, start, now } = await outbox()
  const hours = (count: number) => new Date(now().getTime() + count * 3_600_000)
  await write(db, "lịch hẹn sáng nay", { at: hours(-5), conversationId: "c1", expiresAt: hours(-1) })
  await write(db, "lịch hẹn ngày mai", { at: hours(-72), conversationId: "c2", expiresAt: hours(20) })
  await start()
  await until(async () => expect((await states(db)).sort()).toEqual(["failed", "sent"]))
  expect(telegram.tries.map(({ text }) => text)).toEqual(["lịch hẹn ngày mai"])
  expect(await db.outboxMessage.findFirst({ where: { state: "failed" } })).toMatchObject({ failure: "expired" })
})

it("what was being sent when the program died is sent again only where that does no harm", async () => {
  const risky = await outbox()
  await write(risky.db, "chào", { at: risky.now(), state: "sending" })
  await risky.start()
  expect(await states(risky.db)).toEqual(["unknown"])

  const harmless = await outbox(fakeChannel({ resendIsHarmless: true }))
  await write(harmless.db, "chào", { at: harmless.now(), state: "sending" })
  await harmless.start()
  await until(async () => expect(await states(harmless.db)).toEqual(["sent"]))
})

it("a row says that it is being sent before it is", async () => {
  const { db, telegram, start, now } = await outbox()
  await write(db, "chào", { at: now() })
  let arrived = () => {}
  telegram.outcomes.push(new Promise((resolve) => (arrived = () => resolve({ ok: true, partsSent: 1 }))))
  await start()
  await until(() => expect(telegram.tries).toHaveLength(1))
  expect(await states(db)).toEqual(["sending"])
  arrived()
  await until(async () => expect(await states(db)).toEqual(["sent"]))
})

it("what hangs does not hold up the end for long, and is unknown at the next start, as after a kill", async () => {
  const { db, telegram, start, now } = await outbox()
  await write(db, "chào", { at: now() })
  await write(db, "khác", { at: now(), conversationId: "c2" })
  const hangs = new Promise<never>(() => undefined)
  telegram.outcomes.push(hangs, hangs)
  const waits: number[] = []
  const later: Later = (ms, ring) => {
    waits.push(ms)
    ring()
    return () => undefined
  }
  const box = createOutbox({ db, commits: createGroupCommit(db), now, logger: silent, later })
  await box.open(telegram.channel)
  await until(() => expect(telegram.tries).toHaveLength(2))
  await box.stop()
  expect(waits).toHaveLength(1)
  expect(waits[0]).toBeLessThan(5000)
  expect(await states(db)).toEqual(["sending", "sending"])
  await start()
  expect(await states(db)).toEqual(["unknown", "unknown"])
  expect(telegram.tries).toHaveLength(2)
})
