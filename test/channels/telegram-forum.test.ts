import { describe, expect, it, onTestFinished } from "vitest"
import { telegramSettings } from "../../bot/channels/telegram/account.ts"
import { createDesk } from "../../bot/desk.ts"
import type { Engine } from "../../bot/engine.ts"
import type { Health } from "../../bot/message.ts"
import { MEDIA_LIMITS } from "../../bot/media/limits.ts"
import { createMedia } from "../../bot/media/media.ts"
import { createStaffRoom } from "../../bot/staff-room.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { staffRoomTexts } from "../../bot/texts/staff-room.ts"
import { readAudit } from "../../prisma/audit.ts"
import { verifyChain } from "../../prisma/evidence.ts"
import { COMMUNE, fakeAnswer, newId, openTestDatabase, silent, startEngine, temporaryFolder } from "../support/house.ts"
import { PDF, photo, PROGRAM } from "../support/media-samples.ts"
import { until } from "../support/until.ts"
import { MEDIA } from "./telegram/citizen.ts"
import { openTelegram } from "./telegram/counterpart.ts"
import { GROUP } from "./telegram/forum.ts"

const LAN = 501
const HOA = 502
const STRANGER = 999
const ASKS = "gặp cán bộ"

interface Given {
  readonly mode?: "polling" | "webhook"
  readonly now?: () => Date
  readonly maxFileBytes?: number
}

/** A commune whose officers have a group with topics; “gặp cán bộ” asks for one of them. */
async function office({ mode = "polling", now: platformNow, maxFileBytes = 1_000_000 }: Given = {}) {
  const db = await openTestDatabase()
  const now = () => new Date()
  const engines: Engine[] = []
  const wake: Engine["wake"] = (conversation) => engines[0]?.wake(conversation)
  const desk = createDesk({ db, texts, commune: () => COMMUNE, now, newId, wake })
  const folder = await temporaryFolder()
  const limits = { ...MEDIA_LIMITS, maxBytes: maxFileBytes }
  const media = createMedia({ ...{ db, folder, texts, logger: silent, now, newId, wake, limits }, channel: () => undefined })
  const room = createStaffRoom({ db, desk, uploads: media, now })
  const tg = await openTelegram({ mode, room, staffChatId: String(GROUP), forumEveryMs: 15, ...(platformNow ? { now: platformNow } : {}) })
  onTestFinished(() => tg.stop())
  const healths: Health[] = []
  const { answer, asked } = fakeAnswer(({ text }) => (text.startsWith(ASKS) ? { status: "routed_human", text: "Xin chờ cán bộ ạ." } : {}))
  engines.push(
    await startEngine({
      db,
      answer,
      channels: [tg.channel],
      openAttachment: media.openAttachment,
      onHealth: (_account, health) => healths.push(health),
    }),
  )
  await until(() => expect(healths.at(-1)?.state).toBe("online"))
  const { forum } = tg.platform
  forum.members.set(LAN, "member").set(HOA, "administrator").set(STRANGER, "left")
  const toldIn = (place = 0) => (forum.topics[place]?.posts ?? []).map(({ text }) => text).join("\n")
  const conversation = (peerId = "7") => db.conversation.findFirstOrThrow({ where: { peerId } })
  return {
    ...{ db, desk, tg, forum, healths, asked, toldIn, conversation },
    platform: tg.platform,
    heard: (peerId = "7") => tg.platform.sent.filter(({ chatId }) => chatId === peerId).map(({ text }) => text),
    topic: (place = 0) => forum.topics[place]?.id ?? 0,
    waiting: async () => {
      await tg.says("7", ASKS)
      await until(() => expect(toldIn()).toContain(ASKS))
    },
    state: async (expected: string, peerId = "7") => {
      await until(async () => expect((await conversation(peerId)).state).toBe(expected))
    },
  }
}

