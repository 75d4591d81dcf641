import { describe, expect, it } from "vitest"
import { InvalidInputError } from "../../errors.ts"
import { createRetriever, readCorpus, readQueries } from "../../rag/benchmark/retrieval.ts"
import { generatePassages, QUESTIONS } from "../../rag/benchmark/generated.ts"
import { readQuestions, type EvalQuestion } from "../../rag/evaluation/questions.ts"
import { printReport, reportOf } from "../../rag/evaluation/report.ts"
import { evaluate, isKnown, type Judged } from "../../rag/evaluation/run.ts"
import type { Answer, AnswerQuestion } from "../../rag/types.ts"
import { fold } from "../../rag/vietnamese/fold.ts"
import { aFile } from "../knowledge/samples.ts"
import { answerOf } from "../support/house.ts"
import { BIRTH, BUILDING, CLEANING, embedder, MARRIAGE, openCommune, read, smallBase } from "./small-commune.ts"

const question = (id: string, expected: EvalQuestion["expect"], more: Partial<EvalQuestion> = {}): EvalQuestion => ({
  id,
  question: `câu ${id}`,
  expect: expected,
  ...more,
})

/** Judges answers that were written by hand. */
async function judged(rows: readonly (readonly [EvalQuestion["expect"], Partial<Answer>])[]): Promise<Judged[]> {
  const answers = rows.map(([, given]) => given)
  const answer: AnswerQuestion = (asked) => Promise.resolve(answerOf(asked, answers.shift() ?? {}))
  return evaluate(
    rows.map(([expected], i) => question(String(i), expected)),
    answer,
    { base: smallBase() },
  )
}

const candidates = (...codes: string[]) => codes.map((code) => ({ code, name: code, score: 0.5 }))

