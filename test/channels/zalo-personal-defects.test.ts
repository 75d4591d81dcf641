import { expect, it, vi } from "vitest"
import { until } from "../support/until.ts"
import { deliver, reaction, said } from "./zalo-personal/citizens.ts"
import { HOA, message, online, scene, textsOf } from "./zalo-personal/scene.ts"

/** Defects of zca-js 2.2.0, each contained; the library here is the published one. */

const PDF = { kind: "file", name: "to-khai.pdf", mime: "application/pdf", read: () => Promise.resolve(Buffer.from("%PDF-1.7")) } as const

it("Z1: a socket cut with 1006 comes back by itself, and what was said meanwhile is heard once", async () => {
  const { zalo, events, healths } = await online({ pace: { patience: () => 300 } })
  deliver(zalo, said(zalo, HOA, { content: "trước" }))
  await until(() => expect(textsOf(events)).toEqual(["trước"]))
  zalo.cut()
  // Nobody is connected now: Zalo only keeps it.
  await until(() => expect(zalo.sockets()).toBe(0))
  deliver(zalo, said(zalo, HOA, { content: "trong lúc mất mạng" }))
  await until(() => expect(textsOf(events)).toEqual(["trước", "trong lúc mất mạng"]))
  expect(events.map(({ backfill }) => backfill ?? false)).toEqual([false, true])
  deliver(zalo, said(zalo, HOA, { content: "sau" }))
  await until(() => expect(textsOf(events)).toEqual(["trước", "trong lúc mất mạng", "sau"]))
  expect(zalo.account.logins).toBe(2)
  expect(healths.map(({ state }) => state)).toEqual(["connecting", "online", "degraded", "online"])
})

it("Z2: however often the line breaks in a day, it comes back each time", async () => {
  const { zalo, healths } = await online()
  for (let cuts = 1; cuts <= 6; cuts += 1) {
    zalo.cut()
    await until(() => {
      expect(zalo.account.logins).toBe(cuts + 1)
      expect(zalo.sockets()).toBe(1)
      expect(healths.at(-1)).toEqual({ state: "online" })
    })
  }
})

it.each([1000, 1001, 4321])("Z3: closed with %d the line is lost, and nothing crashes", async (code) => {
  const { zalo, healths } = await online()
  zalo.close(code)
  await until(() => expect(zalo.account.logins).toBe(2))
  await until(() => expect(healths.at(-1)).toEqual({ state: "online" }))
})

it("Z4: stopped while it waits to connect again, it never does", async () => {
  const { zalo, channel, healths } = await online({ pace: { patience: () => 200 } })
  zalo.cut()
  await until(() => expect(healths.at(-1)?.state).toBe("degraded"))
  await channel.stop()
  const connections = zalo.connections()
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(zalo.connections()).toBe(connections)
  expect(zalo.account.logins).toBe(1)
})

it.each(["/getLoginInfo", "/getServerInfo", "/getfriends"])(
  "Z4: stopped while it logs in (%s), no socket is opened any more",
  async (path) => {
    const { zalo, channel, start } = await scene()
    await start()
    await until(() => expect(zalo.asked.some((asked) => asked.path.endsWith(path))).toBe(true))
    await channel.stop()
    await until(() => expect(zalo.sockets()).toBe(0))
    expect(zalo.account.logins).toBeLessThan(2)
  },
)

it("Z4: stopped while everything hangs, it still ends at once", async () => {
  const { zalo, channel } = await online({ pace: { callMs: 60_000, uploadMs: 60_000 } })
  zalo.posts.faults.push("hang")
  const hanging = channel.send(message(HOA), 0)
  await until(() => expect(zalo.asked.some(({ path }) => path.endsWith("/sms"))).toBe(true))
  const began = performance.now()
  await channel.stop()
  expect(await hanging).toMatchObject({ ok: false, failure: { kind: "unknown" } })
  expect(performance.now() - began).toBeLessThan(10_000)
})

