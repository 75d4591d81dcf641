import { isMarked } from "../understand/marked.ts"
import { tokenize, type Token } from "../vietnamese/syllables.ts"
import { createGuesser, type Guess, type Guesser, type Word } from "./guesses.ts"
import type { WordModel } from "./word-model.ts"

/** A stretch of the text that is read as something else than was typed. */
export interface Repair {
  readonly typed: string
  readonly read: string
}

export interface Spelled {
  readonly text: string
  readonly repairs: readonly Repair[]
}

/** Reads a text as it was meant. */
export type Speller = (text: string) => Spelled

/** Nothing is repaired. */
export const asTyped: Speller = (text) => ({ text, repairs: [] })

/** What it costs, in nats, to take a word that is in use for a slip. */
const IN_USE = 4.5
/** A known word under marks that nobody is known to put on it. */
const UNSEEN_MARKS = 5
/** More hypotheses than these at one place never win. */
const BEAM = 8

/** One way to read all tokens up to a place. */
interface Hypothesis {
  readonly before: Hypothesis | null
  readonly guess: Guess
  /** Tokens that the guess stands for. */
  readonly span: number
  readonly asTyped: boolean
  /** Last word, folded; null where a clause ends or nothing can be told. */
  readonly last: string | null
  readonly cost: number
}

/**
 * A noisy channel (Kernighan, Church & Gale 1990; Brill & Moore 2000): of all ways to read the message the one whose slips and
 * words together are likeliest, found word by word (Viterbi 1967). Words in use beside words they are known to stand with are
 * left alone, and so are figures, codes, names and masked numbers.
 */
export function createSpeller(model: WordModel, expand: Expand): Speller {
  const guesser = createGuesser(model)
  return (text) => {
    const tokens = tokenize(text)
    const message = tokens.map((t) => t.folded)
    const marked = isMarked(text)
    const units = tokens.map((token): Unit => {
      const long = expand(token, message)
      return { token, words: long ?? [token], inUse: long !== null || inUseAs(token, marked, model), short: long !== null }
    })
    const suspects = suspectsIn(text, units, model)
    if (!suspects.includes(true)) return { text, repairs: [] }
    return rewrite(text, tokens, decode(units, { suspects, marked, model, guesser }))
  }
}

/** The words that an abbreviation of a message stands for; null for any other word. */
export type Expand = (token: Word, message: readonly string[]) => readonly Word[] | null

/** A token with the words that it is read as when it is no slip. */
interface Unit {
  readonly token: Token
  readonly words: readonly Word[]
  /** Known, and written as it is known. */
  readonly inUse: boolean
  readonly short: boolean
}

/** Which tokens may be mistyped. */
function suspectsIn(text: string, units: readonly Unit[], model: WordModel): boolean[] {
  const beside = (a: Unit | undefined, b: Unit | undefined) => {
    if (!a?.inUse || !b?.inUse || b.token.breakBefore) return false
    return model.belong(a.words.at(-1)?.folded ?? "", b.words[0]?.folded ?? "")
  }
  const written = (unit: Unit) => text.slice(unit.token.start, unit.token.end)
  const capital = units.map((unit) => CAPITAL.test(written(unit)))
  const titled = capital.filter(Boolean).length > units.length / 2
  const hidden = [...text.matchAll(MASKED)].map((m) => ({ start: m.index, end: m.index + m[0].length }))
  return units.map((unit, i) => {
    const { token, inUse, short } = unit
    if (short || hidden.some((h) => token.start >= h.start && token.end <= h.end)) return false
    if (!titled && (isName(capital, i, inUse) || ALL_CAPITALS.test(written(unit)))) return false
    if (/\d/.test(token.text)) return !inUse
    if (inUse && NUMERALS.has(token.text)) return false
    return !beside(units[i - 1], unit) && !beside(unit, units[i + 1])
  })
}

/** A word with a capital inside the message, that is in use or stands beside another such. */
const isName = (capital: readonly boolean[], i: number, inUse: boolean) =>
  i > 0 && capital[i] === true && (inUse || capital[i + 1] === true || (i > 1 && capital[i - 1] === true))

