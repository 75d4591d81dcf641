import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { bench } from "../../bench.ts"
import { outside } from "../../app.ts"
import { answerTexts } from "../../bot/texts/answers.ts"
import { InvalidInputError } from "../../errors.ts"
import { procedureItem } from "../../knowledge/item.ts"
import { ABLATIONS, measureAblation } from "../../rag/benchmark/ablation.ts"
import { readCollection, type Collection } from "../../rag/benchmark/collection.ts"
import { fts5, fts5Pairs } from "../../rag/benchmark/fts5.ts"
import { generateCollection } from "../../rag/benchmark/generated.ts"
import { ourEngines } from "../../rag/benchmark/ours.ts"
import { miniSearch, orama } from "../../rag/benchmark/peers.ts"
import { percentile, readRelevance, recallAt, reciprocalRankAt } from "../../rag/benchmark/relevance.ts"
import { createRetriever } from "../../rag/benchmark/retrieval.ts"
import { sideBySide } from "../../rag/benchmark/side-by-side.ts"
import { tableHead, tableLine } from "../../rag/benchmark/table.ts"
import type { EvalQuestion } from "../../rag/evaluation/questions.ts"
import { BIRTH, COPY, DEATH, embedder, lexicon, MARRIAGE, placeNames, PROCEDURES, read } from "./small-commune.ts"

const CORPUS = [
  { id: "cư trú", title: "Đăng ký thường trú", text: "Hồ sơ gồm tờ khai thay đổi thông tin cư trú. Được nộp trực tuyến." },
  { id: "hôn nhân", title: "Đăng ký kết hôn", text: "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi cùng có mặt." },
  { id: "đất", title: "Đất đai", text: "Người sử dụng đất nộp đơn đề nghị tách thửa tại bộ phận một cửa." },
]
const QUERIES = [
  { id: "1", text: "dang ky thuong tru" },
  { id: "2", text: "Đăng ký kết hôn cần bao nhiêu tuổi?" },
  { id: "3", text: "tách thửa đất" },
]
const COLLECTION: Collection = {
  name: "thử",
  corpus: CORPUS,
  queries: QUERIES,
  relevant: new Map(QUERIES.map(({ id }, i) => [id, new Set([CORPUS[i]?.id ?? ""])])),
}
const ENGINES = [...ourEngines({ embedder, read }), miniSearch, orama, fts5, fts5Pairs]

describe("the figures of a comparison", () => {
  it("recall@k is the share of the right documents among the first k", () => {
    const hits = ["a", "b", "c", "d"]
    expect(recallAt(2, hits, new Set(["b", "d"]))).toBe(0.5)
    expect(recallAt(4, hits, new Set(["b", "d"]))).toBe(1)
    expect(recallAt(4, hits, new Set(["x"]))).toBe(0)
    expect(recallAt(4, [], new Set())).toBe(0)
  })

  it("recall@k counts a document that comes twice once", () => {
    expect(recallAt(3, ["a", "a", "b"], new Set(["a", "c"]))).toBe(0.5)
  })

  it("the reciprocal rank goes by the first right document and ends at k", () => {
    expect(reciprocalRankAt(100, ["a", "b", "c"], new Set(["c", "b"]))).toBe(1 / 2)
    expect(reciprocalRankAt(2, ["a", "b", "c"], new Set(["c"]))).toBe(0)
  })

  it("percentiles come from the sorted values, of none at all 0", () => {
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(3)
    expect(percentile([4, 1, 3, 2], 0.95)).toBe(4)
    expect(percentile([], 0.5)).toBe(0)
  })
})

describe("judgements", () => {
  it("are read with or without a head, several to a query, without those of score 0", () => {
    const right = new Map([["q1", new Set(["d 1", "d2"])]])
    expect(readRelevance("query_id\tdoc_id\tscore\nq1\td 1\t1\nq1\td2\t2\nq1\td3\t0\n")).toEqual(right)
    expect(readRelevance("q1\td 1\t1\r\nq1\td2\t1")).toEqual(right)
  })

  it("name the line at fault", () => {
    expect(() => readRelevance("q1\td1\t1\nq1 d1 1")).toThrow("dòng 2")
  })
})

describe("a collection", () => {
  let folder = ""
  const jsonl = (lines: readonly object[]) => lines.map((line) => JSON.stringify(line)).join("\n")

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "collection-"))
    await writeFile(path.join(folder, "corpus.jsonl"), jsonl(CORPUS.map(({ id, ...rest }) => ({ _id: id, ...rest }))))
    await writeFile(path.join(folder, "queries.jsonl"), jsonl([...QUERIES, { id: "unjudged", text: "?" }]))
    await writeFile(path.join(folder, "qrels.tsv"), QUERIES.map(({ id }, i) => `${id}\t${CORPUS[i]?.id ?? ""}\t1`).join("\n"))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it("is read from its folder; queries without a judgement are left out", async () => {
    const { corpus, queries, relevant } = await readCollection(folder)
    expect(corpus).toEqual(CORPUS)
    expect(queries).toEqual(QUERIES)
    expect(relevant).toEqual(COLLECTION.relevant)
  })

  it("that is not there is a fault of the caller, with the file's name", async () => {
    await expect(readCollection(path.join(folder, "none"))).rejects.toThrow(InvalidInputError)
    await expect(readCollection(path.join(folder, "none"))).rejects.toThrow("corpus.jsonl")
  })

  it("is measured from the command line, in an aligned table", async () => {
    const printed: string[] = []
    const io = { print: (text: string) => void printed.push(text), world: outside(() => undefined) }
    expect(await bench(["retrieval", folder], io)).toBe(0)
    const rows = printed.filter((line) => ENGINES.some((engine) => line.startsWith(engine.name)))
    expect(rows).toHaveLength(ENGINES.length)
    expect(new Set(rows.map((row) => row.length)).size).toBe(1)
    await expect(bench(["nothing"], io)).rejects.toThrow("Cách dùng")
  })

  it("that is generated is the same on every run, and its questions are cut out of the right passage", () => {
    const made = generateCollection(50, 10)
    expect(made).toEqual(generateCollection(50, 10))
    const [first] = made.queries
    const right = made.corpus.find(({ id }) => made.relevant.get("q0")?.has(id))
    expect(right?.text).toContain(first?.text)
    expect(made.queries).toHaveLength(10)
  })
})

