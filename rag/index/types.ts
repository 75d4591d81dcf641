/** Weight of a field and how strongly its length counts (0: not at all, 1: fully). The order of fields is part of the snapshot. */
export type FieldTable = Readonly<Record<string, { readonly weight: number; readonly b: number }>>

export type Vocabulary = Map<string, number>

/** Term counts of one unit. `entries` holds pairs: term number × field count + field number, then the count; sorted. */
export interface AnalyzedUnit {
  readonly lengths: Uint32Array
  readonly entries: Uint32Array
}

/** A unit found, by its place in the index. */
export interface Hit {
  readonly position: number
  readonly score: number
}
