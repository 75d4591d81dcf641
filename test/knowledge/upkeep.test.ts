import { describe, expect, it } from "vitest"
import { type Notice, noticeSchema } from "../../knowledge/notice.ts"
import type { Procedure } from "../../knowledge/procedure.ts"
import { documentSchema, type KnowledgeDocument } from "../../knowledge/document.ts"
import { findUpkeep, type RecordCare, upkeepOf } from "../../knowledge/editing/upkeep.ts"
import { replacedBy } from "../../knowledge/editing/replaced-numbers.ts"
import { aDocument, aProcedure } from "./samples.ts"

const TODAY = "2026-11-21"

function procedure(code: string, changes: Partial<Procedure> = {}): Procedure {
  const { kind, body } = aProcedure(code, changes)
  if (kind !== "procedure") throw new Error("no procedure")
  return body
}

const document = (id: string, changes: Partial<KnowledgeDocument>, text = "Nội dung"): KnowledgeDocument =>
  documentSchema.parse({ ...aDocument([text]), id, title: `Văn bản ${id}`, ...changes })

const notice = (given: Record<string, unknown>): Notice =>
  noticeSchema.parse({ title: "Thông báo", text: "Nội dung thông báo", source: "Xã", ...given })

interface Given {
  readonly procedures?: Procedure[]
  readonly documents?: KnowledgeDocument[]
  readonly notices?: Notice[]
  readonly cares?: Record<string, RecordCare>
}

function reasonsOf({ procedures = [], documents = [], notices = [], cares = {} }: Given) {
  const rows = upkeepOf({ procedures, documents, notices }, { cares: new Map(Object.entries(cares)), today: TODAY, days: 30 })
  return Object.fromEntries(
    rows.flatMap(({ key, reasons, successor }) =>
      reasons.length === 0 ? [] : [[key, [...reasons, ...(successor ? [`→ ${successor.key}`] : [])]]],
    ),
  )
}