describe("the figures of an evaluation", () => {
  it("count where the right procedure stands among the candidates", async () => {
    const first = { candidates: candidates("a", "b") }
    const second = { candidates: candidates("b", "a") }
    const fourth = { candidates: candidates("b", "c", "d", "a") }
    const tenth = { candidates: candidates("b", "c", "d", "e", "f", "g", "h", "i", "j", "a") }
    const absent = { candidates: candidates("b") }
    const expected = { codes: ["a"] }
    const rows = [first, second, fourth, tenth, absent].map((given) => [expected, given] as const)
    const { procedures, documents } = reportOf(await judged([...rows, [{}, first]]))
    expect(procedures).toEqual({ n: 5, recall1: 0.2, recall3: 0.4, recall5: 0.6, recall10: 0.8, mrr: (1 + 1 / 2 + 1 / 4 + 1 / 10) / 5 })
    expect(documents).toBeNull()
  })

  it("tell how often a citizen was answered from another procedure, which is worse than no answer", async () => {
    const from = (code: string, status: Answer["status"]) => ({ status, procedure: { code, name: code } })
    const expected = { codes: ["a", "x"] }
    const report = reportOf(
      await judged([
        [expected, from("b", "answered")],
        [expected, from("x", "answered")],
        [expected, from("b", "clarification")],
        [expected, { status: "answered" }],
        [{}, from("b", "answered")],
      ]),
    )
    expect(report.wrongProcedure).toEqual({ n: 4, rate: 0.5 })
  })

  it("may leave out questions whose procedure the knowledge does not have", () => {
    const base = smallBase()
    expect(isKnown(question("1", { codes: ["0.000000", BIRTH] }), base)).toBe(true)
    expect(isKnown(question("2", { codes: ["0.000000"] }), base)).toBe(false)
    expect(isKnown(question("3", { doc: "anything" }), base)).toBe(true)
  })

  it("take any one of several right procedures", async () => {
    const { procedures } = reportOf(await judged([[{ codes: ["x", "a"] }, { candidates: candidates("b", "a") }]]))
    expect(procedures?.mrr).toBe(0.5)
  })

  it("count where the right document stands", async () => {
    const { documents } = reportOf(
      await judged([
        [{ doc: "d1" }, { documents: ["d1", "d2"] }],
        [{ docs: ["d3", "d2"] }, { documents: ["d1", "d2"] }],
        [{ doc: "d9" }, { documents: [] }],
      ]),
    )
    expect(documents).toMatchObject({ n: 3, recall1: 1 / 3, recall3: 2 / 3, mrr: 0.5 })
  })

  it("count answers that hold all the fields and all the spans that were expected", async () => {
    const report = reportOf(
      await judged([
        [
          { fields: ["fee", "time"], spans: ["8.000 đồng"] },
          { fields: { fee: "8.000 đồng", time: "3 ngày" }, text: "Phí:\n8.000   đồng" },
        ],
        [
          { fields: ["fee", "time"], spans: ["8.000 đồng", "3 ngày"] },
          { fields: { fee: "8.000 đồng" }, text: "8.000 đồng" },
        ],
        [{}, {}],
      ]),
    )
    expect(report.fields).toEqual({ n: 2, rate: 0.5 })
    expect(report.spans).toEqual({ n: 2, rate: 0.5 })
  })

  it("count the answers with the status that was expected", async () => {
    const { status } = reportOf(
      await judged([
        [{ status: "clarification" }, { status: "clarification" }],
        [{ status: "clarification" }, { status: "answered" }],
        [{ status: "no_source" }, { status: "no_source" }],
        [{}, { status: "answered" }],
      ]),
    )
    expect(status).toEqual({ n: 3, rate: 2 / 3 })
    expect(reportOf(await judged([[{}, {}]])).status).toBeNull()
  })

  it("count what was answered of what can be answered, and what was refused of what cannot", async () => {
    const report = reportOf(
      await judged([
        [{ answerable: true }, { status: "answered" }],
        [{ answerable: true }, { status: "answered_partial" }],
        [{ answerable: true }, { status: "clarification" }],
        [{ answerable: true }, { status: "low_confidence" }],
        [{ answerable: false }, { status: "no_source" }],
        [{ answerable: false }, { status: "answered", text: "bịa" }],
        [{ answerable: false, codes: ["a"] }, { status: "answered" }],
      ]),
    )
    expect(report.answerable).toEqual({ n: 4, answered: 0.5 })
    expect(report.unanswerable).toEqual({ n: 2, abstained: 0.5 })
    expect(report.statuses).toEqual({ answered: 3, answered_partial: 1, clarification: 1, low_confidence: 1, no_source: 1 })
  })

  it("count figures that stand in nothing that the answer names", async () => {
    const named = { procedure: { code: BUILDING, name: "Cấp giấy phép xây dựng nhà ở riêng lẻ" }, status: "answered" as const }
    const quoted = {
      citations: [{ sourceId: CLEANING.id, title: CLEANING.title, quote: "mỗi hộ đóng 25.000 đồng" }],
      status: "answered" as const,
    }
    const counts = await judged([
      [{}, { ...named, text: "65.000 đồng trong 20 ngày làm việc" }],
      [{}, { ...named, text: "66.000 đồng trong 21 ngày làm việc" }],
      [{}, { ...quoted, text: "Mỗi hộ đóng 25.000 đồng năm 2026." }],
      [{}, { ...quoted, text: "Mỗi hộ đóng 20.000 đồng." }],
      [{}, { status: "answered", text: "8.000 đồng" }],
      [{}, { status: "low_confidence", text: "Xin gọi 0225 111 2222" }],
    ])
    expect(counts.map((j) => j.madeUp)).toEqual([[], ["66000 đồng", "21 ngày"], [], ["20000 đồng"], ["8000 đồng"], []])
    expect(reportOf(counts).figuresWithoutSource).toBe(4)
  })

  it("tell times by their percentiles", async () => {
    const rows = Array.from({ length: 100 }, (_, i) => [{}, { ms: 100 - i }] as const)
    expect(reportOf(await judged(rows)).ms).toEqual({ p50: 51, p95: 96, p99: 100 })
  })

  it("are empty, not wrong, when nothing was asked", () => {
    const report = reportOf([])
    expect(report).toMatchObject({ questions: 0, procedures: null, fields: null, figuresWithoutSource: 0, ms: { p50: 0, p99: 0 } })
    expect(printReport(report)).toContain("Con số không có nguồn: 0")
  })

  it("are printed with what was measured, and without what was not", async () => {
    const text = printReport(reportOf(await judged([[{ codes: ["a"] }, { candidates: candidates("a") }]])))
    expect(text).toContain("Thủ tục (1): recall@1 1.000")
    expect(text).not.toContain("Tài liệu (")
  })
})

