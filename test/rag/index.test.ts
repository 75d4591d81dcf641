import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises"
import path from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { InvalidInputError } from "../../errors.ts"
import type { Embedder } from "../../rag/embedder.ts"
import { analyze } from "../../rag/index/analyzer.ts"
import { analyzeUnit, createKeywordIndex, type KeywordIndex } from "../../rag/index/keyword-index.ts"
import { loadSnapshot, saveSnapshot } from "../../rag/index/snapshot.ts"
import { buildSpace, type Space, type Unit } from "../../rag/index/space.ts"
import type { FieldTable, Vocabulary } from "../../rag/index/types.ts"
import { createLocalEmbedder } from "../../rag/local-embedder.ts"
import { buildVectorIndex, loadVectorIndex } from "../../rag/vector-index.ts"
import { aFolder } from "../prisma/temporary-memory.ts"

const TEXT: FieldTable = { text: { weight: 1, b: 0.5 } }
const NAME_AND_TEXT: FieldTable = { name: { weight: 3, b: 0 }, text: { weight: 1, b: 0 } }

function keywordIndex(texts: readonly (string | Record<string, string>)[], fields = TEXT): KeywordIndex {
  const vocabulary: Vocabulary = new Map<string, number>()
  const units = texts.map((text) => analyzeUnit(fields, vocabulary, typeof text === "string" ? { text } : text))
  return createKeywordIndex(fields, vocabulary, units)
}

const found = (index: KeywordIndex, question: string, limit = 10) =>
  index.search(
    analyze(question).map((term) => ({ term, weight: 1 })),
    limit,
  )
const positions = (index: KeywordIndex, question: string, limit = 10) => found(index, question, limit).map((hit) => hit.position)

