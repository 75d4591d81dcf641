import { fold, hasMarks } from "../vietnamese/fold.ts"
import { decodeKeys } from "../vietnamese/typing-keys.ts"
import { marksCost } from "./marks.ts"
import { createNearWords, LONGEST_WORD, type Near } from "./near-words.ts"
import { createSegmenter } from "./segments.ts"
import { soundAlikes } from "./sounds.ts"
import type { WordModel } from "./word-model.ts"

/** A word as it may have been meant. */
export interface Word {
  readonly text: string
  readonly folded: string
}

/** What a stretch of tokens may have been meant to say, and what it costs, in nats, that it was typed so. */
export interface Guess {
  readonly words: readonly Word[]
  readonly cost: number
}

/** What it costs that … */
const COST = {
  /** … keys of the input method stand in the word, */
  keys: 3,
  /** … a word was written by ear, */
  sound: 4,
  /** … only the marks went astray, beside what the marks themselves cost, */
  marks: 1,
  /** … a space was forgotten, */
  joined: 4,
  /** … a space stands inside a word, */
  parted: 5,
  /** … or one letter too early or too late. */
  moved: 6.5,
} as const

/** Two slips in a long word, one in a short one. */
const LIMIT = { single: 4.7, short: 6.5, long: 9.5 } as const
const SHORT = 3
const MAX_NEAR = 16
/** A form that at least three in four write, in nats, and what it costs to leave the marks open. */
const MARKS_TOLD = 0.3
const UNTOLD = 1
const MAX_FORMS = 2
const MAX_GUESSES = 20
/** Beside neighbours that fit, a word costs about half of what it costs alone. */
const ALONE = 0.5
/** Longer runs without a space are no typing slip. */
const MAX_JOINED = 40
const MAX_REMEMBERED = 4000

/** Finds what was meant by a word that looks mistyped; see `createGuesser`. */
export interface Guesser {
  /** Readings of one token, the typed one left out. `marked`: the citizen writes with marks. */
  ofToken(typed: Word, marked: boolean): readonly Guess[]
  /** Readings of two tokens between which a space went astray. */
  ofTwo(first: Word, second: Word, marked: boolean): readonly Guess[]
}

/** Guesses by keyboard slips, keys of the input method, sounds that regions do not tell apart, and spaces that went astray. */
export function createGuesser(model: WordModel): Guesser {
  const near = remembered(createNearWords(model.words), model)
  const segment = createSegmenter(model)
  const formed = (folded: string, typed: string, marked: boolean): { word: Word; cost: number }[] => {
    const bare = { word: { text: folded, folded }, cost: 0 }
    if (!marked) return [bare]
    const ways = model
      .formsOf(folded)
      .map(({ text, cost }) => ({ word: { text, folded }, cost: cost + marksCost(typed, text), own: cost }))
      .sort((a, b) => a.cost - b.cost)
    const [best] = ways
    // Where neither what was typed nor custom tells the marks, the bare word stands for all of its forms.
    if (best && best.own > MARKS_TOLD && !hasMarks(typed)) return [{ ...bare, cost: UNTOLD }]
    return ways.slice(0, MAX_FORMS)
  }
  const respelt = (folded: string, typed: string, { marked, cost }: { marked: boolean; cost: number }): Guess[] =>
    formed(folded, typed, marked).map((f) => ({ words: [f.word], cost: cost + f.cost }))

  const ofToken = (typed: Word, marked: boolean): readonly Guess[] => {
    const decoded = decodeKeys(typed.text)
    const guesses: Guess[] = []
    if (decoded !== null && model.formCost(decoded, fold(decoded)) !== null) {
      const folded = fold(decoded)
      guesses.push({ words: [{ text: marked ? decoded : folded, folded }], cost: COST.keys })
    }
    if (/\d/.test(typed.text)) return guesses
    for (const { word, cost } of near(typed.folded)) guesses.push(...respelt(word, typed.text, { marked, cost }))
    // Only the marks went astray.
    if (marked && model.known(typed.folded))
      guesses.push(...respelt(typed.folded, typed.text, { marked, cost: COST.marks }).filter((g) => g.words[0]?.text !== typed.text))
    for (const sound of soundAlikes(typed.folded))
      if (model.known(sound)) guesses.push(...respelt(sound, typed.text, { marked, cost: COST.sound }))
    if (decoded !== null && !model.known(fold(decoded)))
      for (const { word, cost } of near(fold(decoded))) guesses.push(...respelt(word, decoded, { marked, cost: cost + COST.keys }))
    if (typed.folded.length > SHORT && typed.folded.length <= MAX_JOINED)
      for (const { words, cost } of segment(typed.text, marked))
        guesses.push({ words, cost: cost + COST.joined * Math.min(2, words.length - 1) })
    return likeliest(guesses, model)
  }
  return {
    ofToken: rememberedOf(ofToken),
    ofTwo(first, second, marked) {
      const text = first.text + second.text
      const folded = first.folded + second.folded
      if (folded.length > LONGEST_WORD + SHORT || /\d/.test(text)) return []
      const whole = model.known(folded) ? respelt(folded, text, { marked, cost: COST.parted }) : []
      const moved = segment(text, marked)
        .filter(({ words }) => words.length === 2 && words[0]?.folded !== first.folded)
        .map(({ words, cost }) => ({ words, cost: cost + COST.moved }))
      return [...whole, ...moved]
    },
  }
}

/** Everyday words look mistyped again and again, wherever they stand beside unusual ones. */
function rememberedOf(guess: Guesser["ofToken"]): Guesser["ofToken"] {
  const known = new Map<string, readonly Guess[]>()
  return (typed, marked) => {
    const key = marked ? `=${typed.text}` : typed.text
    const before = known.get(key)
    if (before) return before
    const guesses = guess(typed, marked)
    if (known.size >= MAX_REMEMBERED) known.clear()
    known.set(key, guesses)
    return guesses
  }
}

/** Those that may win, judged without their neighbours. */
function likeliest(guesses: readonly Guess[], model: WordModel): Guess[] {
  return guesses
    .map((guess) => ({ guess, rank: guess.words.reduce((sum, w) => sum + model.wordCost(w.folded, null) * ALONE, guess.cost) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MAX_GUESSES)
    .map(({ guess }) => guess)
}

/** Nearest words of a folded one; what was looked up before is not looked up again. */
function remembered(nearWords: (typed: string, limit: number) => Near[], model: WordModel): (folded: string) => readonly Near[] {
  const known = new Map<string, readonly Near[]>()
  return (folded) => {
    if (folded.length > LONGEST_WORD) return []
    const before = known.get(folded)
    if (before) return before
    const found = nearWords(folded, folded.length === 1 ? LIMIT.single : folded.length <= SHORT ? LIMIT.short : LIMIT.long)
      .map((n) => ({ ...n, rank: n.cost + model.wordCost(n.word, null) }))
      .sort((a, b) => a.rank - b.rank)
      .slice(0, MAX_NEAR)
    if (known.size >= MAX_REMEMBERED) known.clear()
    known.set(folded, found)
    return found
  }
}
