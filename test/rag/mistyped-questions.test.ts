import { describe, expect, it } from "vitest"
import { withSlips } from "../../rag/evaluation/slips.ts"
import { BIRTH, BUILDING, COPY, DEATH, MARRIAGE, openCommune } from "./small-commune.ts"

const { ask, answer } = await openCommune()

describe("an old citizen who mistypes on a phone", () => {
  it("still reads the fee", async () => {
    const fee = await ask("xin phep xay nhaf het bao nhieuu tien vay chau")
    expect(fee).toMatchObject({ status: "answered", procedure: { code: BUILDING } })
    expect(fee.fields.fee).toContain("65.000 đồng")
    const copy = await ask("chug thuc bna sao gaiy to, lephi bao nhieu")
    expect(copy).toMatchObject({ status: "answered", procedure: { code: COPY } })
    expect(copy.fields.fee).toContain("2.000 đồng")
  })

  it.each([
    ["làm giấyykhai sinh cho cháuu cần giấy tờ ggì", BIRTH, "dossier"],
    ["ddang ky ket hon can mang theoo gi", MARRIAGE, "dossier"],
    ["khai tửu cho ông nội mấtt bao lâuu", DEATH, "time"],
    ["xaay nhà thì nộp hồ sơ ởđâu", BUILDING, "place"],
    ["nàm giấy khai xinh nộp ở đâuu", BIRTH, "place"],
  ] as const)("is understood: “%s”", async (typed, code, field) => {
    const told = await ask(typed)
    expect(told.procedure?.code).toBe(code)
    expect(told.fields).toHaveProperty(field)
  })

  it("goes on asking about the same procedure", async () => {
    const first = await ask("đăng ký kếtt hôn cần gì")
    const second = await answer({ text: "thếế lệ phís bao nhiêuu", context: first.context })
    expect(second.procedure?.code).toBe(MARRIAGE)
    expect(second.fields.fee).toContain("Miễn lệ phí")
  })

  it("is shown the own words, as typed, when asked back", async () => {
    const vague = await ask("đăng kýs")
    expect(vague.maskedQuestion).toBe("đăng kýs")
    expect(vague.trace.find((step) => step.step === "repair")?.verdict).toBe("repaired")
  })

  it("gets the same procedure however the thumb slips", async () => {
    const question = "chứng thực bản sao từ bản chính giấy tờ mất bao nhiêu tiền"
    const codes = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(async (seed) => (await ask(withSlips(question, seed))).procedure?.code))
    expect(new Set(codes)).toEqual(new Set([COPY]))
  })
})

describe("a slip hides nothing that must be seen", () => {
  it.each(["nhà em đang cháyy", "bà tôi bị đột quỵj", "con tôi đang bị đánhh"])("a cry for help: “%s”", async (typed) => {
    expect((await ask(typed)).status).toBe("emergency")
  })

  it("a denunciation, which then stands nowhere in what is kept", async () => {
    const told = await ask("tôi muốn toos cáo oong chủ tịch ăn đất")
    expect(told.status).toBe("routed_denunciation")
    expect(JSON.stringify({ masked: told.maskedQuestion, trace: told.trace })).not.toMatch(/toos|cáo oong|ăn đất/)
  })
})
