import { describe, expect, it } from "vitest"
import { z } from "zod"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { verifyChain } from "../../prisma/evidence.ts"
import { readAudit } from "../../prisma/audit.ts"
import { fakeBotApi } from "../support/fake-bot-api.ts"
import { until } from "../support/until.ts"
import { unsent } from "./unsent-message.ts"
import { aStaffSite, type Browser, FIXED, kindsOf, MINUTE, type Reply, signedIn } from "./staff-site.ts"

const TOKEN = "5150:Bi-mat_cua-bot"
const OA = {
  ...{ appId: "1234567890", oaId: "9876543210", appSecret: "khoa-ung-dung", oaSecret: "khoa-cua-oa" },
  ...{ accessToken: "access-dau-tien", refreshToken: "refresh-dau-tien" },
}
const HOUR = 60 * MINUTE
const anything = z.unknown()

interface Row {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly reason: string
  readonly remedy: string
  readonly since: string | null
  readonly fixed: boolean
  readonly enabled: boolean
  readonly webhook: string | null
  readonly values: Record<string, string>
}

async function anOffice() {
  const site = await aStaffSite()
  const admin = await signedIn(site, "quan.tri", ["admin"])
  return { site, admin, ...aDesk(admin) }
}

/** The page's calls. */
function aDesk(admin: Browser) {
  const rows = async () => (await admin.call("GET", "/channels")).body["rows"] as Row[]
  return {
    rows,
    row: async (id: string) => (await rows()).find((one) => one.id === id),
    add: (kind: string, values: Record<string, string>, name = "Kênh của xã") =>
      admin.call("POST", "/channels", { body: { kind, name, values } }),
    change: (id: string, values: Record<string, string>, name = "Kênh của xã") =>
      admin.call("PATCH", `/channels/${id}`, { body: { name, values } }),
    turn: (id: string, enabled: boolean) => admin.call("POST", `/channels/${id}/state`, { body: { enabled } }),
  }
}

const fieldsOf = ({ body }: Reply) => body.error?.fields