it("Z5: errors of the socket end no process: frames of rubbish, and a server that is gone", async () => {
  const crashed = vi.fn()
  process.on("unhandledRejection", crashed)
  const { zalo, events, healths } = await online()
  zalo.pushRaw(Buffer.from([1]))
  zalo.pushRaw(Buffer.from("không phải là khung"))
  zalo.push({ command: 501, sub: 0 }, { msgs: "không phải danh sách" })
  deliver(zalo, said(zalo, HOA, { content: "vẫn nghe" }))
  await until(() => expect(textsOf(events)).toEqual(["vẫn nghe"]))
  zalo.away = true
  zalo.cut()
  await until(() => expect(healths.at(-1)).toEqual({ state: "degraded", reason: "Không kết nối được máy chủ Zalo" }))
  // The login works again, but the socket that it names is refused.
  const { socketAddress } = zalo.account
  zalo.account.socketAddress = zalo.nowhere.replace("http", "ws")
  zalo.away = false
  await until(() => expect(healths.at(-1)).toEqual({ state: "degraded", reason: "Mất kết nối với Zalo, đang kết nối lại" }))
  zalo.account.socketAddress = socketAddress
  await until(() => expect(healths.at(-1)).toEqual({ state: "online" }))
  process.off("unhandledRejection", crashed)
  expect(crashed).not.toHaveBeenCalled()
})

it("Z6: a message without content does not take its neighbours with it", async () => {
  const { zalo, events } = await online()
  const batch = [said(zalo, HOA, { content: "một" }), said(zalo, HOA, { content: null }), said(zalo, HOA, { content: "ba" })]
  deliver(zalo, ...batch)
  await until(() => expect(textsOf(events)).toEqual(["một", "", "ba"]))
  expect(events[1]).toMatchObject({ type: "message", opaque: true })
})

it("Z6: a message without even a number is left out, and its neighbours are heard", async () => {
  const { zalo, events } = await online()
  zalo.push(
    { command: 501, sub: 0 },
    { msgs: [said(zalo, HOA, { content: "một" }), { content: "không có số" }, null, said(zalo, HOA, { content: "ba" })] },
  )
  await until(() => expect(textsOf(events)).toEqual(["một", "ba"]))
})

it("Z7: a burst of 40 messages is heard in the order in which it was written", async () => {
  const { zalo, events } = await online({ pace: { holdMs: 400 } })
  const burst = Array.from({ length: 40 }, (_, i) => said(zalo, HOA, { content: `tin ${i}`, ts: "1760000000000" }))
  // A long one takes the longest to unpack, and Zalo itself mixes the rest up.
  const mixed = burst
    .map((one, i) => (i === 0 ? { ...one, content: "dài ".repeat(50_000) } : one))
    .sort((a, b) => Number(a.msgId.at(-1)) - Number(b.msgId.at(-1)))
  for (const one of mixed) deliver(zalo, one)
  await until(() => expect(events).toHaveLength(40))
  const expected = burst.map((_, i) => (i === 0 ? "dài ".repeat(50_000) : `tin ${i}`))
  expect(textsOf(events)).toEqual(expected)
})

it("Z7: Zalo's clock goes before its numbers", async () => {
  const { zalo, events } = await online({ pace: { holdMs: 400 } })
  const later = said(zalo, HOA, { content: "sau", ts: "1760000000900" })
  const earlier = said(zalo, HOA, { content: "trước", ts: "1760000000100" })
  deliver(zalo, later)
  deliver(zalo, earlier)
  await until(() => expect(textsOf(events)).toEqual(["trước", "sau"]))
})

it("Z8: a sending that Zalo never answers is told as unknown after its deadline", async () => {
  const { zalo, channel } = await online({ pace: { callMs: 400 } })
  zalo.posts.faults.push("hang")
  expect(await channel.send(message(HOA), 0)).toMatchObject({ ok: false, partsSent: 0, failure: { kind: "unknown" } })
})

it("Z8: a login that hangs is given up and tried again", async () => {
  const { zalo, start, healths } = await scene({ pace: { callMs: 400, handshakeMs: 150 } })
  zalo.keepsKey = true
  await start()
  await until(() => expect(zalo.account.logins).toBeGreaterThan(1))
  expect(healths.some(({ state }) => state === "online")).toBe(false)
  zalo.keepsKey = false
  await until(() => expect(healths.at(-1)).toEqual({ state: "online" }))
})

