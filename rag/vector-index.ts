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
  const scores = new Float64Array(Math.min(vectors.length, EXACT_BELOW))
  return {
    size: vectors.length,
    save: (file) => {
      graph.writeIndexSync(file)
    },
    search(vector, limit) {
      // An empty graph makes the library throw.
      if (vectors.length === 0 || !vector.every(Number.isFinite)) return []
      if (vectors.length < EXACT_BELOW) return exact(vectors, vector, { limit, scores })
      const found = graph.searchKnn(Array.from(vector), Math.min(limit, vectors.length))
      return found.neighbors.map((position, i) => ({ position, score: 1 - (found.distances[i] ?? 1) }))
    },
  }
}

function exact(vectors: readonly Float32Array[], query: Float32Array, { limit, scores }: { limit: number; scores: Float64Array }): Hit[] {
  for (let i = 0; i < vectors.length; i++) scores[i] = dot(vectors[i] ?? query, query)
  return best(vectors.keys(), scores, limit)
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
