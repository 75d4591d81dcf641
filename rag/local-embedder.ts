import type { Embedder } from "./embedder.ts"
import { tokenize } from "./vietnamese/syllables.ts"

const DIMENSIONS = 128
/** Shares of the vector's weight: whole syllables carry meaning, pairs word sense, letter trigrams forgive slips of typing. */
const WEIGHTS = { syllable: 1, pair: 0.8, letters: 0.35 } as const

/**
 * An embedder that needs no download, no key and no network: signed feature hashing (Weinberger et al. 2009) of folded
 * syllables, syllable pairs and letter trigrams. Close spellings get close vectors.
 */
export function createLocalEmbedder(): Embedder {
  return { name: "local-hash-1", dimensions: DIMENSIONS, spellingOnly: true, embed: (texts) => Promise.resolve(texts.map(embed)) }
}

function embed(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS)
  const syllables = tokenize(text).map((token) => token.folded)
  syllables.forEach((syllable, i) => {
    add(vector, `s:${syllable}`, WEIGHTS.syllable)
    const next = syllables[i + 1]
    if (next) add(vector, `p:${syllable} ${next}`, WEIGHTS.pair)
    const padded = `^${syllable}$`
    for (let k = 0; k + 3 <= padded.length; k++) add(vector, `l:${padded.slice(k, k + 3)}`, WEIGHTS.letters)
  })
  return normalise(vector)
}

function add(vector: Float32Array, feature: string, weight: number): void {
  const hash = fnv1a(feature)
  const place = hash % DIMENSIONS
  vector[place] = (vector[place] ?? 0) + (hash & 0x80000000 ? -weight : weight)
}

/** 32-bit FNV-1a with a final mix (murmur3), so that the low bits and the sign are independent. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Scales to length 1; a text without a single syllable gets a fixed direction, because cosine needs one. */
function normalise(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  if (length === 0) vector[0] = 1
  else for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) / length
  return vector
}
