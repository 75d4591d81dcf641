import { describe, expect, it } from "vitest"
import { evaluateFiles } from "../../measure.ts"
import { fullReportOf, printFullReport } from "../../rag/evaluation/full-report.ts"
import { groupsOf } from "../../rag/evaluation/groups.ts"
import type { EvalQuestion } from "../../rag/evaluation/questions.ts"
import { reliabilityOf } from "../../rag/evaluation/reliability.ts"
import { evaluate, type Judged } from "../../rag/evaluation/run.ts"
import { withSlips } from "../../rag/evaluation/slips.ts"
import { styleOf } from "../../rag/evaluation/style.ts"
import { table } from "../../rag/evaluation/table.ts"
import { foldedTwin, slippedTwin, twinsOf } from "../../rag/evaluation/twins.ts"
import { worstOf } from "../../rag/evaluation/worst.ts"
import type { Answer, AnswerQuestion, TraceStep } from "../../rag/types.ts"
import { fold } from "../../rag/vietnamese/fold.ts"
import { aFile } from "../knowledge/samples.ts"
import { answerOf } from "../support/house.ts"
import { lexicon, MARRIAGE, openCommune, smallBase } from "./small-commune.ts"

const ask = (text: string, more: Partial<EvalQuestion> = {}): EvalQuestion => ({ id: text, question: text, expect: {}, ...more })

/** Judges answers that were written by hand. */
function judged(rows: readonly (readonly [EvalQuestion, Partial<Answer>])[]): Promise<Judged[]> {
  const given = rows.map(([, answer]) => answer)
  const answer: AnswerQuestion = (asked) => Promise.resolve(answerOf(asked, given.shift() ?? {}))
  return evaluate(
    rows.map(([question]) => question),
    answer,
    { base: smallBase() },
  )
}

const candidates = (...codes: string[]) => codes.map((code) => ({ code, name: code, score: 0.5 }))
const step = (name: string, verdict: string, details: Readonly<Record<string, unknown>> = {}): TraceStep => ({
  step: name,
  verdict,
  ms: 0,
  details,
})
const sure = (confidence: number, ...codes: string[]): Partial<Answer> => ({
  candidates: candidates(...codes),
  trace: [step("decide", "procedure", { confidence })],
})

describe("the style of a question", () => {
  it.each([
    ["lam giay khai sinh can gi", "không dấu"],
    ["Làm giấy khai sinh cần gì?", "chuẩn"],
    ["Mua thẻ BHYT ở UBND xã thế nào?", "chuẩn"],
    ["làm giấy ks cho bé ko bt cần gì", "teencode"],
    ["MUA THẺ BHYT KO BIẾT Ở ĐÂU", "teencode"],
    [`Nhà tôi ${"ở xa lắm ".repeat(9)}`, "dài"],
  ])("%s: %s", (text, style) => {
    expect(styleOf(ask(text), lexicon)).toBe(style)
  })

  it("is the one that its file gives", () => {
    expect(styleOf(ask("lam gi", { style: "người cao tuổi" }), lexicon)).toBe("người cao tuổi")
  })
})

describe("groups of questions", () => {
  it("are measured each by itself, the largest first; a question counts in each field it expects", async () => {
    const { style, origin, field } = groupsOf(
      await judged([
        [
          ask("một", { origin: "đội", expect: { codes: ["a"], fields: ["fee"], answerable: true } }),
          { ...sure(0.9, "a"), fields: { fee: "0" } },
        ],
        [
          ask("mấy", { origin: "đội", expect: { codes: ["a"], fields: ["fee", "time"] } }),
          { ...sure(0.9, "b", "a"), fields: { time: "1" } },
        ],
        [ask("ba bon", { expect: { doc: "d", answerable: true } }), { documents: ["d"], status: "low_confidence" }],
      ]),
      lexicon,
    )
    expect(style.map((g) => [g.name, g.n])).toEqual([
      ["chuẩn", 2],
      ["không dấu", 1],
    ])
    expect(origin[0]).toMatchObject({ name: "đội", n: 2, recall1: { n: 2, rate: 0.5 }, recall10: { rate: 1 }, document1: null })
    expect(origin[0]).toMatchObject({ fields: { n: 2, rate: 0.5 }, answered: { n: 1, rate: 1 } })
    expect(origin[1]).toMatchObject({ name: "(không ghi)", recall1: null, document1: { n: 1, rate: 1 }, answered: { rate: 0 } })
    expect(field.map((g) => [g.name, g.n, g.fields?.rate])).toEqual([
      ["fee", 2, 0.5],
      ["time", 1, 1],
    ])
  })
})

