import { describe, expect, it } from "vitest"
import { createDesk } from "../../bot/desk.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import type { Database } from "../../prisma/database.ts"
import { fakeChannel, says } from "../support/fake-channel.ts"
import { COMMUNE, fakeAnswer, newId, openTestDatabase, startEngine } from "../support/house.ts"
import { until } from "../support/until.ts"

const LAN = { staffId: "lan", publicName: "Bà Lan, công chức tư pháp" }
const MINH = { staffId: "minh", publicName: "Ông Minh, công chức địa chính" }

async function duty(given?: Parameters<typeof fakeAnswer>[0]) {
  const db = await openTestDatabase()
  const telegram = fakeChannel()
  const { answer, asked } = fakeAnswer(given)
  const clock = { at: Date.now() }
  const now = () => new Date(clock.at)
  const engine = await startEngine({ db, answer, channels: [telegram.channel], now })
  const desk = createDesk({ db, texts, commune: () => COMMUNE, now, newId, wake: engine.wake })
  const writes = (text: string) => telegram.sink().accept([says("a", text, { sentAt: now() })])
  return { db, telegram, asked, desk, engine, clock, writes, heard: () => telegram.tries.map(({ text }) => text) }
}
const only = (db: Database) => db.conversation.findFirstOrThrow()

describe("an officer", () => {
  it("takes the chat, and the assistant listens in silence until it is handed back", async () => {
    const { db, desk, engine, writes, heard, asked, telegram } = await duty()
    await writes("khai sinh")
    await until(() => expect(heard()).toEqual(["Trả lời: khai sinh"]))
    const { id } = await only(db)
    expect(await desk.take(id, LAN)).toEqual({ ok: true, state: "open" })
    const [receipt] = await writes("tôi muốn gặp người")
    expect(await engine.handled(receipt?.eventId ?? "")).toEqual({ kind: "held" })
    await desk.write(id, { ...LAN, text: "Bác gọi 0225 000 000 giúp cháu", idempotencyKey: "1" })
    await desk.write(id, { ...LAN, text: "Bác gọi 0225 000 000 giúp cháu", idempotencyKey: "1" })
    await until(() => expect(heard().slice(1)).toEqual(["Bác gọi 0225 000 000 giúp cháu"]))
    expect(telegram.tries.at(-1)?.message).toMatchObject({ purpose: "staff_reply", author: { kind: "staff", ...LAN } })
    expect((await only(db)).state).toBe("waiting_citizen")
    await engine.handled((await writes("vâng"))[0]?.eventId ?? "")
    expect((await only(db)).state).toBe("open")
    expect(await desk.handBack(id, LAN)).toEqual({ ok: true, state: "bot" })
    await writes("lệ phí")
    await until(() => expect(heard().slice(2)).toEqual([texts.handedBack, "Trả lời: lệ phí"]))
    expect(asked.map(({ text }) => text)).toEqual(["khai sinh", "lệ phí"])
    const spoken = await db.message.findMany({ orderBy: { createdAt: "asc" } })
    expect(spoken.map(({ direction, staffName }) => staffName ?? direction)).toEqual([
      "in",
      "out",
      "in",
      LAN.publicName,
      "in",
      "out",
      "in",
      "out",
    ])
  })

  it("takes the chat while an answer is being looked up, and the answer is never said", async () => {
    let arrived = () => {}
    const { db, desk, writes, heard, asked, engine } = await duty(async ({ text }) => {
      if (text === "chậm") await new Promise<void>((resolve) => (arrived = resolve))
      return {}
    })
    await engine.handled((await writes("chào"))[0]?.eventId ?? "")
    const [receipt] = await writes("chậm")
    await until(() => expect(asked).toHaveLength(2))
    await desk.take((await only(db)).id, LAN)
    arrived()
    expect(await engine.handled(receipt?.eventId ?? "")).toEqual({ kind: "held" })
    expect(heard()).toEqual(["Trả lời: chào"])
    expect(await db.answer.count()).toBe(1)
  })

  it("does not take a colleague's chat by accident", async () => {
    const { db, desk, engine, writes } = await duty()
    await engine.handled((await writes("chào"))[0]?.eventId ?? "")
    const { id } = await only(db)
    await desk.take(id, LAN)
    expect(await desk.take(id, MINH)).toEqual({ ok: false, why: "held_by_another" })
    expect(await desk.write(id, { ...MINH, text: "chào bác", idempotencyKey: "2" })).toEqual({ ok: false, why: "held_by_another" })
    expect(await desk.take(id, { ...MINH, over: true })).toEqual({ ok: true, state: "open" })
    expect(await only(db)).toMatchObject({ heldBy: "minh", heldByName: MINH.publicName })
  })

  it("who says nothing, or writes into nowhere, is told why", async () => {
    const { db, desk, engine, writes } = await duty()
    await engine.handled((await writes("chào"))[0]?.eventId ?? "")
    const { id } = await only(db)
    expect(await desk.write(id, { ...LAN, text: " \n ", idempotencyKey: "3" })).toEqual({ ok: false, why: "empty" })
    expect(await desk.handBack(id, LAN)).toEqual({ ok: false, why: "not_possible" })
    expect(await desk.take("nowhere", LAN)).toEqual({ ok: false, why: "no_such_conversation" })
    await db.conversation.update({ where: { id }, data: { unreachable: "blocked" } })
    expect(await desk.write(id, { ...LAN, text: "chào", idempotencyKey: "4" })).toEqual({ ok: false, why: "unreachable" })
  })

  it("who forgets the citizen gives the chat back to the assistant, with an apology", async () => {
    const { db, desk, engine, writes, heard, clock } = await duty()
    await engine.handled((await writes("chào"))[0]?.eventId ?? "")
    const { id } = await only(db)
    await desk.take(id, LAN)
    clock.at += 60 * 60_000
    expect(await desk.releaseForgotten()).toBe(0)
    clock.at += 61 * 60_000
    expect(await desk.releaseForgotten()).toBe(1)
    await until(() => expect(heard().at(-1)).toBe(texts.holdExpired(COMMUNE)))
    expect(await only(db)).toMatchObject({ state: "bot", heldBy: null })
  })
})

