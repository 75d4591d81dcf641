import Sqlite from "better-sqlite3"
import { describe, expect, it } from "vitest"
import { IDLE_MS } from "../../admin/staff/sessions.ts"
import { readAudit } from "../../prisma/audit.ts"
import { verifyChain } from "../../prisma/evidence.ts"
import { aBrowser, aPerson, aStaffSite, codeOf, kindsOf, MINUTE, PASSWORD, signedIn, signIn, type StaffSite } from "./staff-site.ts"

const DAY = 24 * 60 * MINUTE
const tokenOf = (path: unknown) => new URL(String(path), "http://x").searchParams.get("ma") ?? ""

async function anOffice() {
  const site = await aStaffSite()
  return { site, admin: await signedIn(site, "quan.tri", ["admin"]) }
}

async function invited(admin: ReturnType<typeof aBrowser>, name = "Lê Thị Bình", roles = ["editor"]) {
  const { body } = await admin.call("POST", "/staff/invitations", { body: { name, roles } })
  return tokenOf(body["path"])
}

const accept = (site: StaffSite, token: string, account = "binh") => {
  const browser = aBrowser(site)
  return browser.call("POST", "/links", { body: { token, account, password: PASSWORD } }).then((reply) => ({ browser, ...reply }))
}

describe("an invitation", () => {
  it("lets a person choose account and password, once, with the roles that the administrator gave", async () => {
    const { site, admin } = await anOffice()
    const token = await invited(admin)
    expect((await aBrowser(site).call("GET", `/links?token=${token}`)).body).toMatchObject({
      name: "Lê Thị Bình",
      account: null,
      roles: ["editor"],
    })
    const { status, body, browser } = await accept(site, token)
    expect(status).toBe(200)
    expect(body).toMatchObject({ account: "binh", name: "Lê Thị Bình", roles: ["editor"] })
    expect((await browser.call("GET", "/staff")).status).toBe(403)
    expect((await accept(site, token, "cuong")).status).toBe(410)
    expect(await kindsOf(site)).toEqual(["session.opened", "staff.invited", "staff.joined"])
    expect(JSON.stringify([await site.db.staffLink.findMany(), await site.db.auditEntry.findMany()])).not.toContain(token)
  })

  it("is worth nothing after three days, or once it is withdrawn", async () => {
    const { site, admin } = await anOffice()
    const withdrawn = await invited(admin)
    const { rows } = (await admin.call("GET", "/staff/invitations")).body as { rows: { id: string; name: string }[] }
    expect(rows).toMatchObject([{ name: "Lê Thị Bình" }])
    expect((await admin.call("DELETE", `/staff/invitations/${rows[0]?.id}`)).status).toBe(200)
    expect((await accept(site, withdrawn)).status).toBe(410)
    const late = await invited(admin)
    site.clock.pass(3 * DAY)
    expect((await accept(site, late)).body.error?.message).toContain("hết hạn")
    expect(await site.db.staff.count()).toBe(1)
  })

  it("stays good when the chosen account is taken", async () => {
    const { site, admin } = await anOffice()
    const token = await invited(admin)
    expect((await accept(site, token, "quan.tri")).body.error?.fields).toHaveProperty("account")
    expect((await accept(site, token)).status).toBe(200)
  })
})

