import hnswlib from "hnswlib-node"
import { InvalidInputError } from "../errors.ts"
import { best } from "./index/best.ts"
import type { Hit } from "./index/types.ts"

const NEIGHBOURS = 10
const BUILD_EFFORT = 60
const SEARCH_EFFORT = 96
/** Below this many vectors comparing with all of them is as fast as the graph and exact. */
const EXACT_BELOW = 3000

/** Nearest vectors by cosine; vectors are of length 1. */
export interface VectorIndex {
  readonly size: number
  search(vector: Float32Array, limit: number): Hit[]
  save(file: string): void
}

/** Builds the graph (Malkov & Yashunin 2018). Throws InvalidInputError for vectors of another length or with NaN. */
export function buildVectorIndex(vectors: readonly Float32Array[], dimensions: number): VectorIndex {
  vectors.forEach((vector, i) => {
    if (vector.length !== dimensions || !vector.every(Number.isFinite)) throw new InvalidInputError(`Véc-tơ số ${i} không hợp lệ`)
  })
  const graph = new hnswlib.HierarchicalNSW("ip", dimensions)
  graph.initIndex(Math.max(1, vectors.length), NEIGHBOURS, BUILD_EFFORT)
  vectors.forEach((vector, i) => {
    graph.addPoint(Array.from(vector), i)
  })
  return wrap(graph, vectors)
}

/** Reads a saved graph; the caller has checked that file and vectors belong together (the library checks nothing). */
export function loadVectorIndex(file: string, vectors: readonly Float32Array[], dimensions: number): VectorIndex {
  const graph = new hnswlib.HierarchicalNSW("ip", dimensions)
  graph.readIndexSync(file)
  if (graph.getCurrentCount() !== vectors.length) throw new InvalidInputError("Tệp chỉ mục véc-tơ không khớp")
  return wrap(graph, vectors)
}

function wrap(graph: hnswlib.HierarchicalNSW, vectors: readonly Float32Array[]): VectorIndex {
  graph.setEf(SEARCH_EFFORT)
  const compareAll = vectors.length < EXACT_BELOW ? comparison(vectors) : null
  return {
    size: vectors.length,
    save: (file) => {
      graph.writeIndexSync(file)
    },
    search(vector, limit) {
      // An empty graph makes the library throw.
      if (vectors.length === 0 || !vector.every(Number.isFinite)) return []
      if (compareAll) return compareAll(vector, limit)
      const found = graph.searchKnn(Array.from(vector), Math.min(limit, vectors.length))
      return found.neighbors.map((position, i) => ({ position, score: 1 - (found.distances[i] ?? 1) }))
    },
  }
}

/**
 * Compares a vector with all others, dimension by dimension: a short question leaves most of the dimensions of hashed words
 * empty, and a column of numbers that lie side by side is read several times as fast as as many arrays.
 */
function comparison(vectors: readonly Float32Array[]): (query: Float32Array, limit: number) => Hit[] {
  const size = vectors.length
  const columns = Array.from({ length: vectors[0]?.length ?? 0 }, (_, d) => Float32Array.from(vectors, (vector) => vector[d] ?? 0))
  const scores = new Float64Array(size)
  const everyone = vectors.map((_, i) => i)
  return (query, limit) => {
    scores.fill(0)
    columns.forEach((column, d) => {
      const weight = query[d] ?? 0
      if (weight === 0) return
      for (let i = 0; i < size; i++) scores[i] = (scores[i] ?? 0) + (column[i] ?? 0) * weight
    })
    return best(everyone, scores, limit)
  }
}
