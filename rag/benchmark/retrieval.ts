import { z } from "zod"
import { InvalidInputError } from "../../errors.ts"
import type { Embedder } from "../embedder.ts"
import { kindOf } from "../index/analyzer.ts"
import { buildSpace, type Space } from "../index/space.ts"
import type { FieldTable, Hit } from "../index/types.ts"
import type { Reading } from "../understand/reading.ts"
import type { VectorIndex } from "../vector-index.ts"

/** Collections in BEIR's format (Thakur et al. 2021) call the id `_id`. */
const withId = (line: unknown) => (typeof line === "object" && line !== null && "_id" in line ? { id: line._id, ...line } : line)

const corpusLine = z.object({ id: z.string(), title: z.string().default(""), text: z.string() })
const queryLine = z.object({ id: z.string(), text: z.string() })
export type CorpusLine = z.infer<typeof corpusLine>
export type QueryLine = z.infer<typeof queryLine>

export interface RunLine {
  readonly id: string
  readonly hits: readonly string[]
  readonly ms: number
}

const FIELDS: FieldTable = { title: { weight: 2, b: 0.3 }, text: { weight: 1, b: 0.6 } }
const KIND_WEIGHT = { syllable: 1, pair: 1, accented: 0.4 } as const
/** In running text small words tell word sense by their neighbours, so they keep at least this weight. */
const LEAST_WEIGHT = 0.5
const HITS = 100
/** Share of the best keyword score that a perfect likeness is worth. */
const SIMILARITY = 0.15

/** Reads JSONL lines of a corpus or of queries. Throws InvalidInputError with the line at fault. */
export const readCorpus = (text: string) => readLines(text, corpusLine)
export const readQueries = (text: string) => readLines(text, queryLine)

function readLines<T>(text: string, schema: z.ZodType<T>): T[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === "") return []
    try {
      return [schema.parse(withId(JSON.parse(line)))]
    } catch {
      throw new InvalidInputError(`dòng ${i + 1} không đúng dạng`)
    }
  })
}

export interface Retriever {
  /** The graph of the vectors, which a native library keeps outside the heap. */
  readonly vectors: Pick<VectorIndex, "size" | "save">
  search(query: string): Promise<string[]>
}

/** What the retriever goes by, unless the embedder decides: vectors of spelling alone would only blur running text. */
export type Use = "both" | "keywords" | "vectors"

interface Parts {
  readonly embedder: Embedder
  readonly read: (text: string) => Reading
  readonly use?: Use
}

/** The bot's own analyzer, indexes and fusion over any corpus; ids are given back best first. */
export async function createRetriever(corpus: readonly CorpusLine[], parts: Parts): Promise<Retriever> {
  const { embedder, read, use = embedder.spellingOnly ? "keywords" : "both" } = parts
  const units = corpus.map(({ id, title, text }) => ({
    key: id,
    digest: id,
    fields: use === "vectors" ? {} : { title, text },
    embedded: use === "keywords" ? null : `${title} ${text.slice(0, 600)}`,
  }))
  const { space } = await buildSpace(FIELDS, units, { embedder })
  return {
    vectors: space.vectors,
    async search(query) {
      const reading = read(query)
      const vector = use === "keywords" ? null : ((await embedder.embed([reading.content.join(" ") || query]))[0] ?? null)
      const terms = reading.terms.map((t) => ({ term: t.term, weight: Math.max(LEAST_WEIGHT, t.weight) * KIND_WEIGHT[kindOf(t.term)] }))
      const hits = fuse(space.keyword.search(terms, HITS * 2), vector ? ownersOf(space, space.vectors.search(vector, HITS)) : [])
      return hits.slice(0, HITS).map((hit) => corpus[hit.position]?.id ?? "")
    },
  }
}

const ownersOf = (space: Space, hits: readonly Hit[]): Hit[] =>
  hits.map((hit) => ({ position: space.vectorOwners[hit.position] ?? -1, score: hit.score }))

/** Keyword scores in units of the best one, plus a share for likeness: a convex fusion (Bruch et al. 2023). */
function fuse(keyword: readonly Hit[], similar: readonly Hit[]): Hit[] {
  const top = keyword[0]?.score ?? 1
  const scores = new Map(keyword.map((hit) => [hit.position, hit.score / top]))
  for (const hit of similar) scores.set(hit.position, (scores.get(hit.position) ?? 0) + SIMILARITY * Math.max(0, hit.score))
  return [...scores].map(([position, score]) => ({ position, score })).sort((a, b) => b.score - a.score)
}