describe("managing staff", () => {
  it("lists page by page, searched, filtered and sorted by the server", async () => {
    const { site, admin } = await anOffice()
    for (let n = 10; n < 22; n++) await aPerson(site, `can.bo.${n}`, n % 2 ? ["editor", "agent"] : ["editor"])
    const list = async (query: string) => {
      const { rows, total } = (await admin.call("GET", `/staff?${query}`)).body as { rows: { account: string }[]; total: number }
      return { total, accounts: rows.map(({ account }) => account) }
    }
    expect(await list("size=5&page=2&sort=-account")).toEqual({
      total: 13,
      accounts: ["can.bo.17", "can.bo.16", "can.bo.15", "can.bo.14", "can.bo.13"],
    })
    expect((await list("role=agent&size=5")).total).toBe(6)
    expect(await list("q=bo.21")).toEqual({ total: 1, accounts: ["can.bo.21"] })
    expect((await list("state=inactive")).total).toBe(0)
    // Words in any order, with or without their marks; “%” and “_” are nothing but themselves.
    expect((await list(`q=${encodeURIComponent("ĂN nguyen")}`)).total).toBe(13)
    expect((await list("q=%25")).total).toBe(0)
    expect((await list("q=can_bo")).total).toBe(0)
    // Thirteen of one name: every one of them is on some page, and on one only.
    const pages = [await list("size=5&sort=name"), await list("size=5&page=2&sort=name"), await list("size=5&page=3&sort=name")]
    expect(new Set(pages.flatMap(({ accounts }) => accounts)).size).toBe(13)
    expect((await list("page=99")).accounts).toEqual([])
    expect((await admin.call("GET", "/staff?sort=passwordHash")).status).toBe(400)
    const { error } = (await admin.call("GET", "/staff?page=0&size=9999")).body
    expect(Object.keys(error?.fields ?? {}).sort()).toEqual(["page", "size"])
    expect(JSON.stringify((await admin.call("GET", "/staff")).body)).not.toMatch(/argon2|tokenHash/)
  })

  it("other roles hold at once and end the person's sessions", async () => {
    const { site, admin } = await anOffice()
    const editor = await signedIn(site, "binh", ["editor"])
    const body = { name: "Lê Thị Bình", roles: ["auditor"] }
    expect((await admin.call("PATCH", `/staff/${editor.id}`, { body })).status).toBe(200)
    expect((await editor.call("GET", "/account")).status).toBe(401)
    await signIn(editor, "binh")
    expect((await editor.call("GET", "/audit")).status).toBe(200)
  })

  it("deactivating shuts a person out at once; activating lets them in again", async () => {
    const { site, admin } = await anOffice()
    const editor = await signedIn(site, "binh", ["editor"])
    await admin.call("POST", `/staff/${editor.id}/state`, { body: { state: "inactive" } })
    expect((await editor.call("GET", "/account")).status).toBe(401)
    expect((await signIn(editor, "binh")).status).toBe(401)
    expect((await admin.call("POST", `/staff/${editor.id}/reset`)).status).toBe(409)
    await admin.call("POST", `/staff/${editor.id}/state`, { body: { state: "active" } })
    expect((await signIn(editor, "binh")).status).toBe(200)
  })

  it("never leaves the commune without an administrator", async () => {
    const { site, admin } = await anOffice()
    const demote = () => admin.call("PATCH", `/staff/${admin.id}`, { body: { name: "Trần Thị Quản", roles: ["leader"] } })
    expect((await demote()).body.error?.message).toContain("người quản trị cuối cùng")
    expect((await admin.call("POST", `/staff/${admin.id}/state`, { body: { state: "inactive" } })).status).toBe(409)
    await aPerson(site, "quan.tri.2", ["admin"])
    expect((await demote()).status).toBe(200)
  })

  it("a link for a new password ends sessions and the second step, and unblocks sign-in", async () => {
    const { site, admin } = await anOffice()
    const editor = await signedIn(site, "binh", ["editor"])
    const { secret } = (await editor.call("GET", "/account/second-step")).body as { secret: string }
    await editor.call("POST", "/account/second-step", { body: { password: PASSWORD, secret, code: codeOf(secret, site.clock.now()) } })
    for (let i = 0; i < 6; i++) await signIn(aBrowser(site), "binh", { password: "quên mất mật khẩu" })
    const { body } = await admin.call("POST", `/staff/${editor.id}/reset`)
    const token = tokenOf(body["path"])
    expect((await aBrowser(site).call("GET", `/links?token=${token}`)).body).toMatchObject({ account: "binh" })
    expect((await accept(site, token, "ten.khac")).body).toMatchObject({ account: "binh", roles: ["editor"] })
    expect((await editor.call("GET", "/account")).status).toBe(401)
    expect((await signIn(aBrowser(site), "binh")).status).toBe(200)
  })

  it("shows how many sessions a person has open, and ends them all", async () => {
    const { site, admin } = await anOffice()
    const editor = await signedIn(site, "binh", ["editor"])
    const open = async () => ((await admin.call("GET", "/staff?q=binh")).body["rows"] as { sessions: number }[])[0]?.sessions
    expect(await open()).toBe(1)
    site.clock.pass(IDLE_MS)
    await signIn(admin, "quan.tri")
    expect(await open()).toBe(0)
    await signIn(editor, "binh")
    expect(await open()).toBe(1)
    expect((await admin.call("DELETE", `/staff/${editor.id}/sessions`)).status).toBe(200)
    expect((await editor.call("GET", "/account")).status).toBe(401)
    expect((await admin.call("DELETE", "/staff/khong-co/sessions")).body.error?.code).toBe("not_found")
  })
})

