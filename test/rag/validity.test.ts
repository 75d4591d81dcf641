import { describe, expect, it } from "vitest"
import { CLEANING, openCommune, procedure, PROCEDURES } from "./small-commune.ts"

// The small commune's clock stands at 10:00 on 21/11/2026 in Vietnam.
const everyday = PROCEDURES.find((p) => !p.legacy)
const named = (effectiveTo: string | null) => PROCEDURES.map((p) => (p === everyday ? { ...p, effectiveTo } : p))
const question = `${everyday?.name ?? ""} cần giấy tờ gì`

it("a procedure is answered from on its last day, and named but never quoted from the day after", async () => {
  const onTheLastDay = await openCommune({ procedures: named("2026-11-21") })
  expect(await onTheLastDay.ask(question)).toMatchObject({ status: "answered", procedure: { code: everyday?.code } })
  const theDayAfter = await openCommune({ procedures: named("2026-11-20") })
  const answer = await theDayAfter.ask(question)
  expect(answer).toMatchObject({ status: "expired_source", fields: {}, citations: [] })
  expect(answer.text).toContain("20/11/2026")
})

it("a follow-up on a procedure that has ended meanwhile is not answered from it either", async () => {
  const commune = await openCommune({ procedures: named("2026-11-20") })
  const answer = await commune.ask("thế lệ phí bao nhiêu?", { context: { procedureCode: everyday?.code ?? "" } })
  expect(answer).toMatchObject({ status: "expired_source", fields: {} })
})

it("a document past its end says so instead of answering", async () => {
  const text = CLEANING.sections[0]?.blocks[0]?.text ?? ""
  const valid = await openCommune({ documents: [CLEANING], procedures: [] })
  const before = await valid.ask(text)
  expect(before.status).toBe("answered")
  const ended = await openCommune({ documents: [{ ...CLEANING, effectiveTo: "2026-10-31" }], procedures: [] })
  const after = await ended.ask(text)
  expect(after).toMatchObject({ status: "expired_source", citations: [] })
  expect(after.text).toContain("31/10/2026")
})

it("a record that has ended hides no valid one: neither of the same name nor one that means the same", async () => {
  const well = (code: string, name: string, more: object) => procedure(code, name, { aliases: ["xin khoan giếng"], ...more })
  const old = well("1.900061", "Cấp giấy phép khoan giếng", { legacy: true })
  for (const name of ["Cấp giấy phép khoan giếng", "Cấp giấy phép khoan giếng khơi"]) {
    const { ask } = await openCommune({ procedures: [...PROCEDURES, old, well("1.900062", name, {})] })
    expect(await ask("xin khoan giếng cần gì"), name).toMatchObject({ procedure: { code: "1.900062" } })
  }
  const { ask } = await openCommune({ procedures: [...PROCEDURES, old, procedure("1.900063", "Cấp giấy phép xả thải", {})] })
  expect((await ask("xin khoan giếng cần gì")).status).toBe("expired_source")
})

it("a record that ended by its day steps back too, and its code still tells that it ended", async () => {
  const well = (code: string, effectiveTo: string | null) => procedure(code, "Cấp giấy phép khoan giếng", { effectiveTo })
  const { ask } = await openCommune({ procedures: [...PROCEDURES, well("1.900064", "2026-11-20"), well("1.900065", null)] })
  expect((await ask("cấp giấy phép khoan giếng cần gì")).procedure?.code).toBe("1.900065")
  expect(await ask("1.900064 cần gì")).toMatchObject({ status: "expired_source", fields: {} })
})

describe("a record from before the two-tier government", () => {
  const old = (more: object) =>
    procedure("1.900066", "Cấp giấy phép khoan giếng", {
      legacy: true,
      source: { title: "Cơ sở dữ liệu quốc gia", url: "https://example.vn/1.900066" },
      ...{ place: "Ủy ban nhân dân cấp xã", authority: "" },
      dossier: [{ papers: [{ name: "Đơn xin khoan giếng" }] }],
      steps: ["Phòng Quản lý đô thị xem xét."],
      methods: [
        { channel: "in_person", time: { text: "25 ngày" }, fees: [{ kind: "phí", text: "70.000 đồng", status: "amount", amount: 70000 }] },
      ],
      ...more,
    })
  const asked = async (question: string, more: object = {}) =>
    (await openCommune({ procedures: [...PROCEDURES, old(more)] })).ask(`cấp giấy phép khoan giếng ${question}`)

  it("is told for reference where the portal still lists it, with the warning first and never as an answer", async () => {
    const answer = await asked("cần giấy tờ gì, bao lâu, nộp ở đâu")
    expect(answer.status).toBe("expired_source")
    expect(answer.fields).toEqual({ dossier: "Đơn xin khoan giếng", time: "25 ngày", place: "Ủy ban nhân dân cấp xã" })
    const at = ["01/7/2025", "có thể không còn đúng", "Đơn xin khoan giếng"].map((part) => answer.text.indexOf(part))
    expect(at).toEqual([...at].sort((a, b) => a - b))
    expect(at[0]).toBeGreaterThan(0)
    expect(answer.citations.map(({ sourceId }) => sourceId)).toEqual(["1.900066", "1.900066", "1.900066"])
  })

  it("tells no fee, and nothing that names a body of the past", async () => {
    const answer = await asked("lệ phí bao nhiêu", { place: "Ủy ban nhân dân cấp huyện" })
    expect(answer.fields).toEqual({ dossier: "Đơn xin khoan giếng" })
    expect(answer.text).not.toMatch(/70\.000|huyện|đô thị/)
    expect(answer.text).toContain("chưa ghi rõ mức thu")
  })

  it("says nothing of what the portal does not list any more", async () => {
    const answer = await asked("cần giấy tờ gì", { source: { title: "Bản in năm 2024" } })
    expect(answer).toMatchObject({ status: "expired_source", fields: {}, citations: [] })
  })
})
