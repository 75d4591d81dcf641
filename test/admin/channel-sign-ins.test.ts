import { describe, expect, it, onTestFinished } from "vitest"
import { type ZaloPersonalSecrets, zaloPersonalSecrets } from "../../bot/channels/zalo-personal/account.ts"
import { OWN_UID } from "../channels/zalo-personal/fake-account.ts"
import { QR_PICTURE } from "../channels/zalo-personal/fake-qr.ts"
import { type FakeZalo, startFakeZalo } from "../channels/zalo-personal/fake-zalo.ts"
import { until } from "../support/until.ts"
import { aStaffSite, type Browser, kindsOf, signedIn, type StaffSite } from "./staff-site.ts"

const ACCOUNT = `zalo_personal:${OWN_UID}`
const FORM = { kind: "zalo_personal", name: "Zalo của xã", values: { strangersPerDay: "20" }, accepted: true }

async function anOffice(qr: { validMs?: number; idleMs?: number } = {}) {
  const zalo = await startFakeZalo()
  onTestFinished(() => zalo.stop())
  const site = await aStaffSite({ zalo: zalo.fetch, qr })
  const admin = await signedIn(site, "quan.tri", ["admin"])
  return { zalo, site, admin, ...aDialog(admin) }
}

/** The calls of the page's dialog. */
function aDialog(admin: Browser) {
  const look = async (id: string) => (await admin.call("GET", `/channel-sign-ins/${id}`)).body
  const idOf = ({ body }: Awaited<ReturnType<Browser["call"]>>) => String(body["id"])
  return {
    look,
    begin: async (form: object = FORM) => idOf(await admin.call("POST", "/channel-sign-ins", { body: form })),
    beginAgain: async () => idOf(await admin.call("POST", `/channels/${ACCOUNT}/sign-in`)),
    shows: (id: string, step: object) => until(async () => expect(await look(id)).toMatchObject(step)),
    finish: (id: string) => admin.call("POST", `/channel-sign-ins/${id}/finish`),
    close: (id: string) => admin.call("DELETE", `/channel-sign-ins/${id}`),
  }
}

const secretsOf = ({ dependencies }: StaffSite) =>
  dependencies.accountStore.secrets(ACCOUNT, zaloPersonalSecrets).read() as Promise<ZaloPersonalSecrets>

