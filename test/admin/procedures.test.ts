import { describe, expect, it } from "vitest"
import { differencesOf } from "../../knowledge/editing/differences.ts"
import { saveItems } from "../../knowledge/store.ts"
import type { Procedure } from "../../knowledge/procedure.ts"
import { aProcedure } from "../knowledge/samples.ts"
import { newId } from "../support/house.ts"
import { type Browser, aStaffSite, kindsOf, signedIn } from "./staff-site.ts"

const FEE = { kind: "lệ phí", text: "8.000 đồng/bản", status: "amount", amount: 8000, per: "bản", exemptions: null } as const
const WHOLE: Partial<Procedure> = {
  field: "Hộ tịch",
  place: "Trung tâm Phục vụ hành chính công",
  methods: [
    { channel: "in_person", time: { text: "3 ngày làm việc", amount: 3, unit: "working_day", certain: true }, fees: [FEE], note: null },
  ],
  dossier: [{ title: "", papers: [{ name: "Tờ khai", originals: 1, copies: 0, form: null, note: false }] }],
  steps: ["Nộp hồ sơ"],
  results: ["Trích lục"],
  legalBasis: [{ code: "60/2014/QH13", name: "Luật Hộ tịch" }],
}

/** The day before: 2026-01-01 at NOW, see temporary-memory. */
async function anOffice() {
  const site = await aStaffSite()
  const items = [
    aProcedure("1.900001", { ...WHOLE, name: "Cấp bản sao Trích lục hộ tịch", aliases: ["xin giấy khai sinh bản sao"], sameDay: true }),
    aProcedure("1.900002", { ...WHOLE, name: "Đăng ký khai tử", methods: [], dossier: [] }),
    aProcedure("1.900003", {
      ...WHOLE,
      name: "Ăn uống: cấp giấy an toàn thực phẩm",
      field: "Y tế",
      levels: ["province"],
      effectiveTo: "2020-01-01",
    }),
  ]
  await saveItems(site.db, items, { now: site.clock.now(), newId, demo: false, importedFrom: "tệp" })
  const editor = await signedIn(site, "soan", ["editor"])
  return { site, editor, reader: await signedIn(site, "xem", ["leader"]) }
}

interface Row {
  readonly code: string
  readonly lacks: readonly string[]
}

async function listed(browser: Browser, query: string) {
  const { body } = await browser.call("GET", `/procedures?${query}`)
  const { rows, total } = body as unknown as { rows: Row[]; total: number }
  return { codes: rows.map(({ code }) => code), rows, total }
}

describe("the list of procedures", () => {
  it("is searched with and without diacritics, in names, aliases and codes, and sorted as Vietnamese is", async () => {
    const { reader } = await anOffice()
    expect((await listed(reader, "")).codes).toEqual(["1.900003", "1.900001", "1.900002"])
    expect((await listed(reader, "sort=-name&size=5&page=1")).codes[0]).toBe("1.900002")
    expect((await listed(reader, "q=dang%20ky%20khai%20tu")).codes).toEqual(["1.900002"])
    expect((await listed(reader, `q=${encodeURIComponent("giấy khai sinh")}`)).codes).toEqual(["1.900001"])
    expect((await listed(reader, "q=900003")).codes).toEqual(["1.900003"])
    expect((await listed(reader, "q=khong-co")).total).toBe(0)
  })

  it("tells what each lacks, and is filtered by field, level, end, same day and preparation", async () => {
    const { editor, reader } = await anOffice()
    const incomplete = await listed(reader, "show=incomplete")
    expect(incomplete.rows).toMatchObject([{ code: "1.900002", lacks: ["dossier", "fee", "time"] }])
    expect((await listed(reader, "lack=fee")).codes).toEqual(["1.900002"])
    expect((await listed(reader, "show=expiring")).codes).toEqual(["1.900003"])
    expect((await listed(reader, `field=${encodeURIComponent("Y tế")}&level=province`)).codes).toEqual(["1.900003"])
    expect((await listed(reader, "level=ministry")).total).toBe(0)
    expect((await listed(reader, "show=same_day")).codes).toEqual(["1.900001"])
    expect((await listed(reader, "show=drafted")).total).toBe(0)
    const body = aProcedure("1.900009", { name: "Đăng ký nuôi ong" }).body
    await editor.call("POST", "/drafts", { body: { kind: "procedure", body, seen: null } })
    expect((await listed(reader, "show=drafted")).rows).toMatchObject([{ code: "1.900009", told: false, draft: { state: "editing" } }])
    expect((await listed(reader, "q=nuoi%20ong")).total).toBe(1)
    await editor.call("DELETE", `/drafts/${await draftId(editor)}/1`)
    expect((await listed(reader, "q=nuoi%20ong")).total).toBe(0)
  })
})

