import { describe, expect, it } from "vitest"
import { InvalidInputError } from "../../errors.ts"
import { compare, readResults, type ResultLine } from "../../rag/evaluation/compare.ts"
import { printComparison } from "../../rag/evaluation/print-comparison.ts"
import type { EvalQuestion } from "../../rag/evaluation/questions.ts"
import { aFile } from "../knowledge/samples.ts"

const line = (id: string, given: Partial<ResultLine> = {}): ResultLine => ({
  id,
  status: "answered",
  codes: [],
  docs: [],
  text: "lời",
  ...given,
})
const question = (id: string, expected: EvalQuestion["expect"]): EvalQuestion => ({ id, question: `câu ${id}`, expect: expected })

describe("two results of the same questions", () => {
  const questions = [
    question("lên", { codes: ["a"] }),
    question("xuống", { codes: ["a"] }),
    question("mất hẳn", { codes: ["a"] }),
    question("như cũ", { codes: ["a"] }),
    question("lẫn lộn", { doc: "d", spans: ["8.000 đồng"] }),
  ]
  const before = [
    line("lên", { codes: ["b", "c", "a"] }),
    line("xuống", { codes: ["a"] }),
    line("mất hẳn", { codes: ["b", "a"] }),
    line("như cũ", { codes: ["a", "b"] }),
    line("lẫn lộn", { docs: ["e", "d"], text: "8.000  đồng" }),
    line("chỉ trước"),
  ]
  const after = [
    line("như cũ", { codes: ["a", "c"] }),
    line("lên", { codes: ["a"] }),
    line("xuống", { codes: ["b", "a"] }),
    line("mất hẳn", { codes: ["b"] }),
    line("lẫn lộn", { docs: ["d"], text: "không có" }),
    line("chỉ sau"),
  ]

  it("are judged by the rank of what is right and by the spans", () => {
    const { common, onlyBefore, onlyAfter, judged } = compare(before, after, questions)
    expect({ common, onlyBefore, onlyAfter }).toEqual({ common: 5, onlyBefore: ["chỉ trước"], onlyAfter: ["chỉ sau"] })
    expect(judged).toMatchObject({
      questions: 5,
      recall1: { n: 4, before: 2, after: 2, gained: 1, lost: 1, p: 1 },
      document1: { n: 1, before: 0, after: 1, gained: 1, lost: 0, p: 1 },
      spans: { n: 1, before: 1, after: 0, gained: 0, lost: 1 },
    })
    expect(judged?.gained.map((q) => q.id)).toEqual(["lên", "lẫn lộn"])
    expect(judged?.lost.map((q) => q.id)).toEqual(["xuống", "mất hẳn", "lẫn lộn"])
    expect(judged?.lost[1]?.changes).toEqual([{ measure: "code", before: 2, after: null }])
  })

  it("are printed with the questions gained and lost", () => {
    const printed = printComparison(compare(before, after, questions))
    expect(printed).toContain("lên  + hạng thủ tục 3 → 1  | câu lên")
    expect(printed).toContain("mất hẳn  - hạng thủ tục 2 → không có  | câu mất hẳn")
    expect(printed).toContain("lẫn lộn  + hạng tài liệu 2 → 1; - đoạn trích có → không có  | câu lẫn lộn")
    expect(printed).toContain("Chỉ có trong tệp sau (1): chỉ sau")
  })

  it("without the questions tell what is different", () => {
    const told = compare(
      [line("q1", { codes: ["a"] }), line("q2"), line("q3"), line("q3", { text: "hai" })],
      [line("q1", { codes: ["b"] }), line("q2", { status: "no_source" }), line("q3"), line("q3", { text: "ba" })],
      null,
    )
    expect(told).toMatchObject({
      judged: null,
      status: [{ id: "q2", before: "answered", after: "no_source" }],
      first: [{ id: "q1", before: "a", after: "b" }],
      text: ["q3 (2)"],
    })
  })

  it("that are not result files are refused, line by line", async () => {
    const file = await aFile("r.jsonl", `${JSON.stringify(line("q1"))}\n{"id":"q2"}\n`)
    const refused = await readResults(file).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(InvalidInputError)
    expect((refused as InvalidInputError).problems[0]).toContain("r.jsonl: dòng 2")
  })
})
