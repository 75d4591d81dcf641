import { describe, expect, it } from "vitest"
import { ABSOLUTE_MS, IDLE_MS } from "../../admin/staff/sessions.ts"
import { delayAfter } from "../../admin/staff/throttle.ts"
import { aBrowser, aPerson, aStaffSite, codeOf, kindsOf, MINUTE, PASSWORD, signedIn, signIn } from "./staff-site.ts"

const who = async (browser: ReturnType<typeof aBrowser>) =>
  ((await browser.call("GET", "/session")).body["me"] as { account: string } | null)?.account

describe("signing in", () => {
  it("opens a session whose cookie scripts and other sites cannot have, and signing out ends it", async () => {
    const site = await aStaffSite()
    await aPerson(site, "an", ["editor"])
    const browser = aBrowser(site)
    const { status, headers, body } = await signIn(browser, " AN ")
    expect(status).toBe(200)
    expect(body).toMatchObject({ account: "an", roles: ["editor"], permissions: ["overview.read", "knowledge.read", "knowledge.edit"] })
    expect(JSON.stringify(body)).not.toMatch(/hash|secret/i)
    const cookie = headers.get("set-cookie") ?? ""
    for (const part of ["HttpOnly", "SameSite=Strict", "Path=/api/quan-tri"]) expect(cookie).toContain(part)
    expect(cookie).not.toContain("Secure") // plain HTTP inside the office
    expect(headers.get("cache-control")).toBe("no-store")
    expect(await who(browser)).toBe("an")
    const { cookie: used } = browser
    await browser.call("DELETE", "/session")
    expect(browser.cookie).toBeNull()
    browser.cookie = used
    expect((await browser.call("GET", "/account")).status).toBe(401)
    expect(await kindsOf(site)).toEqual(["session.opened", "session.closed"])
  })

  it("keeps of token and password only what nobody can use", async () => {
    const site = await aStaffSite()
    const browser = await signedIn(site, "an", ["editor"])
    const token = browser.cookie?.split("=")[1] ?? ""
    expect(token.length).toBeGreaterThanOrEqual(32)
    const kept = JSON.stringify([
      await site.db.staff.findMany(),
      await site.db.staffSession.findMany(),
      await site.db.auditEntry.findMany(),
    ])
    expect(kept).toContain("$argon2id$v=19$m=19456,t=2,p=1$")
    expect(kept).not.toContain(token)
    expect(kept).not.toContain(PASSWORD)
  })

  it("says the same for a wrong password, an unknown and a deactivated account", async () => {
    const site = await aStaffSite()
    await aPerson(site, "an", ["editor"])
    const id = await aPerson(site, "binh", ["editor"])
    await site.db.staff.update({ where: { id }, data: { state: "inactive" } })
    const told = [
      await signIn(aBrowser(site), "an", { password: "sai rồi bạn ơi" }),
      await signIn(aBrowser(site), "khong.co"),
      await signIn(aBrowser(site), "binh"),
    ].map(({ status, body }) => ({ status, ...body }))
    expect(told[0]).toMatchObject({ status: 401, error: { code: "wrong_sign_in" } })
    expect(told[0]?.error?.message).toContain("chưa đúng")
    expect(told[1]).toEqual(told[0])
    expect(told[2]).toEqual(told[0])
    // A name that is no account may be a password in the wrong field: it is not kept.
    expect(JSON.stringify(await site.db.auditEntry.findMany())).not.toContain("khong.co")
    expect(await kindsOf(site)).toEqual(["session.refused", "session.refused"])
  })

  it("leaves a new session behind each time: one that was planted before is worth nothing", async () => {
    const site = await aStaffSite()
    await aPerson(site, "an", ["editor"])
    const browser = aBrowser(site)
    await signIn(browser, "an")
    const first = browser.cookie
    await signIn(browser, "an")
    expect(browser.cookie).not.toBe(first)
    browser.cookie = first
    expect(await who(browser)).toBeUndefined()
  })
})

