import { describe, expect, it } from "vitest"
import { digestOf, procedureItem } from "../../knowledge/item.ts"
import { BIRTH, BIRTH_AGAIN, DEATH, openCommune, PROCEDURES } from "./small-commune.ts"

const withRulings = (code: string, rulings: { readonly aliases?: readonly string[]; readonly notFor?: readonly string[] }) =>
  PROCEDURES.map((p) =>
    p.code === code ? { ...p, aliases: [...p.aliases, ...(rulings.aliases ?? [])], notFor: [...(rulings.notFor ?? [])] } : p,
  )

const codesIn = (answer: { candidates: readonly { code: string }[] }) => answer.candidates.map(({ code }) => code)

describe("a whole question among a record's names", () => {
  const QUESTION = "nhà có người về với tổ tiên thì báo ai"

  it("is answered from that record, with and without marks and whatever stands around it", async () => {
    const before = await openCommune()
    expect((await before.ask(QUESTION)).procedure?.code).not.toBe(DEATH)
    const { ask } = await openCommune({ procedures: withRulings(DEATH, { aliases: [QUESTION] }) })
    for (const asked of [QUESTION, "Nha co nguoi ve voi to tien thi bao ai?", `  ${QUESTION.toUpperCase()} `])
      expect(await ask(asked), asked).toMatchObject({ status: "answered", procedure: { code: DEATH } })
  })

  it("decides nothing where two records claim it", async () => {
    const both = withRulings(DEATH, { aliases: [QUESTION] }).map((p) => (p.code === BIRTH ? { ...p, aliases: [QUESTION] } : p))
    const { live } = await openCommune({ procedures: both })
    expect(live.rulings.pinned(QUESTION)).toBe(-1)
  })
})

describe("a wording that a record is not meant by", () => {
  const ASKED = "làm lại giấy khai sinh bị mất cần gì"

  it("keeps the record from being answered from and offered, and leaves every other question as it was", async () => {
    const plain = await openCommune()
    expect(codesIn(await plain.ask(ASKED))).toContain(BIRTH_AGAIN)
    const { ask } = await openCommune({ procedures: withRulings(BIRTH_AGAIN, { notFor: ["khai sinh bị mất"] }) })
    for (const asked of [ASKED, "lam lai giay khai sinh bi mat can gi", "giấy khai sinh của tôi bị mất thì làm lại sao"]) {
      const answer = await ask(asked)
      expect(codesIn(answer), asked).not.toContain(BIRTH_AGAIN)
      expect(
        answer.choices.map(({ id }) => id),
        asked,
      ).not.toContain(`p:${BIRTH_AGAIN}`)
    }
    for (const asked of ["đăng ký lại khai sinh", "khai sinh", "mất giấy khai tử"])
      expect(codesIn(await ask(asked)), asked).toEqual(codesIn(await plain.ask(asked)))
  })

  it("gives way to the code of the record and to a choice of the citizen", async () => {
    const { ask } = await openCommune({ procedures: withRulings(BIRTH_AGAIN, { notFor: ["khai sinh bị mất"] }) })
    expect((await ask(`${BIRTH_AGAIN} khai sinh bị mất`)).procedure?.code).toBe(BIRTH_AGAIN)
    expect((await ask("Khai sinh bị mất", { choiceId: `p:${BIRTH_AGAIN}` })).procedure?.code).toBe(BIRTH_AGAIN)
  })

  it("is told in the trace", async () => {
    const { ask } = await openCommune({ procedures: withRulings(BIRTH_AGAIN, { notFor: ["khai sinh bị mất"] }) })
    const found = (await ask(ASKED)).trace.find(({ step }) => step === "retrieve")
    expect(found?.details?.["ruledOut"]).toEqual([BIRTH_AGAIN])
  })

  it("that is missing counts for nothing: records from before know no such list", () => {
    const [first] = PROCEDURES
    if (!first) throw new Error("no procedure")
    const { notFor, ...before } = first
    expect(notFor).toEqual([])
    expect(digestOf(procedureItem(first))).toBe(digestOf(procedureItem(before as typeof first)))
    expect(digestOf(procedureItem({ ...first, notFor: ["khai sinh"] }))).not.toBe(digestOf(procedureItem(first)))
  })
})
