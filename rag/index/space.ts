import type { Embedder } from "../embedder.ts"
import { buildVectorIndex, type VectorIndex } from "../vector-index.ts"
import { analyzeUnit, createKeywordIndex, type KeywordIndex } from "./keyword-index.ts"
import type { AnalyzedUnit, FieldTable, Vocabulary } from "./types.ts"

/** Something to be found. The digest says whether its text is the one that was indexed before. */
export interface Unit {
  readonly key: string
  readonly digest: string
  readonly fields: Readonly<Record<string, string>>
  /** What the embedder reads; null: found by keywords alone. */
  readonly embedded: string | null
}

/** What is kept of an indexed space, enough to make it again without reading a text twice. */
export interface SpaceContent {
  readonly fields: FieldTable
  readonly vocabulary: Vocabulary
  readonly units: readonly {
    readonly key: string
    readonly digest: string
    readonly analyzed: AnalyzedUnit
    readonly vector: Float32Array | null
  }[]
}

/** A searchable set of units: keywords and vectors over the same positions. */
export interface Space {
  readonly content: SpaceContent
  readonly keyword: KeywordIndex
  readonly vectors: VectorIndex
  /** Position in the vector index → position of the unit. */
  readonly vectorOwners: readonly number[]
}

export interface BuildReport {
  readonly reused: number
  readonly indexed: number
}

const BATCH = 256

/** Makes the space of these units; what `previous` holds of the same key and digest is taken over, the rest is read anew. */
export async function buildSpace(
  fields: FieldTable,
  units: readonly Unit[],
  { embedder, previous }: { embedder: Embedder; previous?: SpaceContent | null },
): Promise<{ space: Space; report: BuildReport }> {
  const same = previous && JSON.stringify(previous.fields) === JSON.stringify(fields) ? previous : null
  const known = new Map(same?.units.map((u) => [`${u.key}\n${u.digest}`, u]) ?? [])
  const vocabulary: Vocabulary = new Map<string, number>(same?.vocabulary)
  let reused = 0
  const rows = units.map((unit) => {
    const old = known.get(`${unit.key}\n${unit.digest}`)
    if (old && (old.vector === null) === (unit.embedded === null)) {
      reused++
      return { key: unit.key, digest: unit.digest, analyzed: old.analyzed, vector: old.vector }
    }
    return { key: unit.key, digest: unit.digest, analyzed: analyzeUnit(fields, vocabulary, unit.fields), vector: null }
  })
  const vectors = await embedMissing(units, rows, embedder)
  const content: SpaceContent = { fields, vocabulary, units: rows.map((row, i) => ({ ...row, vector: vectors[i] ?? null })) }
  return { space: openSpace(content, embedder.dimensions), report: { reused, indexed: units.length - reused } }
}

/** The searchable space of stored content; `load` may hand in a saved vector graph. */
export function openSpace(content: SpaceContent, dimensions: number, load?: (vectors: Float32Array[]) => VectorIndex): Space {
  const vectors: Float32Array[] = []
  const vectorOwners: number[] = []
  content.units.forEach(({ vector }, position) => {
    if (!vector) return
    vectors.push(vector)
    vectorOwners.push(position)
  })
  const keyword = createKeywordIndex(
    content.fields,
    content.vocabulary,
    content.units.map((u) => u.analyzed),
  )
  return { content, keyword, vectors: load ? load(vectors) : buildVectorIndex(vectors, dimensions), vectorOwners }
}

async function embedMissing(
  units: readonly Unit[],
  rows: readonly { vector: Float32Array | null }[],
  embedder: Embedder,
): Promise<(Float32Array | null)[]> {
  const vectors = rows.map((row) => row.vector)
  const missing = units.flatMap((unit, i) => (unit.embedded !== null && !vectors[i] ? [{ i, text: unit.embedded }] : []))
  for (let from = 0; from < missing.length; from += BATCH) {
    const batch = missing.slice(from, from + BATCH)
    const fresh = await embedder.embed(batch.map((m) => m.text))
    batch.forEach((m, k) => (vectors[m.i] = fresh[k] ?? null))
  }
  return vectors
}
