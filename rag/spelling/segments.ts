import { isSyllable } from "../vietnamese/syllable-shape.ts"
import { fold } from "../vietnamese/fold.ts"
import { decodeKeys } from "../vietnamese/typing-keys.ts"
import { newToneMarks } from "../vietnamese/tone.ts"
import type { Guess, Word } from "./guesses.ts"
import type { WordModel } from "./word-model.ts"

const LONGEST_SYLLABLE = 8
const KEPT = 3
const KEYS = 3
const MAX_REST = 7

interface Path {
  readonly words: readonly Word[]
  readonly typing: number
  readonly total: number
}

/** Parts letters that stand together into known words: the likeliest ways first, at least two words each. */
export function createSegmenter(model: WordModel): (text: string, marked: boolean) => Guess[] {
  const pieceAt = (text: string, marked: boolean): { word: Word; cost: number } | null => {
    const form = newToneMarks(text)
    const folded = fold(form)
    if (model.known(folded) && (form === folded || model.formCost(form, folded) !== null) && (folded.length > 1 || isSyllable(folded)))
      return { word: { text: marked ? form : folded, folded }, cost: 0 }
    const decoded = decodeKeys(text)
    if (decoded === null || !model.known(fold(decoded))) return null
    return { word: { text: marked ? decoded : fold(decoded), folded: fold(decoded) }, cost: KEYS }
  }
  return (text, marked) => {
    const chars = Array.from(text.normalize("NFC"))
    const reached: Path[][] = [[{ words: [], typing: 0, total: 0 }]]
    for (let end = 1; end <= chars.length; end++) {
      const paths: Path[] = []
      for (let start = Math.max(0, end - LONGEST_SYLLABLE); start < end; start++) {
        const from = reached[start] ?? []
        if (from.length === 0 || (start === 0 && end === chars.length)) continue
        const piece = pieceAt(chars.slice(start, end).join(""), marked)
        if (!piece) continue
        for (const { words, typing, total } of from) {
          const cost = piece.cost + model.wordCost(piece.word.folded, words.at(-1)?.folded ?? null)
          paths.push({ words: [...words, piece.word], typing: typing + piece.cost, total: total + cost })
        }
      }
      reached[end] = paths.sort((a, b) => a.total - b.total).slice(0, KEPT)
    }
    return (reached[chars.length] ?? []).filter((p) => p.words.length <= MAX_REST).map(({ words, typing }) => ({ words, cost: typing }))
  }
}