describe("a session", () => {
  it("ends when nobody used it for two hours, but not while somebody does", async () => {
    const site = await aStaffSite()
    const browser = await signedIn(site, "an", ["editor"])
    for (let i = 0; i < 4; i++) {
      site.clock.pass(IDLE_MS - MINUTE)
      expect(await who(browser)).toBe("an")
    }
    site.clock.pass(IDLE_MS)
    expect(await who(browser)).toBeUndefined()
    expect((await browser.call("GET", "/overview")).body.error?.message).toContain("Xin đăng nhập")
  })

  it("ends after a working day, used or not", async () => {
    const site = await aStaffSite()
    const browser = await signedIn(site, "an", ["editor"])
    for (let passed = 0; passed < ABSOLUTE_MS - 2 * MINUTE; passed += ABSOLUTE_MS / 12 - MINUTE) {
      expect(await who(browser)).toBe("an")
      site.clock.pass(ABSOLUTE_MS / 12 - MINUTE)
    }
    site.clock.pass(15 * MINUTE)
    expect(await who(browser)).toBeUndefined()
  })

  it("is one of several that a person sees and ends one by one, never another person's", async () => {
    const site = await aStaffSite()
    const office = await signedIn(site, "an", ["editor"])
    const home = aBrowser(site)
    await signIn(home, "an")
    const other = await signedIn(site, "binh", ["editor"])
    const { sessions } = (await office.call("GET", "/account")).body as { sessions: { id: string; current: boolean }[] }
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true])
    const far = sessions.find(({ current }) => !current)?.id ?? ""
    expect((await other.call("DELETE", `/account/sessions/${far}`)).status).toBe(404)
    expect((await office.call("DELETE", `/account/sessions/${far}`)).status).toBe(200)
    expect(await who(home)).toBeUndefined()
    expect(await who(office)).toBe("an")
  })
})

describe("guessing", () => {
  it("a password is slowed more and more, kindly, and forgotten after the right one", async () => {
    const site = await aStaffSite()
    await aPerson(site, "an", ["editor"])
    const guess = () => signIn(aBrowser(site), "an", { password: "đoán mò mật khẩu" })
    for (let i = 0; i < 5; i++) expect((await guess()).status).toBe(401)
    const slowed = await guess()
    expect(slowed.status).toBe(429)
    expect(slowed.headers.get("retry-after")).toBe("5")
    expect(slowed.body.error?.message).toContain("xin chờ 5 giây")
    expect((await signIn(aBrowser(site), "an")).status).toBe(429)
    site.clock.pass(5000)
    expect((await guess()).status).toBe(401)
    expect((await guess()).headers.get("retry-after")).toBe("10")
    site.clock.pass(10_000)
    expect((await signIn(aBrowser(site), "an")).status).toBe(200)
    expect((await guess()).status).toBe(401)
  })

  it("many at once are not more than one after another", async () => {
    const site = await aStaffSite()
    await aPerson(site, "an", ["editor"])
    const guesses = Array.from({ length: 12 }, () => signIn(aBrowser(site), "an", { password: "đoán mò mật khẩu" }))
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
  })

  it("accounts from one address is slowed as well", async () => {
    const site = await aStaffSite()
    const statuses: number[] = []
    for (let i = 0; i < 32; i++) statuses.push((await signIn(aBrowser(site), `ai.do.${i}`)).status)
    expect(statuses.indexOf(429)).toBe(30)
  })

  it("waits double each time, a quarter of an hour at most", () => {
    expect([4, 5, 6, 7, 8, 50].map((failures) => delayAfter(failures, "account"))).toEqual([0, 5000, 10_000, 20_000, 40_000, 900_000])
  })
})

describe("changes that another site's page tries to make", () => {
  it.each([
    ["without our header", { "x-quan-tri": "" }],
    ["from another site, as the browser says", { "sec-fetch-site": "cross-site" }],
    ["from a neighbour under the same domain", { "sec-fetch-site": "same-site" }],
    ["from another origin, over plain HTTP", { origin: "http://ke-xau.example" }],
    ["from a page without origin", { origin: "null" }],
  ])("are refused: %s", async (_what, headers) => {
    const site = await aStaffSite()
    const browser = await signedIn(site, "an", ["admin"])
    const { status, body } = await browser.call("POST", "/staff/invitations", { body: { name: "Kẻ Xấu", roles: ["admin"] }, headers })
    expect({ status, code: body.error?.code }).toEqual({ status: 403, code: "cross_site" })
    expect(await site.db.staffLink.count()).toBe(0)
  })

  it("are made from our own page", async () => {
    const site = await aStaffSite()
    const browser = await signedIn(site, "an", ["admin"])
    for (const headers of [{ "sec-fetch-site": "same-origin" }, { origin: site.url }]) {
      expect((await browser.call("POST", "/staff/invitations", { body: { name: "Lê Thị Bình", roles: ["editor"] }, headers })).status).toBe(
        200,
      )
    }
  })
})

