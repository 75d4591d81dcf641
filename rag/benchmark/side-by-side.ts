import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import type { Collection } from "./collection.ts"
import { DEPTH, type Engine } from "./engine.ts"
import { mean, percentile, recallAt, reciprocalRankAt } from "./relevance.ts"

export interface Measured {
  readonly name: string
  readonly recall10: number
  readonly mrr100: number
  readonly p50: number
  readonly p95: number
  readonly indexSeconds: number
  /** Growth of the heap and of what it holds outside (typed arrays). */
  readonly heapBytes: number
  readonly nativeBytes: number
}

/** Texts and questions that are gone through once before the clock runs, so that nobody pays for loading and compiling. */
const WARM_TEXTS = 200
const WARM_QUERIES = 20

/** Indexes and searches a collection with each engine in turn; `onMeasured` sees each as soon as it is known. */
export async function sideBySide(
  engines: readonly Engine[],
  collection: Collection,
  onMeasured?: (measured: Measured) => void,
): Promise<Measured[]> {
  const all: Measured[] = []
  for (const engine of engines) {
    await warmUp(engine, collection)
    const measured = await measure(engine, collection)
    onMeasured?.(measured)
    all.push(measured)
  }
  return all
}

async function warmUp(engine: Engine, { corpus, queries }: Collection): Promise<void> {
  const small = await engine.index(corpus.slice(0, WARM_TEXTS))
  for (const { text } of queries.slice(0, WARM_QUERIES)) await small.search(text)
  small.close()
}

async function measure(engine: Engine, { corpus, queries, relevant }: Collection): Promise<Measured> {
  const before = usedBytes()
  const started = performance.now()
  const searcher = await engine.index(corpus)
  const indexSeconds = (performance.now() - started) / 1000
  const heapBytes = usedBytes() - before
  const nativeBytes = await searcher.nativeBytes()
  for (const { text } of queries.slice(0, WARM_QUERIES)) await searcher.search(text)
  const rows: { recall: number; reciprocal: number; ms: number }[] = []
  for (const { id, text } of queries) {
    const asked = performance.now()
    const hits = await searcher.search(text)
    const ms = performance.now() - asked
    const right = relevant.get(id) ?? new Set<string>()
    rows.push({ recall: recallAt(10, hits, right), reciprocal: reciprocalRankAt(DEPTH, hits, right), ms })
  }
  searcher.close()
  const times = rows.map((row) => row.ms)
  return {
    name: engine.name,
    recall10: mean(rows.map((row) => row.recall)),
    mrr100: mean(rows.map((row) => row.reciprocal)),
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    indexSeconds,
    heapBytes,
    nativeBytes,
  }
}

/** Bytes that are held once the garbage is gone. Node hands out its collector on request only. */
function usedBytes(): number {
  setFlagsFromString("--expose-gc")
  const collect = runInNewContext("gc") as () => void
  // Twice: what a finalizer lets go of is free at the second round only.
  for (let i = 0; i < 2; i++) collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
