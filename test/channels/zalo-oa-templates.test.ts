import { describe, expect, it } from "vitest"
import { createPhoneBook } from "../../bot/accounts/phone-book.ts"
import { createVault } from "../../bot/accounts/vault.ts"
import { zaloOaSettings } from "../../bot/channels/zalo-oa/account.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { until } from "../support/until.ts"
import { openWorld } from "./suite/world.ts"
import { openZaloOa, type ZaloOaCounterpart } from "./zalo-oa/counterpart.ts"
import { APP_ID, fromCitizen, OA_ID } from "./zalo-oa/platform.ts"

const LAN = { staffId: "lan", publicName: "Bà Lan, công chức tư pháp" }
const CITIZEN = "4612838476520471943"
const TEN_DAYS = 10 * 24 * 3_600_000
const FULL = { znsStaffReply: "301; ten={ho_ten}; noi_dung={noi_dung}; xa=Xã Thử Nghiệm" }
const KEY = Buffer.alloc(32, 7).toString("base64url")

/** A commune with templates, and a citizen who has asked once. */
async function commune(settings: Record<string, string> = FULL) {
  const opened: ZaloOaCounterpart[] = []
  const open = async (given?: Parameters<NonNullable<Parameters<typeof openWorld>[0]["open"]>>[0]) => {
    if (!given) throw new Error("The world hands over its database")
    const phones = createPhoneBook({ db: given.db, vault: createVault(KEY), now: () => new Date() })
    const oa = await openZaloOa({ settings, phones })
    opened.push(oa)
    return oa
  }
  const world = await openWorld({ name: "Zalo Official Account", open })
  const platform = opened[0]?.platform
  if (!platform) throw new Error("Nothing was opened")
  platform.zns.approved.set("301", ["ten", "noi_dung", "xa"]).set("302", ["ten"])
  const { db, desk, settled } = world
  let events = 0
  const after = () => settled((events += 1))
  await world.cp.says(CITIZEN, "chào")
  await after()
  const conversation = () => db.conversation.findFirstOrThrow()
  return {
    ...world,
    platform,
    after,
    conversation,
    last: () => world.texts(CITIZEN).at(-1),
    shares: async (phone: string, name = "Bà Năm") => {
      await platform.deliver({ ...platform.event("user_submit_info", fromCitizen(CITIZEN, {})), info: { name, phone } })
      await after()
    },
    officerWritesTooLate: async (text: string) => {
      await db.conversation.updateMany({ data: { lastCitizenAt: new Date(Date.now() - TEN_DAYS) } })
      await desk.write((await conversation()).id, { ...LAN, text, idempotencyKey: text })
      await until(async () => expect(await replyOf(text)).toMatchObject({ state: expect.stringMatching(/sent|failed|unknown/) as string }))
      return replyOf(text)
    },
  }

  function replyOf(text: string) {
    return db.outboxMessage.findUniqueOrThrow({ where: { idempotencyKey: `desk:${text}` } })
  }
}

