import { describe, expect, it } from "vitest"
import { embedder, openCommune, procedure, PROCEDURES, read } from "./small-commune.ts"
import type { ProcedureFeatures } from "../../rag/procedures/procedure-index.ts"

const TAX_CODE_BACK = procedure("1.910001", "Khôi phục mã số thuế", { aliases: ["mở lại mã số thuế"] })
const TAX_FIRST = procedure("1.910002", "Đăng ký thuế lần đầu", {
  aliases: ["xin mã số thuế"],
  steps: ["Người nộp thuế khai tờ khai đăng ký thuế lần đầu, nhận mã số thuế."],
})
const MILITARY = procedure("1.910003", "Đăng ký nghĩa vụ quân sự", {
  aliases: ["đi khám nghĩa vụ", "giấy gọi nhập ngũ của con trai"],
})

async function search(text: string) {
  const { live, base } = await openCommune({ procedures: [...PROCEDURES, TAX_CODE_BACK, TAX_FIRST, MILITARY] })
  const reading = read(text)
  const [vector] = await embedder.embed([reading.content.join(" ")])
  const found = live.procedures.features(reading, vector ?? null)
  return (code: string): ProcedureFeatures | undefined => found.find((f) => base.procedures[f.procedure]?.code === code)
}

describe("the signs by which a procedure is told", () => {
  it("the names together hold what a citizen mixes from two of them", async () => {
    const of = await search("giấy gọi khám nghĩa vụ quân sự")
    expect(of(MILITARY.code)?.names).toBe(1)
    expect(of(TAX_FIRST.code)?.names ?? 0).toBeLessThan(0.5)
  })

  it("official words that a phrase may mean are looked for in names, never in the long texts", async () => {
    const text = "mã số thuế"
    const reading = read(text)
    const guess = { ...reading, terms: [...reading.terms, { term: "lan_dau", weight: 0.75 }] }
    const { live, base } = await openCommune({ procedures: [...PROCEDURES, TAX_CODE_BACK, TAX_FIRST] })
    const at = base.procedures.findIndex((p) => p.code === TAX_FIRST.code)
    const of = (given: typeof reading) => live.procedures.features(given, null).find((f) => f.procedure === at)
    expect(of(guess)?.body).toBe(of(reading)?.body)
    expect(of(guess)?.questionCoverage).not.toBe(of(reading)?.questionCoverage)
  })

  it("a question that names a procedure outright is answered with it", async () => {
    const { ask } = await openCommune({ procedures: [...PROCEDURES, TAX_CODE_BACK, TAX_FIRST] })
    const answer = await ask("khoi phuc ma so thue can ho so gi")
    expect(answer.procedure?.code).toBe(TAX_CODE_BACK.code)
  })

  it("is unsure of a question whose words no procedure knows, however well the rest fits", async () => {
    const { ask } = await openCommune()
    expect((await ask("đăng ký khai sinh")).status).toBe("answered")
    expect((await ask("đăng ký khủng long bạo chúa kỷ phấn trắng")).status).not.toBe("answered")
  })
})
