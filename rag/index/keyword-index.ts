import { analyze } from "./analyzer.ts"
import { best } from "./best.ts"
import type { AnalyzedUnit, FieldTable, Hit, Vocabulary } from "./types.ts"

/** BM25 saturation; with field weights folded into the term frequency it plays its usual role. */
const K1 = 1.2
/** What a term adds at most, before its weight and idf. */
export const SATURATED = K1 + 1

export interface QueryTerm {
  readonly term: string
  readonly weight: number
}

/** Keyword search over analysed units; see `createKeywordIndex`. */
export interface KeywordIndex {
  readonly size: number
  /** Best units first. `position` is the unit's place in the array that the index was made from. */
  search(terms: readonly QueryTerm[], limit: number): Hit[]
  /** True when the unit at this position holds the term. */
  has(term: string, position: number): boolean
  /** What one term adds to the score of the unit at a position, before its weight and idf: 0 (not there) to K1 + 1. */
  impactOf(term: string): (position: number) => number
  /** Robertson–Spärck Jones weight of a term: high for rare ones; unknown terms get the weight of a term in no unit. */
  idf(term: string): number
  /** Number of units that hold the term. */
  documentFrequency(term: string): number
}

interface Postings {
  readonly starts: Uint32Array
  readonly units: Uint32Array
  readonly impacts: Float32Array
  readonly documentFrequency: Uint32Array
}

/** Adds the units of `fresh` texts to a vocabulary. Terms are numbered in order of first appearance. */
export function analyzeUnit(fields: FieldTable, vocabulary: Vocabulary, texts: Readonly<Record<string, string>>): AnalyzedUnit {
  const names = Object.keys(fields)
  const counts = new Map<number, number>()
  const lengths = new Uint32Array(names.length)
  names.forEach((name, field) => {
    const terms = analyze(texts[name] ?? "")
    lengths[field] = terms.length
    for (const term of terms) {
      const key = numberOf(vocabulary, term) * names.length + field
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  })
  const keys = Uint32Array.from(counts.keys()).sort()
  const entries = new Uint32Array(keys.length * 2)
  keys.forEach((key, i) => {
    entries[2 * i] = key
    entries[2 * i + 1] = counts.get(key) ?? 0
  })
  return { lengths, entries }
}

function numberOf(vocabulary: Vocabulary, term: string): number {
  const known = vocabulary.get(term)
  if (known !== undefined) return known
  vocabulary.set(term, vocabulary.size)
  return vocabulary.size - 1
}

/**
 * BM25F (Robertson, Zaragoza & Taylor 2004; Zaragoza et al. 2004): term frequencies are normalised and weighted per field,
 * summed, and only then saturated, so that a word in the name and again in the body does not count twice as evidence.
 */
export function createKeywordIndex(fields: FieldTable, vocabulary: Vocabulary, units: readonly AnalyzedUnit[]): KeywordIndex {
  const postings = buildPostings(fields, vocabulary, units)
  const idfOfCount = (n: number) => Math.log(1 + (units.length - n + 0.5) / (n + 0.5))
  const idfs = Float64Array.from(postings.documentFrequency, idfOfCount)
  const unheard = idfOfCount(0)
  const scores = new Float64Array(units.length)
  return {
    size: units.length,
    has: (term, position) => placeIn(postings, vocabulary.get(term), position) >= 0,
    impactOf(term) {
      const number = vocabulary.get(term)
      return (position) => postings.impacts[placeIn(postings, number, position)] ?? 0
    },
    idf: (term) => idfs[vocabulary.get(term) ?? -1] ?? unheard,
    documentFrequency: (term) => postings.documentFrequency[vocabulary.get(term) ?? -1] ?? 0,
    search(terms, limit) {
      const touched: number[] = []
      for (const { term, weight } of terms) {
        const number = vocabulary.get(term)
        if (number === undefined || number + 1 >= postings.starts.length) continue
        const gain = weight * (idfs[number] ?? unheard)
        const end = postings.starts[number + 1] ?? 0
        for (let i = postings.starts[number] ?? 0; i < end; i++) {
          const unit = postings.units[i] ?? 0
          if (scores[unit] === 0) touched.push(unit)
          scores[unit] = (scores[unit] ?? 0) + gain * (postings.impacts[i] ?? 0)
        }
      }
      const hits = best(touched, scores, limit)
      for (const unit of touched) scores[unit] = 0
      return hits
    },
  }
}

/** Where the postings hold the term (by its number) for the unit; -1: nowhere. The units of a term stand in rising order. */
function placeIn({ units, starts }: Postings, term: number | undefined, position: number): number {
  if (term === undefined || term + 1 >= starts.length) return -1
  let from = starts[term] ?? 0
  let to = starts[term + 1] ?? 0
  while (from < to) {
    const middle = (from + to) >>> 1
    const unit = units[middle] ?? 0
    if (unit === position) return middle
    if (unit < position) from = middle + 1
    else to = middle
  }
  return -1
}

function buildPostings(fields: FieldTable, vocabulary: Vocabulary, units: readonly AnalyzedUnit[]): Postings {
  const rows = Object.values(fields)
  const averages = averageLengths(rows.length, units)
  const documentFrequency = new Uint32Array(vocabulary.size)
  for (const unit of units) forEachTerm(unit, rows.length, (term) => (documentFrequency[term] = (documentFrequency[term] ?? 0) + 1))
  const starts = new Uint32Array(vocabulary.size + 1)
  for (let t = 0; t < vocabulary.size; t++) starts[t + 1] = (starts[t] ?? 0) + (documentFrequency[t] ?? 0)
  const total = starts[vocabulary.size] ?? 0
  const next = starts.slice()
  const postings = { starts, units: new Uint32Array(total), impacts: new Float32Array(total), documentFrequency }
  units.forEach((unit, position) => {
    const scale = rows.map((row, f) => row.weight / (1 - row.b + (row.b * (unit.lengths[f] ?? 0)) / (averages[f] || 1)))
    forEachTerm(unit, rows.length, (term, from, to) => {
      let frequency = 0
      for (let i = from; i < to; i += 2) frequency += (unit.entries[i + 1] ?? 0) * (scale[(unit.entries[i] ?? 0) % rows.length] ?? 0)
      const at = next[term] ?? 0
      postings.units[at] = position
      postings.impacts[at] = (frequency * SATURATED) / (frequency + K1)
      next[term] = at + 1
    })
  })
  return postings
}

/** Calls back once a term with the stretch of entries (one a field) that belongs to it. Entries are sorted by term. */
function forEachTerm(unit: AnalyzedUnit, fieldCount: number, visit: (term: number, from: number, to: number) => void): void {
  const { entries } = unit
  for (let from = 0; from < entries.length;) {
    const term = Math.floor((entries[from] ?? 0) / fieldCount)
    let to = from + 2
    while (to < entries.length && Math.floor((entries[to] ?? 0) / fieldCount) === term) to += 2
    visit(term, from, to)
    from = to
  }
}

function averageLengths(fieldCount: number, units: readonly AnalyzedUnit[]): Float64Array {
  const sums = new Float64Array(fieldCount)
  for (const unit of units) unit.lengths.forEach((length, f) => (sums[f] = (sums[f] ?? 0) + length))
  return sums.map((sum) => sum / Math.max(1, units.length))
}
