import { expect, it } from "vitest"
import { bodyOf } from "../../bot/body.ts"
import { type Attachment, MediaUnavailableError } from "../../bot/message.ts"
import { until } from "../support/until.ts"
import type { PostFault } from "./zalo-personal/fake-posts.ts"
import { HOA, message, online, scene } from "./zalo-personal/scene.ts"

const NEVER = new AbortController().signal
const PNG = Buffer.from("89504e470d0a1a0a0000000d4948445200000014000000280806000000", "hex")

function file(kind: "image" | "file", name: string, bytes: Buffer): Attachment {
  return { kind, name, mime: "application/octet-stream", read: () => Promise.resolve(bytes) }
}

it("sends an answer with its choices as a list to answer by number, and bold where it is meant", async () => {
  const { zalo, channel } = await online()
  const body = [[{ text: "Lệ phí: " }, { text: "8.000 đồng", bold: true }], [{ text: "Nguồn", href: "https://dichvucong.gov.vn" }]]
  const choices = [
    { id: "a", label: "Đăng ký khai sinh" },
    { id: "b", label: "Đăng ký lại khai sinh" },
  ]
  const outcome = await channel.send(message(HOA, { body, choices }), 0)
  const post = zalo.posts.posted[0]
  expect(outcome).toEqual({ ok: true, partsSent: 1, messageIds: [post?.messageId] })
  expect(post?.text).toMatch(
    /^Lệ phí: 8\.000 đồng\nNguồn \(https:\/\/dichvucong\.gov\.vn\)\n\n.*\n1\. Đăng ký khai sinh\n2\. Đăng ký lại khai sinh$/,
  )
  expect(JSON.parse(String(post?.params["textProperties"]))).toEqual({ styles: [{ start: 8, len: 10, st: "b" }], ver: 0 })
})

it("splits a long answer at 2,000 units and goes on with the part that failed", async () => {
  const { zalo, channel } = await online()
  const text = ["Một câu vừa phải.", "Hai.", "Ba."]
    .map((word) => `${word} `.repeat(100))
    .join("\n\n")
    .slice(0, 2600)
  zalo.posts.faults.push({ code: 221 })
  const failed = await channel.send(message(HOA, { text: "ngắn" }), 0)
  expect(failed).toMatchObject({ ok: false, partsSent: 0 })
  const whole = message(HOA, { text })
  expect(await channel.send(whole, 1)).toMatchObject({ ok: true, partsSent: 2 })
  expect(await channel.send(whole, 0)).toMatchObject({ ok: true, partsSent: 2 })
  const [last, first, again] = zalo.posts.posted.map((post) => post.text)
  expect(`${first}${again}`).toBe(text)
  expect(last).toBe(again)
  expect(first?.length).toBeLessThanOrEqual(2000)
})

it("sends the text first, then each file, with the size of a picture", async () => {
  const { zalo, channel } = await online()
  const attachments = [
    file("image", "ban-do.png", PNG),
    file("file", "to-khai.pdf", Buffer.from("%PDF-1.7")),
    file("file", "khong-duoi", Buffer.from("x")),
  ]
  expect(await channel.send(message(HOA, { text: "Xin gửi ông/bà", attachments }), 0)).toMatchObject({ ok: true, partsSent: 4 })
  expect(zalo.posts.posted.map(({ text, media }) => [media, text])).toEqual([
    [undefined, "Xin gửi ông/bà"],
    ["image", ""],
    ["file", "to-khai.pdf"],
    ["file", "khong-duoi.bin"],
  ])
  expect(zalo.posts.posted[1]?.params).toMatchObject({ width: 20, height: 40 })
})