describe("the reliability of confidence", () => {
  it("is told of procedure answers where a code is expected", async () => {
    const told = reliabilityOf(
      await judged([
        [ask("một", { expect: { codes: ["a"] } }), sure(0.95, "a")],
        [ask("hai", { expect: { codes: ["a"] } }), sure(0.85, "b")],
        [ask("ba", { expect: {} }), sure(0.5, "b")],
        [ask("bốn", { expect: { codes: ["a"] } }), { trace: [step("decide", "clarify", { confidence: 0.2 })] }],
        [ask("năm", { expect: { codes: ["a"] } }), { trace: [step("decide", "refuse")] }],
      ]),
    )
    expect(told?.n).toBe(2)
    expect(told?.brier).toBeCloseTo((0.05 ** 2 + 0.85 ** 2) / 2, 10)
    expect(told?.calibrationError).toBeCloseTo((0.05 + 0.85) / 2, 10)
    expect(told?.bins.map((bin) => bin.n)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
  })

  it("is not told when there is none", () => {
    expect(reliabilityOf([])).toBeNull()
  })
})

describe("the worst questions", () => {
  const trace = [
    step("screen", "question"),
    step("understand", "fee", { fields: ["fee"], meanings: ["đăng ký kết hôn"] }),
    step("retrieve", "2 + 0", { procedures: [{ code: "b", score: 1.2, title: "tên b", parts: {} }], passages: [] }),
    step("decide", "procedure", { confidence: 0.8 }),
  ]

  it("are the faulty ones, the most confident first, those without confidence last", async () => {
    const worst = worstOf(
      await judged([
        [ask("đúng", { expect: { codes: ["a"] } }), sure(0.99, "a")],
        [ask("từ chối", { expect: { answerable: true } }), { status: "no_source" }],
        [ask("thiếu mục", { expect: { codes: ["a"], fields: ["fee"] } }), sure(0.7, "a")],
        [ask("bịa", { expect: { answerable: false } }), { ...sure(0.75), status: "answered" }],
        [ask("thiếu đoạn", { expect: { spans: ["8.000 đồng"] } }), sure(0.6)],
        [ask("sai", { expect: { codes: ["a"] } }), { candidates: candidates("b", "a"), trace }],
      ]),
    )
    expect(worst.map((w) => [w.id, ...w.faults])).toEqual([
      ["sai", "wrong_first"],
      ["bịa", "answered_unanswerable"],
      ["thiếu mục", "field_missing"],
      ["thiếu đoạn", "span_missing"],
      ["từ chối", "not_answered"],
    ])
    expect(worst[0]).toMatchObject({
      status: "answered",
      expected: { codes: ["a"] },
      given: { codes: ["b", "a"] },
      why: {
        screen: "question",
        fields: ["fee"],
        meanings: ["đăng ký kết hôn"],
        titles: [{ code: "b", score: 1.2, title: "tên b" }],
        decision: "procedure",
        confidence: 0.8,
      },
    })
    expect(worst[4]?.why).toMatchObject({ titles: [], decision: "", confidence: null })
  })

  it("are those too that were answered where the citizen should be asked back", async () => {
    const back = { codes: ["a"], fields: ["fee" as const], status: "clarification" }
    const rows = await judged([
      [ask("trả lời vội", { expect: back }), sure(0.9, "a")],
      [ask("hỏi lại", { expect: back }), { ...sure(0.2, "a"), status: "clarification" }],
    ])
    const [worst, ...others] = worstOf(rows)
    expect(worst).toMatchObject({ id: "trả lời vội", faults: ["field_missing", "status_wrong"], expected: { status: "clarification" } })
    expect(others).toEqual([])
    const printed = printFullReport(fullReportOf(rows, { twins: null, lexicon }))
    expect(printed).toContain("Đúng cách xử lý mong đợi (2): 0.500")
    expect(printed).toContain("answered (cần clarification): thiếu mục, sai cách xử lý")
  })

  it("are twenty at most", async () => {
    const rows = Array.from({ length: 25 }, (_, i) => [ask(String(i), { expect: { codes: ["a"] } }), sure(i / 25, "b")] as const)
    const worst = worstOf(await judged(rows))
    expect(worst).toHaveLength(20)
    expect(worst[0]?.id).toBe("24")
  })
})

describe("twins of a question", () => {
  const question = ask("Đăng ký kết hôn cần giấy tờ gì, nộp ở đâu?", { history: ["Còn khai sinh thì sao?"], expect: { codes: ["a"] } })

  it("are the same question without marks …", () => {
    expect(foldedTwin(question)).toEqual({ ...question, question: fold(question.question), history: [fold("Còn khai sinh thì sao?")] })
    expect(foldedTwin(ask("Phí?"))).not.toHaveProperty("history")
  })

  it("… and mistyped: the same seed makes the same slips, another seed others", () => {
    const text = question.question
    expect(slippedTwin(question)).toEqual(slippedTwin(question))
    expect(slippedTwin(question).expect).toEqual({ codes: ["a"] })
    expect(withSlips(text, 1)).toBe(withSlips(text, 1))
    expect(withSlips(text.normalize("NFD"), 1)).toBe(withSlips(text, 1))
    expect(new Set([1, 2, 3, 4, 5].map((seed) => withSlips(text, seed))).size).toBe(5)
  })

  it("have about one slip in twelve letters, and never one in a number", () => {
    const seeds = Array.from({ length: 200 }, (_, i) => i)
    const text = "abcdefghijkl".repeat(10)
    const changed = seeds.map((seed) => Math.abs(withSlips(text, seed).length - text.length))
    expect(Math.max(...changed)).toBeLessThanOrEqual(10)
    expect(withSlips("8.000 / 20 – 1.001193")).toBe("8.000 / 20 – 1.001193")
    for (const seed of seeds) expect(withSlips("Đăng ký khai sinh", seed)).not.toBe("Đăng ký khai sinh")
  })

  it("know every kind of slip", () => {
    const seen = new Set(Array.from({ length: 3000 }, (_, seed) => withSlips("đất ở", seed)))
    const slips = { neighbour: "sất ở", dropped: "ất ở", doubled: "đấat ở", swapped: "đtấ ở", keys: "đaats ở", barred: "ddất ở" }
    for (const slip of [...Object.values(slips), "đâts ở", "đất ơr", "đấtở"]) expect(seen, slip).toContain(slip)
  })

  it("stand side by side in the report", async () => {
    const right = await judged([[question, sure(0.9, "a")]])
    const wrong = await judged([[question, sure(0.9, "b", "a")]])
    const twins = twinsOf({ original: right, folded: right, slips: wrong })
    expect(twins).toMatchObject({ original: { recall1: { rate: 1 } }, folded: { recall1: { rate: 1 } } })
    expect(twins).toMatchObject({ slips: { recall1: { rate: 0 }, recall10: { rate: 1 } } })
    const printed = printFullReport(fullReportOf(right, { twins, lexicon }))
    expect(printed).toMatch(/nguyên văn +1 +1\.000 .*\n +bỏ dấu +1 +1\.000 .*\n +gõ sai +1 +0\.000/)
    expect(printFullReport(fullReportOf(right, { twins: null, lexicon }))).not.toContain("gõ sai")
  })
})

describe("a full report", () => {
  it("keeps the members of the short one, and says nothing of what was not measured", () => {
    const report = fullReportOf([], { twins: null, lexicon })
    expect(report).toMatchObject({ questions: 0, procedures: null, groups: { style: [] }, twins: null, reliability: null, worst: [] })
    expect(printFullReport(report)).not.toContain("Theo")
  })

  it("of the real pipeline tells groups, intervals and reliability", async () => {
    const { base, answer } = await openCommune()
    const questions = [ask("dang ky ket hon het bao nhieu tien", { expect: { codes: [MARRIAGE], fields: ["fee"], answerable: true } })]
    const report = fullReportOf(await evaluate(questions, answer, { base }), { twins: null, lexicon })
    expect(report.reliability).toMatchObject({ n: 1 })
    expect(report.intervals.procedures?.[0]).toBeCloseTo(0.2065, 3)
    expect(report.intervals.documents).toBeNull()
    const printed = printFullReport(report)
    expect(printed).toContain("recall@1 1.000  @3 1.000  @5 1.000  @10 1.000  MRR 1.000  [95 % @1: 0.207–1.000]")
    expect(printed).toContain("Theo mục được hỏi")
  })

  it("has aligned columns, letters with marks counted once", () => {
    expect(
      table(
        ["", "đủ"],
        [
          ["Nguồn", "1"],
          ["Ất".normalize("NFD"), "10"],
        ],
      )
        .split("\n")
        .map((line) => line.normalize("NFC").length),
    ).toEqual([11, 11, 11])
  })
})

describe("comparing two files of results", () => {
  const io = (printed: string[]) => ({
    print: (text: string) => void printed.push(text),
    world: { now: () => new Date(), newId: () => "x", report: () => undefined },
  })
  const line = (id: string, codes: string[], more: object = {}) =>
    `${JSON.stringify({ id, status: "answered", codes, docs: [], text: "t", ...more })}\n`

  it("is a command of its own, with and without the questions", async () => {
    const before = await aFile("a.jsonl", line("q1", ["b", "a"]) + line("q2", ["c"]))
    const after = await aFile("b.jsonl", line("q1", ["a", "b"]) + line("q2", ["c"], { status: "low_confidence" }))
    const questions = await aFile("q.jsonl", JSON.stringify({ id: "q1", question: "cưới?", expect: { codes: ["a"] } }))
    const printed: string[] = []
    expect(await evaluateFiles(["--compare", before, after, questions], io(printed))).toBe(0)
    expect(printed[0]).toMatch(/recall@1 thủ tục +1 +0\.000 +1\.000 +\+1 +-0 +1\.0000/)
    expect(printed[0]).toContain("q1  + hạng thủ tục 2 → 1  | cưới?")
    await evaluateFiles(["--compare", before, after], io(printed))
    expect(printed[1]).toContain("q2  answered → low_confidence")
    expect(printed[1]).not.toContain("McNemar")
    await evaluateFiles(["--compare", before, after, questions, "--json"], io(printed))
    expect(JSON.parse(printed[2] ?? "")).toMatchObject({ common: 2, judged: { recall1: { gained: 1, lost: 0, p: 1 } } })
    await expect(evaluateFiles(["--compare", before], io(printed))).rejects.toThrow("--compare")
  })
})
