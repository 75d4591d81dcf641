import { describe, expect, it } from "vitest"
import { tokenize } from "../../rag/vietnamese/syllables.ts"
import { asideTokens } from "../../rag/understand/focus.ts"
import { rank } from "../../rag/procedures/ranking.ts"
import { titlesOf } from "../../rag/procedures/titles.ts"
import { openCommune, procedure, PROCEDURES, read } from "./small-commune.ts"

const FOUND_PRIVATE = "9.100001"
const FOUND_SINGLE = "9.100002"
const CONVERT = "9.100003"
const DISSOLVE = "9.100004"
const PAUSE = "9.100005"
const enterprises = openCommune({
  procedures: [
    ...PROCEDURES,
    procedure(FOUND_PRIVATE, "Đăng ký thành lập doanh nghiệp tư nhân"),
    procedure(FOUND_SINGLE, "Đăng ký thành lập công ty TNHH một thành viên"),
    procedure(CONVERT, "Chuyển đổi doanh nghiệp tư nhân thành công ty hợp danh, công ty trách nhiệm hữu hạn một thành viên", {
      steps: ["Doanh nghiệp tư nhân chuyển đổi thành công ty trách nhiệm hữu hạn một thành viên nộp hồ sơ."],
    }),
    procedure(DISSOLVE, "Giải thể doanh nghiệp"),
    procedure(PAUSE, "Thông báo tạm ngừng kinh doanh, tiếp tục kinh doanh trước thời hạn đã thông báo (doanh nghiệp, chi nhánh)"),
  ],
})
const first = async (question: string) => {
  const { answer } = await enterprises
  return (await answer({ text: question })).candidates[0]?.code
}

describe("a kind of enterprise", () => {
  it.each([
    ["DNTN khác gì công ty TNHH 1 thành viên?", FOUND_PRIVATE],
    ["công ty TNHH 1 thành viên khác gì DNTN?", FOUND_SINGLE],
    ["cty tnhh 1 thanh vien la gi", FOUND_SINGLE],
    ["doanh nghiệp tư nhân chuyển đổi thành công ty TNHH thế nào", CONVERT],
    ["giải thể công ty cần những gì", DISSOLVE],
    ["công ty em tạm nghỉ 1 năm thì báo ai", PAUSE],
  ])("“%s” is about its beginning, unless an act is named: %s", async (question, code) => {
    expect(await first(question)).toBe(code)
  })
})

describe("what stands beside the matter", () => {
  const aside = (text: string) => [...asideTokens(tokenize(text)).keys()].map((at) => tokenize(text)[at]?.text)
  it("is the other side of a comparison, and an exception up to its end", () => {
    expect(aside("khai sinh khác gì trích lục")).toEqual(["khác", "gì", "trích", "lục"])
    expect(aside("giấy phép nuôi cá (trừ cá cảnh, cá giống)")).toEqual(["trừ", "cá", "cảnh", "cá", "giống"])
    expect(aside("bán phân bón, trừ sâu thì cần gì")).toEqual([])
    expect(read("giấy phép nuôi cá (trừ cá có yếu tố nước ngoài)").variants.size).toBe(0)
  })

  it("is no part of a procedure's names where they except it", () => {
    const titles = titlesOf(procedure("9.200001", "Cấp giấy phép nuôi cá (trừ cá cảnh) trên sông"))
    expect(titles.map((title) => title.text)).toContain("Cấp giấy phép nuôi cá trên sông")
    expect(titles.some((title) => title.text.includes("cảnh"))).toBe(false)
  })

  it("an exception is not what is asked for: the procedure for the excepted is", async () => {
    const { answer } = await openCommune({
      procedures: [
        procedure("9.200002", "Cấp giấy chứng nhận trại cá (trừ trại cá giống bố mẹ)"),
        procedure("9.200003", "Cấp giấy chứng nhận trại cá (đối với trại cá giống bố mẹ)"),
      ],
    })
    expect((await answer({ text: "cấp giấy chứng nhận trại cá giống bố mẹ" })).candidates[0]?.code).toBe("9.200003")
  })
})

describe("an act that opens a name", () => {
  const LOST = "9.300002"
  const papers = openCommune({
    procedures: [
      procedure("9.300001", "Cấp sổ lái đò", { aliases: ["sổ lái đò"] }),
      procedure(LOST, "Cấp lại sổ lái đò"),
      procedure("9.300003", "Cấp, cấp lại sổ chèo thuyền"),
    ],
  })

  it("makes it the rarer one until the act is called for", async () => {
    const { answer, live } = await papers
    const variants = live.traits.map((traits) => [...traits.variants])
    expect(variants).toEqual([[], ["re_issue"], []])
    expect((await answer({ text: "sổ lái đò" })).candidates[0]?.code).toBe("9.300001")
    expect((await answer({ text: "bị mất sổ lái đò xin cấp lại" })).candidates[0]?.code).toBe(LOST)
  })
})

describe("what happens to a paper that somebody has already", () => {
  const LICENCE = "9.500001"
  const papers = openCommune({
    procedures: [procedure(LICENCE, "Cấp giấy phép lái đò ngang"), procedure("9.500002", "Gia hạn giấy phép lái đò ngang")],
  })

  it("speaks against the procedure by which it comes about", async () => {
    const { live, answer, base } = await papers
    const unasked = (text: string) => {
      const reading = read(text)
      const ranked = rank(reading, live.procedures.features(reading, null), {
        procedures: base.procedures,
        traits: live.traits,
        locality: null,
        today: "2026-11-21",
      })
      return ranked.find(({ procedure: at }) => base.procedures[at]?.code === LICENCE)?.parts["unasked"]
    }
    expect(live.traits.map((traits) => traits.isBeginning)).toEqual([true, false])
    expect(unasked("giấy phép lái đò")).toBeCloseTo(0)
    expect(unasked("giấy phép lái đò hết hạn")).toBeLessThan(0)
    expect((await answer({ text: "giấy phép lái đò ngang hết hạn" })).candidates[0]?.code).toBe("9.500002")
  })
})

describe("two levels of government with one procedure", () => {
  const NAME = "Cấp thẻ lưu trú cho khách"
  const both = openCommune({
    procedures: [
      procedure("9.400001", `${NAME} (thực hiện tại cấp trung ương)`, { levels: ["ministry"], place: "Cục A" }),
      procedure("9.400002", `${NAME} (thực hiện tại cấp tỉnh)`, { levels: ["province"], place: "Sở A" }),
    ],
  })

  it("are not asked back about: the nearer one answers", async () => {
    const { ask } = await both
    expect(await ask("cấp thẻ lưu trú cho khách nộp ở đâu")).toMatchObject({ status: "answered", procedure: { code: "9.400002" } })
  })
})

describe("a wish and what it is for", () => {
  it("giving up a nationality in order to take another is about giving it up", () => {
    const { meanings, terms } = read("xin thôi quốc tịch để nhập quốc tịch Đức")
    expect(meanings[0]).toBe("thôi quốc tịch việt nam")
    expect(meanings).not.toContain("nhập quốc tịch việt nam")
    expect(terms.find(({ term }) => term === "nhap")?.weight).toBeLessThan(1)
  })
})