describe("what staff did", () => {
  it("is told with who, what, from where; filtered by kind, person and day of Vietnam", async () => {
    const { site, admin } = await anOffice()
    await invited(admin)
    site.clock.pass(DAY)
    await signIn(admin, "quan.tri")
    const list = async (query: string) => ((await admin.call("GET", `/audit?${query}`)).body as { rows: Record<string, unknown>[] }).rows
    const [entry] = await list("kind=staff.invited")
    expect(entry).toMatchObject({
      seq: 2,
      actor: "Nguyễn Văn An",
      details: { name: "Lê Thị Bình", roles: ["editor"] },
    })
    expect(JSON.stringify(entry)).toContain("127.0.0.1")
    expect((await list("from=2026-03-03&to=2026-03-03")).map(({ seq }) => seq)).toEqual([3])
    expect((await list("to=2026-03-02")).map(({ seq }) => seq)).toEqual([2, 1])
    expect(await list("actor=khong-co")).toEqual([])
    expect((await admin.call("GET", "/audit?from=hom-qua")).status).toBe(400)
    expect((await admin.call("GET", "/audit/choices")).body).toMatchObject({ kinds: ["session.opened", "staff.invited"] })
  })

  it("is kept with the change or not at all", async () => {
    const { site, admin } = await anOffice()
    await site.db.$executeRawUnsafe(`CREATE TRIGGER "broken" BEFORE INSERT ON "AuditEntry" BEGIN SELECT RAISE(ABORT, 'full'); END`)
    expect((await admin.call("POST", "/staff/invitations", { body: { name: "Lê Thị Bình", roles: ["editor"] } })).status).toBe(500)
    expect(await site.db.staffLink.count()).toBe(0)
    expect(await kindsOf(site)).toEqual(["session.opened"])
  })

  it("betrays who changed it behind the program's back", async () => {
    const { site, admin } = await anOffice()
    await invited(admin)
    expect((await admin.call("GET", "/audit/verdict")).body).toMatchObject({ audit: { ok: true, count: 2 }, evidence: { ok: true } })
    const tool = new Sqlite(site.file)
    tool.exec(`DROP TRIGGER "AuditEntry_no_update"; UPDATE "AuditEntry" SET "kind" = 'session.opened' WHERE "seq" = 2`)
    tool.close()
    expect(await verifyChain(readAudit(site.db))).toMatchObject({ ok: false, brokenAt: 2 })
    const told = (await admin.call("GET", "/audit/verdict")).body
    expect(told).toMatchObject({ audit: { ok: false } })
    expect(JSON.stringify(told)).toContain("Mục 2: nội dung đã bị sửa")
  })
})

describe("a request that nobody can use", () => {
  it.each([
    ["no JSON", "{", [400, "unreadable"]],
    ["far too large", JSON.stringify({ name: "a".repeat(300_000) }), [413, "too_large"]],
    ["a list", "[]", [400, "invalid_input"]],
  ])("%s is told in the same words, and is no fault of the program", async (_what, body, expected) => {
    const { site, admin } = await anOffice()
    const reply = await admin.call("POST", "/staff/invitations", { body })
    expect([reply.status, reply.body.error?.code]).toEqual(expected)
    expect(reply.body.error?.message).toMatch(/[Xx]in|quá lớn/)
    expect(site.reported).toEqual([])
  })
})
