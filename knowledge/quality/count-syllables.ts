import { BASE, type Counts } from "./diacritics-model.ts"
import { isSyllable, unmarked } from "./spelling.ts"

/** What is kept of the counts, so that the model stays small. */
export interface Kept {
  /** Seen at least this often. */
  readonly syllable: number
  readonly pair: number
  readonly triple: number
  /** The most frequent only. */
  readonly maxTriples: number
}

const MAX_SYLLABLES = BASE - 2

/** Stands for any figure: "8.000 đồng" and "20.000 đồng" are the same neighbours. */
export const FIGURE = "#"

/** Stretches of syllables and figures without a stop between them, in lower case. */
export function* stretchesOf(text: string): Generator<string[]> {
  const plain = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/\d[\d.,/:-]*/g, ` ${FIGURE} `)
  for (const part of plain.split(/[^\p{L}\s#]+|\n+/u)) {
    const words = part.split(/\s+/).filter((word) => word !== "")
    if (words.length > 0) yield words
  }
}

/** Counts syllables, pairs and triples of texts. Words that are no Vietnamese syllables part their neighbours. */
export function countSyllables(texts: Iterable<string>, kept: Kept): Counts {
  const stretches: number[][] = []
  const ids = new Map<string, number>()
  const seen: { text: string; count: number }[] = []
  for (const text of texts) {
    for (const words of stretchesOf(text))
      stretches.push(words.map((word) => (word === FIGURE || isSyllable(word) ? idOf(word, { ids, seen }) : -1)))
  }
  const order = seen
    .map((entry, id) => ({ ...entry, id }))
    .filter(({ count }) => count >= kept.syllable)
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_SYLLABLES)
  const position = new Map(order.map(({ id }, i) => [id, i]))
  const numbered = stretches.map((words) => words.map((id) => position.get(id) ?? -1))
  const pairs = countRuns(numbered, 2)
  const triples = countRuns(numbered, 3)
  const alternatives = alternativesOf(order.map(({ text }) => text))
  return {
    syllables: order.map(({ text, count }) => ({ text, count })),
    pairs: atLeast(pairs, kept.pair),
    triples: mostFrequent(onlyTelling(atLeast(triples, kept.triple), alternatives), kept.maxTriples),
  }
}

function idOf(word: string, { ids, seen }: { ids: Map<string, number>; seen: { text: string; count: number }[] }): number {
  const id = ids.get(word) ?? seen.length
  if (id === seen.length) {
    ids.set(word, id)
    seen.push({ text: word, count: 0 })
  }
  const entry = seen[id]
  if (entry) entry.count++
  return id
}

function countRuns(stretches: readonly (readonly number[])[], length: 2 | 3): Map<number, number> {
  const table = new Map<number, number>()
  for (const words of stretches) {
    for (let i = length - 1; i < words.length; i++) {
      const run = words.slice(i - length + 1, i + 1)
      if (run.includes(-1)) continue
      const key = run.reduce((sum, id) => sum * BASE + id, 0)
      table.set(key, (table.get(key) ?? 0) + 1)
    }
  }
  return table
}

const atLeast = (table: Map<number, number>, count: number) => new Map([...table].filter(([, n]) => n >= count))

const mostFrequent = (table: Map<number, number>, size: number) => new Map([...table].sort((a, b) => b[1] - a[1]).slice(0, size))

const alternativesOf = (syllables: readonly string[]) => {
  const groups = new Map<string, number>()
  for (const text of syllables) groups.set(unmarked(text), (groups.get(unmarked(text)) ?? 0) + 1)
  return syllables.map((text) => groups.get(unmarked(text)) ?? 1)
}

/** A triple whose three syllables can be written in one way only tells nothing. */
const onlyTelling = (triples: Map<number, number>, alternatives: readonly number[]) =>
  new Map(
    [...triples].filter(([key]) =>
      [key % BASE, Math.floor(key / BASE) % BASE, Math.floor(key / BASE / BASE)].some((id) => (alternatives[id] ?? 1) > 1),
    ),
  )