describe("a citizen who asks for a human", () => {
  it("waits in the staff's list, and the assistant goes on helping meanwhile", async () => {
    const { db, engine, writes, asked } = await duty(({ text }) => (text === "gặp cán bộ" ? { status: "routed_human" } : {}))
    await engine.handled((await writes("gặp cán bộ"))[0]?.eventId ?? "")
    expect((await only(db)).state).toBe("pending")
    await engine.handled((await writes("lệ phí"))[0]?.eventId ?? "")
    expect(asked).toHaveLength(2)
    expect((await only(db)).state).toBe("pending")
  })
})

describe("staff who write in the platform's own app", () => {
  const staff = (text: string, messageId: string) =>
    ({
      type: "message",
      text,
      author: "staff",
      messageId,
      dedupeKey: `echo:${messageId}`,
      peer: { accountId: "telegram:1", peerId: "a" },
      sentAt: new Date(),
    }) as const

  it("take the chat over, and their words are shown once", async () => {
    const { db, telegram, engine, writes, heard } = await duty()
    await engine.handled((await writes("chào"))[0]?.eventId ?? "")
    const [receipt] = await telegram.sink().accept([staff("Chào bác, cháu Lan đây", "m9")])
    await engine.handled(receipt?.eventId ?? "")
    expect(await only(db)).toMatchObject({ state: "waiting_citizen", heldBy: "platform" })
    expect(await engine.handled((await writes("vâng chào cháu"))[0]?.eventId ?? "")).toEqual({ kind: "held" })
    expect(heard()).toEqual(["Trả lời: chào"])
    expect(await db.message.count({ where: { staffName: { not: null } } })).toBe(1)
  })

  it("are not mistaken: our own message that comes back changes nothing, even before the platform answered us", async () => {
    const { db, telegram, engine, writes } = await duty()
    let answered = () => {}
    telegram.outcomes.push(new Promise((resolve) => (answered = () => resolve({ ok: true, partsSent: 1, messageIds: ["m1"] }))))
    await engine.handled((await writes("chào"))[0]?.eventId ?? "")
    await until(() => expect(telegram.tries).toHaveLength(1))
    for (const id of ["m1", "m1-again"]) {
      const [receipt] = await telegram.sink().accept([staff("Trả lời: chào", id)])
      await engine.handled(receipt?.eventId ?? "")
      answered()
    }
    await until(async () => expect(await db.sentPart.count()).toBe(1))
    expect(await only(db)).toMatchObject({ state: "bot", heldBy: null })
    expect(await db.message.count({ where: { staffName: { not: null } } })).toBe(0)
  })
})

it("edits, retractions and receipts are written down and never answered", async () => {
  const { db, telegram, engine, writes, asked } = await duty()
  telegram.outcomes.push({ ok: true, partsSent: 1, messageIds: ["our-1"] })
  const peer = { accountId: "telegram:1", peerId: "a" }
  const first = { type: "message", text: "khai sinh số 0912345678", messageId: "c1", dedupeKey: "c1", peer, sentAt: new Date() } as const
  const events = [
    { ...first },
    { type: "message", text: "xóa tin này", messageId: "c2", dedupeKey: "c2", peer, sentAt: new Date() },
    { type: "edited", text: "khai tử số 0912345678", messageId: "c1", dedupeKey: "e1", peer, sentAt: new Date() },
    { type: "retracted", messageId: "c2", dedupeKey: "r2", peer, sentAt: new Date() },
  ] as const
  for (const event of events) await engine.handled((await telegram.sink().accept([event]))[0]?.eventId ?? "")
  await until(async () => expect(await db.sentPart.count()).toBe(1))
  for (const state of ["seen", "delivered"] as const) {
    const [receipt] = await telegram
      .sink()
      .accept([{ type: "receipt", state, messageId: "our-1", dedupeKey: state, peer, sentAt: new Date() }])
    await engine.handled(receipt?.eventId ?? "")
  }
  expect(asked).toHaveLength(2)
  const said = await db.message.findMany({ where: { direction: "in" }, orderBy: { createdAt: "asc" } })
  expect(said.map(({ text, editedAt, retractedAt }) => [text, editedAt !== null, retractedAt !== null])).toEqual([
    ["khai tử số [số điện thoại]", true, false],
    ["xóa tin này", false, true],
  ])
  expect(await db.outboxMessage.findFirst({ orderBy: { createdAt: "asc" } })).toMatchObject({ receipt: "seen" })
  expect((await engine.handled((await writes("tiếp"))[0]?.eventId ?? "")).kind).toBe("answered")
})

it("what lay for hours is answered with an apology; what lay for a day goes to a human", async () => {
  const { db, telegram, engine, clock, heard, asked } = await duty()
  const before = (hours: number) => new Date(clock.at - hours * 3_600_000)
  for (const [text, hours] of [
    ["hôm qua", 30],
    ["sáng nay", 3],
    ["lúc nãy", 2],
  ] as const) {
    const [receipt] = await telegram.sink().accept([says("a", text, { sentAt: before(hours) })])
    await engine.handled(receipt?.eventId ?? "")
  }
  await until(() => expect(heard()).toEqual([texts.tooLate(COMMUNE), texts.late, "Trả lời: sáng nay", "Trả lời: lúc nãy"]))
  expect(asked).toHaveLength(2)
  expect((await only(db)).state).toBe("pending")
})
