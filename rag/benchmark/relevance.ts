import { InvalidInputError } from "../../errors.ts"

/** The right documents of each query. */
export type Relevance = ReadonlyMap<string, ReadonlySet<string>>

/** Reads judgements in BEIR's format: query, document, score, parted by tabs; a score of 0 says "not right". Throws InvalidInputError with the line at fault. */
export function readRelevance(text: string): Relevance {
  const relevant = new Map<string, Set<string>>()
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === "") return
    const [query, document, score] = line.split("\t")
    // The first line may name the columns.
    if (i === 0 && !Number.isFinite(Number(score))) return
    if (!query || !document || !Number.isFinite(Number(score))) throw new InvalidInputError(`dòng ${i + 1} không đúng dạng`)
    if (Number(score) > 0) relevant.set(query, (relevant.get(query) ?? new Set()).add(document))
  })
  return relevant
}

/** Share of the right documents that stand among the first `k` hits. */
export function recallAt(k: number, hits: readonly string[], right: ReadonlySet<string>): number {
  const first = new Set(hits.slice(0, k))
  return [...right].filter((id) => first.has(id)).length / Math.max(1, right.size)
}

/** 1 over the place of the first right document; 0 when none stands among the first `k` hits. */
export function reciprocalRankAt(k: number, hits: readonly string[], right: ReadonlySet<string>): number {
  const place = hits.slice(0, k).findIndex((id) => right.has(id))
  return place < 0 ? 0 : 1 / (place + 1)
}

/** The value that a share `p` of the values stay below. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0
}

export const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)