describe("a citizen who waits for a human", () => {
  it("stands in a topic of the staff's group, with what was said before, and each new message follows", async () => {
    const { tg, forum, toldIn } = await office()
    await tg.says("7", "khai sinh cần gì")
    await tg.says("7", ASKS)
    await until(() => expect(toldIn()).toContain("Trợ lý: Xin chờ cán bộ ạ."))
    await tg.says("7", "tôi cần gấp")
    await until(() => expect(toldIn()).toContain("tôi cần gấp"))
    expect(forum.topics).toHaveLength(1)
    expect(forum.topics[0]?.name).toMatch(/^Người dân …7 · /)
    const [card = ""] = (forum.topics[0]?.posts ?? []).map(({ text }) => text)
    expect(card.split("\n")).toEqual([
      staffRoomTexts.begins,
      "",
      "Người dân: khai sinh cần gì",
      ...[`Trợ lý: ${texts.introduction(COMMUNE)}`, "Trợ lý: Trả lời: khai sinh cần gì"].join("\n").split("\n"),
      `Người dân: ${ASKS}`,
      "Trợ lý: Xin chờ cán bộ ạ.",
    ])
  })

  it("who asks the assistant alone is not mirrored", async () => {
    const { tg, forum, heard } = await office()
    await tg.says("7", "khai sinh cần gì")
    await until(() => expect(heard().at(-1)).toBe("Trả lời: khai sinh cần gì"))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(forum.topics).toEqual([])
  })

  it("what has more than words is handed over as it is: a photo with its caption, a place", async () => {
    const { tg, forum, waiting, toldIn } = await office()
    await waiting()
    await tg.sendsMedia?.("7", { kind: "image", caption: "rác trước cổng chợ" })
    await until(() => expect(toldIn()).toContain("rác trước cổng chợ"))
    await tg.sendsLocation?.("7", { latitude: 20.84, longitude: 106.68 })
    await until(() => expect(forum.topics[0]?.posts.filter(({ copyOf }) => copyOf !== undefined)).toHaveLength(2))
  })

  it("what a message answers to stands beside its words", async () => {
    const { tg, waiting, platform, toldIn, heard } = await office()
    await waiting()
    await until(() => expect(heard().at(-1)).toBe("Xin chờ cán bộ ạ."))
    const told = platform.sent.findLast(({ chatId }) => chatId === "7")
    await tg.quotes?.("7", { messageId: String(told?.messageId), text: "bao giờ thì có ạ" })
    await until(() => expect(toldIn()).toContain("Người dân (trả lời tin “Xin chờ cán bộ ạ.”): bao giờ thì có ạ"))
  })

  it("words that are changed after they were told are told again, marked, and only those", async () => {
    const { tg, waiting, toldIn } = await office()
    await waiting()
    await tg.says("7", "hẹn cháu chín giờ", { messageId: "9001" })
    await tg.says("7", "ở ủy ban", { messageId: "9002" })
    await until(() => expect(toldIn()).toContain("Người dân: ở ủy ban"))
    await tg.edits?.("7", "9001", "hẹn cháu mười giờ")
    await until(() => expect(toldIn()).toContain("Người dân (đã sửa tin): hẹn cháu mười giờ"))
    await tg.says("7", "cảm ơn")
    await until(() => expect(toldIn()).toContain("Người dân: cảm ơn"))
    expect(toldIn().match(/ở ủy ban/g)).toHaveLength(1)
    expect(toldIn().match(/mười giờ/g)).toHaveLength(1)
  })

  it("what the citizen has deleted meanwhile is told in words", async () => {
    const { tg, forum, waiting, toldIn } = await office()
    await waiting()
    forum.notes = () => undefined
    await tg.sendsMedia?.("7", { kind: "image" })
    forum.said.clear()
    await until(() => expect(toldIn()).toContain(`Người dân: ${texts.heard.image}`))
  })
})