/** Numbers in words are figures: they stay as they are. */
const NUMERALS: ReadonlySet<string> = new Set(
  "một hai ba bốn năm lăm sáu bảy tám chín mười mươi trăm nghìn ngàn triệu tỷ mot bon nam sau bay tam chin muoi tram nghin trieu ty".split(
    " ",
  ),
)
const CAPITAL = /^\p{Lu}/u
const ALL_CAPITALS = /^[\p{Lu}\d]{2,}$/u
const MASKED = /\[[^\]]*\]/g

/** A word without marks may be one of a hasty writer; with marks it must be a word that is written so. */
const inUseAs = (token: Word, marked: boolean, model: WordModel) =>
  model.known(token.folded) && (!marked || token.text === token.folded || model.formCost(token.text, token.folded) !== null)

interface Search {
  readonly suspects: readonly boolean[]
  readonly marked: boolean
  readonly model: WordModel
  readonly guesser: Guesser
}

function decode(units: readonly Unit[], { suspects, marked, model, guesser }: Search): Hypothesis | null {
  const reached: Hypothesis[][] = []
  units.forEach(({ token, words, inUse, short }, i) => {
    const next = units[i + 1]
    const from: readonly (Hypothesis | null)[] = i === 0 ? [null] : (reached[i] ?? [])
    const put = (guesses: readonly Guess[], span: number, asTyped: boolean) => {
      const target = (reached[i + span] ??= [])
      for (const before of from) for (const guess of guesses) target.push(extended(before, { guess, span, asTyped, token }, model))
    }
    put([{ words, cost: marked && !short ? typedCost(token, model) : 0 }], 1, true)
    if (suspects[i] === true) {
      const slip = inUse ? IN_USE : 0
      put(
        guesser.ofToken(token, marked).map((g) => ({ ...g, cost: g.cost + slip })),
        1,
        false,
      )
    }
    if (next && !next.token.breakBefore && (suspects[i] === true || suspects[i + 1] === true) && !(inUse && next.inUse))
      put(guesser.ofTwo(token, next.token, marked), 2, false)
    reached[i + 1] = pruned(reached[i + 1] ?? [])
  })
  return (reached[units.length] ?? []).reduce<Hypothesis | null>((best, h) => (best === null || h.cost < best.cost ? h : best), null)
}

/** Who writes with marks and left out all of one word's has said what the word is; marks that were never seen may still be right. */
const typedCost = ({ text, folded }: Token, model: WordModel) =>
  text === folded || !model.known(folded) ? 0 : Math.min(UNSEEN_MARKS, model.formCost(text, folded) ?? UNSEEN_MARKS)

type Step = Pick<Hypothesis, "guess" | "span" | "asTyped"> & { readonly token: Token }

function extended(before: Hypothesis | null, { guess, span, asTyped, token }: Step, model: WordModel): Hypothesis {
  let last = token.breakBefore ? null : (before?.last ?? null)
  let cost = (before?.cost ?? 0) + guess.cost
  for (const { folded } of guess.words) {
    cost += model.wordCost(folded, last)
    last = folded
  }
  return { before, guess, span, asTyped, last, cost }
}

/** The cheapest for each last word, and of those the best. */
function pruned(hypotheses: readonly Hypothesis[]): Hypothesis[] {
  const best = new Map<string, Hypothesis>()
  for (const h of hypotheses) {
    const known = best.get(h.last ?? "")
    if (!known || h.cost < known.cost) best.set(h.last ?? "", h)
  }
  return [...best.values()].sort((a, b) => a.cost - b.cost).slice(0, BEAM)
}

function rewrite(text: string, tokens: readonly Token[], end: Hypothesis | null): Spelled {
  const parts: string[] = []
  const repairs: Repair[] = []
  let i = tokens.length
  let upTo = text.length
  for (let h = end; h !== null; h = h.before) {
    i -= h.span
    const start = tokens[i]?.start ?? 0
    const stop = tokens[i + h.span - 1]?.end ?? upTo
    const typed = text.slice(start, stop)
    const read = h.guess.words.map((w) => w.text).join(" ")
    parts.push(text.slice(stop, upTo), h.asTyped ? typed : read)
    if (!h.asTyped) repairs.push({ typed, read })
    upTo = start
  }
  parts.push(text.slice(0, upTo))
  return { text: parts.reverse().join(""), repairs: repairs.reverse() }
}
