import { describe, expect, it } from "vitest"
import { openCommune, procedure, PROCEDURES } from "./small-commune.ts"

const OLD = "Hỗ trợ tiền hương khói đối với người cao tuổi"
const POOR = "Hỗ trợ tiền hương khói cho hộ nghèo"
const fee = (text: string, amount: number) => ({
  methods: [{ channel: "in_person", fees: [{ kind: "lệ phí", text, status: "amount", amount }] }],
})
const papers = (...names: string[]) => ({ dossier: [{ papers: names.map((name) => ({ name })) }] })
const LONG = Array.from(
  { length: 9 },
  (_, i) => `Giấy xác nhận dài dòng của trưởng thôn về hoàn cảnh gia đình, bản thứ ${"abcdefghi"[i] ?? ""}`,
)

const withTwo = (old: object, poor: object) =>
  openCommune({ procedures: [...PROCEDURES, procedure("1.900090", OLD, old), procedure("1.900091", POOR, poor)] })

describe("when asked back which of two is meant", () => {
  it("what was asked is told of each under its name, with its source, before the question", async () => {
    const { ask } = await withTwo(fee("12.000 đồng", 12_000), fee("7.000 đồng", 7000))
    const { status, text, fields, citations, procedure: chosen, choices } = await ask("tiền hương khói lệ phí bao nhiêu")
    expect(status).toBe("clarification")
    expect(chosen).toBeUndefined()
    const [first, second] = choices.map((c) => c.label)
    expect(text.indexOf(`“${first ?? ""}”`)).toBeLessThan(text.indexOf(`“${second ?? ""}”`))
    for (const said of ["12.000 đồng", "7.000 đồng", "Nguồn: Quyết định công bố thử"]) expect(text).toContain(said)
    expect(text.split("\n").at(-1)).toContain("ông/bà cần việc nào dưới đây ạ?")
    expect(fields).toEqual({ fee: first === OLD ? "12.000 đồng" : "7.000 đồng" })
    expect(citations.map((c) => c.sourceId).sort()).toEqual(["1.900090", "1.900091"])
  })

  it("what all of them say is told once", async () => {
    const same = fee("12.000 đồng", 12_000)
    const { ask } = await withTwo({ ...same, ...papers("Giấy khai tử") }, { ...same, ...papers("Sổ hộ nghèo") })
    const { status, text, citations } = await ask("tiền hương khói lệ phí bao nhiêu, cần giấy tờ gì")
    expect(status).toBe("clarification")
    expect(text.match(/12\.000 đồng/g)).toHaveLength(1)
    expect(text).toContain("Giấy khai tử")
    expect(text).toContain("Sổ hộ nghèo")
    expect(new Set(citations.map((c) => c.sourceId)).size).toBe(2)
  })

  it("a long list is told in short, and only of the likeliest", async () => {
    const { ask } = await withTwo(papers(...LONG), papers(...LONG, "Sổ hộ nghèo"))
    const { text, fields } = await ask("tiền hương khói cần giấy tờ gì")
    expect(text.match(/Nếu là việc/g)).toHaveLength(1)
    expect(text).toContain("và các mục khác")
    expect(fields.dossier?.split("\n").length).toBeGreaterThanOrEqual(LONG.length)
  })

  it("nothing is told where what is nearest is hardly likely to be meant", async () => {
    const { ask } = await openCommune()
    const { status, fields, citations } = await ask("lệ phí bao nhiêu")
    expect({ status, fields, citations }).toEqual({ status: "clarification", fields: {}, citations: [] })
  })
})