describe("an officer in the topic", () => {
  it("answers the citizen as a human, silences the assistant, and hands the chat back", async () => {
    const { db, tg, topic, waiting, heard, state, asked, toldIn } = await office()
    await waiting()
    await tg.staffSays({ topic: topic(), by: LAN, text: "Chào bác, cháu giúp bác ạ" })
    await until(() => expect(heard().at(-1)).toBe("Chào bác, cháu giúp bác ạ"))
    await state("waiting_citizen")
    await tg.says("7", "cảm ơn cháu")
    await until(() => expect(toldIn()).toContain("Người dân: cảm ơn cháu"))
    expect(asked).toHaveLength(1)
    expect(await db.outboxMessage.findFirst({ where: { purpose: "staff_reply" } })).toMatchObject({
      author: `staff:${GROUP}.${LAN}:Cán bộ trực`,
    })
    await tg.staffSays({ topic: topic(), by: LAN, text: "/xong" })
    await until(() => expect(heard().at(-1)).toBe(texts.handedBack))
    await until(() => expect(toldIn()).toContain(staffRoomTexts.ends))
    await tg.says("7", "khai sinh")
    await until(() => expect(heard().at(-1)).toBe("Trả lời: khai sinh"))
    expect(toldIn()).not.toContain("Người dân: khai sinh")
    const audit = await db.auditEntry.findMany({ orderBy: { seq: "asc" } })
    expect(audit.map(({ kind, actorId }) => [kind, actorId])).toEqual([
      ["conversation.replied", `telegram:123456/${LAN}`],
      ["conversation.handed_back", `telegram:123456/${LAN}`],
    ])
    expect(audit[0]?.body).toMatchObject({ actor: "Lan – Telegram" })
    expect(JSON.stringify(audit)).not.toContain("cháu giúp bác")
    expect(await verifyChain(readAudit(db))).toMatchObject({ ok: true })
  })

  it("is heard once, however often Telegram hands the message over", async () => {
    const { db, tg, topic, waiting, heard } = await office()
    await waiting()
    await tg.staffSays({ topic: topic(), by: LAN, text: "Chào bác" })
    await until(() => expect(heard().at(-1)).toBe("Chào bác"))
    await tg.redelivers?.()
    await tg.staffSays({ topic: topic(), by: LAN, text: "Bác chờ cháu" })
    await until(() => expect(heard().at(-1)).toBe("Bác chờ cháu"))
    expect(heard().filter((text) => text === "Chào bác")).toHaveLength(1)
    expect(await db.auditEntry.count()).toBe(2)
  })

  it("shares the topic with colleagues of the group, and takes over from elsewhere only on purpose", async () => {
    const { desk, tg, topic, waiting, heard, conversation, toldIn } = await office()
    await waiting()
    await tg.staffSays({ topic: topic(), by: LAN, text: "Cháu Lan đây" })
    await tg.staffSays({ topic: topic(), by: HOA, text: "Cháu Hoa đây" })
    await until(() => expect(heard().slice(-2)).toEqual(["Cháu Lan đây", "Cháu Hoa đây"]))
    const { id } = await conversation()
    await desk.take(id, { staffId: "minh", publicName: "Ông Minh", over: true })
    await tg.staffSays({ topic: topic(), by: LAN, text: "Bác ơi" })
    await until(() => expect(toldIn()).toContain(staffRoomTexts.refused.held_by_another))
    expect(heard()).not.toContain("Bác ơi")
    await tg.staffSays({ topic: topic(), by: LAN, text: "/nhan@xa_bot" })
    await until(() => expect(toldIn()).toContain(staffRoomTexts.taken))
    await tg.staffSays({ topic: topic(), by: LAN, text: "Bác ơi" })
    await until(() => expect(heard().at(-1)).toBe("Bác ơi"))
  })

  it("counts only as a member of the group; General, other topics and bots are nobody's business", async () => {
    const { db, tg, topic, waiting, heard, toldIn, forum } = await office()
    await waiting()
    await tg.staffSays({ topic: topic(), by: STRANGER, text: "lừa đảo" })
    await until(() => expect(toldIn()).toContain(staffRoomTexts.noMember))
    await tg.staffSays({ by: LAN, text: "trưa nay ăn gì" })
    await tg.staffSays({ topic: 77_777, by: LAN, text: "chủ đề khác" })
    await tg.staffSays({ topic: topic(), by: LAN, text: "tôi là bot", from: { id: 5, is_bot: true, first_name: "Bot" } })
    await tg.staffSays({ topic: topic(), by: LAN, text: "kênh khác", sender_chat: { id: -1009, type: "channel", title: "Kênh" } })
    await tg.staffSays({
      topic: topic(),
      by: LAN,
      text: "Quản trị nhóm đây",
      sender_chat: { id: GROUP, type: "supergroup", title: "Cán bộ xã" },
    })
    await until(() => expect(heard().at(-1)).toBe("Quản trị nhóm đây"))
    const everything = JSON.stringify([heard(), await db.message.findMany(), await db.inboxEvent.findMany()])
    expect(everything).not.toMatch(/lừa đảo|ăn gì|chủ đề khác|tôi là bot|kênh khác/)
    expect(forum.topics).toHaveLength(1)
    expect(tg.platform.calls.map(({ method }) => method)).not.toContain("leaveChat")
  })

  it("is told what does not reach the citizen: an empty photo, unknown commands, a citizen who has left", async () => {
    const { tg, topic, waiting, heard, toldIn, conversation, platform } = await office()
    await waiting()
    await tg.staffSays({ topic: topic(), by: LAN, photo: [] })
    await tg.staffSays({ topic: topic(), by: LAN, text: "/xoa" })
    await until(() => expect(toldIn()).toContain(staffRoomTexts.unknownCommand))
    expect(toldIn()).toContain(staffRoomTexts.onlyThese)
    platform.blocked.set("7", "blocked")
    await tg.staffSays({ topic: topic(), by: LAN, text: "Bác đâu rồi" })
    await until(() => expect(toldIn()).toContain(staffRoomTexts.fates.failed))
    await until(async () => expect((await conversation()).unreachable).toBe("blocked"))
    await tg.staffSays({ topic: topic(), by: LAN, text: "Bác ơi" })
    await until(() => expect(toldIn()).toContain(staffRoomTexts.refused.unreachable))
    expect(heard().join()).not.toMatch(/xoa|Bác/)
  })
})

