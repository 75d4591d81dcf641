import { expect, it } from "vitest"
import { loadBase, saveItems } from "../../knowledge/store.ts"
import { aProcedure } from "../knowledge/samples.ts"
import { newId } from "../support/house.ts"
import { aStaffSite, kindsOf, signedIn } from "./staff-site.ts"

const CODE = "1.900001"
const AT = `/procedures/${CODE}`

async function anOffice() {
  const site = await aStaffSite()
  const items = [
    aProcedure(CODE, { name: "Đăng ký nuôi chim", aliases: ["nuôi bồ câu"] }),
    aProcedure("1.900002"),
    aProcedure("1.900003", { sameDay: true }),
  ]
  const save = (given = items) => saveItems(site.db, given, { now: site.clock.now(), newId, demo: false, importedFrom: "tệp" })
  await save()
  return { site, save, editor: await signedIn(site, "soan", ["editor"]), approver: await signedIn(site, "duyet", ["approver"]) }
}

it("a procedure is switched off at once with a reason, stays off when it is imported anew, and is switched on by another hand", async () => {
  const { site, save, editor, approver } = await anOffice()
  const suspended = async () => [...(await loadBase(site.db)).suspended]
  const before = (await loadBase(site.db)).version
  expect((await editor.call("POST", `${AT}/suspension`, { body: { reason: "" } })).status).toBe(400)
  expect((await approver.call("POST", `${AT}/suspension`, { body: { reason: "Sai phí" } })).status).toBe(403)
  expect((await editor.call("POST", "/procedures/1.900777/suspension", { body: { reason: "Sai phí" } })).status).toBe(404)
  expect((await editor.call("POST", `${AT}/suspension`, { body: { reason: "Sai phí" } })).status).toBe(200)
  expect(await suspended()).toEqual([CODE])
  expect((await loadBase(site.db)).version).toBe(before + 1)
  expect((await editor.call("GET", "/procedures?show=suspended")).body).toMatchObject({ rows: [{ code: CODE, suspended: "Sai phí" }] })
  await save([aProcedure(CODE, { name: "Đăng ký nuôi chim, bản mới" })])
  expect(await suspended()).toEqual([CODE])
  expect((await editor.call("DELETE", `${AT}/suspension`)).status).toBe(403)
  expect((await approver.call("DELETE", `${AT}/suspension`)).status).toBe(200)
  expect(await suspended()).toEqual([])
  const kinds = await kindsOf(site)
  expect(kinds.filter((kind) => kind.startsWith("procedure."))).toEqual(["procedure.suspended", "procedure.resumed"])
})

it("a name that a citizen used is added to the draft, or begins one, and only once", async () => {
  const { site, editor, approver } = await anOffice()
  const add = (alias: string) => editor.call("POST", `${AT}/aliases`, { body: { alias } })
  expect((await approver.call("POST", `${AT}/aliases`, { body: { alias: "nuôi chim" } })).status).toBe(403)
  expect((await add("NUOI BO CAU")).body).toEqual({ added: false, draft: null })
  expect((await add("nuôi chim cảnh")).body).toMatchObject({ added: true, draft: { version: 1 } })
  expect((await add("xin nuôi chim")).body).toMatchObject({ added: true, draft: { version: 2 } })
  const { body } = await editor.call("GET", `/records/procedure/${CODE}`)
  expect(body).toMatchObject({ draft: { body: { aliases: ["nuôi bồ câu", "nuôi chim cảnh", "xin nuôi chim"] } } })
  expect((await loadBase(site.db)).procedures[0]?.aliases).toEqual(["nuôi bồ câu"])
  expect((await editor.call("POST", "/procedures/1.900777/aliases", { body: { alias: "gì đó" } })).status).toBe(404)
})

it("the same-day flag of several procedures becomes drafts, all or none", async () => {
  const { site, editor } = await anOffice()
  const flag = (codes: string[]) => editor.call("POST", "/procedures/same-day", { body: { codes, sameDay: true } })
  expect((await flag([CODE, "1.900777"])).status).toBe(404)
  expect(await site.db.knowledgeDraft.count()).toBe(0)
  expect((await flag([CODE, "1.900002", "1.900003"])).body).toEqual({ drafted: 2, unchanged: 1 })
  expect((await editor.call("GET", "/procedures?show=drafted")).body).toMatchObject({ total: 2 })
  expect((await loadBase(site.db)).procedures.filter(({ sameDay }) => sameDay).map(({ code }) => code)).toEqual(["1.900003"])
})
