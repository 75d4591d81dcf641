import { describe, expect, it } from "vitest"
import type { Answer, AnswerContext, Question } from "../../rag/types.ts"
import { confidenceOf } from "../../rag/procedures/confidence.ts"
import { withFigures } from "../../rag/understand/figures-in-words.ts"
import { ANIMALS, BUILDING, DEATH, HOTLINE, MARRIAGE_FOREIGN, OLD_BOOK, openCommune, procedure, PROCEDURES, read } from "./small-commune.ts"

const commune = await openCommune()
const { ask } = commune

/** A conversation: each answer's context goes along with the next question. */
async function lastOfTalk(...turns: (string | Question)[]): Promise<Answer> {
  let context: AnswerContext | null = null
  let last: Answer | null = null
  for (const turn of turns) {
    last = await commune.answer({ ...(typeof turn === "string" ? { text: turn } : turn), context })
    context = last.context
  }
  if (!last) throw new Error("nobody asked")
  return last
}

describe("the question at a story's end", () => {
  it("is what is answered, whatever else the story is about", async () => {
    const story =
      "Nhà em ở xa mới về, ông nội già yếu rồi mất hôm qua, hàng xóm bảo ra xã ngay, giờ em muốn hỏi đăng ký khai tử cần giấy tờ gì ạ"
    expect((await ask(story)).procedure?.code).toBe(DEATH)
  })
})

describe("the common case", () => {
  const CLUB = "Công nhận câu lạc bộ dưỡng sinh"
  const clubs = openCommune({
    procedures: [...PROCEDURES, procedure("1.900080", `${CLUB} do thôn lập`), procedure("1.900081", `${CLUB} do hội lập`)],
  })

  it("is answered where names differ only by what the question leaves open; the other is offered", async () => {
    const answer = await (await clubs).ask("công nhận câu lạc bộ dưỡng sinh cần gì")
    expect(answer.procedure?.name).toContain(CLUB)
    expect(answer.choices.filter((c) => c.id.startsWith("p:1.90008"))).toHaveLength(1)
  })

  it("is asked back about where it decides what to bring: the choices are the true rivals, no old records, no rare variants", async () => {
    const grant = "Hỗ trợ tiền hương khói"
    const papers = (name: string) => ({ dossier: [{ papers: [{ name }] }] })
    const { ask } = await openCommune({
      procedures: [
        ...PROCEDURES,
        procedure("1.900090", `${grant} đối với người cao tuổi`, papers("Giấy khai tử")),
        procedure("1.900091", `${grant} cho hộ nghèo`, papers("Sổ hộ nghèo")),
        procedure("1.900092", `${grant} (hồ sơ cũ)`, { ...papers("Đơn cũ"), legacy: true }),
        procedure("1.900093", `${grant} có yếu tố nước ngoài`, papers("Hộ chiếu")),
      ],
    })
    const { status, choices } = await ask("tiền hương khói")
    expect(status).toBe("clarification")
    expect(choices.map((c) => c.id)).toEqual(["p:1.900090", "p:1.900091", "human"])
    expect((await ask(`${grant} cho hộ nghèo cần gì`)).procedure?.code).toBe("1.900091")
  })

  it("is not asked about for a name with one everyday meaning, whatever rare variants share it", async () => {
    for (const name of ["khai sinh", "kết hôn", "dang ky ket hon"]) expect(await ask(name), name).toMatchObject({ status: "answered" })
  })

  it("is asked back about where the question itself fits both", async () => {
    expect(await ask("hỗ trợ giống")).toMatchObject({ status: "clarification" })
  })

  it("gives way to the rare one whose name the citizen writes out", async () => {
    expect((await ask("đăng ký kết hôn có yếu tố nước ngoài cần gì")).procedure?.code).toBe(MARRIAGE_FOREIGN)
  })
})

describe("matters of another level of government", () => {
  it("are not taken for a commune's procedure that shares the small words", async () => {
    const { ask } = await openCommune({ procedures: [...PROCEDURES, procedure("1.900095", "Đăng ký thành lập tổ đan lưới")] })
    expect((await ask("đăng ký thành lập tổ đan lưới cần gì")).procedure?.code).toBe("1.900095")
    for (const asked of ["đăng ký thành lập công ty cổ phần cần gì", "đăng ký thành lập văn phòng đại diện cần gì"])
      expect((await ask(asked)).status, asked).not.toBe("answered")
  })
})

describe("numbers inside names", () => {
  const school = openCommune({
    procedures: [...PROCEDURES, procedure("1.900085", "Tuyển sinh trung học cơ sở (lớp 6)", { aliases: ["xin cho con vào lớp 6"] })],
  })

  it("are compared: “lớp 1” is not answered with lớp 6, which is only offered", async () => {
    for (const asked of ["xin cho con vào lớp 1 cần gì", "xin cho con vào lớp một cần gì"]) {
      const answer = await (await school).ask(asked)
      expect(answer.status).toBe("no_source")
      expect(answer.choices.map((c) => c.id)).toContain("p:1.900085")
      expect(answer.text).toContain(HOTLINE)
    }
    for (const asked of ["xin cho con vào lớp 6 cần gì", "xin cho con vào lớp sáu cần gì"])
      expect((await (await school).ask(asked)).procedure?.code, asked).toBe("1.900085")
  })

  it("are read where they are written in words, and only there", () => {
    expect(withFigures("bà tám mươi lăm tuổi")).toBe("bà 85 tuổi")
    expect(withFigures("ba muoi ngay")).toBe("30 ngay")
    expect(withFigures("mười tuổi, mười hai tuổi")).toBe("10 tuổi, 12 tuổi")
    for (const same of ["sau ngày cưới", "ba mẹ tôi", "trợ cấp một lần", "năm ngoái"]) expect(withFigures(same)).toBe(same)
  })

  it("a code that nothing has is refused, whatever the rest of the question resembles", async () => {
    expect(await ask("thủ tục 1.999999 đăng ký kết hôn cần gì")).toMatchObject({ status: "no_source", fields: {} })
  })
})