describe("a photo or file of an officer", () => {
  /** An office in which Lan can hand on files. */
  async function handing(given?: Given) {
    const rooms = await office(given)
    await rooms.waiting()
    const { platform, tg } = rooms
    const host = (bytes: Uint8Array, lost?: "gone" | "too_large" | "expired") => {
      const fileId = `file-${platform.nextId()}`
      platform.files.set(fileId, { path: `documents/${fileId}.bin`, bytes, ...(lost ? { lost } : {}) })
      return { fileId, bytes: bytes.length }
    }
    return {
      ...rooms,
      host,
      sends: (message: Omit<Parameters<typeof tg.staffSays>[0], "topic" | "by">) =>
        tg.staffSays({ topic: rooms.topic(), by: LAN, ...message }),
      came: () => platform.sent.filter(({ chatId }) => chatId === "7"),
    }
  }

  it("goes to the citizen as it is, with its words, in order and once", async () => {
    const { db, tg, host, sends, came, state, toldIn } = await handing()
    const picture = await photo()
    await sends({ ...MEDIA.image(host(picture)), caption: "Bác điền vào ô này ạ" })
    await tg.redelivers?.()
    await sends({ ...MEDIA.file({ ...host(PDF), name: "Tờ khai.pdf" }) })
    await sends({ text: "Bác xem giúp cháu" })
    await until(() => expect(came().at(-1)?.text).toBe("Bác xem giúp cháu"))
    await state("waiting_citizen")
    const [sheet, form] = came().slice(-3)
    expect(sheet).toMatchObject({ text: "Bác điền vào ô này ạ", media: "image", file: { bytes: [...picture] } })
    expect(form).toMatchObject({ text: "", media: "file", file: { name: "Tờ khai.pdf", bytes: [...PDF] } })
    const told = await db.message.findMany({ where: { staffName: { not: null } }, orderBy: { createdAt: "asc" } })
    expect(told.map(({ text }) => text)).toEqual([`${texts.heard.image} Bác điền vào ô này ạ`, texts.heard.file, "Bác xem giúp cháu"])
    expect(await db.auditEntry.count({ where: { kind: "conversation.replied" } })).toBe(3)
    expect(toldIn()).not.toContain(staffRoomTexts.onlyThese)
  })

  it("is tried again when Telegram stumbles, and what cannot be had holds up nobody", async () => {
    const { platform, tg, host, sends, came, heard, toldIn } = await handing()
    ;(platform.faults["getFile"] ??= []).push({ code: 502, description: "Bad Gateway" })
    await sends({ ...MEDIA.file({ ...host(PDF), name: "a.pdf" }) })
    await until(() => expect(came().at(-1)?.media).toBe("file"))
    await sends({ ...MEDIA.image(host(await photo(), "expired")), caption: "mất rồi" })
    await until(() => expect(toldIn()).toContain(staffRoomTexts.refused.unavailable))
    await sends({ ...MEDIA.file({ ...host(PDF, "too_large"), name: "to.pdf" }), caption: "to quá" })
    await until(() => expect(toldIn()).toContain(staffRoomTexts.refused.too_large))
    await tg.says("8", "khai sinh")
    await until(() => expect(heard("8").at(-1)).toBe("Trả lời: khai sinh"))
    expect(heard().join()).not.toMatch(/mất rồi|to quá/)
  })

  it("stays here when it could harm, is too large for the commune, or is nothing that is handed on; and that is said", async () => {
    const { db, host, sends, came, toldIn } = await handing({ maxFileBytes: 5000 })
    await sends({ ...MEDIA.file({ ...host(PROGRAM), name: "Mau don.pdf" }) })
    await until(() => expect(toldIn()).toContain(staffRoomTexts.refused.not_allowed))
    const { fileId } = host(Buffer.concat([PDF, Buffer.alloc(6000, 32)]))
    // Telegram does not always say how large a file is.
    await sends({ ...MEDIA.file({ fileId, bytes: 10, name: "to.pdf" }) })
    await until(() => expect(toldIn()).toContain(staffRoomTexts.refused.too_large))
    await sends({ location: { latitude: 20.8, longitude: 106.6 } })
    await until(() => expect(toldIn()).toContain(staffRoomTexts.onlyThese))
    await sends({ ...MEDIA.file({ ...host(PDF), name: "a.pdf" }), caption: "/xong" })
    await until(() => expect(toldIn()).toContain(staffRoomTexts.commandAlone))
    expect(came().filter(({ media }) => media !== undefined)).toEqual([])
    expect(await db.conversation.findFirstOrThrow()).toMatchObject({ state: "pending", heldBy: null })
  })

  it("is nobody's business where a stranger or General shows it", async () => {
    const { tg, topic, host, came, toldIn, platform } = await handing()
    await tg.staffSays({ topic: topic(), by: STRANGER, ...MEDIA.file({ ...host(PDF), name: "a.pdf" }) })
    await tg.staffSays({ by: LAN, ...MEDIA.file({ ...host(PDF), name: "b.pdf" }) })
    await until(() => expect(toldIn()).toContain(staffRoomTexts.noMember))
    expect(came().filter(({ media }) => media !== undefined)).toEqual([])
    expect(platform.calls.map(({ method }) => method)).not.toContain("getFile")
  })
})