const OUTCOMES: readonly [string, PostFault, object][] = [
  ["strangers are refused", { code: 122 }, { kind: "recipient_refuses", reason: "strangers_refused" }],
  ["this account is refused", { code: 123 }, { kind: "recipient_refuses", reason: "blocked" }],
  ["too much was sent", { code: 221 }, { kind: "rate_limited", scope: "account" }],
  ["Zalo takes it and does nothing", "empty", { kind: "rejected" }],
  ["something unheard-of is answered", { code: 9999 }, { kind: "rejected", detail: "Zalo 9999" }],
  ["the server falls over", { http: 502 }, { kind: "unknown", detail: "HTTP 502" }],
]
it.each(OUTCOMES)("tells by the outcome that %s", async (_, fault, failure) => {
  const { zalo, channel } = await online()
  zalo.posts.faults.push(fault)
  expect(await channel.send(message(HOA), 0)).toMatchObject({ ok: false, partsSent: 0, failure })
  expect(await channel.send(message(HOA), 0)).toMatchObject({ ok: true })
})

it("tells that nothing left the house while Zalo cannot be reached", async () => {
  const { zalo, channel } = await online()
  zalo.away = true
  expect(await channel.send(message(HOA), 0)).toMatchObject({ ok: false, failure: { kind: "unreachable" } })
})

it("tells that a file is refused by the library itself", async () => {
  const { zalo, channel } = await online()
  const outcome = await channel.send(message(HOA, { attachments: [file("file", "virus.exe", Buffer.from("MZ"))] }), 0)
  expect(outcome).toMatchObject({ ok: false, partsSent: 1, failure: { kind: "rejected" } })
  expect(zalo.asked.some(({ path }) => path.endsWith("/upload"))).toBe(false)
})

it("needs a person when Zalo refuses the session at a sending", async () => {
  const { zalo, channel, healths } = await online()
  zalo.posts.faults.push({ code: 102 })
  expect(await channel.send(message(HOA), 0)).toMatchObject({ ok: false, failure: { kind: "auth" } })
  await until(() => expect(healths.at(-1)).toMatchObject({ state: "needs_human", why: "login_expired" }))
  expect(await channel.send(message(HOA), 0)).toMatchObject({ ok: false, failure: { kind: "auth" } })
})

it("lets the next login find out when Zalo refuses the session while the line is down", async () => {
  const { zalo, channel, healths } = await online({ pace: { patience: () => 300 } })
  zalo.cut()
  await until(() => expect(healths.at(-1)?.state).toBe("degraded"))
  zalo.posts.faults.push({ code: 102 })
  expect(await channel.send(message(HOA), 0)).toMatchObject({ ok: false, failure: { kind: "auth" } })
  await until(() => expect(healths.at(-1)).toEqual({ state: "online" }))
  zalo.cut()
  await until(() => expect(zalo.account.logins).toBe(3))
})

it("slows down and says so when Zalo complains of too much, until a message goes out again", async () => {
  const { zalo, channel, healths } = await online()
  zalo.posts.faults.push({ code: 221 }, { code: 221 })
  await channel.send(message(HOA), 0)
  await channel.send(message(HOA), 0)
  expect(healths.map(({ state }) => state)).toEqual(["connecting", "online", "degraded"])
  await channel.send(message(HOA), 0)
  expect(healths.at(-1)).toEqual({ state: "online" })
})

it("answers only so many strangers a day, each as often as they ask, and alerts once", async () => {
  let day = 0
  const now = () => new Date(Date.UTC(2026, 0, 1 + day, 3))
  const { channel, zalo, healths, store } = await online({ settings: { strangersPerDay: 2 }, now })
  const answer = (peerId: string) => channel.send(message(peerId), 0)
  expect(await answer("11")).toMatchObject({ ok: true })
  expect(await answer("11")).toMatchObject({ ok: true })
  expect(await answer("12")).toMatchObject({ ok: true })
  expect(await answer("13")).toMatchObject({ ok: false, failure: { kind: "quota_exhausted" } })
  expect(await answer("14")).toMatchObject({ ok: false, failure: { kind: "quota_exhausted" } })
  expect(await answer("12")).toMatchObject({ ok: true })
  expect(zalo.posts.posted.map(({ peerId }) => peerId)).toEqual(["11", "11", "12", "12"])
  expect(healths.filter(({ state }) => state === "degraded")).toHaveLength(1)
  expect(store.saved.strangers).toEqual({ day: "2026-01-01", uids: ["11", "12"] })
  day = 1
  expect(await answer("13")).toMatchObject({ ok: true })
  expect(healths.at(-1)).toEqual({ state: "online" })
})

