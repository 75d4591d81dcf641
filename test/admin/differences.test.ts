import { describe, expect, it } from "vitest"
import { differencesOf } from "../../admin/publishing/differences.ts"
import { documentItem, type KnowledgeItem, noticeItem } from "../../knowledge/item.ts"
import { noticeSchema } from "../../knowledge/notice.ts"
import type { Procedure } from "../../knowledge/procedure.ts"
import { aDocument, aProcedure } from "../knowledge/samples.ts"

const time = { text: "3 ngày", amount: 3, unit: "working_day", certain: true } as const
const fee = { kind: "lệ phí", text: "8.000 đồng/bản", status: "amount", amount: 8000, per: "bản", exemptions: null } as const
const byPost = { channel: "post", time, fees: [fee], note: null } as const
const FULL: Partial<Procedure> = { methods: [{ ...byPost, fees: [fee] }], steps: ["Nộp đơn", "Nhận giấy"] }
const full = (more: Partial<Procedure> = {}) => aProcedure("1.900001", { ...FULL, ...more })

describe("what differs between two wordings", () => {
  it("is told by fields and lines that a clerk knows", () => {
    const after = full({
      methods: [{ ...byPost, fees: [{ ...fee, text: "10.000 đồng/bản", amount: 10_000 }], time: { ...time, text: "5 ngày", amount: 5 } }],
      steps: ["Nộp đơn", "Chờ", "Nhận giấy"],
      effectiveFrom: "2026-12-01",
      dossier: [{ title: "Ủy quyền", papers: [{ name: "Giấy ủy quyền", originals: 1, copies: null, form: null, note: false }] }],
    })
    expect(differencesOf(full(), after)).toEqual([
      {
        field: "Phí, lệ phí (nộp qua bưu chính)",
        before: ["lệ phí: 8.000 đồng/bản (số tiền 8.000 đồng; tính cho bản)"],
        after: ["lệ phí: 10.000 đồng/bản (số tiền 10.000 đồng; tính cho bản)"],
      },
      {
        field: "Thời hạn giải quyết (nộp qua bưu chính)",
        before: ["3 ngày (3 ngày làm việc)"],
        after: ["5 ngày (5 ngày làm việc)"],
      },
      { field: "Trình tự thực hiện", before: [], after: ["Chờ"] },
      { field: "Có hiệu lực từ", before: [], after: ["01/12/2026"] },
      { field: "Thành phần hồ sơ – Ủy quyền", before: [], after: ["Giấy ủy quyền (bản chính: 1)"] },
    ])
  })

  it("is told also where only the figure behind the words, or only the order changed", () => {
    const hidden = full({ methods: [{ ...byPost, fees: [{ ...fee, amount: 80_000 }] }] })
    expect(differencesOf(full(), hidden)).toMatchObject([{ after: ["lệ phí: 8.000 đồng/bản (số tiền 80.000 đồng; tính cho bản)"] }])
    expect(differencesOf(full(), full({ steps: ["Nhận giấy", "Nộp đơn"] }))).toEqual([
      { field: "Trình tự thực hiện", before: ["Nộp đơn", "Nhận giấy"], after: ["Nhận giấy", "Nộp đơn"] },
    ])
  })

  it("is all of a record that is new or shall go, and nothing of one that stays", () => {
    expect(differencesOf(full(), full())).toEqual([])
    const [came, went] = [differencesOf(null, full()), differencesOf(full(), null)]
    expect(came.map(({ field, after }) => ({ field, lines: after }))).toEqual(went.map(({ field, before }) => ({ field, lines: before })))
    expect(came.length).toBeGreaterThan(5)
  })

  const changes: readonly (readonly [string, KnowledgeItem, object])[] = [
    ["a procedure's level", full(), { levels: ["province"] }],
    ["a procedure's place", full(), { place: "Quầy 5" }],
    ["a procedure's validity", full(), { effectiveTo: "2026-12-31" }],
    ["a procedure's age", full(), { legacy: true }],
    ["a way of handing in", full(), { methods: [] }],
    ["a form's address", full(), { forms: [{ name: "Mẫu 1", url: "https://example.vn/1" }] }],
    [
      "a document's text",
      documentItem(aDocument(["Chữ"])),
      { sections: [{ path: ["I"], page: 2, blocks: [{ kind: "item", text: "Mới" }] }] },
    ],
    ["a document's comparison", documentItem(aDocument(["Chữ"])), { verified: false }],
    [
      "a notice's telephone",
      noticeItem(
        noticeSchema.parse({ kind: "contact", id: "a", title: "Liên hệ", text: "Gọi số 1", source: "Xã", role: "Trực", phone: "111" }),
      ),
      { phone: "222" },
    ],
  ]
  it.each(changes)("misses no change of %s", (_, item, more) => {
    const after = { ...item, body: { ...item.body, ...more } } as KnowledgeItem
    expect(differencesOf(item, after).length).toBeGreaterThan(0)
  })
})
