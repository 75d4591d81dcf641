import { expect, it } from "vitest"
import { ZALO_PERSONAL_WARNING, zaloPersonalKind } from "../../bot/channels/zalo-personal/kind.ts"
import { channelWorld } from "../support/channel-world.ts"
import { until } from "../support/until.ts"
import { attached, deliver, reaction, said, saidByPhone } from "./zalo-personal/citizens.ts"
import { OWN_UID } from "./zalo-personal/fake-account.ts"
import { startFakeZalo } from "./zalo-personal/fake-zalo.ts"
import { HOA, memoryStore, message, online, scene, secretsOf, textsOf } from "./zalo-personal/scene.ts"

const PHOTO = "https://photo-stal-1.zdn.vn/jpg/nha.jpg"

it("logs in with the stored cookies and hears a citizen", async () => {
  const { zalo, events } = await online()
  const one = said(zalo, HOA, { content: "lam giay khai sinh can gi", ts: "1760000000000" })
  deliver(zalo, one)
  await until(() => expect(events).toHaveLength(1))
  expect(events[0]).toEqual({
    type: "message",
    dedupeKey: `${one.cliMsgId}:${HOA}`,
    peer: { accountId: "zalo_personal:9007199254740993001", peerId: HOA },
    sentAt: new Date(1_760_000_000_000),
    messageId: one.msgId,
    text: "lam giay khai sinh can gi",
  })
  expect(zalo.account.devices).toEqual(["imei-of-the-office"])
})

it("understands what else a citizen may send", async () => {
  const { zalo, events } = await online()
  const card = JSON.stringify({ phone: "0912345678", qrCodeUrl: "" })
  const sent: readonly [string, unknown][] = [
    ["chat.photo", attached({ href: PHOTO, title: "đường hỏng" }, { hd: `${PHOTO}?hd`, width: 10, group_layout_id: "album-1" })],
    ["chat.gif", attached({ href: "https://g.zdn.vn/a.gif" })],
    ["chat.voice", attached({ href: "https://voice-aac-dl.zdn.vn/1.aac" }, { duration: 3000 })],
    ["chat.video.msg", attached({ href: "https://video.zdn.vn/1.mp4" })],
    ["share.file", attached({ title: "don.pdf", href: "https://file.zdn.vn/1" }, { fileExt: "pdf", fileSize: "1200" })],
    ["chat.sticker", { id: 21_979, catId: 10_430, type: 7 }],
    ["chat.doodle", attached({ href: "https://d.zdn.vn/1.png" })],
    ["chat.location.new", { params: JSON.stringify({ latitude: 20.86, longitude: 106.68 }) }],
    ["chat.recommended", attached({ title: "Bà Tư", description: card, action: "recommened.user" })],
    [
      "chat.recommended",
      attached({ title: "xem giúp https://dichvucong.gov.vn", href: "https://dichvucong.gov.vn", action: "recommened.link" }),
    ],
    ["chat.link", attached({ title: "Cổng dịch vụ công", href: "https://dichvucong.gov.vn" })],
    ["chat.todo", { params: JSON.stringify({ item: { content: "mang giấy chứng sinh" } }) }],
    ["chat.hologram", { future: true }],
  ]
  deliver(zalo, ...sent.map(([msgType, content]) => said(zalo, HOA, { msgType, content, ts: "1760000000000" })))
  await until(() => expect(events).toHaveLength(sent.length))
  expect(events).toMatchObject([
    { text: "đường hỏng", media: [{ kind: "image", source: `${PHOTO}?hd`, albumKey: "album-1" }] },
    { text: "", media: [{ kind: "image", source: "https://g.zdn.vn/a.gif" }] },
    { text: "", media: [{ kind: "voice", source: "https://voice-aac-dl.zdn.vn/1.aac" }] },
    { text: "", media: [{ kind: "video", source: "https://video.zdn.vn/1.mp4" }] },
    { text: "", media: [{ kind: "file", source: "https://file.zdn.vn/1", name: "don.pdf", bytes: 1200 }] },
    { text: "", media: [{ kind: "sticker", source: "sticker:21979" }] },
    { text: "", media: [{ kind: "image", source: "https://d.zdn.vn/1.png" }] },
    { text: "", location: { latitude: 20.86, longitude: 106.68 } },
    { text: "", contact: { name: "Bà Tư", phone: "0912345678", own: false } },
    { text: "xem giúp https://dichvucong.gov.vn" },
    { text: "Cổng dịch vụ công\nhttps://dichvucong.gov.vn" },
    { text: "mang giấy chứng sinh" },
    { text: "", opaque: true },
  ])
})

