import { expect, it } from "vitest"
import { loadBase, saveItems } from "../../knowledge/store.ts"
import { aProcedure, portalLine, published } from "../knowledge/samples.ts"
import { xlsxOf } from "../support/papers.ts"
import { newId } from "../support/house.ts"
import { type Browser, aStaffSite, kindsOf, signedIn, type StaffSite } from "./staff-site.ts"

const BIRDS = { code: "1.900001", name: "Cấp giấy phép nuôi chim", field: "Nông nghiệp", receiving_address: "Quầy số 1" }
const BEES = { code: "1.900002", name: "Cấp giấy phép nuôi ong", field: "Nông nghiệp" }
const FISH = { code: "1.900003", name: "Cấp giấy phép nuôi cá", field: "Nông nghiệp" }

/** What is told: birds with a name and a flag of the commune's own, bees that the file lacks, and a matter of another field. */
async function anOffice() {
  const site = await aStaffSite()
  const birds = { ...published({ ...BIRDS, receiving_address: "Quầy số 9" }), aliases: ["nuôi bồ câu"], sameDay: true }
  const items = [aProcedure(birds.code, birds), aProcedure(BEES.code, published(BEES)), aProcedure("1.900009", { field: "Hộ tịch" })]
  await saveItems(site.db, items, { now: site.clock.now(), newId, demo: false, importedFrom: "tệp" })
  return { site, editor: await signedIn(site, "soan", ["editor"]), reader: await signedIn(site, "xem", ["leader"]) }
}

type Given = string | { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }

async function give({ url, dependencies }: StaffSite, browser: Browser, given: Given): Promise<string> {
  const { name, bytes } = typeof given === "string" ? { name: "cong.jsonl", bytes: given } : given
  const response = await fetch(`${url}/api/quan-tri/documents?name=${name}`, {
    method: "POST",
    headers: { "x-quan-tri": "1", cookie: browser.cookie ?? "", "content-type": "application/octet-stream" },
    body: bytes,
  })
  const { id } = (await response.json()) as { id: string }
  await expect
    .poll(async () => (await dependencies.db.sourceFile.findUniqueOrThrow({ where: { id } })).state, { timeout: 60_000 })
    .toMatch(/read|fail/)
  await expect
    .poll(async () => (await dependencies.db.sourceFile.findUniqueOrThrow({ where: { id } })).state, { timeout: 60_000 })
    .not.toBe("reading")
  return id
}

it("a file is compared field by field, and what is chosen becomes drafts; the commune's own words stay", { timeout: 120_000 }, async () => {
  const { site, editor, reader } = await anOffice()
  const id = await give(site, editor, [portalLine(BIRDS), portalLine(FISH)].join("\n"))
  const at = `/procedures/imports/${id}`
  const { body } = await reader.call("GET", at)
  expect(body).toMatchObject({ name: "cong.jsonl", counts: { new: 1, changed: 1, gone: 1, same: 0 }, total: 3, making: null })
  expect((await reader.call("GET", `${at}?change=changed`)).body).toMatchObject({
    rows: [{ code: BIRDS.code, drafted: false, differences: [{ path: "place", before: "Quầy số 9", after: "Quầy số 1" }] }],
  })
  expect((await reader.call("GET", `${at}?change=gone`)).body).toMatchObject({ rows: [{ code: BEES.code, name: BEES.name }] })
  expect((await reader.call("POST", at, { body: { take: ["new"] } })).status).toBe(403)
  expect((await editor.call("POST", at, { body: { take: ["new", "changed"] } })).body).toEqual({ drafted: 2, left: 0 })
  expect((await editor.call("GET", `/records/procedure/${BIRDS.code}`)).body).toMatchObject({
    draft: { note: "Nhập từ tệp cong.jsonl", body: { place: "Quầy số 1", aliases: ["nuôi bồ câu"], sameDay: true } },
  })
  // What somebody prepares is left alone with its group; what is gone is withdrawn only where it is chosen by itself.
  expect((await editor.call("POST", at, { body: { take: ["changed"], codes: [BEES.code], state: "review" } })).body).toEqual({
    drafted: 1,
    left: 1,
  })
  expect((await editor.call("GET", `/records/procedure/${BEES.code}`)).body).toMatchObject({ draft: { withdraws: true, state: "review" } })
  expect((await loadBase(site.db)).procedures.map(({ code }) => code)).toEqual([BIRDS.code, BEES.code, "1.900009"])
  expect((await kindsOf(site)).filter((kind) => kind === "procedure.imported")).toHaveLength(2)
})

