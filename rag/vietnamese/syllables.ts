import { fold } from "./fold.ts"
import { newToneMarks } from "./tone.ts"

/** One written unit: a syllable, a number ("8.000", "01/7/2025") or a code ("5049/QĐ-UBND", "1.001193"). */
export interface Token {
  /** Lower case, NFC, new tone marks. */
  readonly text: string
  readonly folded: string
  /** Character offsets in the text that was given. */
  readonly start: number
  readonly end: number
  /** True when a sentence, clause or list item ends between this token and the one before. */
  readonly breakBefore: boolean
}

const TOKEN = /[\p{L}\p{N}\u0300-\u036f]+(?:[.,/:-](?=[\p{L}\p{N}])[\p{L}\p{N}\u0300-\u036f]+)*%?/gu
const CODE = /\d/
const JOINED = /[.,/:-]/
const BREAK = /[.,;:!?()\n“”"]/

/** The tokens of a text in order. Words joined by a slash or hyphen fall apart unless a digit makes them a number or a code. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let last = 0
  for (const match of text.matchAll(TOKEN)) {
    const between = text.slice(last, match.index)
    const breakBefore = between !== " " && BREAK.test(between)
    const parts = JOINED.test(match[0]) && !CODE.test(match[0]) ? lettersOnly(match[0]) : [{ text: match[0], index: 0 }]
    parts.forEach((part, i) => {
      const start = match.index + part.index
      const { text: normal, folded } = formsOf(part.text)
      tokens.push({ text: normal, folded, start, end: start + part.text.length, breakBefore: i === 0 && breakBefore })
    })
    last = match.index + match[0].length
  }
  return tokens
}

interface Forms {
  readonly text: string
  readonly folded: string
}

/** Vietnamese has some seven thousand syllables in use, so nearly every token was seen before. */
const forms = new Map<string, Forms>()
const MAX_FORMS = 50_000

function formsOf(written: string): Forms {
  const known = forms.get(written)
  if (known) return known
  const text = newToneMarks(written.toLowerCase())
  const fresh = { text, folded: fold(text) }
  if (forms.size >= MAX_FORMS) forms.clear()
  forms.set(written, fresh)
  return fresh
}

function lettersOnly(word: string): { text: string; index: number }[] {
  return [...word.matchAll(/[\p{L}\p{N}\u0300-\u036f%]+/gu)].map((m) => ({ text: m[0], index: m.index }))
}

/** Folded syllables of a text, for comparing phrases without regard to marks and punctuation. */
export function foldedSyllables(text: string): string[] {
  return tokenize(text).map((t) => t.folded)
}