it("tells what was taken back, delivered, seen and reacted to, and not that somebody types", async () => {
  const { zalo, events } = await online()
  zalo.push({ command: 602, sub: 0 }, { actions: [{ act_type: "typing", act: "typing", data: `"uid":"${HOA}","ts":"1","isPC":0` }] })
  deliver(
    zalo,
    said(zalo, HOA, { msgType: "chat.undo", content: { globalMsgId: 7_000_000, cliMsgId: 1, deleteMsg: 0, srcId: 0, destId: 0 } }),
  )
  const receipt = { msgId: "81", realMsgId: "0" }
  zalo.push(
    { command: 502, sub: 0 },
    { delivereds: [{ ...receipt, deliveredUids: [HOA], seenUids: [], seen: 0, mSTs: 1 }], seens: [{ ...receipt, idTo: HOA }] },
  )
  zalo.push(
    { command: 612, sub: 0 },
    {
      reacts: [reaction(zalo, HOA, { messageId: "82", icon: "/-strong" }), reaction(zalo, HOA, { messageId: "82", icon: "" })],
      reactGroups: [],
    },
  )
  await until(() => expect(events).toHaveLength(5))
  const told = events.map((event) => ({
    type: event.type,
    ...("state" in event ? { state: event.state } : {}),
    ...("emoji" in event ? { emoji: event.emoji } : {}),
    ...("messageId" in event ? { messageId: event.messageId } : {}),
  }))
  expect(told).toEqual(
    expect.arrayContaining([
      { type: "retracted", messageId: "7000000" },
      { type: "receipt", state: "delivered", messageId: "81" },
      { type: "receipt", state: "seen", messageId: "81" },
      { type: "reaction", emoji: "👍", messageId: "82" },
      { type: "reaction", emoji: null, messageId: "82" },
    ]),
  )
})

it("leaves groups alone", async () => {
  const { zalo, events } = await online()
  zalo.push({ command: 521, sub: 0 }, { groupMsgs: [said(zalo, HOA, { idTo: "group-1", content: "bot ơi" })] })
  deliver(zalo, said(zalo, HOA, { content: "riêng" }))
  await until(() => expect(textsOf(events)).toEqual(["riêng"]))
})

it("hears what staff write on the phone of the account", async () => {
  const { zalo, events } = await online()
  deliver(zalo, saidByPhone(zalo, HOA, { content: "Chị chờ em chút nhé" }))
  await until(() =>
    expect(events).toMatchObject([{ type: "message", author: "staff", peer: { peerId: HOA }, text: "Chị chờ em chút nhé" }]),
  )
})

it("takes an echo of an unsure sending for what it is: our own message, not a person who speaks", async () => {
  const { zalo, channel, events } = await online({ pace: { callMs: 400 } })
  zalo.posts.faults.push("silent")
  expect(await channel.send(message(HOA, { text: "Dạ, lệ phí 8.000 đồng" }), 0)).toMatchObject({ failure: { kind: "unknown" } })
  deliver(zalo, saidByPhone(zalo, HOA, { content: "Dạ, lệ phí 8.000 đồng" }))
  deliver(zalo, saidByPhone(zalo, HOA, { content: "Dạ, lệ phí 8.000 đồng" }))
  await until(() => expect(textsOf(events)).toEqual(["Dạ, lệ phí 8.000 đồng"]))
})

it("tells an echo only after the sending has its outcome", async () => {
  const { zalo, channel, events } = await online({ pace: { callMs: 500, holdMs: 1 } })
  zalo.posts.faults.push("hang")
  const sending = channel.send(message(HOA, { text: "một" }), 0).then(() => events.length)
  await until(() => expect(zalo.asked.some(({ path }) => path.endsWith("/sms"))).toBe(true))
  deliver(zalo, saidByPhone(zalo, HOA, { content: "hai" }))
  expect(await sending).toBe(0)
  await until(() => expect(textsOf(events)).toEqual(["hai"]))
})

it("accepts friends only where the commune wants it, and notes who became one", async () => {
  const request = {
    controls: [{ controlId: 5, content: { act_type: "fr", act: "req_v2", data: JSON.stringify({ fromUid: HOA, toUid: "1" }) } }],
  }
  const added = { controls: [{ controlId: 6, content: { act_type: "fr", act: "add", data: HOA } }] }
  const shy = await online()
  shy.zalo.push({ command: 601, sub: 0 }, request)
  shy.zalo.push({ command: 601, sub: 0 }, added)
  await until(() => expect(shy.events).toMatchObject([{ type: "relation", state: "followed", peer: { peerId: HOA } }]))
  expect(shy.zalo.posts.accepted).toEqual([])

  const open = await online({ settings: { acceptFriends: true } })
  open.zalo.push({ command: 601, sub: 0 }, request)
  await until(() => expect(open.zalo.posts.accepted).toEqual([HOA]))
})