describe("the second step", () => {
  async function withSecondStep() {
    const site = await aStaffSite()
    const browser = await signedIn(site, "an", ["editor"])
    const { secret, qr } = (await browser.call("GET", "/account/second-step")).body as { secret: string; qr: string }
    expect(qr).toMatch(/^data:image\/svg\+xml;base64,/)
    const body = { password: PASSWORD, secret, code: codeOf(secret, site.clock.now()) }
    const on = await browser.call("POST", "/account/second-step", { body })
    expect(on.status).toBe(200)
    return { site, browser, secret, codes: on.body["recoveryCodes"] as string[] }
  }

  it("asks for a code, takes each code once, and is kept sealed", async () => {
    const { site, secret } = await withSecondStep()
    expect(JSON.stringify(await site.db.staff.findMany())).not.toContain(secret)
    const asked = await signIn(aBrowser(site), "an")
    expect(asked).toMatchObject({ status: 401, body: { error: { code: "code_required" } } })
    const used = codeOf(secret, site.clock.now())
    expect((await signIn(aBrowser(site), "an", { code: used })).body.error?.code).toBe("wrong_code")
    site.clock.pass(MINUTE)
    const code = codeOf(secret, site.clock.now())
    expect((await signIn(aBrowser(site), "an", { code })).status).toBe(200)
    expect((await signIn(aBrowser(site), "an", { code })).body.error?.code).toBe("wrong_code")
  })

  it("cannot be guessed by asking for it again and again", async () => {
    const { site } = await withSecondStep()
    const statuses: number[] = []
    for (let i = 0; i < 8; i++) {
      statuses.push((await signIn(aBrowser(site), "an", { code: String(100_000 + i) })).status)
      await signIn(aBrowser(site), "an")
    }
    expect(statuses.slice(5)).toEqual([429, 429, 429])
  })

  it("opens with each recovery code once", async () => {
    const { site, codes } = await withSecondStep()
    expect(new Set(codes).size).toBe(10)
    const [code = ""] = codes
    expect((await signIn(aBrowser(site), "an", { code: code.toLowerCase().replace("-", " ") })).status).toBe(200)
    expect((await signIn(aBrowser(site), "an", { code })).body.error?.code).toBe("wrong_code")
    expect(JSON.stringify(await site.db.recoveryCode.findMany())).not.toContain(code)
  })

  it("needs the password to be switched on or off, and a right first code", async () => {
    const { site, browser, secret } = await withSecondStep()
    expect(
      (await browser.call("POST", "/account/second-step/off", { body: { password: "không phải" } })).body.error?.fields,
    ).toHaveProperty("password")
    expect((await browser.call("POST", "/account/second-step/off", { body: { password: PASSWORD } })).status).toBe(200)
    expect((await signIn(aBrowser(site), "an")).status).toBe(200)
    const wrong = { password: PASSWORD, secret, code: "000000" }
    expect((await browser.call("POST", "/account/second-step", { body: wrong })).body.error?.fields).toHaveProperty("code")
  })
})

describe("changing the password", () => {
  it("needs the old one, ends the other sessions and gives this one a new token", async () => {
    const site = await aStaffSite()
    const browser = await signedIn(site, "an", ["editor"])
    const other = aBrowser(site)
    await signIn(other, "an")
    const body = { current: "không phải", password: "năm con vịt bầu cánh" }
    expect((await browser.call("POST", "/account/password", { body })).body.error?.fields).toEqual({
      current: "Mật khẩu hiện tại chưa đúng",
    })
    const before = browser.cookie
    expect((await browser.call("POST", "/account/password", { body: { ...body, current: PASSWORD } })).status).toBe(200)
    expect(browser.cookie).not.toBe(before)
    expect(await who(browser)).toBe("an")
    expect(await who(other)).toBeUndefined()
    expect((await signIn(aBrowser(site), "an")).status).toBe(401)
    expect((await signIn(aBrowser(site), "an", { password: body.password.normalize("NFD") })).status).toBe(200)
  })

  it.each([
    ["short", "ngắn quá"],
    ["monotonous", "aaaaaaaaaaaaaaaa"],
  ])("refuses a %s one", async (_what, password) => {
    const site = await aStaffSite()
    const browser = await signedIn(site, "an", ["editor"])
    const { status, body } = await browser.call("POST", "/account/password", { body: { current: PASSWORD, password } })
    expect(status).toBe(400)
    expect(body.error?.fields).toHaveProperty("password")
  })
})
