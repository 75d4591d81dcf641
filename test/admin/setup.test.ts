import { describe, expect, it } from "vitest"
import { renewSetupLink } from "../../admin/staff/setup-link.ts"
import { readHome } from "../../knowledge/home.ts"
import { loadBase } from "../../knowledge/store.ts"
import { aBrowser, aStaffSite, kindsOf, PASSWORD, type StaffSite } from "./staff-site.ts"

const GOOD = {
  commune: { kind: "phường", name: "Hoà Thử", province: "Hải Phòng" },
  opening: {
    address: "Số 1 đường Thử",
    weekdays: [1, 2, 3, 4, 5],
    morning: { from: "07:30", to: "11:30" },
    afternoon: { from: "13:00", to: "16:30" },
    hotline: "0225 3 000 111",
  },
  admin: { person: "Trần Thị Quản", account: "quan.tri", password: PASSWORD },
  knowledge: "demo",
}

const linkOf = ({ db, clock }: StaffSite) => renewSetupLink(db, clock.now())
const isGood = async (site: StaffSite, token: string) =>
  (await aBrowser(site).call("GET", `/setup?token=${encodeURIComponent(token)}`)).body["good"] === true

describe("the first start's one-time link", () => {
  it("names the commune, publishes its hours and hotline, makes the first administrator, and is used up", async () => {
    const site = await aStaffSite()
    const token = await linkOf(site)
    expect((await aBrowser(site).call("GET", "/session")).body).toEqual({ configured: false, commune: null, me: null })
    expect(await isGood(site, token)).toBe(true)
    const browser = aBrowser(site)
    const done = await browser.call("POST", "/setup", { body: { token, ...GOOD } })
    expect(done).toMatchObject({ status: 200, body: { account: "quan.tri", roles: ["admin"] } })
    expect(site.configured()).toBe(1)
    expect(await readHome(site.db)).toEqual({ commune: "phường Hoà Thử", province: "Hải Phòng" })
    const { notices, demo } = await loadBase(site.db)
    expect(demo).toBe(false)
    expect(notices.map(({ text }) => text)).toEqual([
      "Đường dây nóng UBND phường Hoà Thử tiếp nhận phản ánh, kiến nghị về thủ tục hành chính trong giờ làm việc, điện thoại 0225 3 000 111.",
      "Trung tâm Phục vụ hành chính công phường Hoà Thử tiếp nhận và trả kết quả từ thứ Hai đến thứ Sáu, buổi sáng 07 giờ 30 đến 11 giờ 30, buổi chiều 13 giờ 00 đến 16 giờ 30; nghỉ các ngày lễ, Tết.",
    ])
    expect((await browser.call("GET", "/session")).body).toMatchObject({
      configured: true,
      commune: "phường Hoà Thử",
      me: { account: "quan.tri" },
    })
    expect(await kindsOf(site)).toEqual(["setup.finished"])
    expect(await isGood(site, token)).toBe(false)
    const again = await aBrowser(site).call("POST", "/setup", { body: { token, ...GOOD } })
    expect(again).toMatchObject({ status: 410, body: { error: { code: "link_gone" } } })
    expect(await site.db.staff.count()).toBe(1)
  })

  it("lets only one of two that use it at once set the commune up", async () => {
    const site = await aStaffSite()
    const token = await linkOf(site)
    const both = await Promise.all(
      ["mot", "hai"].map((account) =>
        aBrowser(site).call("POST", "/setup", { body: { token, ...GOOD, admin: { ...GOOD.admin, account } } }),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410])
    expect(await site.db.staff.count()).toBe(1)
  })

  it("opens to nobody without it or with a wrong one, and is a new one after the next start", async () => {
    const site = await aStaffSite()
    const first = await linkOf(site)
    const token = await linkOf(site)
    for (const wrong of ["bịa", token.slice(1), `${token}x`, first]) {
      expect(await isGood(site, wrong), wrong).toBe(false)
      expect((await aBrowser(site).call("POST", "/setup", { body: { token: wrong, ...GOOD } })).status, wrong).toBe(410)
    }
    expect((await aBrowser(site).call("POST", "/setup", { body: GOOD })).status).toBe(400)
    expect(await readHome(site.db)).toBeNull()
    expect(await isGood(site, token)).toBe(true)
  })

  it("is kept only as a print of itself: who reads the memory cannot use it", async () => {
    const site = await aStaffSite()
    const token = await linkOf(site)
    expect(token.length).toBeGreaterThanOrEqual(32)
    expect(JSON.stringify(await site.db.setting.findMany())).not.toContain(token)
  })

  it.each([
    ["a name of one letter", { commune: { ...GOOD.commune, name: "A" } }, { "commune.name": "Tên cần có ít nhất 2 chữ" }],
    ["figures in the name", { commune: { ...GOOD.commune, name: "An 123" } }, { "commune.name": "Tên chỉ gồm chữ cái" }],
    ["markup", { commune: { ...GOOD.commune, province: "<b>" } }, { "commune.province": "Tên chỉ gồm chữ cái" }],
    ["another kind", { commune: { ...GOOD.commune, kind: "quận" } }, { "commune.kind": "Loại đơn vị là xã, phường hoặc đặc khu" }],
    [
      "an end before its beginning",
      { opening: { ...GOOD.opening, morning: { from: "11:30", to: "07:30" } } },
      { "opening.morning.to": "Giờ nghỉ phải sau giờ bắt đầu" },
    ],
    [
      "a short password",
      { admin: { ...GOOD.admin, password: "123456" } },
      { "admin.password": "Mật khẩu cần ít nhất 12 ký tự; nên ghép vài từ dễ nhớ" },
    ],
    ["no administrator", { admin: undefined }, { admin: "Xin ghi người quản trị" }],
  ])("after %s is still good, and says at which field", async (_what, given, fields) => {
    const site = await aStaffSite()
    const token = await linkOf(site)
    const { status, body } = await aBrowser(site).call("POST", "/setup", { body: { token, ...GOOD, ...given } })
    expect(status).toBe(400)
    expect(body.error?.fields).toMatchObject(fields)
    expect(await readHome(site.db)).toBeNull()
    expect(await isGood(site, token)).toBe(true)
  })

  it("leaves nothing half done when the memory fails in between", async () => {
    const site = await aStaffSite()
    const token = await linkOf(site)
    await site.db.$executeRawUnsafe(`CREATE TRIGGER "broken" BEFORE INSERT ON "StaffSession" BEGIN SELECT RAISE(ABORT, 'full'); END`)
    const { status, body } = await aBrowser(site).call("POST", "/setup", { body: { token, ...GOOD } })
    expect(status).toBe(500)
    expect(body.error?.message).not.toContain("full")
    expect(site.reported).toHaveLength(1)
    expect([await site.db.staff.count(), await site.db.auditEntry.count(), await readHome(site.db)]).toEqual([0, 0, null])
    expect(await isGood(site, token)).toBe(true)
  })

  it("cannot be guessed by trying: after many tries in a minute the door is shut for a while", async () => {
    const site = await aStaffSite()
    const browser = aBrowser(site)
    const statuses: number[] = []
    for (let i = 0; i < 125; i++) statuses.push((await browser.call("GET", `/setup?token=thu-${i}`)).status)
    expect([statuses[0], statuses.at(-1)]).toEqual([200, 429])
  })
})

describe("the pages of the staff area", () => {
  it("are one document for every address, with a new nonce each time and nothing else loosened", async () => {
    const site = await aStaffSite()
    const open = async (path: string) => {
      const response = await fetch(site.url + path)
      const policy = response.headers.get("content-security-policy") ?? ""
      return { response, policy, nonce: /'nonce-([^']+)'/.exec(policy)?.[1] ?? "", text: await response.text() }
    }
    const [first, second] = [await open("/quan-tri"), await open("/quan-tri/can-bo?page=2")]
    expect(first.nonce).toMatch(/^[A-Za-z0-9+/=]{20,}$/)
    expect(second.nonce).not.toBe(first.nonce)
    expect(first.text).toContain(`nonce="${first.nonce}"`)
    expect(first.policy).not.toMatch(/unsafe|\*|https?:|script-src/)
    expect(first.policy).toContain("default-src 'self'")
    expect(second.response.headers.get("cache-control")).toBe("no-store")
    expect((await open("/quan-tri/assets/khong-co.js")).response.status).toBe(404)
    expect((await open("/api/quan-tri/khong-co")).response.status).toBe(404)
  })
})