describe("a channel that staff add", () => {
  it("answers citizens without a restart, is switched off and on, and is gone when removed", async () => {
    const { site, admin, row, add, turn } = await anOffice()
    const telegram = await fakeBotApi(TOKEN)
    const shownFirst = async () => (await admin.call("GET", "/overview")).body["channels"]
    const { status, body } = await add("telegram", { token: TOKEN, apiRoot: telegram.root })
    expect([status, body]).toEqual([200, { id: "telegram:5150" }])
    await until(async () => expect(await row("telegram:5150")).toMatchObject({ state: "online", name: "Kênh của xã" }))
    telegram.says(7, { text: "làm giấy khai sinh cần gì" })
    await until(() => expect(telegram.sent.map(({ text }) => text).join()).toContain("làm giấy khai sinh cần gì"))
    await turn("telegram:5150", false)
    expect(await row("telegram:5150")).toMatchObject({ state: "off", enabled: false, since: null })
    expect(await shownFirst()).toContainEqual({ account: "telegram:5150", state: "off" })
    await turn("telegram:5150", true)
    await until(async () => expect((await row("telegram:5150"))?.state).toBe("online"))
    expect((await admin.call("DELETE", "/channels/telegram:5150")).status).toBe(200)
    expect(await row("telegram:5150")).toBeUndefined()
    expect(JSON.stringify(await shownFirst())).not.toContain("5150")
    expect((await admin.call("DELETE", "/channels/telegram:5150")).status).toBe(404)
    expect((await kindsOf(site)).slice(1)).toEqual(["channel.added", "channel.switched_off", "channel.switched_on", "channel.removed"])
    expect(await verifyChain(readAudit(site.db))).toMatchObject({ ok: true })
  })

  it("says at the field what is wrong with it, in Vietnamese, and keeps nothing", async () => {
    const { site, add } = await anOffice()
    expect(fieldsOf(await add("telegram", { token: "không phải mã" }))).toEqual({
      "values.token": "Mã token của bot có dạng “số:chuỗi bí mật”: xin chép lại đầy đủ",
    })
    expect(fieldsOf(await add("telegram", {}))).toEqual({ "values.token": "Mã token của bot còn thiếu" })
    expect(fieldsOf(await add("zalo_oa", { ...OA, appId: "abc", oaSecret: "", windowHours: "nhiều" }))).toEqual({
      "values.appId": "Mã ứng dụng (App ID) chỉ gồm chữ số",
      "values.oaSecret": "Khóa bí mật của OA (OA Secret Key) còn thiếu",
      "values.windowHours": "Số giờ được trả lời phải là số",
    })
    expect(fieldsOf(await add("zalo_oa", { ...OA, znsReminder: "301; gio={mai}" }))).toEqual({
      "values.znsReminder": "Không có {mai}: chỉ dùng được {noi_dung}, {ho_ten}, {ngay}, {gio}",
    })
    expect(fieldsOf(await add("zalo_bot", { token: "55:bi-mat-cua-bot", receive: "webhook" }))).toHaveProperty(["values.publicBaseUrl"])
    expect(fieldsOf(await add("web", {}))).toEqual({ kind: "Không có loại kênh này" })
    expect((await add("zalo_personal", {})).body.error?.message).toContain("quét mã QR")
    expect(await site.db.channelAccount.count()).toBe(0)
    expect(await kindsOf(site)).toEqual(["session.opened"])
  })

  it("says in words that a person is needed when the platform refuses the token", async () => {
    const { site, row, add } = await anOffice()
    const telegram = await fakeBotApi(TOKEN)
    site.clock.pass(MINUTE)
    await add("telegram", { token: "5150:ma-cu", apiRoot: telegram.root })
    await until(async () => expect(await row("telegram:5150")).toMatchObject({ state: "needs_human" }))
    const { reason, remedy, since } = (await row("telegram:5150")) ?? {}
    expect(reason).toContain("Telegram không nhận mã token")
    expect(remedy).toContain("bấm “Sửa” và dán mã")
    expect(since).toBe(site.clock.now().toISOString())
  })

  it("says that more is asked than is answered, that nothing is lost, and when it is over", async () => {
    const { site, row, add } = await anOffice()
    const telegram = await fakeBotApi(TOKEN)
    await add("telegram", { token: TOKEN, apiRoot: telegram.root })
    await until(async () => expect(await row("telegram:5150")).toMatchObject({ state: "online" }))
    for (const citizen of [1, 2, 3, 4, 5]) telegram.says(citizen, { text: "khai sinh" })
    await until(async () => expect((await row("telegram:5150"))?.reason).toBe(texts.crowdedAccount({ putOff: 2 })))
    expect(await row("telegram:5150")).toMatchObject({ state: "degraded", since: site.clock.now().toISOString() })
    expect((await row("telegram:5150"))?.remedy).toContain("Không mất tin nào")
    site.clock.pass(MINUTE)
    expect(await row("telegram:5150")).toMatchObject({ state: "online", reason: "", remedy: "" })
  })

  it("is refused when it is there already, also as the one that the environment names", async () => {
    const { site, admin, row, add, turn, change } = await anOffice()
    await add("zalo_oa", OA)
    expect((await add("zalo_oa", { ...OA, appSecret: "khoa-khac-han" })).body.error?.message).toContain("đã có trong danh sách")
    expect((await add("telegram", { token: "777:moi" })).body.error?.message).toContain(".env")
    expect(await site.db.channelAccount.count()).toBe(1)
    const { accountId } = FIXED.account
    expect(await row(accountId)).toMatchObject({ fixed: true, name: "Telegram (.env)" })
    const replies = [await change(accountId, {}), await turn(accountId, true), await admin.call("DELETE", `/channels/${accountId}`)]
    expect(replies.map(({ status }) => status)).toEqual([409, 409, 409])
  })
})