describe("what is told and wants to be looked at", () => {
  it("has ended, ends soon, or is past the day by which it is looked through; the last day itself still counts", () => {
    const procedures = [
      procedure("1.900001", { effectiveTo: "2026-11-20" }),
      procedure("1.900002", { effectiveTo: "2026-11-21" }),
      procedure("1.900003", { effectiveTo: "2026-12-21" }),
      procedure("1.900004", { effectiveTo: "2026-12-22" }),
    ]
    const care = (reviewBy: string) => ({ ownerId: null, reviewBy })
    const documents = [document("a", { effectiveTo: "2026-01-01" }), document("b", {}), document("c", {})]
    const cares = { "document:b": care("2026-11-20"), "document:c": care("2026-11-21"), "procedure:b": care("2026-11-20") }
    expect(reasonsOf({ procedures, documents, cares })).toEqual({
      "1.900001": ["expired"],
      "1.900002": ["expiring"],
      "1.900003": ["expiring"],
      a: ["expired"],
      b: ["review_overdue"],
      c: ["review_due"],
    })
  })

  it("of the notices that follow each other waits for the newest alone", () => {
    const week = (monday: string) =>
      notice({ kind: "weekly_schedule", id: monday, who: "Chủ tịch", monday, entries: [{ date: monday, what: "Họp giao ban" }] })
    const year = (of: number) =>
      notice({ kind: "holidays", id: `nghi-${of}`, year: of, daysOff: [{ date: `${of}-01-01`, name: "Tết Dương lịch" }] })
    expect(reasonsOf({ notices: [week("2026-11-02"), week("2026-11-09")] })).toEqual({ "2026-11-09": ["expired"] })
    expect(reasonsOf({ notices: [week("2026-11-09"), week("2026-11-16")] })).toEqual({})
    expect(reasonsOf({ notices: [year(2025)] })).toEqual({ "nghi-2025": ["expired"] })
    expect(reasonsOf({ notices: [year(2025), year(2026)] })).toEqual({})
  })

  it("names the valid procedure that stands in the place of an ended one, and none that has ended itself", () => {
    const name = "Cấp bản sao trích lục"
    const old = procedure("1.900001", { name, legacy: true })
    expect(reasonsOf({ procedures: [old, procedure("1.900002", { name: name.toUpperCase() })] })).toEqual({
      "1.900001": ["superseded", "→ 1.900002"],
    })
    expect(reasonsOf({ procedures: [old, procedure("1.900002", { name, effectiveTo: "2026-01-01" })] })).toEqual({
      "1.900002": ["expired"],
    })
    expect(reasonsOf({ procedures: [procedure("1.900001", { name }), procedure("1.900002", { name })] })).toEqual({})
  })

  it("names the document that says it replaces another's number, of the same day where a day stands there", () => {
    const told = (text: string, older: Partial<KnowledgeDocument> = {}) =>
      reasonsOf({
        documents: [
          document("cu", { number: "05/2020/QĐ-UBND", date: "2020-03-04", ...older }),
          document("moi", { number: "9/2026/QĐ-UBND", date: "2026-02-01" }, text),
        ],
      })
    const found = { cu: ["superseded", "→ moi"] }
    expect(told("Quyết định này thay thế Quyết định số 5/2020/QĐ-UBND ngày 04 tháng 3 năm 2020 của UBND xã.")).toEqual(found)
    expect(told("Bãi bỏ Quyết định số 05/2020/QĐ-UBND ngày 4/3/2020.")).toEqual(found)
    expect(told("Quyết định số 05/2020/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.")).toEqual(found)
    expect(told("Quyết định này thay thế Quyết định số 05/2020/QĐ-UBND ngày 05/3/2020.")).toEqual({})
    expect(told("Căn cứ Quyết định số 05/2020/QĐ-UBND; thay thế Quyết định số 7/2021/QĐ-UBND.")).toEqual({})
    expect(told("Bãi bỏ khoản 2 Điều 3 Quyết định số 05/2020/QĐ-UBND.")).toEqual({})
    expect(told("Thay thế Quyết định số 05/2020/QĐ-UBND.", { date: "2026-03-01" })).toEqual({})
  })

  it("reads every number of a list that is ended together, and no date as a number", () => {
    const text = "Quyết định này thay thế Quyết định số 05/2020/QĐ-UBND ngày 04/3/2020 và Kế hoạch số 11/KH-UBND ngày 1/2/2021"
    expect(replacedBy(aDocument([text]))).toEqual([
      { number: "5/2020/qd-ubnd", date: "2020-03-04" },
      { number: "11/kh-ubnd", date: "2021-02-01" },
    ])
  })

  it("is found by reason, kind, owner and words, the most pressing first", () => {
    const rows = upkeepOf(
      {
        procedures: [procedure("1.900001", { name: "Nuôi ong", effectiveTo: "2026-12-01" }), procedure("1.900002", { name: "Khai tử" })],
        documents: [document("a", { title: "Kế hoạch nuôi ong", effectiveTo: "2026-01-01" })],
        notices: [],
      },
      { cares: new Map([["procedure:1.900002", { ownerId: "an", reviewBy: "2026-11-30" }]]), today: TODAY, days: 30 },
    )
    const keys = (wish: Partial<Parameters<typeof findUpkeep>[1]>) =>
      findUpkeep(rows, { show: "", kind: "", ownerId: "", q: "", sort: "due", ...wish }).map(({ key }) => key)
    expect(keys({})).toEqual(["a", "1.900001", "1.900002"])
    expect(keys({ sort: "-due" })).toEqual(["1.900002", "1.900001", "a"])
    expect(keys({ sort: "name" })).toEqual(["a", "1.900002", "1.900001"])
    expect(keys({ q: "ong nuoi" })).toEqual(["a", "1.900001"])
    expect(keys({ show: "expiring" })).toEqual(["1.900001"])
    expect(keys({ kind: "document" })).toEqual(["a"])
    expect(keys({ ownerId: "an" })).toEqual(["1.900002"])
  })
})
