import { expect, it } from "vitest"
import { documentItem, noticeItem } from "../../knowledge/item.ts"
import { noticeSchema } from "../../knowledge/notice.ts"
import { loadBase } from "../../knowledge/store.ts"
import { aDocument, aProcedure } from "../knowledge/samples.ts"
import { tell } from "./publishing-office.ts"
import { aStaffSite, type Browser, kindsOf, signedIn } from "./staff-site.ts"

const HOLIDAYS = noticeSchema.parse({
  ...{ kind: "holidays", id: "nghi-2025", year: 2025, title: "Nghỉ năm 2025", text: "Nghỉ Tết", source: "Xã" },
  daysOff: [{ date: "2025-01-01", name: "Tết Dương lịch" }],
})

/** Today is 2026-01-02 there. */
async function anOffice() {
  let base = await Promise.resolve(null as Awaited<ReturnType<typeof loadBase>> | null)
  const site = await aStaffSite({ own: { toldBase: () => base ?? expect.fail("nothing is told yet") } })
  await tell(site, [
    aProcedure("1.900001", { name: "Đăng ký khai tử", effectiveTo: "2025-12-31" }),
    aProcedure("1.900002", { name: "Đăng ký nuôi ong" }),
    documentItem({ ...aDocument(["Nội dung kế hoạch"]), id: "ke-hoach", title: "Kế hoạch nuôi ong" }),
    noticeItem(HOLIDAYS),
  ])
  base = await loadBase(site.db)
  return { site, editor: await signedIn(site, "soan", ["editor"]), reader: await signedIn(site, "xem", ["auditor"]) }
}

async function listed(browser: Browser, query: string) {
  const { status, body } = await browser.call("GET", `/upkeep?${query}`)
  expect(status).toBe(200)
  return body as unknown as { total: number; rows: Record<string, unknown>[] }
}

it("lists what has ended of every kind, and counts it on the first page", async () => {
  const { reader } = await anOffice()
  const { rows, total } = await listed(reader, "")
  expect(total).toBe(2)
  expect(rows.map(({ kind, key, noticeKind, reasons }) => ({ kind, key, noticeKind, reasons }))).toEqual([
    { kind: "procedure", key: "1.900001", noticeKind: null, reasons: ["expired"] },
    { kind: "notice", key: "nghi-2025", noticeKind: "holidays", reasons: ["expired"] },
  ])
  expect((await listed(reader, "kind=notice&show=expired")).total).toBe(1)
  expect((await listed(reader, "show=all&size=5&page=1&sort=name")).total).toBe(4)
  expect((await reader.call("GET", "/overview")).body).toMatchObject({
    upkeep: { expired: 2, superseded: 0, review_overdue: 0, expiring: 0, review_due: 0 },
  })
})

it("gives a document and a notice an owner and a day, as it does a procedure", async () => {
  const { site, editor, reader } = await anOffice()
  for (const at of ["/records/document/ke-hoach/care", "/records/notice/nghi-2025/care"]) {
    expect((await reader.call("POST", at, { body: { ownerId: null, reviewBy: null } })).status).toBe(403)
    expect((await editor.call("POST", at, { body: { ownerId: reader.id, reviewBy: null } })).status).toBe(400)
    expect((await editor.call("POST", at, { body: { ownerId: editor.id, reviewBy: "2026-01-01" } })).status).toBe(200)
    expect((await reader.call("GET", at)).body).toMatchObject({ ownerId: editor.id, reviewBy: "2026-01-01", suspended: null })
  }
  expect((await editor.call("POST", "/records/document/khac/care", { body: { ownerId: null, reviewBy: null } })).status).toBe(404)
  const { rows } = await listed(reader, `ownerId=${editor.id}&show=review_overdue&sort=name`)
  expect(rows).toMatchObject([
    { kind: "document", name: "Kế hoạch nuôi ong", owner: "Nguyễn Văn An" },
    { kind: "notice", reasons: ["expired", "review_overdue"] },
  ])
  expect((await kindsOf(site)).filter((kind) => kind === "record.care")).toHaveLength(2)
})
