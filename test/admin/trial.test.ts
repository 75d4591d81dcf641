import { describe, expect, it } from "vitest"
import { saveItems } from "../../knowledge/store.ts"
import type { Tried } from "../../admin/contract/trial.ts"
import { newId } from "../support/house.ts"
import { BIRTH, BIRTH_AGAIN, BIRTH_FOREIGN, DEATH, items, OLD_BOOK } from "../rag/small-commune.ts"
import { aStaffSite, type Browser, signedIn } from "./staff-site.ts"

async function anOffice() {
  const site = await aStaffSite()
  await saveItems(site.db, items(), { now: site.clock.now(), newId, demo: false, importedFrom: "tệp" })
  return { site, editor: await signedIn(site, "soan", ["editor"]) }
}

async function ask(browser: Browser, question: string, against = "live"): Promise<Tried> {
  const { status, body } = await browser.call("POST", "/trial", { body: { question, against } })
  expect(status).toBe(200)
  return body as unknown as Tried
}

const whyOf = (tried: Tried, code: string) => tried.considered.find((row) => row.code === code)?.why

describe("a question on the bench", () => {
  it("is answered as citizens are, with each step, the sources, and why what came near was not chosen", async () => {
    const { editor } = await anOffice()
    const tried = await ask(editor, "làm giấy khai sinh cần gì")
    expect(tried).toMatchObject({ status: "answered", statusLabel: "Đã trả lời", procedure: { code: BIRTH } })
    expect(tried.text).toContain("Giấy chứng sinh")
    expect(tried.citations[0]?.sourceId).toBe(BIRTH)
    expect(tried.steps.map(({ step }) => step)).toEqual(expect.arrayContaining(["understand", "retrieve", "decide", "verify"]))
    expect(tried.considered[0]).toMatchObject({ code: BIRTH, chosen: true, why: [] })
    const foreign = tried.considered.find(({ code }) => code === BIRTH_FOREIGN)
    expect(foreign?.why).toContain("rare_variant")
    expect(foreign?.variants.join()).toMatch(/nước ngoài/)
    expect(whyOf(tried, BIRTH_AGAIN)).toContain("lower_score")
    expect(whyOf(await ask(editor, "cấp lại sổ tạm trú"), OLD_BOOK)).toContain("old_record")
    expect(whyOf(await ask(editor, "nuôi hươu sao trên mái nhà"), BIRTH) ?? ["unsure"]).toContain("unsure")
  })

  it("leaves nothing behind: no answer, no conversation, no evidence, no entry in the log", async () => {
    const { site, editor } = await anOffice()
    const count = async () => [
      await site.db.answer.count(),
      await site.db.conversation.count(),
      await site.db.message.count(),
      await site.db.evidenceEntry.count(),
      await site.db.auditEntry.count(),
    ]
    const before = await count()
    const { question } = await ask(editor, "tôi là 0912345678, làm giấy khai sinh cần gì")
    expect(question).toBe("tôi là [số điện thoại], làm giấy khai sinh cần gì")
    expect(await count()).toEqual(before)
  })

  it("can be tried against the drafts", async () => {
    const { editor } = await anOffice()
    const question = "nhà có người về với tổ tiên thì báo ai"
    expect((await ask(editor, question)).procedure?.code).not.toBe(DEATH)
    const pinned = await editor.call("POST", "/trial/pins", { body: { code: DEATH, phrase: question } })
    expect(pinned.body).toMatchObject({ draft: { key: DEATH, state: "editing", version: 1 } })
    expect((await ask(editor, question)).procedure?.code).not.toBe(DEATH)
    expect(await ask(editor, question, "drafts")).toMatchObject({ procedure: { code: DEATH }, version: 0, drafts: 1 })
  })
})

describe("a wording", () => {
  it("goes into the draft of its record, beside what is drafted already, with its entry in the log", async () => {
    const { site, editor } = await anOffice()
    await editor.call("POST", "/trial/aliases", { body: { code: BIRTH_AGAIN, phrase: "làm lại khai sinh cũ" } })
    await editor.call("POST", "/trial/mutes", { body: { code: BIRTH_AGAIN, phrase: "khai sinh bị mất" } })
    const { draft } = (await editor.call("GET", `/records/procedure/${BIRTH_AGAIN}`)).body as {
      draft: { version: number; body: { aliases: string[]; notFor: string[] } }
    }
    expect(draft).toMatchObject({ version: 2, body: { aliases: ["làm lại khai sinh cũ"], notFor: ["khai sinh bị mất"] } })
    const muted = await ask(editor, "khai sinh bị mất thì làm lại ở đâu", "drafts")
    expect(whyOf(muted, BIRTH_AGAIN)).toEqual(["ruled_out"])
    const logged = await site.db.auditEntry.findMany({ where: { subject: `procedure:${BIRTH_AGAIN}` }, orderBy: { seq: "asc" } })
    expect(logged.map(({ kind }) => kind)).toEqual(["draft.alias_added", "draft.wording_muted"])
  })

  it("is refused where it tells of a person, is known, or the record is not there", async () => {
    const { site, editor } = await anOffice()
    const alias = (phrase: string, code = DEATH) => editor.call("POST", "/trial/aliases", { body: { code, phrase } })
    expect((await alias("báo tử cho số 0912345678")).body.error?.fields?.["phrase"]).toContain("thông tin riêng")
    expect((await alias("báo tử cho [số điện thoại]")).status).toBe(400)
    expect((await alias("Làm giấy chứng tử")).body.error?.fields?.["phrase"]).toContain("đã có")
    expect((await alias("báo tử", "1.999999")).status).toBe(404)
    expect((await editor.call("POST", "/trial/pins", { body: { code: DEATH, phrase: "báo tử" } })).status).toBe(400)
    const taken = await editor.call("POST", "/trial/pins", { body: { code: DEATH, phrase: "làm giấy khai sinh cho con" } })
    expect(taken.body.error?.fields?.["phrase"]).toContain("Đăng ký khai sinh")
    expect(await site.db.knowledgeDraft.count()).toBe(0)
  })

  it("is added by editors alone; everybody else may ask", async () => {
    const { site } = await anOffice()
    for (const role of ["approver", "leader", "auditor", "agent"] as const) {
      const browser = await signedIn(site, role, [role])
      expect((await ask(browser, "khai sinh")).status).toBe("answered")
      for (const path of ["aliases", "pins", "mutes"])
        expect((await browser.call("POST", `/trial/${path}`, { body: { code: DEATH, phrase: "một hai ba bốn năm" } })).status).toBe(403)
    }
  })
})

it("procedures are found by code, name and everyday names, with and without marks", async () => {
  const { editor } = await anOffice()
  const find = async (q: string) =>
    ((await editor.call("GET", `/procedures/found?q=${encodeURIComponent(q)}`)).body["rows"] as { code: string }[]).map(({ code }) => code)
  expect((await find("giay chung tu"))[0]).toBe(DEATH)
  expect(await find("nuoc ngo khai sinh")).toEqual([BIRTH_FOREIGN])
  expect(await find(BIRTH)).toEqual([BIRTH])
  expect(await find("khong-co")).toEqual([])
})
