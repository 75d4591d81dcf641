import type { KeywordIndex } from "../index/keyword-index.ts"
import { kindOf } from "../index/analyzer.ts"
import { isSyllable } from "../vietnamese/syllable-shape.ts"
import type { Usage } from "./usage.ts"
import { fold } from "../vietnamese/fold.ts"

/** Texts that words are known from: the index of a space, its terms, and what one unit of it counts. */
export interface KnownTexts {
  readonly index: Pick<KeywordIndex, "documentFrequency">
  readonly terms: Iterable<string>
  readonly weight: number
}

/** Share of the neighbour's word in what is expected of a word; the rest is how frequent it is by itself. */
const NEIGHBOUR = 0.8
/** What a word that stands nowhere costs, in nats: a syllable may be a name; letters that make none are the less a word the more they are. */
const UNKNOWN = { syllable: 12.5, other: 10, letter: 2 } as const
/** How many times as often as by chance words that belong together stand side by side. */
const BELONG = 5
/** Words whose pairs are kept at hand: they are asked for again and again while one message is read. */
const MAX_REMEMBERED = 500
/** Counts of a marked form that was never seen with its folded word. */
const UNSEEN_FORM = 0.02

/** How likely words are, by what the knowledge and the language tables hold. Costs are negative natural logarithms. */
export interface WordModel {
  /** Known folded words. */
  readonly words: Iterable<string>
  known(folded: string): boolean
  /** True when the two stand side by side much more often than by chance. */
  belong(before: string, folded: string): boolean
  /** Cost of a folded word after another, or after nothing in particular. */
  wordCost(folded: string, before: string | null): number
  /** The ways a folded word is written, the bare one first. */
  formsOf(folded: string): readonly Form[]
  /** Cost of writing a folded word just so; null when it is never written so. */
  formCost(form: string, folded: string): number | null
}

/** A word as it is written, and what it costs that just this is meant by its letters. */
export interface Form {
  readonly text: string
  readonly cost: number
}

export function createWordModel(usage: Usage, texts: readonly KnownTexts[]): WordModel {
  const counts = countsOf(usage, texts)
  const { words } = counts
  const formsOf = createForms(counts)
  const total = [...words.values()].reduce((sum, count) => sum + count, 0)
  const pairCount = rememberedByRow((before, folded) => {
    const pair = `${before}_${folded}`
    return texts.reduce((sum, { index, weight }) => sum + weight * index.documentFrequency(pair), usage.pairs.get(pair) ?? 0)
  })
  const costBeside = rememberedByRow((before, folded) => {
    const alone = (words.get(folded) ?? 0) / total
    const after = words.get(before)
    const beside = after === undefined ? 0 : Math.min(1, pairCount(before, folded) / after)
    return -Math.log(NEIGHBOUR * beside + (1 - NEIGHBOUR) * alone)
  })
  return {
    words: words.keys(),
    known: (folded) => words.has(folded),
    belong(before, folded) {
      const count = pairCount(before, folded)
      return count > 0 && count * total >= BELONG * (words.get(before) ?? 0) * (words.get(folded) ?? 0)
    },
    wordCost(folded, before) {
      const count = words.get(folded)
      if (count === undefined) return isSyllable(folded) ? UNKNOWN.syllable : UNKNOWN.other + UNKNOWN.letter * folded.length
      return before === null ? -Math.log(count / total) : costBeside(before, folded)
    },
    formsOf,
    formCost: (form, folded) => formsOf(folded).find((f) => f.text === form)?.cost ?? null,
  }
}

/** Works out what two words are worth side by side when it is first asked for. */
function rememberedByRow(worth: (before: string, folded: string) => number): (before: string, folded: string) => number {
  const rows = new Map<string, Map<string, number>>()
  return (before, folded) => {
    let row = rows.get(before)
    const known = row?.get(folded)
    if (known !== undefined) return known
    const found = worth(before, folded)
    if (rows.size >= MAX_REMEMBERED) rows.clear()
    row = rows.get(before) ?? new Map<string, number>()
    rows.set(before, row.set(folded, found))
    return found
  }
}

/** Works out the forms of a word when they are first asked for. */
function createForms({ words, forms }: Counts): (folded: string) => readonly Form[] {
  const known = new Map<string, readonly Form[]>()
  return (folded) => {
    const before = known.get(folded)
    if (before) return before
    const all = words.get(folded)
    if (all === undefined) return []
    const marked = [...(forms.get(folded) ?? NO_FORMS)]
    const bare = all - marked.reduce((sum, [, count]) => sum + count, 0)
    const ways = [[folded, bare] as const, ...marked].map(([text, count]) => ({
      text,
      cost: -Math.log((Math.max(0, count) + UNSEEN_FORM) / (all + UNSEEN_FORM)),
    }))
    known.set(folded, ways)
    return ways
  }
}

const NO_FORMS: ReadonlyMap<string, number> = new Map()

interface Counts {
  readonly words: ReadonlyMap<string, number>
  readonly forms: ReadonlyMap<string, ReadonlyMap<string, number>>
}

function countsOf(usage: Usage, texts: readonly KnownTexts[]): Counts {
  const words = new Map(usage.words)
  const forms = new Map<string, Map<string, number>>()
  const addForm = (form: string, count: number) => {
    const folded = fold(form)
    const of = forms.get(folded) ?? new Map<string, number>()
    forms.set(folded, of.set(form, (of.get(form) ?? 0) + count))
  }
  for (const [form, count] of usage.forms) addForm(form, count)
  for (const { index, terms, weight } of texts) {
    for (const term of terms) {
      const kind = kindOf(term)
      const count = kind === "pair" ? 0 : weight * index.documentFrequency(term)
      if (count === 0 || /\d/.test(term)) continue
      if (kind === "accented") addForm(term.slice(1), count)
      else words.set(term, (words.get(term) ?? 0) + count)
    }
  }
  return { words, forms }
}