describe("the secrets of a channel", () => {
  it("go in and never come out: not in a list, not in the log, not in the memory as they are", async () => {
    const { site, admin, row, add, change } = await anOffice()
    await add("zalo_oa", OA, "Zalo OA xã")
    await change("zalo_oa:9876543210", { appId: OA.appId, oaId: OA.oaId, appSecret: "khoa-moi-cua-ung-dung" })
    const shown = await row("zalo_oa:9876543210")
    const untold = { znsStaffReply: "", znsCaseUpdate: "", znsReminder: "", znsSurvey: "", znsNotice: "" }
    expect(shown?.values).toEqual({ appId: OA.appId, oaId: OA.oaId, windowHours: "48", freeReplies: "8", ...untold })
    expect(shown?.webhook).toBe("/webhook/zalo_oa:9876543210")
    const everything = JSON.stringify([
      ...[(await admin.call("GET", "/channels")).body, (await admin.call("GET", "/audit")).body],
      ...[await site.db.channelAccount.findMany(), await site.db.auditEntry.findMany()],
    ])
    for (const secret of [OA.appSecret, OA.oaSecret, OA.accessToken, OA.refreshToken, "khoa-moi"]) expect(everything).not.toContain(secret)
    const [entry] = await site.db.auditEntry.findMany({ where: { kind: "channel.changed" } })
    expect(entry?.body).toMatchObject({ details: { fields: expect.arrayContaining(["Khóa bí mật của ứng dụng"]) as string[] } })
  })

  it("stay as they are where nothing is typed; what is typed replaces them, with what was noted of the old ones", async () => {
    const { site, add, change } = await anOffice()
    const secretsOf = async () => site.dependencies.accountStore.secrets("zalo_oa:9876543210", anything).read()
    await add("zalo_oa", OA)
    const noted = { ...OA_SECRETS, accessExpiresAt: "2026-03-02T09:00:00.000Z" }
    const keeper = site.dependencies.accountStore.secrets("zalo_oa:9876543210", anything)
    await keeper.write(noted)
    const { appId, oaId } = OA
    await change("zalo_oa:9876543210", { appId, oaId, windowHours: "24" }, "Tên mới")
    expect(await secretsOf()).toEqual(noted)
    await change("zalo_oa:9876543210", { appId, oaId, accessToken: "access-moi-chep" })
    expect(await secretsOf()).toEqual({ ...OA_SECRETS, accessToken: "access-moi-chep" })
  })

  it("of another bot do not turn a channel into that bot", async () => {
    const { row, add, change } = await anOffice()
    await add("zalo_bot", { token: "55:bi-mat-cua-bot", receive: "webhook", publicBaseUrl: "https://xa.example.vn" })
    expect((await change("zalo_bot:55", { token: "66:bi-mat-bot-khac" })).body.error?.message).toContain("tài khoản khác")
    expect(await row("zalo_bot:66")).toBeUndefined()
  })
})

const { appSecret, oaSecret, accessToken, refreshToken } = OA
const OA_SECRETS = { appSecret, oaSecret, accessToken, refreshToken }

