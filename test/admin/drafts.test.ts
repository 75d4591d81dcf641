import { describe, expect, it } from "vitest"
import { loadBase, saveItems } from "../../knowledge/store.ts"
import { aProcedure } from "../knowledge/samples.ts"
import { newId } from "../support/house.ts"
import { type Browser, aStaffSite, kindsOf, signedIn, type StaffSite } from "./staff-site.ts"

const CODE = "1.900001"
const RECORD = `/records/procedure/${CODE}`

async function anOffice() {
  const site = await aStaffSite()
  const item = aProcedure(CODE, { name: "Đăng ký nuôi chim" })
  await saveItems(site.db, [item], { now: site.clock.now(), newId, demo: false, importedFrom: "tệp" })
  const editor = await signedIn(site, "soan", ["editor"])
  return { site, live: item.body, editor, approver: await signedIn(site, "duyet", ["approver"]) }
}

const save = (browser: Browser, body: unknown, more: Record<string, unknown> = {}) =>
  browser.call("POST", "/drafts", { body: { kind: "procedure", body, seen: null, ...more } })

const told = async ({ db }: StaffSite) => (await loadBase(db)).procedures.map(({ name }) => name)

describe("a draft", () => {
  it("is kept beside what citizens are told, is overwritten by nobody who has not seen it, and can be thrown away", async () => {
    const { site, live, editor, approver } = await anOffice()
    const first = await save(editor, { ...live, name: "Đăng ký nuôi ong" })
    expect(first.body).toMatchObject({ draft: { name: "Đăng ký nuôi ong", state: "editing", version: 1, isNew: false } })
    expect(await told(site)).toEqual(["Đăng ký nuôi chim"])
    expect((await save(editor, { ...live, name: "Đăng ký nuôi bò" })).status).toBe(409)
    expect((await save(approver, live, { seen: 1 })).status).toBe(403)
    expect((await save(editor, { ...live, name: "Đăng ký nuôi bò" }, { seen: 1 })).body).toMatchObject({ draft: { version: 2 } })
    expect((await editor.call("GET", RECORD)).body).toMatchObject({
      live: { version: 1, told: true, body: { name: "Đăng ký nuôi chim" } },
      draft: { version: 2, body: { name: "Đăng ký nuôi bò" } },
    })
    const { rows, total } = (await editor.call("GET", "/drafts?state=editing&q=9000")).body as { rows: { id: string }[]; total: number }
    expect([rows.length, total]).toEqual([1, 1])
    const id = rows[0]?.id ?? ""
    expect((await editor.call("DELETE", `/drafts/${id}/1`)).status).toBe(409)
    expect((await editor.call("DELETE", `/drafts/${id}/2`)).status).toBe(200)
    expect((await editor.call("GET", RECORD)).body["draft"]).toBeNull()
    expect((await kindsOf(site)).filter((kind) => kind.startsWith("draft"))).toEqual(["draft.saved", "draft.saved", "draft.discarded"])
  })

  it("with faults is not kept, and each is told by its field", async () => {
    const { editor, live } = await anOffice()
    const method = { channel: "in_person", fees: [{ kind: "phí", text: "10.000 đồng", status: "amount", amount: null }] }
    const { status, body } = await save(editor, { ...live, name: "", methods: [method] })
    expect(status).toBe(400)
    expect(Object.keys(body.error?.fields ?? {}).sort()).toEqual(["methods.0.fees.0", "name"])
    expect((await editor.call("GET", RECORD)).body["draft"]).toBeNull()
    const slip = { channel: "in_person", fees: [{ kind: "phí", text: "10.000 đồng", status: "amount", amount: 100_000 }] }
    const refused = await save(editor, { ...live, methods: [slip] })
    expect([refused.status, Object.keys(refused.body.error?.fields ?? {})]).toEqual([400, ["methods.0.fees.0.amount"]])
    expect((await editor.call("GET", RECORD)).body["draft"]).toBeNull()
  })

  it("that says what is told already is none", async () => {
    const { editor, live } = await anOffice()
    expect((await save(editor, { ...live, name: "Đăng ký nuôi ong" })).body).toMatchObject({ draft: { version: 1 } })
    expect((await save(editor, live, { seen: 1 })).body).toEqual({ draft: null })
    expect((await editor.call("GET", "/drafts")).body).toMatchObject({ total: 0 })
    expect((await save(editor, live, { withdraws: true, note: "Bãi bỏ" })).body).toMatchObject({ draft: { withdraws: true } })
  })

  it("goes to review and back with a reason", async () => {
    const { editor, approver, live } = await anOffice()
    const { id } = (await save(editor, { ...live, name: "Đăng ký nuôi ong" })).body["draft"] as { id: string }
    expect((await editor.call("POST", `/drafts/${id}/review`, { body: { version: 1 } })).status).toBe(200)
    expect((await editor.call("POST", `/drafts/${id}/return`, { body: { version: 2, note: "Sai tên" } })).status).toBe(403)
    expect((await approver.call("POST", `/drafts/${id}/return`, { body: { version: 1, note: "Sai tên" } })).status).toBe(409)
    expect((await approver.call("POST", `/drafts/${id}/return`, { body: { version: 2, note: "Sai tên" } })).status).toBe(200)
    expect((await editor.call("GET", RECORD)).body).toMatchObject({ draft: { state: "editing", note: "Sai tên", version: 3 } })
  })

  it("of a telephone number is kept when somebody says that it may be told, and a mobile one with the reason", async () => {
    const { editor } = await anOffice()
    const contact = { kind: "contact", id: "truc", title: "Trực ban", text: "Trực ban xã.", source: "Thông báo của xã", role: "Trực ban" }
    const keep = (more: object) => editor.call("POST", "/drafts", { body: { kind: "notice", body: { ...contact, ...more }, seen: null } })
    const fields = async (more: object) => Object.keys((await keep(more)).body.error?.fields ?? {})
    expect(await fields({ phone: "0225 3 000 111" })).toEqual(["published"])
    expect(await fields({ phone: "0912 000 111", published: true })).toEqual(["mobileReason"])
    const reason = { mobileReason: "Máy trực do xã trang bị cho bộ phận" }
    expect((await keep({ phone: "0912 000 111", published: true, ...reason })).status).toBe(200)
  })
})
