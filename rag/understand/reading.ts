import { kindOf, termsOf } from "../index/analyzer.ts"
import type { QueryTerm } from "../index/keyword-index.ts"
import type { Field } from "../types.ts"
import { tidy } from "../vietnamese/fold.ts"
import { tokenize, type Token } from "../vietnamese/syllables.ts"
import { expansionOf } from "./abbreviations.ts"
import { askedFields } from "./asked-fields.ts"
import { circumstancesCalledFor } from "./circumstances.ts"
import type { Company, Lexicon, Synonym } from "./lexicon.ts"
import { contains, lengthAt } from "./phrases.ts"
import { type Aside, asideTokens, storyTokens } from "./focus.ts"
import { frameTokens, roleOf } from "./function-words.ts"
import { isMarked } from "./marked.ts"

/** How much a word says about which procedure is meant. */
const WEIGHT = { content: 1, doubtful: 0.5, story: 0.5, other: 0.25, function: 0.12, asking: 0.1, misleading: 0.1, meant: 0.75 } as const

/** A question as the program reads it. */
export interface Reading {
  /** With abbreviations written out. */
  readonly text: string
  readonly tokens: readonly Token[]
  /** Parts of a procedure that are asked for, in the order asked. */
  readonly fields: readonly Field[]
  readonly terms: readonly QueryTerm[]
  /** Official words that everyday phrases of the question stand for. */
  readonly meanings: readonly string[]
  /** Pairs of syllables of those everyday phrases, as search terms. */
  readonly said: readonly string[]
  /** Rare circumstances that the question calls for. */
  readonly variants: ReadonlySet<string>
  /** What is left to search for when function and asking words are gone. */
  readonly content: readonly string[]
}

/** Reads a question: abbreviations, everyday phrases, asked fields, circumstances, and the weighted terms to search for. */
export function createReader(lexicon: Lexicon): (question: string) => Reading {
  return (question) => {
    const written = tidy(question)
    const marked = isMarked(written)
    const text = expandAbbreviations(written, lexicon)
    const tokens = tokenize(text)
    const { fields, spent } = askedFields(tokens)
    const aside = asideTokens(tokens)
    const open = aside.size === 0 ? tokens : tokens.filter((_, i) => !aside.has(i))
    const called = circumstancesCalledFor(open, lexicon.variants)
    const { meanings: meant, said, misleading } = findMeanings(tokens, { lexicon, aside })
    const decisive = called.flatMap((v) => (v.decisive ? v.name.slice(0, 1).map((phrase) => phrase.marked.join(" ")) : []))
    const meanings = [...new Set([...meant, ...decisive])]
    const story = storyTokens(text, tokens)
    const frame = frameTokens(tokens)
    const weights = tokens.map((token, i) => {
      if (misleading.has(i)) return WEIGHT.misleading
      if (spent.has(i)) return WEIGHT.asking
      if (frame.has(i)) return WEIGHT.function
      const weight =
        !marked && inOfficialPair(tokens, i, lexicon)
          ? WEIGHT.content
          : WEIGHT[roleOf(token, marked, { before: tokens[i - 1], after: tokens[i + 1] })]
      const kind = aside.get(i) ?? (story.has(i) ? "story" : null)
      return kind === null ? weight : Math.min(weight, WEIGHT[kind])
    })
    return {
      text,
      tokens,
      fields,
      terms: weightedTerms(tokens, weights, meanings),
      meanings,
      said,
      variants: new Set(called.map((v) => v.id)),
      content: tokens.filter((_, i) => (weights[i] ?? 0) >= WEIGHT.doubtful).map((t) => t.folded),
    }
  }
}

function expandAbbreviations(text: string, lexicon: Lexicon): string {
  const tokens = tokenize(text)
  const message = tokens.map((t) => t.folded)
  let out = ""
  let from = 0
  for (const token of tokens) {
    const long = expansionOf(token, message, lexicon)?.long
    out += text.slice(from, token.start) + (long ?? text.slice(token.start, token.end))
    from = token.end
  }
  return out + text.slice(from)
}

/** Without marks "dang" may be "đang" or the first half of "đăng ký": its neighbours tell. */
function inOfficialPair(tokens: readonly Token[], at: number, { officialPairs }: Lexicon): boolean {
  const pair = (i: number) => `${tokens[i]?.folded ?? ""} ${tokens[i + 1]?.folded ?? ""}`
  return officialPairs.has(pair(at)) || (at > 0 && officialPairs.has(pair(at - 1)))
}

function findMeanings(
  tokens: readonly Token[],
  { lexicon: { synonyms }, aside }: { lexicon: Lexicon; aside: ReadonlyMap<number, Aside> },
): { meanings: string[]; said: string[]; misleading: Set<number> } {
  const meanings: string[] = []
  const said: string[] = []
  const misleading = new Set<number>()
  let taken = 0
  tokens.forEach((token, i) => {
    // Phrases may overlap ("nuôi heo", "heo bị dịch"), but one within another says nothing more.
    if (aside.has(i)) return
    const found = synonyms.get(token.folded)?.find((s) => endOf(s, tokens, i) > taken && isInCompany(tokens, s))
    if (!found) return
    const end = endOf(found, tokens, i)
    meanings.push(...found.mean)
    said.push(...termsOf(tokens.slice(i, end)).filter((term) => kindOf(term) === "pair"))
    if (found.instead) for (let k = i; k < end; k++) misleading.add(k)
    taken = end
  })
  return { meanings: [...new Set(meanings)], said, misleading }
}

/** The place after the synonym's phrase; 0 where it does not stand here. */
function endOf({ say }: Synonym, tokens: readonly Token[], at: number): number {
  const length = lengthAt(tokens, at, say)
  return length === 0 ? 0 : at + length
}

const isInCompany = (tokens: readonly Token[], { beside, unless }: Company) =>
  (beside === null || beside.some((phrase) => contains(tokens, phrase))) && !unless.some((phrase) => contains(tokens, phrase))

function weightedTerms(tokens: readonly Token[], weights: readonly number[], meanings: readonly string[]): QueryTerm[] {
  const terms = new Map<string, number>()
  const raise = (term: string, weight: number) => terms.set(term, Math.max(terms.get(term) ?? 0, weight))
  tokens.forEach((token, i) => {
    const next = tokens[i + 1]
    const pair = Math.min(weights[i] ?? 0, weights[i + 1] ?? 0)
    for (const term of termsOf(next ? [token, next] : [token])) {
      if (kindOf(term) === "pair") raise(term, pair)
      else if (term.replace("=", "") === token.folded || term === `=${token.text}`) raise(term, weights[i] ?? 0)
    }
  })
  for (const meaning of meanings) for (const term of termsOf(tokenize(meaning))) raise(term, WEIGHT.meant)
  return [...terms].map(([term, weight]) => ({ term, weight }))
}