it("Z9: a file waits for the socket and then goes out", async () => {
  const { zalo, channel, healths } = await online({ pace: { patience: () => 300 } })
  zalo.cut()
  await until(() => expect(healths.at(-1)?.state).toBe("degraded"))
  const outcome = await channel.send(message(HOA, { text: "Tờ khai đây ạ", attachments: [PDF] }), 0)
  expect(outcome).toMatchObject({ ok: true, partsSent: 2 })
  expect(zalo.posts.posted.map(({ text }) => text)).toEqual(["Tờ khai đây ạ", "to-khai.pdf"])
})

it("Z9: without a socket a file is given up in time, and nothing of it was sent", async () => {
  const { zalo, channel, healths } = await online({ pace: { patience: () => 60_000, uploadMs: 150 } })
  zalo.cut()
  await until(() => expect(healths.at(-1)?.state).toBe("degraded"))
  const outcome = await channel.send(message(HOA, { attachments: [PDF] }), 0)
  expect(outcome).toMatchObject({ ok: false, partsSent: 1, failure: { kind: "unreachable" } })
})

it("Z9: an upload that Zalo never confirms may be tried again, and is not sent later behind our back", async () => {
  const { zalo, channel } = await online({ pace: { uploadMs: 200 } })
  zalo.posts.fileDone = "never"
  const outcome = await channel.send(message(HOA, { attachments: [PDF] }), 0)
  expect(outcome).toMatchObject({ ok: false, partsSent: 1, failure: { kind: "unreachable" } })
  zalo.push(
    { command: 601, sub: 0 },
    { controls: [{ content: { act_type: "file_done", fileId: "1", data: { url: "https://f.zdn.vn/1" } } }] },
  )
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(zalo.posts.posted.map(({ text }) => text)).toEqual([message(HOA).body[0]?.[0]?.text])
})

it("Z9: a file whose arrival is told before the upload is answered goes out all the same", async () => {
  const { zalo, channel } = await online()
  zalo.posts.fileDone = "before"
  expect(await channel.send(message(HOA, { attachments: [PDF] }), 0)).toMatchObject({ ok: true, partsSent: 2 })
})

it("hears messages in commands that the library drops, once", async () => {
  const { zalo, events } = await online()
  const hidden = [504, 524, 551, 553].map((command) => ({ command, said: said(zalo, HOA, { content: `trong ${command}` }) }))
  for (const one of hidden) zalo.push({ command: one.command, sub: 0 }, { msgs: [one.said] })
  deliver(zalo, ...hidden.map((one) => one.said))
  await until(() => expect(textsOf(events)).toEqual(["trong 504", "trong 524", "trong 551", "trong 553"]))
})

it("hears a message once that comes three times under three numbers", async () => {
  const { zalo, events } = await online()
  const one = said(zalo, HOA, { content: "một lần" })
  for (let times = 0; times < 3; times += 1) deliver(zalo, { ...one, msgId: zalo.posts.nextMessageId() })
  deliver(zalo, said(zalo, HOA, { content: "hết" }))
  await until(() => expect(textsOf(events)).toEqual(["một lần", "hết"]))
})

it("keeps every digit of a number, also where Zalo writes it as a number", async () => {
  const { zalo, events } = await online()
  const quoting = JSON.stringify(said(zalo, HOA, { content: "ý này", quote: { globalMsgId: 0, msg: "Lệ phí 8.000 đồng" } }))
  zalo.push({ command: 501, sub: 0 }, `{"msgs":[${quoting.replace('"globalMsgId":0', '"globalMsgId":7000000000000000009')}]}`)
  zalo.push(
    { command: 612, sub: 0 },
    { reacts: [reaction(zalo, HOA, { messageId: "7000000000000000007", icon: "/-heart" })], reactGroups: [] },
  )
  await until(() => expect(events).toHaveLength(2))
  expect(events[0]).toMatchObject({ replyTo: { messageId: "7000000000000000009", text: "Lệ phí 8.000 đồng" } })
  expect(events[1]).toMatchObject({ type: "reaction", messageId: "7000000000000000007", emoji: "❤️" })
})