it("an evaluation of the real pipeline answers with the history and makes nothing up", async () => {
  const { base, answer } = await openCommune()
  const questions = [
    question("q1", { codes: [MARRIAGE], fields: ["fee"], answerable: true }, { question: "dang ky ket hon het bao nhieu tien" }),
    question(
      "q2",
      { codes: [BUILDING], fields: ["time"], spans: ["20 ngày làm việc"] },
      { question: "thế bao lâu?", history: ["xin phép xây nhà cần gì"] },
    ),
    question("q3", { doc: CLEANING.id, spans: ["06 giờ 30"] }, { question: "bao giờ dọn vệ sinh đường làng" }),
    question("q4", { answerable: false }, { question: "cách nuôi khủng long" }),
  ]
  const progress: number[] = []
  const results = await evaluate(questions, answer, { base, onProgress: (done) => progress.push(done) })
  const report = reportOf(results)
  expect(report.procedures?.recall1).toBe(1)
  expect(report.documents?.recall1).toBe(1)
  expect(report).toMatchObject({
    figuresWithoutSource: 0,
    fields: { rate: 1 },
    spans: { rate: 1 },
    answerable: { answered: 1 },
    unanswerable: { abstained: 1 },
  })
  expect(progress).toEqual([1, 2, 3, 4])
  expect(results[1]?.result).toMatchObject({ id: "q2", status: "answered", fields: { time: "20 ngày làm việc kể từ ngày nhận đủ hồ sơ" } })
  expect(results[2]?.result).toMatchObject({ doc: CLEANING.id })
})

describe("a file of questions", () => {
  const good = JSON.stringify({ id: "q1", question: "khai sinh?", expect: { codes: [BIRTH], note: "x" }, topic: "hộ tịch" })

  it("is read line by line; blank lines and further members do no harm", async () => {
    const file = await aFile("q.jsonl", `${good}\r\n\n${good.replace("q1", "q2")}\n`)
    expect((await readQuestions([file, file])).map((q) => q.id)).toEqual(["q1", "q2", "q1", "q2"])
  })

  it("with faults is refused, and every faulty line of every file is named", async () => {
    const files = [
      await aFile("mot.jsonl", `${good}\n{ hỏng\n`),
      await aFile("hai.jsonl", `{"id":1,"question":"","expect":{"fields":["price"]}}\n${good}\n{"id":"x","question":"y"}`),
    ]
    const refused = await readQuestions(files).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(InvalidInputError)
    const { problems } = refused as InvalidInputError
    expect(problems.map((p) => /(\w+)\.jsonl: dòng (\d+)/.exec(p)?.slice(1))).toEqual([
      ["mot", "2"],
      ["hai", "1"],
      ["hai", "3"],
    ])
    expect(problems[1]).toMatch(/id.*question.*expect\.fields/s)
  })
})

describe("searching any collection of texts", () => {
  const corpus = [
    { id: "d1", title: "Khai sinh", text: "Đăng ký khai sinh cho trẻ em mới sinh" },
    { _id: "d2", title: "Kết hôn", text: "Nam nữ đăng ký kết hôn" },
    { id: "d3", text: "Xây nhà phải có giấy phép" },
  ]
  const lines = corpus.map((line) => JSON.stringify(line)).join("\n")

  it("reads the usual benchmark format, its “_id” and missing titles included", () => {
    expect(readCorpus(`${lines}\n\n`).map((line) => [line.id, line.title])).toEqual([
      ["d1", "Khai sinh"],
      ["d2", "Kết hôn"],
      ["d3", ""],
    ])
    expect(readQueries('{"_id":"q1","text":"xây nhà"}')).toEqual([{ id: "q1", text: "xây nhà" }])
  })

  it("names the line at fault", () => {
    expect(() => readCorpus(`${lines}\n{"id":"d4"}`)).toThrow(/dòng 4/)
    expect(() => readQueries("\n{ hỏng")).toThrow(InvalidInputError)
    expect(() => readQueries("\n{ hỏng")).toThrow(/dòng 2/)
  })

  it("gives the ids best first, with and without marks, each once", async () => {
    const retriever = await createRetriever(readCorpus(lines), { embedder, read })
    for (const [query, id] of [
      ["đăng ký kết hôn", "d2"],
      ["giấy phép xây nhà", "d3"],
      ["trẻ mới sinh", "d1"],
    ] as const) {
      for (const written of [query, fold(query)]) {
        const hits = await retriever.search(written)
        expect(hits[0], written).toBe(id)
        expect(new Set(hits).size).toBe(hits.length)
        for (const hit of hits) expect(["d1", "d2", "d3"]).toContain(hit)
      }
    }
    expect((await retriever.search("")).length).toBeLessThanOrEqual(3)
  })

  it("gives at most a hundred, also of thousands of passages that are the same on every run", async () => {
    const passages = generatePassages(3100)
    expect(generatePassages(3)).toEqual(passages.slice(0, 3))
    const retriever = await createRetriever(passages, { embedder, read })
    const hits = await retriever.search(QUESTIONS[0] ?? "")
    expect(hits).toHaveLength(100)
    expect(new Set(hits).size).toBe(100)
  })

  it("finds nothing in nothing", async () => {
    expect(await (await createRetriever([], { embedder, read })).search("khai sinh")).toEqual([])
  })
})
