import { describe, expect, it } from "vitest"
import { analyze } from "../../rag/index/analyzer.ts"
import { confidenceOf } from "../../rag/procedures/confidence.ts"
import type { AnswerContext } from "../../rag/types.ts"
import { deniedOtherwise } from "../../rag/understand/denied.ts"
import { higherLevelWords, lacksHigherLevel } from "../../rag/understand/higher-levels.ts"
import { tokenize } from "../../rag/vietnamese/syllables.ts"
import { BIRTH, openCommune, procedure, PROCEDURES, read } from "./small-commune.ts"

describe("what a name says of its case", () => {
  const CHECKED = "9.600001"
  const UNCHECKED = "9.600002"
  const NAME = "Cấp giấy phép nuôi chim đối với trường hợp"
  const birds = openCommune({
    procedures: [
      procedure(CHECKED, `${NAME} phải kiểm tra sức khỏe`, { place: "Trạm A" }),
      procedure(UNCHECKED, `${NAME} không phải kiểm tra sức khỏe`, { place: "Trạm B" }),
    ],
  })

  it.each([
    [CHECKED, "giấy phép nuôi chim đối với trường hợp phải kiểm tra sức khỏe nộp ở đâu"],
    [UNCHECKED, "giấy phép nuôi chim đối với trường hợp không phải kiểm tra sức khỏe nộp ở đâu"],
    [UNCHECKED, "giay phep nuoi chim khong phai kiem tra suc khoe nop o dau"],
  ])("is taken at its word: %s for “%s”", async (code, question) => {
    const { ask } = await birds
    expect(await ask(question)).toMatchObject({ status: "answered", procedure: { code } })
  })

  it("says nothing against an act that somebody has not done yet, nor where one only asks", () => {
    const birth = procedure("9.600003", "Đăng ký khai sinh cho trẻ phải đăng ký muộn")
    for (const question of ["con tôi chưa đăng ký khai sinh", "có phải nộp lệ phí không", "phải làm sao"])
      expect(deniedOtherwise(tokenize(question), birth), question).toBe(false)
  })
})

describe("a matter of another level that a name mentions only as the occasion", () => {
  const way = procedure("9.600004", "Xác nhận lối đi khi tách thửa đất", { aliases: ["mở ngõ để tách thửa"] })

  it("is not what the procedure is about", async () => {
    expect(lacksHigherLevel(higherLevelWords(tokenize("tách thửa đất")), way)).toBe(true)
    expect(lacksHigherLevel(higherLevelWords(tokenize("xác nhận lối đi khi tách thửa")), way)).toBe(false)
    const { ask } = await openCommune({ procedures: [...PROCEDURES, way] })
    expect(await ask("tách thửa")).toMatchObject({ status: "clarification" })
    expect((await ask("xác nhận lối đi khi tách thửa")).procedure?.code).toBe(way.code)
  })
})

describe("who hands it in for whom", () => {
  const QUESTION = "Nhờ người khác nộp hồ sơ thay được không?"

  it("names no procedure: it is asked which one is meant", async () => {
    const { ask } = await openCommune()
    const { status, procedure: told, choices } = await ask(QUESTION)
    expect({ status, told, choices: choices.map((choice) => choice.id) }).toEqual({
      status: "clarification",
      told: undefined,
      choices: ["human"],
    })
  })

  it("is asked of the procedure talked about", async () => {
    const { answer } = await openCommune()
    const before = await answer({ text: "đăng ký khai sinh cần gì" })
    const context: AnswerContext | null = before.context
    expect(before.procedure?.code).toBe(BIRTH)
    expect((await answer({ text: QUESTION, context })).procedure?.code).toBe(BIRTH)
  })
})

describe("school before the age", () => {
  it("is no matter of lunch money", () => {
    for (const question of ["cho con học mẫu giáo sớm được không", "con 5 tuổi vào lớp 1 sớm được không"])
      expect(read(question).meanings, question).toContain("học trước tuổi")
    expect(read("con học mẫu giáo có được hỗ trợ ăn trưa không").meanings).not.toContain("học trước tuổi")
  })
})

describe("words that look like others without their marks", () => {
  const weightOf = (question: string, word: string) => read(question).terms.find((term) => term.term === word)?.weight ?? 0

  it("“muon” wants something where a verb follows, and is late after what is due", () => {
    expect(weightOf("giay khai sinh sai nam sinh muon sua lai", "muon")).toBeLessThan(0.5)
    expect(weightOf("dang ky khai sinh muon", "muon")).toBe(1)
  })

  it("a place is no mistake, and a yard no monument", () => {
    expect([...read("chau o sai gon ve").variants]).not.toContain("correction_of_error")
    expect([...read("ten bi sai").variants]).toContain("correction_of_error")
    expect(read("trong vuon nha co phai xin phep khong").meanings).not.toContain("di tích")
    expect(read("sửa cái nhà cổ của dòng họ").meanings).toContain("di tích")
  })
})

describe("what is lost", () => {
  it.each(["mất thẻ bảo hiểm y tế", "thẻ bảo hiểm y tế bị mất", "the bao hiem y te bi mat"])(
    "is understood whichever comes first: %s",
    (said) => {
      expect(read(`${said} làm lại ở đâu`).meanings.join()).toContain("sổ bhxh, thẻ bhyt")
    },
  )
})

describe("phrases that may mean several things", () => {
  it("do not speak against the procedure that one of them means", async () => {
    const lamp = procedure("9.700001", "Đăng ký đèn lồng")
    const { live, base } = await openCommune({ procedures: [lamp, procedure("9.700002", "Hỗ trợ chi phí dầu đèn hằng tháng")] })
    const at = base.procedures.findIndex((p) => p.code === lamp.code)
    const sure = (meanings: readonly string[]) => {
      const reading = { ...read("đèn lồng"), meanings }
      const terms = [...reading.terms, ...meanings.flatMap((m) => analyze(m)).map((term) => ({ term, weight: 0.75 }))]
      const features = live.procedures.features({ ...reading, terms }, null).find((f) => f.procedure === at)
      if (!features) throw new Error("not found")
      const ranked = { procedure: at, score: 1, features: { ...features, titleCoverage: 0.7, names: 0.7 }, parts: {} }
      return confidenceOf(ranked, { next: null, reading: { ...reading, terms }, index: live.procedures, record: lamp })
    }
    const right = "đăng ký đèn lồng"
    const other = "hỗ trợ chi phí dầu đèn hằng tháng"
    expect(sure([other, right])).toBeCloseTo(sure([right]), 5)
    expect(sure([other])).toBeLessThan(sure([right]))
  })
})
