import { expect, it } from "vitest"
import { BIRTH, HOTLINE, MARRIAGE, openCommune, PROCEDURES } from "./small-commune.ts"

const nameOf = (code: string) => PROCEDURES.find((p) => p.code === code)?.name ?? ""

it("a procedure that staff switched off is named with the way on, never quoted, and no neighbour answers for it", async () => {
  const open = await openCommune()
  const question = `${nameOf(MARRIAGE)} cần giấy tờ gì`
  expect(await open.ask(question)).toMatchObject({ status: "answered", procedure: { code: MARRIAGE } })
  const commune = await openCommune({ suspended: [MARRIAGE] })
  for (const [text, more] of [
    [question, {}],
    ["dang ky ket hon can giay to gi", {}],
    [MARRIAGE, {}],
    [nameOf(MARRIAGE), { choiceId: `p:${MARRIAGE}` }],
    ["thế lệ phí bao nhiêu?", { context: { procedureCode: MARRIAGE } }],
  ] as const) {
    const answer = await commune.ask(text, more)
    expect(answer, text).toMatchObject({ status: "topic_off", fields: {}, citations: [] })
    expect(answer.text).toContain(`đang rà soát lại thông tin về “${nameOf(MARRIAGE)}”`)
    expect(answer.text).toContain(HOTLINE)
    expect(answer.procedure).toBeUndefined()
  }
})

it("the others are answered from as before", async () => {
  const commune = await openCommune({ suspended: [MARRIAGE] })
  expect(await commune.ask("làm giấy khai sinh cần gì")).toMatchObject({ status: "answered", procedure: { code: BIRTH } })
})