async function draftId(browser: Browser) {
  const { body } = await browser.call("GET", "/drafts")
  return (body as unknown as { rows: { id: string }[] }).rows[0]?.id ?? ""
}

describe("looking after a procedure", () => {
  it("is given to somebody who edits, with a day that the list watches", async () => {
    const { site, editor, reader } = await anOffice()
    const care = (browser: Browser, code: string, body: unknown) => browser.call("POST", `/records/procedure/${code}/care`, { body })
    const day = new Date(site.clock.now().getTime() + 10 * 24 * 3_600_000).toISOString().slice(0, 10)
    expect((await care(reader, "1.900001", { ownerId: editor.id, reviewBy: day })).status).toBe(403)
    const refused = await care(editor, "1.900001", { ownerId: reader.id, reviewBy: day })
    expect([refused.status, refused.body.error?.fields?.["ownerId"]]).toEqual([400, expect.stringContaining("không soạn thủ tục")])
    expect((await care(editor, "1.900777", { ownerId: null, reviewBy: null })).status).toBe(404)
    expect((await care(editor, "1.900001", { ownerId: editor.id, reviewBy: day })).status).toBe(200)
    expect((await listed(reader, "show=review_due")).rows).toMatchObject([{ code: "1.900001", owner: "Nguyễn Văn An", reviewBy: day }])
    expect((await listed(reader, "show=review_due&days=5")).total).toBe(0)
    expect((await listed(reader, `ownerId=${editor.id}`)).total).toBe(1)
    expect(await kindsOf(site)).toContain("record.care")
    // Neither is lost when the record is told anew.
    const changed = aProcedure("1.900001", { ...WHOLE, name: "Cấp bản sao Trích lục hộ tịch, bản mới" })
    await saveItems(site.db, [changed], { now: site.clock.now(), newId, demo: false, importedFrom: "tệp" })
    expect((await editor.call("GET", "/records/procedure/1.900001/care")).body).toMatchObject({ ownerId: editor.id, reviewBy: day })
    expect((await editor.call("GET", "/procedures/choices")).body).toEqual({ fields: ["Hộ tịch", "Y tế"] })
    expect((await editor.call("GET", "/upkeep/owners")).body).toEqual({ owners: [{ id: editor.id, name: "Nguyễn Văn An" }] })
  })
})

describe("the preview", () => {
  it("is what the assistant would answer from this wording, word for word, and keeps nothing", async () => {
    const { site, reader, editor } = await anOffice()
    const body = { ...aProcedure("1.900001", { ...WHOLE, name: "Cấp bản sao Trích lục hộ tịch" }).body, place: "Nhà văn hóa thôn Thử" }
    const { body: reply } = await reader.call("POST", "/procedures/preview", { body: { body, question: "bao nhiêu tiền một bản" } })
    const { answers } = reply as unknown as { answers: { question: string; status: string; text: string }[] }
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill("answered"))
    const said = answers.map(({ text }) => text)
    for (const [i, words] of ["Tờ khai", "8.000 đồng/bản", "3 ngày làm việc", "Nhà văn hóa thôn Thử", "8.000 đồng/bản"].entries())
      expect(said[i]).toContain(words)
    const ended = await reader.call("POST", "/procedures/preview", { body: { body: { ...body, effectiveTo: "2020-01-01" } } })
    expect(ended.body).toMatchObject({ answers: Array(4).fill({ status: "expired_source" }) })
    const faulty = await editor.call("POST", "/procedures/preview", { body: { body: { ...body, name: "" } } })
    expect([faulty.status, Object.keys(faulty.body.error?.fields ?? {})]).toEqual([400, ["name"]])
    expect(await site.db.knowledgeDraft.count()).toBe(0)
  })
})

describe("what differs between two wordings", () => {
  it("is told value by value; a paper put in between does not make the others differ", () => {
    const paper = (name: string) => ({ name, originals: 1, note: false })
    const before = { name: "A", sameDay: false, dossier: [{ papers: [paper("Tờ khai"), paper("Căn cước")] }] }
    const after = { name: "A", sameDay: true, dossier: [{ papers: [paper("Tờ khai"), paper("Giấy chứng sinh"), paper("Căn cước")] }] }
    expect(differencesOf(before, after)).toEqual([
      { path: "sameDay", before: null, after: true },
      { path: "dossier.0.papers.1.name", before: null, after: "Giấy chứng sinh" },
      { path: "dossier.0.papers.1.originals", before: null, after: 1 },
    ])
    expect(differencesOf(after, { ...after, dossier: [] })).toHaveLength(6)
    expect(differencesOf({ a: null, b: "", c: [] }, {})).toEqual([])
  })
})