describe("finding by words", () => {
  const few = keywordIndex(["giấy khai sinh", "giấy kết hôn", "giấy khai tử", "giấy phép xây dựng"])

  it("lets a rare word count for more than one that stands everywhere", () => {
    expect(positions(few, "giấy sinh")[0]).toBe(0)
    expect(few.idf("sinh")).toBeGreaterThan(few.idf("khai"))
    expect(few.idf("khai")).toBeGreaterThan(few.idf("giay"))
    expect(few.idf("giay")).toBeGreaterThan(0)
  })

  it("gives a word that stands nowhere the weight of the rarest", () => {
    expect(few.idf("xe")).toBeGreaterThan(few.idf("sinh"))
    expect(found(few, "xe máy")).toEqual([])
  })

  it("finds what is written without marks, and prefers what is written the same way", () => {
    const index = keywordIndex(["bán dâu", "bàn đầu", "bạn dầu"])
    expect(positions(index, "bàn đầu")[0]).toBe(1)
    expect(new Set(positions(index, "ban dau"))).toEqual(new Set([0, 1, 2]))
  })

  it("prefers neighbours: two words side by side are more than the same two far apart", () => {
    const index = keywordIndex(["sinh con thì phải khai", "đi khai sinh con thì"])
    expect(positions(index, "khai sinh")[0]).toBe(1)
  })

  it("never joins the end of one clause with the beginning of the next", () => {
    const index = keywordIndex(["khai, sinh"])
    expect(index.has("khai_sinh", 0)).toBe(false)
    expect(index.has("khai", 0)).toBe(true)
  })

  it("lets a word in the name count for more than in the text", () => {
    const index = keywordIndex([{ text: "kết hôn" }, { name: "kết hôn" }], NAME_AND_TEXT)
    expect(positions(index, "kết hôn")).toEqual([1, 0])
  })

  it("does not count a word twice because it stands in name and text", () => {
    const index = keywordIndex([{ name: "hôn", text: "hôn" }, { name: "hôn" }, { text: "khác" }, { text: "khác nữa" }], NAME_AND_TEXT)
    const [both, name] = found(index, "hôn")
    expect(both?.position).toBe(0)
    expect((both?.score ?? 0) / (name?.score ?? 1)).toBeLessThan(1.2)
  })

  it("prefers the short text when both hold the word once", () => {
    const index = keywordIndex(["khai tử và rất nhiều lời khác nữa về đủ thứ việc trong làng ngoài xã", "khai tử cho cụ"])
    expect(positions(index, "khai tử")[0]).toBe(1)
  })

  it("takes no notice of length in a field that says so", () => {
    const index = keywordIndex([{ name: "hôn" }, { name: "hôn nhân gia đình nhà cửa" }], NAME_AND_TEXT)
    const [first, second] = found(index, "hôn")
    expect(first?.score).toBe(second?.score)
  })

  it("orders what is equally good as it was given, every time", () => {
    const index = keywordIndex(["khai tử", "khai tử", "khai tử", "khác"])
    for (let i = 0; i < 3; i++) expect(positions(index, "khai tử")).toEqual([0, 1, 2])
    expect(positions(index, "khai tử", 2)).toEqual([0, 1])
  })

  it("gives of many the best few, in the same order as in the whole list", () => {
    const text = fc
      .array(fc.constantFrom("khai", "sinh", "tử", "giấy", "hôn", "đất"), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join(" "))
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 40 }), text, fc.integer({ min: 1, max: 10 }), (texts, question, limit) => {
        const index = keywordIndex(texts)
        const all = found(index, question, texts.length)
        const sorted = [...all].sort((a, b) => b.score - a.score || a.position - b.position)
        expect(all).toEqual(sorted)
        expect(found(index, question, limit)).toEqual(all.slice(0, limit))
      }),
    )
  })

  it("forgets one question before the next", () => {
    const before = found(few, "khai tử")
    found(few, "giấy phép xây dựng")
    expect(found(few, "khai tử")).toEqual(before)
  })

  it("tells whether a text holds a word", () => {
    expect([0, 1, 2, 3].map((position) => few.has("khai", position))).toEqual([true, false, true, false])
    expect([0, 1, 2, 3].map((position) => few.has("giay", position))).toEqual([true, true, true, true])
    expect(few.has("xe", 0)).toBe(false)
    expect(few.has("khai", 99)).toBe(false)
  })

  it("finds nothing in nothing", () => {
    const empty = keywordIndex([])
    expect(empty.size).toBe(0)
    expect(found(empty, "khai sinh")).toEqual([])
    expect(Number.isFinite(empty.idf("khai"))).toBe(true)
    expect(found(few, "")).toEqual([])
  })

  it("holds every word that a text was given with", () => {
    const text = fc
      .array(fc.constantFrom("khai", "sinh", "tử", "giấy", "hôn", "8.000", "đất"), { minLength: 1 })
      .map((parts) => parts.join(" "))
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), (texts) => {
        const index = keywordIndex(texts)
        texts.forEach((written, position) => {
          for (const term of analyze(written)) expect(index.has(term, position)).toBe(true)
          expect(positions(index, written, texts.length)).toContain(position)
        })
      }),
      { numRuns: 50 },
    )
  })
})

const local = createLocalEmbedder()
const vectorOf = async (text: string): Promise<Float32Array> => (await local.embed([text]))[0] ?? new Float32Array()
const likeness = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)

describe("the embedder that needs nothing", () => {
  it("makes vectors of length one and of the announced size, of any text", async () => {
    const texts = ["khai sinh", "", "!!!", "🙂", "8.000 đồng", "x".repeat(5000)]
    for (const vector of await local.embed(texts)) {
      expect(vector).toHaveLength(local.dimensions)
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
    }
  })

  it("puts a slip of the pen nearer than another matter", async () => {
    const wanted = await vectorOf("đăng ký khai sinh")
    const slip = likeness(wanted, await vectorOf("dang ki khai sinhh"))
    const other = likeness(wanted, await vectorOf("giấy phép xây dựng"))
    expect(slip).toBeGreaterThan(other + 0.2)
  })

  it("reads a text without marks as the same text", async () => {
    expect(likeness(await vectorOf("đăng ký kết hôn"), await vectorOf("dang ky ket hon"))).toBeCloseTo(1, 5)
  })

  it("makes the same vectors every time, in the order of the texts", async () => {
    const [a, b] = await local.embed(["kết hôn", "khai tử"])
    expect(a).toEqual(await vectorOf("kết hôn"))
    expect(b).toEqual(await vectorOf("khai tử"))
    expect(await local.embed([])).toEqual([])
  })
})