it("keeps what arrived until it can be stored", async () => {
  const stored: string[] = []
  let broken = true
  const { zalo } = await online({
    accept: (events) => {
      if (broken) return Promise.reject(new Error("disk full"))
      stored.push(...textsOf(events))
      return Promise.resolve([])
    },
  })
  deliver(zalo, said(zalo, HOA, { content: "đừng mất" }))
  await new Promise((resolve) => setTimeout(resolve, 150))
  broken = false
  deliver(zalo, said(zalo, HOA, { content: "tin sau" }))
  await until(() => expect(stored).toEqual(["đừng mất", "tin sau"]))
})

it("stores what it still holds when it is stopped", async () => {
  const { zalo, channel, events } = await online({ pace: { holdMs: 60_000 } })
  deliver(zalo, said(zalo, HOA, { content: "vừa kịp" }))
  await until(() => expect(zalo.sockets()).toBe(1))
  // What is held can be seen by nobody: time enough for it to come over the line.
  await new Promise((resolve) => setTimeout(resolve, 1000))
  await channel.stop()
  expect(textsOf(events)).toEqual(["vừa kịp"])
})

it("needs a person when the stored session has ended, and says so once", async () => {
  const { zalo, start, healths } = await scene({ cookieSession: "of-last-year" })
  await start()
  await until(() => expect(healths.at(-1)).toMatchObject({ state: "needs_human", why: "login_expired" }))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(healths.map(({ state }) => state)).toEqual(["connecting", "needs_human"])
  expect(zalo.asked.filter(({ path }) => path.endsWith("/getLoginInfo"))).toHaveLength(1)
})

it("tries again when Zalo's login answers with an error of its own", async () => {
  const { zalo, start, healths } = await scene()
  zalo.account.loginFaults.push(502, 503)
  await start()
  await until(() => expect(healths.map(({ state }) => state)).toEqual(["connecting", "degraded", "online"]))
})

it("asks for an update when Zalo's login has changed its shape", async () => {
  const { zalo, start, healths } = await scene()
  zalo.account.missing = "chat"
  await start()
  await until(() =>
    expect(healths.at(-1)).toEqual({ state: "needs_human", reason: expect.stringContaining("cập nhật phần mềm") as string }),
  )
})

it("refuses cookies of another account", async () => {
  const { zalo, start, healths } = await scene()
  zalo.account.uid = "5"
  await start()
  await until(() => expect(healths.at(-1)).toMatchObject({ state: "needs_human", why: "bad_settings" }))
})

it("notices a session that ends in the middle of the day", async () => {
  const { zalo, healths } = await online({ pace: { keepAliveMs: 40 } })
  zalo.account.session = "ended"
  await until(() => expect(healths.at(-1)).toMatchObject({ state: "needs_human", why: "login_expired" }))
  expect(zalo.account.logins).toBe(1)
})

it("notices a line that is dead although nobody closed it", async () => {
  const { zalo, healths } = await online({ pace: { keepAliveMs: 40, callMs: 300 } })
  zalo.posts.pulseFaults.push("hang", "hang")
  await until(() => expect(zalo.account.logins).toBeGreaterThan(1))
  await until(() => expect(healths.at(-1)).toEqual({ state: "online" }))
})

it("connects anew after the machine has slept", async () => {
  let asleep = 0
  const { zalo } = await online({ pace: { keepAliveMs: 2000 }, now: () => new Date(Date.now() + asleep) })
  asleep = 3_600_000
  await until(() => expect(zalo.account.logins).toBe(2))
})

it("does not fight for the session when chat.zalo.me is opened elsewhere", async () => {
  const { zalo, healths } = await online()
  zalo.push({ command: 3000, sub: 0 }, {})
  await until(() => expect(healths.at(-1)).toMatchObject({ state: "needs_human", why: "duplicate_session" }))
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(zalo.account.logins).toBe(1)
})

it("does not fight for the session either when Zalo refuses it at the door", async () => {
  const { zalo, start, healths } = await scene()
  zalo.refusesWith = 3000
  await start()
  await until(() => expect(healths.at(-1)).toMatchObject({ state: "needs_human", why: "duplicate_session" }))
  expect(zalo.connections()).toBe(1)
})

it("waits a moment when Zalo still holds the session that our own restart left open", async () => {
  const { zalo, start, healths } = await scene({ pace: { kickedMs: 200 } })
  zalo.refusesWith = 3003
  await start()
  await until(() => expect(healths.at(-1)?.state).toBe("degraded"))
  zalo.refusesWith = null
  await until(() => expect(healths.at(-1)).toEqual({ state: "online" }))
})