describe("an officer's reply after the window has closed", () => {
  it("reaches the number that the citizen gave, by the commune's template", async () => {
    const { platform, shares, officerWritesTooLate, last, db } = await commune()
    await shares("0912 345 678")
    expect(last()).toBe(texts.phone.kept)
    const before = platform.sent.length
    expect(await officerWritesTooLate("Giấy khai sinh đã có,\nmời bà đến nhận.")).toMatchObject({ state: "sent", failure: null })
    expect(platform.sent).toHaveLength(before)
    expect(platform.templates).toEqual([
      {
        phone: "84912345678",
        template_id: "301",
        template_data: { ten: "Bà Năm", noi_dung: "Giấy khai sinh đã có, mời bà đến nhận.", xa: "Xã Thử Nghiệm" },
        tracking_id: expect.stringMatching(/^[\w-]+$/) as string,
      },
    ])
    expect(await db.sentPart.count({ where: { messageId: { startsWith: "zns-" } } })).toBe(1)
  })

  it("the number lies nowhere open: neither in the memory nor in what staff read", async () => {
    const { shares, db } = await commune()
    await shares("0912345678")
    const kept = await db.peerPhone.findFirstOrThrow()
    const everything = JSON.stringify([
      kept,
      await db.message.findMany(),
      await db.inboxEvent.findMany(),
      await db.evidenceEntry.findMany(),
    ])
    expect(everything).not.toMatch(/912345678|Bà Năm/)
  })

  it("a template that only tells of news leaves the words on the list of what was not sent", async () => {
    const { platform, shares, officerWritesTooLate } = await commune({ znsStaffReply: "302; ten={ho_ten}" })
    await shares("+84912345678")
    expect(await officerWritesTooLate("Mời bà bổ sung giấy chứng sinh.")).toMatchObject({
      state: "failed",
      failure: "window_closed: đã báo tin bằng mẫu ZNS 302, chưa gửi được nội dung",
    })
    expect(platform.templates).toMatchObject([{ template_id: "302", template_data: { ten: "Bà Năm" } }])
  })

  it("words too long for a template are cut there, and count as not sent", async () => {
    const { platform, shares, officerWritesTooLate } = await commune()
    await shares("0912345678")
    const long = "Mời bà đến bộ phận một cửa. ".repeat(12).trim()
    expect(await officerWritesTooLate(long)).toMatchObject({ state: "failed", failure: expect.stringContaining("chưa gửi được") as string })
    const data = platform.templates[0]?.["template_data"] as Record<string, string>
    expect(data["noi_dung"]?.length).toBeLessThanOrEqual(200)
    expect(data["noi_dung"]).toMatch(/…$/)
  })

  it("stays unsent without a number, without a template for such a message, and after the number was taken back", async () => {
    const without = await commune()
    expect(await without.officerWritesTooLate("Chào bác")).toMatchObject({
      state: "failed",
      failure: expect.stringMatching(/^window_closed/) as string,
    })
    const other = await commune({ znsReminder: FULL.znsStaffReply })
    await other.shares("0912345678")
    expect(await other.officerWritesTooLate("Chào bác")).toMatchObject({ state: "failed" })
    const taken = await commune()
    await taken.shares("0912345678")
    await taken.cp.says(CITIZEN, "Xóa số điện thoại giúp tôi nhé.")
    await taken.after()
    expect(taken.last()).toBe(texts.phone.forgotten)
    expect(taken.asked.map(({ text }) => text)).toEqual(["chào"])
    expect(await taken.officerWritesTooLate("Chào bác")).toMatchObject({ state: "failed" })
    expect([without, other, taken].flatMap(({ platform }) => platform.templates)).toEqual([])
    expect(await taken.db.message.findMany({ where: { direction: "in" }, orderBy: { createdAt: "asc" }, select: { text: true } })).toEqual(
      ["chào", texts.heard.contact, texts.heard.forget].map((text) => ({ text })),
    )
  })

  it("is told by a template also when Zalo alone knows that the window is closed", async () => {
    const { platform, shares, desk, conversation, db } = await commune()
    await shares("0912345678")
    platform.faults.message.push({ code: -230 })
    await desk.write((await conversation()).id, { ...LAN, text: "Chào bác", idempotencyKey: "k" })
    await until(async () =>
      expect(await db.outboxMessage.findFirst({ where: { purpose: "staff_reply" } })).toMatchObject({ state: "sent" }),
    )
    expect(platform.templates).toHaveLength(1)
  })

  it("says why when the number has no Zalo or Zalo refuses the template, and the citizen is not given up for that", async () => {
    const { platform, shares, officerWritesTooLate, conversation } = await commune()
    await shares("0912345678")
    platform.zns.withoutZalo.add("84912345678")
    expect(await officerWritesTooLate("một")).toMatchObject({
      state: "failed",
      failure: "window_closed: mẫu ZNS 301 không gửi được: -118 Zalo account not existed",
    })
    platform.zns.withoutZalo.clear()
    platform.zns.approved.clear()
    platform.zns.approved.set("999", [])
    expect(await officerWritesTooLate("hai")).toMatchObject({ failure: expect.stringContaining("-109 Template ID invalid") as string })
    expect((await conversation()).unreachable).toBeNull()
  })

  it("is not sent twice when nobody knows whether the template arrived, and waits out the night", async () => {
    const { platform, shares, officerWritesTooLate, desk, conversation, db } = await commune()
    await shares("0912345678")
    platform.faults.template.push("cut")
    expect(await officerWritesTooLate("một")).toMatchObject({ state: "unknown" })
    platform.faults.template.push({ code: -133 })
    await desk.write((await conversation()).id, { ...LAN, text: "hai", idempotencyKey: "hai" })
    const night = () => db.outboxMessage.findUniqueOrThrow({ where: { idempotencyKey: "desk:hai" } })
    await until(async () => expect(await night()).toMatchObject({ state: "pending", failure: "rate_limited" }))
    const waits = (await night()).notBefore.getTime() - Date.now()
    expect(waits).toBeGreaterThan(55 * 60_000)
    expect(platform.templates).toEqual([])
  })
})

describe("a number that a citizen gives", () => {
  it("is not kept while the commune has no template for it, and nothing is promised", async () => {
    const { shares, db, last } = await commune({})
    await shares("0912345678")
    expect(await db.peerPhone.count()).toBe(0)
    expect(last()).toBe(texts.wordless.contact)
  })

  it("is not kept when it is no Vietnamese number, the last one counts, and it goes when they stop following", async () => {
    const { shares, db, platform, cp, officerWritesTooLate } = await commune()
    await shares("113")
    expect(await db.peerPhone.count()).toBe(0)
    await shares("0912345678")
    await shares("0987654321")
    await officerWritesTooLate("Chào bác")
    expect(platform.templates).toMatchObject([{ phone: "84987654321" }])
    await cp.blocks?.(CITIZEN)
    expect(await db.peerPhone.count()).toBe(0)
  })
})

describe("a template that staff type", () => {
  const fault = (znsReminder: string) =>
    zaloOaSettings
      .safeParse({ appId: APP_ID, oaId: OA_ID, znsReminder })
      .error?.issues.map(({ path, message }) => [path.join("."), message])[0]

  it("is told what is wrong with it at its field", () => {
    expect(fault("301")).toBeUndefined()
    expect(fault(" 301 ; ngay={ngay}; gio=lúc {gio} ; ")).toBeUndefined()
    expect(fault("mẫu 301")).toEqual(["znsReminder", expect.stringContaining("Xin ghi mã mẫu ZNS") as string])
    expect(fault("301; ngày={ngay}")).toEqual(["znsReminder", expect.stringContaining("Tham số “ngày={ngay}” chưa đúng") as string])
    expect(fault("301; ngay={hom_nay}")).toEqual(["znsReminder", "Không có {hom_nay}: chỉ dùng được {noi_dung}, {ho_ten}, {ngay}, {gio}"])
  })
})