it(
  "an Excel file of the portal is compared as well; a reload tells what was made, and what the program's end broke off",
  { timeout: 120_000 },
  async () => {
    const { site, editor, reader } = await anOffice()
    const sheet = await xlsxOf([
      ["DANH MỤC THỦ TỤC HÀNH CHÍNH", "", "", "", ""],
      ["Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Địa chỉ tiếp nhận hồ sơ", "Cách thức thực hiện"],
      [BIRDS.code, BIRDS.name, BIRDS.field, BIRDS.receiving_address, "Trực tiếp"],
      [FISH.code, FISH.name, FISH.field, "Quầy số 2", "Trực tuyến"],
      ["", "", "", "", ""],
      ["khong-phai-ma", "Dòng hỏng", "Nông nghiệp", "", ""],
    ])
    const id = await give(site, editor, { name: "danh-muc.xlsx", bytes: Uint8Array.from(sheet) })
    const at = `/procedures/imports/${id}`
    const { body } = await reader.call("GET", at)
    expect(body).toMatchObject({
      name: "danh-muc.xlsx",
      state: "needs_review",
      counts: { new: 1, changed: 1, gone: 1, same: 0 },
      last: null,
    })
    expect((body["problems"] as string[]).join()).toContain("dòng 6: code")
    expect((await reader.call("GET", `${at}?change=changed`)).body).toMatchObject({
      rows: [
        { code: BIRDS.code, differences: expect.arrayContaining([{ path: "place", before: "Quầy số 9", after: "Quầy số 1" }]) as unknown },
      ],
    })
    expect((await editor.call("POST", at, { body: { take: ["new", "changed"], state: "review" } })).body).toEqual({ drafted: 2, left: 0 })
    expect((await reader.call("GET", at)).body).toMatchObject({
      making: null,
      last: { state: "done", total: 2, drafted: 2, left: 0, by: "Nguyễn Văn An" },
    })
    expect((await editor.call("GET", `/records/procedure/${FISH.code}`)).body).toMatchObject({
      live: null,
      draft: { isNew: true, state: "review", body: { name: FISH.name, methods: [{ channel: "online" }] } },
    })
    expect((await editor.call("GET", `/records/procedure/${BIRDS.code}`)).body).toMatchObject({
      draft: { body: { aliases: ["nuôi bồ câu"], sameDay: true, place: "Quầy số 1" } },
    })
    // As the end of the program leaves it: begun, not done, and no draft of it.
    await site.db.importRun.updateMany({ data: { state: "running", drafted: 0 } })
    expect((await reader.call("GET", at)).body).toMatchObject({ making: null, last: { state: "broken", total: 2, drafted: 0 } })
    expect((await editor.call("POST", at, { body: { codes: [FISH.code] } })).status).toBe(200)
    expect((await reader.call("GET", at)).body).toMatchObject({ last: { state: "done", total: 1 } })
  },
)

it("a broken file, or one without procedures, has a plain outcome and makes nothing", { timeout: 120_000 }, async () => {
  const { site, editor } = await anOffice()
  const broken = await give(site, editor, "PK\u0003\u0004 và không có gì nữa")
  const { body } = await editor.call("GET", `/procedures/imports/${broken}`)
  expect(body).toMatchObject({ state: "failed", total: 0 })
  expect(body["note"]).toMatch(/\p{L}{3}/u)
  expect((await editor.call("POST", `/procedures/imports/${broken}`, { body: { take: ["new"] } })).status).toBe(409)
  const faulty = await give(site, editor, [portalLine(FISH), portalLine({ ...BIRDS, name: "" })].join("\n"))
  const found = (await editor.call("GET", `/procedures/imports/${faulty}`)).body as unknown as {
    counts: { new: number }
    problems: string[]
  }
  expect([found.counts.new, found.problems.length]).toEqual([1, 1])
  expect(await site.db.knowledgeDraft.count()).toBe(0)
})