describe("side by side", () => {
  it("every engine finds the right text of a tiny collection, and reports each figure", async () => {
    const seen: string[] = []
    const measured = await sideBySide(ENGINES, COLLECTION, ({ name }) => seen.push(name))
    expect(seen).toEqual(ENGINES.map(({ name }) => name))
    for (const row of measured) {
      expect(row, row.name).toMatchObject({ recall10: 1, mrr100: 1 })
      expect(row.p95, row.name).toBeGreaterThanOrEqual(row.p50)
      expect(row.indexSeconds, row.name).toBeGreaterThan(0)
    }
    const native = measured.filter((row) => row.nativeBytes > 0).map((row) => row.name)
    expect(native).toEqual(["Trợ lý Xã, thêm véc-tơ", "Trợ lý Xã, chỉ véc-tơ", "SQLite FTS5", "SQLite FTS5, thêm cặp tiếng"])
  })

  it("engines give nothing for a question without a word, and survive the signs of a query language", async () => {
    for (const engine of [miniSearch, fts5, fts5Pairs, orama]) {
      const searcher = await engine.index(CORPUS)
      expect(await searcher.search("?!"), engine.name).toEqual([])
      expect((await searcher.search('"thường" OR NEAR(trú) *')).at(0), engine.name).toBe("cư trú")
      searcher.close()
    }
  })

  it("our retriever mixes in vectors of meaning, not those of spelling alone", async () => {
    expect((await createRetriever(CORPUS, { embedder, read })).vectors.size).toBe(0)
    const ofMeaning = { ...embedder, spellingOnly: false }
    expect((await createRetriever(CORPUS, { embedder: ofMeaning, read })).vectors.size).toBe(CORPUS.length)
  })

  it("our retriever by one half alone leaves the other out", async () => {
    const keywords = await createRetriever(CORPUS, { embedder, read, use: "keywords" })
    expect(keywords.vectors.size).toBe(0)
    expect(await keywords.search("thường trú")).toEqual(["cư trú"])
    // Likeness ranks every text, keywords only those that share a word.
    const vectors = await createRetriever(CORPUS, { embedder, read, use: "vectors" })
    expect(await vectors.search("thường trú")).toHaveLength(CORPUS.length)
  })
})

describe("the ablation of the procedure search", () => {
  const question = (text: string, code: string): EvalQuestion => ({ id: text, question: text, expect: { codes: [code] } })
  const given = {
    all: { items: PROCEDURES.map(procedureItem), lexicon, embedder, placeNames },
    around: {
      texts: answerTexts,
      ...outside((error) => {
        throw error
      }),
    },
  }
  const measure = (name: string, questions: readonly EvalQuestion[]) => {
    const ablation = ABLATIONS.find((a) => a.name === name)
    if (!ablation) throw new RangeError(name)
    return measureAblation(ablation, questions, given)
  }

  it("measures every ablation", async () => {
    const questions = [question("đăng ký khai sinh", BIRTH), question("đăng ký kết hôn", MARRIAGE), question("chứng thực bản sao", COPY)]
    for (const { name } of ABLATIONS) expect(await measure(name, questions), name).toMatchObject({ n: 3, recall10: 1 })
  })

  it("a sign that is taken away is missed by the question that needs it", async () => {
    const everyday = [question("bố em mới mất", DEATH)]
    const whole = await measure("đủ mọi dấu hiệu", everyday)
    const less = await measure("không có nghĩa đời thường", everyday)
    expect(whole?.mrr).toBe(1)
    expect(less?.mrr).toBeLessThan(1)
  })

  it("repair is missed by the question that was mistyped", async () => {
    const mistyped = [question("đgăkýketshôonn", MARRIAGE), question("trứngthực bna saoo", COPY)]
    const whole = await measure("đủ mọi dấu hiệu", mistyped)
    const less = await measure("không đọc lại chữ gõ sai", mistyped)
    expect(less?.mrr).toBeLessThan(whole?.mrr ?? 0)
  })

  it("has no figure where no question names a procedure", async () => {
    expect(await measure("đủ mọi dấu hiệu", [{ id: "1", question: "xin chào", expect: {} }])).toBeNull()
  })
})

describe("a table", () => {
  it("sets the first cell to the left and figures to the right, as wide as the head at least", () => {
    const columns = [
      { title: "tên", width: 6 },
      { title: "recall@10", width: 5 },
    ]
    expect(tableLine(columns, ["ta", "0.5"])).toBe("ta            0.5")
    expect(tableHead(columns)).toBe("tên     recall@10\n──────  ─────────")
  })
})
