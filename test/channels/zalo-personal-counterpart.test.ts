import { expect, it, onTestFinished } from "vitest"
import type { Health, InboundEvent } from "../../bot/message.ts"
import { until } from "../support/until.ts"
import { zaloPersonalCounterpart } from "./zalo-personal/counterpart.ts"
import { HOA, message } from "./zalo-personal/scene.ts"

async function counterpart() {
  const zalo = await zaloPersonalCounterpart.open()
  onTestFinished(() => zalo.stop())
  const events: InboundEvent[] = []
  const healths: Health[] = []
  await zalo.channel.start({
    accept: (arrived) => Promise.resolve((events.push(...arrived), [])),
    handled: () => Promise.reject(new Error("not asked for")),
    health: (health) => healths.push(health),
  })
  return { zalo, events, healths }
}

it("plays everything that a citizen can do in Zalo", async () => {
  const { zalo, events } = await counterpart()
  await zalo.says(HOA, "một", { messageId: "7100000000000000001", at: new Date(1_760_000_000_000), key: "một" })
  await zalo.says(HOA, "một", { key: "một" })
  await zalo.redelivers?.()
  await zalo.sendsMedia?.(HOA, { kind: "image", caption: "đường hỏng", album: "a1" })
  await zalo.sendsMedia?.(HOA, { kind: "file", name: "don.pdf" })
  await zalo.sendsLocation?.(HOA, { latitude: 20.86, longitude: 106.68 })
  await zalo.sendsContact?.(HOA, { phone: "0912345678", own: false })
  await zalo.sendsSticker?.(HOA)
  await zalo.sendsUnknown?.(HOA)
  await zalo.quotes?.(HOA, { messageId: "71", text: "ý này" })
  await zalo.inGroup?.("bot ơi")
  await zalo.staffWrites?.(HOA, "em nghe đây")
  await zalo.retracts?.(HOA, "7100000000000000001")
  await until(() => expect(events).toHaveLength(10))
  expect(events).toMatchObject([
    { text: "một", messageId: "7100000000000000001", sentAt: new Date(1_760_000_000_000) },
    { text: "đường hỏng", media: [{ kind: "image", albumKey: "a1" }] },
    { media: [{ kind: "file", name: "don.pdf" }] },
    { location: { latitude: 20.86, longitude: 106.68 } },
    { contact: { phone: "0912345678" } },
    { media: [{ kind: "sticker" }] },
    { opaque: true },
    { text: "ý này", replyTo: { messageId: "71" } },
    { text: "em nghe đây", author: "staff" },
    { type: "retracted", messageId: "7100000000000000001" },
  ])
})

it("shows what citizens got, and plays what goes wrong", async () => {
  const { zalo, events, healths } = await counterpart()
  await until(() => expect(healths.at(-1)?.state).toBe("online"))
  expect(await zalo.channel.send(message(HOA, { text: "Dạ" }), 0)).toMatchObject({ ok: true })
  const [seen] = zalo.seen()
  expect(seen).toMatchObject({ peerId: HOA, text: "Dạ", buttons: [] })
  await zalo.echoes?.(seen?.messageId ?? "")
  await until(() => expect(events).toMatchObject([{ author: "staff", messageId: seen?.messageId }]))
  await zalo.blocks?.("66")
  expect(await zalo.channel.send(message("66"), 0)).toMatchObject({ failure: { kind: "recipient_refuses" } })
  zalo.failsNext?.({ kind: "server_error" })
  expect(await zalo.channel.send(message(HOA), 0)).toMatchObject({ failure: { kind: "unknown" } })
  await zalo.goesAway?.()
  await zalo.says(HOA, "lúc mất mạng")
  await zalo.comesBack?.()
  await until(() => expect(events.at(-1)).toMatchObject({ text: "lúc mất mạng", backfill: true }))
  zalo.losesMedia?.("gone")
  await zalo.sendsMedia?.(HOA, { kind: "voice" })
  await until(() => expect(events.at(-1)).toMatchObject({ media: [{ kind: "voice" }] }))
  const source = events.flatMap((event) => (event.type === "message" ? (event.media ?? []) : [])).at(-1)?.source ?? ""
  await expect(zalo.channel.fetchMedia?.(source, new AbortController().signal)).rejects.toMatchObject({ reason: "gone" })
  await zalo.rival?.()
  await until(() => expect(healths.at(-1)).toMatchObject({ state: "needs_human", why: "duplicate_session" }))
})