describe("the group itself", () => {
  it("a topic that was deleted is made anew, one that was closed is opened, and nothing is lost", async () => {
    const { tg, forum, waiting, toldIn, topic, heard } = await office()
    await waiting()
    const [first] = forum.topics
    if (!first) throw new Error("No topic")
    first.closed = true
    await tg.says("7", "tin khi đóng")
    await until(() => expect(toldIn()).toContain("Người dân: tin khi đóng"))
    expect(first.closed).toBe(false)
    first.deleted = true
    await tg.says("7", "tin khi xóa")
    await until(() => expect(toldIn(1)).toContain("Người dân: tin khi xóa"))
    expect(toldIn(1)).toContain("Người dân: tin khi đóng")
    await tg.staffSays({ topic: topic(1), by: LAN, text: "Chào bác" })
    await until(() => expect(heard().at(-1)).toBe("Chào bác"))
    expect(forum.topics).toHaveLength(2)
  })

  it("a busy morning never goes over the group's limit: what waits is told together, and all of it", { timeout: 30_000 }, async () => {
    let at = Date.now()
    const { tg, forum } = await office({ now: () => new Date(at) })
    forum.rules.now = () => at
    const peers = Array.from({ length: 15 }, (_, i) => String(700 + i))
    for (const peer of peers) await tg.says(peer, ASKS)
    for (let i = 0; i < 5; i += 1) for (const peer of peers) await tg.says(peer, `tin ${i} của ${peer}`)
    const all = () => forum.topics.map(({ posts }) => posts.map(({ text }) => text).join("\n")).join("\n")
    const untold = () =>
      peers.flatMap((peer) => [0, 1, 2, 3, 4].map((i) => `Người dân: tin ${i} của ${peer}`)).filter((line) => !all().includes(line))
    for (let minute = 0; minute < 10 && untold().length > 0; minute += 1) {
      await until(() => expect(untold().length === 0 || forum.recent() === 20).toBe(true))
      at += 64_000
    }
    expect(untold()).toEqual([])
    expect(forum.rules.refused).toBe(0)
    const posts = forum.topics.flatMap((topic) => topic.posts)
    expect(posts.length).toBeLessThan(peers.length * 5)
  })

  it("a group that cannot be used is told to staff in words, and citizens are answered all the same", async () => {
    const { tg, forum, heard, healths } = await office()
    forum.rules.mayManage = false
    await tg.says("7", ASKS)
    await until(() =>
      expect(healths.at(-1)).toMatchObject({ state: "needs_human", reason: expect.stringContaining("not enough rights") as string }),
    )
    await until(() => expect(heard().at(-1)).toBe("Xin chờ cán bộ ạ."))
  })

  it("while it is away nothing is lost: what waited is told when it is back", async () => {
    const { tg, platform, waiting, toldIn, heard } = await office()
    await waiting()
    platform.faults["sendMessage"] = []
    await platform.close()
    await platform.reopen()
    await tg.says("7", "còn ai không")
    await until(() => expect(toldIn()).toContain("Người dân: còn ai không"))
    expect(heard().length).toBeGreaterThan(0)
  })

  it("works the same where Telegram calls us", async () => {
    const { tg, topic, waiting, heard } = await office({ mode: "webhook" })
    expect(tg.channel.exclusive).toBe(true)
    await waiting()
    await tg.staffSays({ topic: topic(), by: LAN, text: "Chào bác" })
    await until(() => expect(heard().at(-1)).toBe("Chào bác"))
  })

  it("has a number below zero", () => {
    expect(telegramSettings.safeParse({ staffChatId: "@nhom" }).error?.issues[0]?.message).toContain("số âm")
    expect(telegramSettings.parse({ staffChatId: ` ${GROUP} ` }).staffChatId).toBe(String(GROUP))
  })
})