describe("signing in to Zalo by a picture", () => {
  it("shows it, says that it was scanned, and keeps the account encrypted once the telephone has consented", async () => {
    const { zalo, site, admin, begin, shows, finish } = await anOffice()
    const id = await begin()
    await shows(id, { state: "waiting", picture: `data:image/png;base64,${QR_PICTURE}`, secondsLeft: 100 })
    zalo.qr.phone = "scanned"
    await shows(id, { state: "scanned", name: "UBND xã", picture: "" })
    expect((await finish(id)).status).toBe(409)
    zalo.qr.phone = "consents"
    await shows(id, { state: "signed_in", name: "UBND xã" })
    expect(await site.db.channelAccount.count()).toBe(0)
    expect((await finish(id)).body).toEqual({ id: ACCOUNT, name: "UBND xã" })
    const { body } = await admin.call("GET", "/channels")
    expect(body["rows"]).toContainEqual(expect.objectContaining({ id: ACCOUNT, name: "Zalo của xã", enabled: true }))
    expect((await secretsOf(site)).credentials.uid).toBe(OWN_UID)
    const rows = JSON.stringify([await site.db.channelAccount.findMany(), await site.db.auditEntry.findMany(), body])
    expect(rows).not.toContain(zalo.account.session)
    expect(await kindsOf(site)).toEqual(["session.opened", "channel.sign_in_begun", "channel.added"])
    expect((await admin.call("GET", `/channel-sign-ins/${id}`)).status).toBe(404)
  })

  it("begins only for somebody who has accepted the warning, with settings that will do", async () => {
    const { site, admin } = await anOffice()
    const fieldsOf = async (form: object) => (await admin.call("POST", "/channel-sign-ins", { body: form })).body.error?.fields
    expect(await fieldsOf({ ...FORM, accepted: false })).toHaveProperty("accepted")
    expect(await fieldsOf({ ...FORM, values: { strangersPerDay: "500" } })).toHaveProperty(["values.strangersPerDay"])
    expect(await fieldsOf({ ...FORM, kind: "telegram" })).toEqual({ kind: "Không có loại kênh này" })
    expect(await kindsOf(site)).toEqual(["session.opened"])
  })

  it("draws a new picture when one has run out, and gives up in the end", async () => {
    const { zalo, begin, shows } = await anOffice({ validMs: 3000 })
    const id = await begin()
    await shows(id, { state: "timed_out" })
    expect(zalo.asked.filter(({ path }) => path.endsWith("/qr/generate"))).toHaveLength(3)
  })

  it("says that the telephone refused, and that Zalo cannot be reached", async () => {
    const { zalo, site, begin, shows } = await anOffice()
    zalo.qr.phone = "refuses"
    await shows(await begin(), { state: "declined" })
    zalo.away = true
    await shows(await begin(), { state: "failed" })
    expect(await site.db.channelAccount.count()).toBe(0)
  })

  it("is over when the dialog is closed, when nobody looks any more, and when the same person begins anew", async () => {
    const { zalo, admin, begin, shows, close } = await anOffice({ idleMs: 3000 })
    const status = async (id: string) => (await admin.call("GET", `/channel-sign-ins/${id}`)).status
    const closed = await begin()
    await shows(closed, { state: "waiting" })
    expect((await close(closed)).status).toBe(200)
    expect(await status(closed)).toBe(404)
    const replaced = await begin()
    const left = await begin()
    expect(await status(replaced)).toBe(404)
    await shows(left, { state: "waiting" })
    await new Promise((resolve) => setTimeout(resolve, 4500))
    expect(await status(left)).toBe(404)
    await noMorePolls(zalo)
  })

  it("is nobody else's business", async () => {
    const { site, begin, shows } = await anOffice()
    const id = await begin()
    await shows(id, { state: "waiting" })
    const other = await signedIn(site, "quan.tri.hai", ["admin"])
    const replies = [
      await other.call("GET", `/channel-sign-ins/${id}`),
      await other.call("POST", `/channel-sign-ins/${id}/finish`),
      await other.call("DELETE", `/channel-sign-ins/${id}`),
    ]
    expect(replies.map(({ status }) => status)).toEqual([404, 409, 200])
    await shows(id, { state: "waiting" })
    const agent = await signedIn(site, "truc", ["agent"])
    expect((await agent.call("POST", "/channel-sign-ins", { body: FORM })).status).toBe(403)
  })
})

describe("signing in again", () => {
  it("gives the account new credentials on the same device, and leaves what was noted of the day", async () => {
    const { zalo, site, begin, beginAgain, shows, finish } = await anOffice()
    zalo.qr.phone = "consents"
    const first = await begin()
    await shows(first, { state: "signed_in" })
    await finish(first)
    const strangers = { day: "2026-03-02", uids: ["7"] }
    const before = await secretsOf(site)
    await site.dependencies.accountStore.secrets(ACCOUNT, zaloPersonalSecrets).write({ ...before, strangers })
    const again = await beginAgain()
    await shows(again, { state: "signed_in" })
    expect((await finish(again)).body).toEqual({ id: ACCOUNT, name: "UBND xã" })
    const after = await secretsOf(site)
    expect(after).toMatchObject({ strangers, credentials: { imei: before.credentials.imei } })
    expect(JSON.stringify(after)).toContain(zalo.account.session)
    expect((await kindsOf(site)).slice(-2)).toEqual(["channel.sign_in_begun", "channel.signed_in"])
  })

  it("with another account changes nothing", async () => {
    const { zalo, site, begin, beginAgain, shows, finish } = await anOffice()
    zalo.qr.phone = "consents"
    const first = await begin()
    await shows(first, { state: "signed_in" })
    await finish(first)
    const before = await secretsOf(site)
    zalo.account.uid = "66"
    const again = await beginAgain()
    await shows(again, { state: "other_account" })
    expect((await finish(again)).status).toBe(409)
    expect(await secretsOf(site)).toEqual(before)
  })
})

async function noMorePolls({ qr }: FakeZalo): Promise<void> {
  const { polls } = qr
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(qr.polls).toBe(polls)
}