describe("messages that did not arrive", () => {
  it("are listed with the reason and without personal numbers, page by page", async () => {
    const { site, admin } = await anOffice()
    for (let n = 0; n < 6; n++) await unsent(site, { failure: "window_closed: 48h" })
    await unsent(site, { state: "unknown", failure: "unknown: timeout", text: "Ông có số định danh 001085123456 đã nộp hồ sơ." })
    const list = async (query: string) => (await admin.call("GET", `/unsent?${query}`)).body as { total: number; rows: object[] }
    expect(await list("size=5&page=2")).toMatchObject({ total: 7, rows: [{}, {}] })
    const { rows } = await list("state=unknown")
    expect(rows).toMatchObject([{ channel: "telegram:5150", reason: "unknown", detail: "timeout", state: "unknown" }])
    expect(JSON.stringify(rows)).not.toContain("001085123456")
  })

  it("are found by their channel, also when that channel is gone", async () => {
    const { site, admin, add } = await anOffice()
    await add("zalo_oa", OA, "Zalo OA xã")
    await unsent(site, { failure: "auth: 401", text: "Của bot đã gỡ" })
    await unsent(site, { accountId: "zalo_oa:9876543210", failure: "window_closed: 48h", text: "Của OA" })
    const choices = [
      { id: "telegram:5150", name: "telegram:5150" },
      { id: "zalo_oa:9876543210", name: "Zalo OA xã" },
    ]
    expect((await admin.call("GET", "/unsent/channels")).body).toEqual({ rows: choices })
    const { body } = await admin.call("GET", "/unsent?channel=zalo_oa:9876543210")
    expect(body).toMatchObject({ total: 1, rows: [{ channel: "Zalo OA xã", text: "Của OA" }] })
  })

  it("are let go when staff say so, once, and nobody says them any more", async () => {
    const { site, admin } = await anOffice()
    const id = await unsent(site, { failure: "recipient_refuses: blocked" })
    const dismiss = async () => (await admin.call("POST", `/unsent/${id}/dismiss`)).status
    expect([await dismiss(), await dismiss()]).toEqual([200, 404])
    expect((await admin.call("GET", "/unsent")).body).toMatchObject({ total: 0 })
    expect((await admin.call("POST", `/unsent/${id}/again`, { body: { mayArriveTwice: true } })).status).toBe(404)
    const [entry] = await site.db.auditEntry.findMany({ where: { kind: "message.dismissed" } })
    expect(entry?.body).toMatchObject({ details: { channel: "telegram:5150", before: { state: "failed", reason: "recipient_refuses" } } })
  })

  it("are sent again when staff ask; one that may have arrived only when that is accepted", async () => {
    const { site, admin, add } = await anOffice()
    const telegram = await fakeBotApi(TOKEN)
    await add("telegram", { token: TOKEN, apiRoot: telegram.root })
    const [lost, doubtful] = [
      await unsent(site, { failure: "auth: 401", text: "Hồ sơ đã có kết quả." }),
      await unsent(site, { state: "unknown", failure: "unknown: timeout", text: "Mời ông đến nhận." }),
    ]
    site.clock.pass(30 * HOUR)
    await admin.call("POST", "/session", { body: { account: "quan.tri", password: "bốn con gà trống choai" } })
    const again = (id: string, body = {}) => admin.call("POST", `/unsent/${id}/again`, { body })
    expect((await again(lost)).status).toBe(200)
    await until(() => expect(telegram.sent.map(({ text }) => text)).toEqual(["Hồ sơ đã có kết quả."]))
    expect((await again(doubtful)).body.error?.fields).toHaveProperty("mayArriveTwice")
    expect((await again(doubtful, { mayArriveTwice: true })).status).toBe(200)
    await until(() => expect(telegram.sent).toHaveLength(2))
    await until(async () => expect(await site.db.outboxMessage.count({ where: { state: "sent" } })).toBe(2))
    expect((await again(lost)).status).toBe(404)
    expect((await kindsOf(site)).filter((kind) => kind === "message.sent_again")).toHaveLength(2)
  })

  it("no longer wait once their channel is removed", async () => {
    const { site, admin, add } = await anOffice()
    await add("zalo_oa", OA)
    await admin.call("POST", "/channels/zalo_oa:9876543210/state", { body: { enabled: false } })
    const id = await unsent(site, { accountId: "zalo_oa:9876543210", state: "pending", failure: null })
    await admin.call("DELETE", "/channels/zalo_oa:9876543210")
    expect(await site.db.outboxMessage.findUnique({ where: { id } })).toMatchObject({ state: "cancelled", failure: "channel_removed" })
  })
})