it("comes back once when thrown out right after its own restart, and then needs a person", async () => {
  const { zalo, healths } = await online()
  zalo.close(3003)
  await until(() => expect(zalo.account.logins).toBe(2))
  await until(() => expect(healths.at(-1)).toEqual({ state: "online" }))
  zalo.close(3003)
  await until(() => expect(healths.at(-1)).toMatchObject({ state: "needs_human", why: "kicked" }))
  expect(zalo.account.logins).toBe(2)
})

it("needs a person at once when thrown out in the middle of the day", async () => {
  let later = 0
  const { zalo, healths } = await online({ now: () => new Date(Date.now() + later) })
  later = 3_600_000
  zalo.close(3003)
  await until(() => expect(healths.at(-1)).toMatchObject({ state: "needs_human", why: "kicked" }))
})

it("writes changed cookies back, and nothing when none changed", async () => {
  const { zalo, store, channel } = await online()
  expect(JSON.stringify(store.saved.credentials.cookie)).toContain("rotated-1")
  await channel.send(message(HOA), 0)
  const { writes } = store
  await channel.send(message(HOA), 0)
  expect(store.writes).toBe(writes)
  zalo.posts.nextCookie = "zpw_sek=changed-by-answer; Path=/; Domain=chat.zalo.me"
  await channel.send(message(HOA), 0)
  // Stored when the outcome is told: the process may end now.
  expect(JSON.stringify(store.saved.credentials.cookie)).toContain("changed-by-answer")
})

it("logs neither cookies nor the device nor what people write", async () => {
  const logged: unknown[] = []
  const note = (...line: unknown[]) => void logged.push(line)
  const { zalo, channel, healths } = await online({ logger: { info: note, warn: note, error: note }, pace: { callMs: 400 } })
  zalo.push({ command: 777, sub: 0 }, { msgs: [said(zalo, HOA, { content: "chuyện riêng" })] })
  zalo.push({ command: 501, sub: 0 }, { msgs: [{ content: "chuyện riêng không đọc được" }] })
  zalo.pushRaw(Buffer.from("chuyện riêng"))
  zalo.posts.faults.push("hang")
  await channel.send(message(HOA, { text: "câu trả lời riêng" }), 0)
  zalo.away = true
  zalo.cut()
  await until(() => expect(healths.at(-1)).toMatchObject({ reason: "Không kết nối được máy chủ Zalo" }))
  await channel.stop()
  const text = JSON.stringify(logged)
  expect(logged.length).toBeGreaterThan(3)
  for (const secret of ["zpsid", "rotated-", "imei-of-the-office", "riêng", HOA]) expect(text).not.toContain(secret)
})

it("is set up with a warning, Vietnamese faults and the account's own number", async () => {
  const { settings, secrets, accountKey } = zaloPersonalKind
  expect(settings.parse({})).toEqual({ strangersPerDay: 30, acceptFriends: false })
  expect(settings.safeParse({ strangersPerDay: 1000 }).error?.issues[0]?.message).toMatch(/từ 0 đến 100/)
  expect(secrets.safeParse({ credentials: { uid: "1" } }).error?.issues[0]?.message).toMatch(/quét mã QR/)
  expect(accountKey(settings.parse({}), secrets.parse(secretsOf("first")))).toBe(OWN_UID)
  expect(ZALO_PERSONAL_WARNING).toMatch(/khóa tài khoản/)
  const account = { accountId: `zalo_personal:${OWN_UID}`, settings: settings.parse({}), secrets: memoryStore(secretsOf("first")) }
  const channel = await zaloPersonalKind.open(account, channelWorld())
  expect(channel).toMatchObject({ accountId: account.accountId, exclusive: true, resendIsHarmless: false })
  expect(channel.capabilities).toMatchObject({ maxText: 2000, buttons: null, staffWritesThere: true })
})

it("goes on after a restart with what the last run has stored", async () => {
  const zalo = await startFakeZalo()
  const store = memoryStore(secretsOf(zalo.account.session))
  const first = await online({ zalo, store })
  await first.channel.stop()
  zalo.history.push(JSON.stringify(said(zalo, HOA, { content: "khi văn phòng tắt máy" })))
  const second = await online({ zalo, store })
  await until(() => expect(second.events).toMatchObject([{ text: "khi văn phòng tắt máy", backfill: true }]))
  expect(zalo.asked.filter(({ path }) => path.endsWith("/getLoginInfo")).at(-1)?.cookie).toContain("zpw_sek=rotated-1")
  expect(zalo.account.devices).toEqual(["imei-of-the-office", "imei-of-the-office"])
  await second.channel.stop()
  await zalo.stop()
})