it("does not begin the day anew with a restart", async () => {
  const first = await online({ settings: { strangersPerDay: 1 } })
  await first.channel.send(message("11"), 0)
  await first.channel.stop()
  const second = await online({ settings: { strangersPerDay: 1 }, zalo: first.zalo, store: first.store })
  expect(await second.channel.send(message("12"), 0)).toMatchObject({ failure: { kind: "quota_exhausted" } })
  await second.channel.stop()
})

it("reminds friends, but never writes to a stranger of its own accord", async () => {
  const open = await scene()
  open.zalo.posts.friends.push(HOA)
  await open.start()
  await until(() => expect(open.healths.at(-1)).toEqual({ state: "online" }))
  expect(await open.channel.send(message(HOA, { purpose: "reminder" }), 0)).toMatchObject({ ok: true })
  expect(await open.channel.send(message("12", { purpose: "reminder" }), 0)).toMatchObject({ failure: { kind: "window_closed" } })
  expect(open.store.saved.strangers).toBeUndefined()
})

it("tells an unstarted or unconnected account from a refused one", async () => {
  const { zalo, channel, start } = await scene()
  expect(await channel.send(message(HOA), 0)).toMatchObject({ failure: { kind: "unreachable" } })
  zalo.away = true
  await start()
  expect(await channel.send(message(HOA), 0)).toMatchObject({ failure: { kind: "unreachable" } })
})

it("fetches what a citizen sent, from Zalo and from nowhere else", async () => {
  const { zalo, channel } = await scene()
  zalo.media.set("/jpg/nha.jpg", { body: Buffer.from("ảnh") })
  const fetched = await channel.fetchMedia?.("https://photo.zdn.vn/jpg/nha.jpg", NEVER)
  const chunks: Uint8Array[] = []
  for await (const chunk of fetched ?? []) chunks.push(chunk)
  expect(Buffer.concat(chunks).toString()).toBe("ảnh")
  for (const foreign of [
    "https://example.org/a.jpg",
    "http://photo.zdn.vn/jpg/nha.jpg",
    "https://zdn.vn.example.org/",
    "file:///etc/passwd",
    "sticker:1",
  ]) {
    await expect(channel.fetchMedia?.(foreign, NEVER)).rejects.toBeInstanceOf(MediaUnavailableError)
  }
  expect(zalo.asked.map(({ host }) => host)).toEqual(["photo.zdn.vn"])
})

it("tells media that are gone from media that are too large or may be had later", async () => {
  const { zalo, channel } = await scene()
  zalo.media.set("/large", { body: "", length: 900_000_000 })
  zalo.media.set("/busy", { status: 503, body: "" })
  await expect(channel.fetchMedia?.("https://f.zdn.vn/gone", NEVER)).rejects.toMatchObject({ reason: "gone" })
  await expect(channel.fetchMedia?.("https://f.zdn.vn/gone", NEVER)).rejects.not.toHaveProperty("cause")
  // Worth another try: that says what caused it.
  await expect(channel.fetchMedia?.("https://f.zdn.vn/busy", NEVER)).rejects.toMatchObject({ cause: expect.any(Error) as Error })
  await expect(channel.fetchMedia?.("https://f.zdn.vn/large", NEVER)).rejects.toMatchObject({ reason: "too_large" })
})

it("keeps spaces alone from being sent as a message", async () => {
  const { zalo, channel } = await online()
  expect(await channel.send(message(HOA, { body: bodyOf("  \n ") }), 0)).toEqual({ ok: true, partsSent: 0, messageIds: [] })
  expect(zalo.posts.posted).toEqual([])
})
