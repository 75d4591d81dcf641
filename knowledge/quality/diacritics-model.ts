import { gunzipSync, gzipSync } from "node:zlib"
import { unmarked } from "./spelling.ts"

/**
 * Counts of syllables and of their neighbours, from which lost marks are put back. In the file: the syllables (most frequent
 * first), then for each one its followers with their counts, then for each kept pair the syllables that followed it.
 */
export interface DiacriticsModel {
  readonly syllables: readonly string[]
  readonly counts: Float64Array
  /** Positions of the syllables that look the same without marks. */
  readonly byUnmarked: ReadonlyMap<string, readonly number[]>
  /** ln of how often b followed a; 0 for pairs that were not kept. */
  pair(a: number, b: number): number
  triple(a: number, b: number, c: number): number
}

export interface Counts {
  readonly syllables: readonly { readonly text: string; readonly count: number }[]
  /** Keys "a b", positions in `syllables`. */
  readonly pairs: ReadonlyMap<number, number>
  readonly triples: ReadonlyMap<number, number>
}

/** Counts are kept as whole steps of a logarithm: one byte each, a few percent coarse. */
const STEPS = 12
/** Positions are below this: a pair and a triple make one whole number each. */
export const BASE = 8192

const MAGIC = "TLXD1\n"

const step = (count: number) => Math.min(255, Math.round(Math.log(count) * STEPS))

/** The file that ships: sorted keys as differences of seven bits a byte, counts as steps, all of it gzipped. */
export function packModel({ syllables, pairs, triples }: Counts): Buffer {
  const words = Buffer.from(`${syllables.map(({ text, count }) => `${text} ${step(count)}`).join("\n")}\n\n`, "utf8")
  return gzipSync(Buffer.concat([Buffer.from(MAGIC), words, packTable(pairs), packTable(triples)]), { level: 9 })
}

function packTable(table: ReadonlyMap<number, number>): Buffer {
  const sorted = [...table].sort(([a], [b]) => a - b)
  const keys: number[] = []
  let before = 0
  for (const [key] of sorted) {
    let difference = key - before
    before = key
    while (difference >= 128) {
      keys.push((difference % 128) + 128)
      difference = Math.floor(difference / 128)
    }
    keys.push(difference)
  }
  const head = Buffer.alloc(8)
  head.writeUInt32LE(sorted.length, 0)
  head.writeUInt32LE(keys.length, 4)
  return Buffer.concat([head, Buffer.from(keys), Buffer.from(sorted.map(([, count]) => step(count)))])
}

/** Reads what `packModel` wrote. Throws RangeError for anything else. */
export function unpackModel(file: Uint8Array): DiacriticsModel {
  const bytes = gunzipSync(file)
  if (bytes.subarray(0, MAGIC.length).toString("latin1") !== MAGIC) throw new RangeError("no diacritics model")
  const end = bytes.indexOf("\n\n", MAGIC.length)
  const rows = bytes.subarray(MAGIC.length, end).toString("utf8").split("\n")
  const syllables = rows.map((row) => row.slice(0, row.lastIndexOf(" ")))
  const counts = Float64Array.from(rows, (row) => Math.exp(Number(row.slice(row.lastIndexOf(" ") + 1)) / STEPS))
  const byUnmarked = new Map<string, number[]>()
  syllables.forEach((text, i) => byUnmarked.set(unmarked(text), [...(byUnmarked.get(unmarked(text)) ?? []), i]))
  const pairs = unpackTable(bytes, end + 2)
  const triples = unpackTable(bytes, pairs.end)
  return {
    syllables,
    counts,
    byUnmarked,
    pair: (a, b) => pairs.find(a * BASE + b),
    triple: (a, b, c) => triples.find((a * BASE + b) * BASE + c),
  }
}

/** Keys sorted, so that a look-up is a binary search and the table takes nine bytes a row. */
function unpackTable(bytes: Buffer, start: number): { end: number; find: (key: number) => number } {
  const size = bytes.readUInt32LE(start)
  const keyBytes = bytes.readUInt32LE(start + 4)
  const keys = new Float64Array(size)
  let at = start + 8
  let key = 0
  for (let i = 0; i < size; i++) {
    let place = 1
    let byte: number
    do {
      byte = bytes[at++] ?? 0
      key += (byte % 128) * place
      place *= 128
    } while (byte >= 128)
    keys[i] = key
  }
  const steps = bytes.subarray(start + 8 + keyBytes, start + 8 + keyBytes + size)
  const find = (wanted: number) => {
    let low = 0
    let high = size - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const found = keys[middle] ?? 0
      if (found === wanted) return (steps[middle] ?? 0) / STEPS
      if (found < wanted) low = middle + 1
      else high = middle - 1
    }
    return 0
  }
  return { end: start + 8 + keyBytes + size, find }
}