describe("the procedure talked about", () => {
  it.each(["cảm ơn", "bao giờ dọn vệ sinh đường làng"])("is still known after “%s”", async (between) => {
    const answer = await lastOfTalk("xin phép xây nhà cần gì", between, "thế lệ phí bao nhiêu")
    expect(answer).toMatchObject({ procedure: { code: BUILDING } })
    expect(answer.text).toContain("65.000 đồng")
  })

  it("is forgotten after a few such turns", async () => {
    const thanks = ["cảm ơn", "cảm ơn", "cảm ơn", "cảm ơn"]
    expect((await lastOfTalk("xin phép xây nhà cần gì", ...thanks, "thế lệ phí bao nhiêu")).procedure).toBeUndefined()
  })

  it("is not taken up again after something else was asked in vain", async () => {
    expect((await lastOfTalk("xin phép xây nhà cần gì", "cách nuôi khủng long trong ao", "thế lệ phí bao nhiêu")).procedure).toBeUndefined()
  })

  it("is what was asked back about, when the citizen asks on instead of choosing", async () => {
    const answer = await lastOfTalk("hỗ trợ giống", "thế bao lâu có")
    expect(answer.status).toBe("clarification")
    expect(answer.choices.map((c) => c.id)).toContain(`p:${ANIMALS}`)
  })
})

describe("choices after a refusal", () => {
  it("are neither past nor beside the matter", async () => {
    for (const question of ["cách nuôi khủng long trong ao", "sổ nuôi khủng long tạm trú giấy", "giấy phép phóng tàu vũ trụ"]) {
      const { choices } = await ask(question)
      expect(
        choices.map((c) => c.id),
        question,
      ).not.toContain(`p:${OLD_BOOK}`)
      expect(choices.at(-1)?.id).toBe("human")
    }
    expect((await ask("cách nuôi khủng long trong ao")).choices.map((c) => c.id)).toEqual(["human"])
  })
})

describe("what is another matter is not answered from the nearest record", () => {
  const adoption = procedure("1.900080", "Đăng ký việc nuôi con nuôi trong nước", {
    aliases: ["đăng ký nuôi con nuôi"],
    subjects: "Người nhận con nuôi; tổ chức làm thay cho người khác",
  })
  const admission = procedure("1.900081", "Tuyển sinh trung học cơ sở", { aliases: ["xin cho con vào lớp 6"] })
  const commune = openCommune({ procedures: [...PROCEDURES, adoption, admission] })

  const features = { procedure: 0, questionCoverage: 0.6, titleCoverage: 0.6, names: 1, body: 1, similarity: 0.7 }
  const best = { procedure: 0, score: 1.4, features: { ...features, title: { text: "", kind: "name" as const } }, parts: {} }
  const rare: ReadonlySet<string> = new Set(["=chó"])
  const sureOf = (question: string, holds: (term: string) => boolean) => {
    const index = { holds, known: () => true, explained: () => 1, features: () => [], idf: (term: string) => (rare.has(term) ? 5 : 1) }
    return confidenceOf(best, { next: null, reading: read(question), index, record: adoption })
  }

  it.each([
    ["a word that it holds without its marks only: “chó” is not “cho”", "đăng ký nuôi chó", "=chó"],
    ["a benefit that is asked for, whatever went before it", "đi nghĩa vụ quân sự về, xin trợ cấp", "tro_cap"],
  ])("%s", (_, question, missing) => {
    expect(sureOf(question, () => true)).toBeGreaterThan(0.8)
    expect(sureOf(question, (term) => term !== missing)).toBeLessThan(0.6)
  })

  it("what an everyday phrase was understood to mean stands in none: “chuyển trường”", async () => {
    expect((await (await commune).ask("chuyển trường cho con lớp 6 sang xã khác")).status).not.toMatch(/^answered/)
    expect((await (await commune).ask("tuyển sinh trung học cơ sở cần gì")).procedure?.code).toBe("1.900081")
  })
})

it("who asks for a benefit is told of one, not of the certificate that their story resembles", async () => {
  const certificate = procedure("1.900101", "Xác định mức độ khuyết tật", { aliases: ["bố bị tai biến liệt nửa người"] })
  const allowance = procedure("1.900102", "Thực hiện trợ cấp xã hội hàng tháng", { aliases: ["trợ cấp khuyết tật"] })
  const { ask } = await openCommune({ procedures: [...PROCEDURES, certificate, allowance] })
  const first = async (question: string) => {
    const answer = await ask(question)
    return answer.procedure?.code ?? answer.choices[0]?.id.replace("p:", "")
  }
  expect(await first("bố tôi bị tai biến liệt nửa người có được hưởng trợ cấp gì không")).toBe("1.900102")
  expect(await first("bố tôi bị tai biến liệt nửa người")).toBe("1.900101")
})