/** Unit vectors that are the same on every run. */
function randomVectors(count: number, dimensions: number): Float32Array[] {
  let state = 12_345
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296 - 0.5
  }
  return Array.from({ length: count }, () => {
    const row = Float32Array.from({ length: dimensions }, next)
    const length = Math.hypot(...row)
    return row.map((value) => value / length)
  })
}

const nearest = (vectors: readonly Float32Array[], query: Float32Array, limit: number) =>
  vectors
    .map((vector, position) => ({ position, score: likeness(vector, query) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map((hit) => hit.position)

describe("finding by likeness", () => {
  it("gives of a few vectors exactly the nearest, best first", () => {
    const vectors = randomVectors(200, 8)
    const index = buildVectorIndex(vectors, 8)
    for (const query of randomVectors(20, 8)) {
      const hits = index.search(query, 5)
      expect(hits.map((hit) => hit.position)).toEqual(nearest(vectors, query, 5))
      expect(hits.map((hit) => hit.score)).toEqual([...hits.map((hit) => hit.score)].sort((a, b) => b - a))
    }
  })

  it("gives of thousands at least nine in ten of the nearest, with true likeness", () => {
    const vectors = randomVectors(4000, 24)
    const index = buildVectorIndex(vectors, 24)
    let right = 0
    const queries = randomVectors(4050, 24).slice(4000)
    for (const query of queries) {
      const wanted = new Set(nearest(vectors, query, 10))
      const hits = index.search(query, 10)
      right += hits.filter((hit) => wanted.has(hit.position)).length
      for (const { position, score } of hits) expect(score).toBeCloseTo(likeness(vectors[position] ?? query, query), 4)
    }
    expect(right / (queries.length * 10)).toBeGreaterThanOrEqual(0.9)
  })

  it("refuses vectors with holes and of another length", () => {
    expect(() => buildVectorIndex([Float32Array.of(1, 0), Float32Array.of(Number.NaN, 1)], 2)).toThrow(InvalidInputError)
    expect(() => buildVectorIndex([Float32Array.of(1, 0, 0)], 2)).toThrow(InvalidInputError)
  })

  it("finds nothing in nothing, and nothing for a question with holes", () => {
    expect(buildVectorIndex([], 4).search(Float32Array.of(1, 0, 0, 0), 3)).toEqual([])
    expect(buildVectorIndex([Float32Array.of(1, 0)], 2).search(Float32Array.of(Number.NaN, 0), 3)).toEqual([])
  })

  it("finds the same after it was saved and read, and refuses vectors that are not its own", async () => {
    const vectors = randomVectors(3200, 8)
    const file = path.join(await aFolder(), "graph")
    const index = buildVectorIndex(vectors, 8)
    index.save(file)
    const query = vectors[17] ?? new Float32Array()
    expect(loadVectorIndex(file, vectors, 8).search(query, 5)).toEqual(index.search(query, 5))
    expect(() => loadVectorIndex(file, vectors.slice(1), 8)).toThrow(InvalidInputError)
  })
})

/** Counts the texts that it is asked to read. */
function countingEmbedder(): Embedder & { readonly readTexts: string[] } {
  const readTexts: string[] = []
  return {
    name: local.name,
    dimensions: local.dimensions,
    readTexts,
    embed: (texts) => {
      readTexts.push(...texts)
      return local.embed(texts)
    },
  }
}

const unit = (key: string, text: string, embedded: string | null = text): Unit => ({ key, digest: `d-${text}`, fields: { text }, embedded })
const nameOf = (space: Space, question: string) => {
  const position = found(space.keyword, question, 1)[0]?.position
  return position === undefined ? null : (space.content.units[position]?.key ?? null)
}

describe("indexing again after an import", () => {
  const THREE = [unit("a", "khai sinh"), unit("b", "khai tử"), unit("c", "kết hôn")]

  it("reads no text a second time that has not changed", async () => {
    const first = await buildSpace(TEXT, THREE, { embedder: local })
    const embedder = countingEmbedder()
    const { space, report } = await buildSpace(TEXT, [...THREE].reverse(), { embedder, previous: first.space.content })
    expect(report).toEqual({ reused: 3, indexed: 0 })
    expect(embedder.readTexts).toEqual([])
    expect(nameOf(space, "khai tử")).toBe("b")
  })

  it("reads what is new or changed, and forgets what is gone", async () => {
    const first = await buildSpace(TEXT, THREE, { embedder: local })
    const embedder = countingEmbedder()
    const next = [unit("a", "khai sinh"), unit("c", "ly hôn"), unit("d", "xây nhà")]
    const { space, report } = await buildSpace(TEXT, next, { embedder, previous: first.space.content })
    expect(report).toEqual({ reused: 1, indexed: 2 })
    expect(embedder.readTexts).toEqual(["ly hôn", "xây nhà"])
    expect(nameOf(space, "tử")).toBeNull()
    expect(nameOf(space, "kết")).toBeNull()
    expect(nameOf(space, "ly hôn")).toBe("c")
    expect(nameOf(space, "xây nhà")).toBe("d")
  })

  it("answers as if it had been made in one go", async () => {
    const text = fc
      .array(fc.constantFrom("khai", "sinh", "tử", "hôn", "đất", "nhà"), { minLength: 1, maxLength: 5 })
      .map((parts) => parts.join(" "))
    const edition = fc.uniqueArray(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), text), { selector: ([key]) => key })
    const unitsOf = (rows: [string, string][]) => rows.map(([key, written]) => unit(key, written))
    await fc.assert(
      fc.asyncProperty(edition, edition, text, async (before, after, question) => {
        const old = await buildSpace(TEXT, unitsOf(before), { embedder: local })
        const renewed = await buildSpace(TEXT, unitsOf(after), { embedder: local, previous: old.space.content })
        const fresh = await buildSpace(TEXT, unitsOf(after), { embedder: local })
        expect(found(renewed.space.keyword, question)).toEqual(found(fresh.space.keyword, question))
        const vector = await vectorOf(question)
        expect(renewed.space.vectors.search(vector, 5)).toEqual(fresh.space.vectors.search(vector, 5))
      }),
      { numRuns: 30 },
    )
  })

  it("reads all of it when the fields have other weights", async () => {
    const first = await buildSpace(TEXT, THREE, { embedder: local })
    const { report } = await buildSpace({ text: { weight: 2, b: 0.5 } }, THREE, { embedder: local, previous: first.space.content })
    expect(report).toEqual({ reused: 0, indexed: 3 })
  })

  it("keeps out of the vectors what is found by words alone", async () => {
    const embedder = countingEmbedder()
    const { space } = await buildSpace(TEXT, [unit("a", "khai sinh", null), unit("b", "khai tử")], { embedder })
    expect(embedder.readTexts).toEqual(["khai tử"])
    expect(space.vectors.size).toBe(1)
    expect(space.vectorOwners).toEqual([1])
  })
})

const IDENTITY = { embedder: local.name, dimensions: local.dimensions }
const spaceOf = async (...texts: string[]) =>
  (
    await buildSpace(
      TEXT,
      texts.map((text, i) => unit(`k${i}`, text)),
      { embedder: local },
    )
  ).space

async function saved(...texts: string[]): Promise<{ folder: string; space: Space }> {
  const folder = await aFolder()
  const space = await spaceOf(...texts)
  await saveSnapshot(folder, { knowledge: "1".repeat(64), spaces: { bodies: space } }, IDENTITY)
  return { folder, space }
}

const snapshotsIn = async (folder: string) =>
  (await readdir(folder, { withFileTypes: true })).filter((e) => e.isDirectory()).map((e) => e.name)

describe("the saved index", () => {
  it("finds the same after a restart", async () => {
    const { folder, space } = await saved("khai sinh", "khai tử", "hoà giải")
    const loaded = await loadSnapshot(folder, IDENTITY)
    expect(loaded?.knowledge).toBe("1".repeat(64))
    const again = loaded?.spaces["bodies"]
    expect(again?.content).toEqual(space.content)
    expect(again?.vectorOwners).toEqual(space.vectorOwners)
    const vector = await vectorOf("khai tu")
    expect(again?.vectors.search(vector, 3)).toEqual(space.vectors.search(vector, 3))
    expect(again && found(again.keyword, "khai tử")).toEqual(found(space.keyword, "khai tử"))
  })

  it("of nothing is nothing, but usable", async () => {
    const { folder } = await saved()
    expect((await loadSnapshot(folder, IDENTITY))?.spaces["bodies"]?.keyword.size).toBe(0)
  })

  it("is not there on the first start", async () => {
    expect(await loadSnapshot(await aFolder(), IDENTITY)).toBeNull()
    expect(await loadSnapshot("/does/not/exist", IDENTITY)).toBeNull()
  })

  it.each(["bodies.units", "bodies.graph", "meta.json"])("is not used when a byte of %s has changed", async (name) => {
    const { folder } = await saved("khai sinh", "khai tử")
    const file = path.join(folder, (await snapshotsIn(folder))[0] ?? "", name)
    const bytes = await readFile(file)
    const middle = name === "meta.json" ? bytes.indexOf('"files"') + 1 : bytes.length >> 1
    bytes[middle] = (bytes[middle] ?? 0) ^ 1
    await writeFile(file, bytes)
    expect(await loadSnapshot(folder, IDENTITY)).toBeNull()
  })

  it("is not used when it was made by another embedder", async () => {
    const { folder } = await saved("khai sinh")
    expect(await loadSnapshot(folder, { ...IDENTITY, embedder: "another" })).toBeNull()
    expect(await loadSnapshot(folder, { ...IDENTITY, dimensions: 7 })).toBeNull()
    expect(await loadSnapshot(folder, IDENTITY)).not.toBeNull()
  })

  it("is not used when another edition of the program made it", async () => {
    const { folder } = await saved("khai sinh")
    const file = path.join(folder, (await snapshotsIn(folder))[0] ?? "", "meta.json")
    const meta = JSON.parse(await readFile(file, "utf8")) as { format: number }
    await writeFile(file, JSON.stringify({ ...meta, format: meta.format + 1 }))
    expect(await loadSnapshot(folder, IDENTITY)).toBeNull()
  })

  it("gives way to the next one, which is then the only one", async () => {
    const { folder } = await saved("khai sinh")
    await saveSnapshot(folder, { knowledge: "2".repeat(64), spaces: { bodies: await spaceOf("khai tử") } }, IDENTITY)
    expect(await snapshotsIn(folder)).toHaveLength(1)
    const loaded = await loadSnapshot(folder, IDENTITY)
    expect(loaded?.knowledge).toBe("2".repeat(64))
    expect(loaded?.spaces["bodies"]?.keyword.has("tu", 0)).toBe(true)
  })

  it("of the same knowledge can be saved again", async () => {
    const { folder, space } = await saved("khai sinh")
    await saveSnapshot(folder, { knowledge: "1".repeat(64), spaces: { bodies: space } }, IDENTITY)
    expect(await snapshotsIn(folder)).toHaveLength(1)
    expect(await loadSnapshot(folder, IDENTITY)).not.toBeNull()
  })

  it("stays the old one when the power goes before the new one is in place", async () => {
    const { folder } = await saved("khai sinh")
    const draft = path.join(folder, ".draft-222-local-1")
    await mkdir(draft)
    await writeFile(path.join(draft, "bodies.units"), "nửa chừng")
    expect((await loadSnapshot(folder, IDENTITY))?.knowledge).toBe("1".repeat(64))
    // … also when the new one is whole, but nothing points at it yet.
    await rename(draft, path.join(folder, "222-local"))
    expect((await loadSnapshot(folder, IDENTITY))?.knowledge).toBe("1".repeat(64))
  })

  it("is made anew when what it points at is gone", async () => {
    const { folder } = await saved("khai sinh")
    await writeFile(path.join(folder, "current"), "../../etc")
    expect(await loadSnapshot(folder, IDENTITY)).toBeNull()
  })
})
