import { kindOf, termsOf } from "../index/analyzer.ts"
import type { QueryTerm } from "../index/keyword-index.ts"
import { roleOf } from "../understand/function-words.ts"
import { isMarked } from "../understand/marked.ts"
import type { Reading } from "../understand/reading.ts"
import { tokenize, type Token } from "../vietnamese/syllables.ts"
import { officialWords } from "./everyday.ts"
import type { NamedPlace } from "./places.ts"

/** A question as documents are searched for it. */
export interface PassageQuery {
  /** What the passage should hold; words that only name the place are not among them. */
  readonly content: readonly QueryTerm[]
  /** The same with the place's name: it finds the documents of the place among those of many. */
  readonly wide: readonly QueryTerm[]
  /** It calls for a procedure by an everyday name. */
  readonly meant: boolean
}

/** Beside procedures "hồ sơ" or "lệ phí" say which part is asked for; in a document they are words like others. */
const ASKED = 0.5
/** Official words for what the citizen says in everyday ones. */
const OFFICIAL = 0.75
/** A number that is written another way ("1" and "01", "bốn" and "4"). */
const OTHERWISE = 0.7

const NUMBER_WORDS = new Map(["hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"].map((word, i) => [word, String(i + 2)]))
const KIND_OF_PLACE = new Set(["xa", "phuong", "huyen", "quan", "tinh", "tran", "tt", "tp"])
const SMALL = /^\d{1,2}$/

/** The weighted terms by which documents are searched for a question. */
export function passageQuery(reading: Reading, places: readonly NamedPlace[]): PassageQuery {
  const { tokens } = reading
  const weights = wordWeights(reading)
  const naming = placeTokens(tokens, places)
  const own = new Map<string, number>()
  const wide = new Map<string, number>(reading.terms.map((t) => [t.term, t.weight]))
  const raise = (term: string, weight: number) => {
    own.set(term, Math.max(own.get(term) ?? 0, weight))
    wide.set(term, Math.max(wide.get(term) ?? 0, weight))
  }
  tokens.forEach((token, i) => {
    if (naming.has(i)) return
    const next = naming.has(i + 1) ? undefined : tokens[i + 1]
    for (const term of termsOf(next ? [token, next] : [token])) {
      const isPair = kindOf(term) === "pair"
      if (!isPair && term !== token.folded && term !== `=${token.text}`) continue
      raise(term, isPair ? Math.min(weights[i] ?? 0, weights[i + 1] ?? 0) : (weights[i] ?? 0))
    }
    for (const other of otherwise(tokens, i)) for (const term of termsOf(tokenize(other))) raise(term, OTHERWISE)
  })
  for (const meaning of reading.meanings) for (const term of termsOf(tokenize(meaning))) raise(term, ASKED)
  for (const words of officialWords(tokens)) for (const term of termsOf(tokenize(words))) raise(term, OFFICIAL)
  return { content: listOf(own), wide: listOf(wide), meant: reading.meanings.length > 0 }
}

const listOf = (terms: ReadonlyMap<string, number>): QueryTerm[] => [...terms].map(([term, weight]) => ({ term, weight }))

/** What the reader gave each word, and more where a document would mean it: after a number, in quotes, asked for by name. */
function wordWeights({ text, tokens, terms }: Reading): number[] {
  const given = new Map(terms.map((t) => [t.term, t.weight]))
  const marked = isMarked(text)
  return tokens.map((token, i) => {
    const weight = given.get(token.folded) ?? 0
    // "5 không", "4 luôn": a counted word is a name, whatever else it may be.
    const before = tokens[i - 1]
    const counted = before !== undefined && SMALL.test(before.text) && !token.breakBefore && !/\d/.test(token.text)
    if (counted && roleOf(token, marked) !== "content") return 1
    return roleOf(token, marked) === "content" ? Math.max(weight, ASKED) : weight
  })
}

/** Positions of the words that name a place, with the word for an administrative unit before it. */
function placeTokens(tokens: readonly Token[], places: readonly NamedPlace[]): Set<number> {
  const positions = new Set<number>()
  for (const { name } of places) {
    const syllables = name.split(" ")
    tokens.forEach((_, i) => {
      if (!syllables.every((syllable, k) => tokens[i + k]?.folded === syllable)) return
      syllables.forEach((_, k) => positions.add(i + k))
      if (KIND_OF_PLACE.has(tokens[i - 1]?.folded ?? "")) positions.add(i - 1)
      if (tokens[i - 1]?.folded === "tran" && tokens[i - 2]?.folded === "thi") positions.add(i - 2)
    })
  }
  return positions
}

function otherwise(tokens: readonly Token[], i: number): string[] {
  const token = tokens[i]
  if (!token) return []
  const next = tokens[i + 1]?.text ?? ""
  if (/^0\d$/.test(token.text)) return [`${token.text.slice(1)} ${next}`]
  if (/^\d$/.test(token.text)) return [`0${token.text} ${next}`]
  const digit = NUMBER_WORDS.get(token.folded)
  return digit !== undefined && token.text !== "năm" ? [`${digit} ${next}`] : []
}
