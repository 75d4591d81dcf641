import { tokenize, type Token } from "../vietnamese/syllables.ts"

/** Marks a term that was written with its Vietnamese marks. */
const ACCENTED = "="
const JOIN = "_"

/**
 * The index terms of a text: folded syllables, pairs of neighbouring folded syllables, and each syllable as it was written
 * when it carries marks. Pairs never cross a clause. Words in Vietnamese are one to three syllables long, so pairs stand in
 * for word segmentation (Nguyen et al. 2012 found syllable bigrams on a par with segmented words for retrieval).
 */
export function termsOf(tokens: readonly Token[]): string[] {
  const terms: string[] = []
  tokens.forEach((token, i) => {
    terms.push(token.folded)
    if (token.text !== token.folded) terms.push(accented(token.text))
    const next = tokens[i + 1]
    if (next && !next.breakBefore) terms.push(token.folded + JOIN + next.folded)
  })
  return terms
}

/** The term for a syllable as it is written, marks and all. */
export const accented = (syllable: string): string => ACCENTED + syllable

export const analyze = (text: string): string[] => termsOf(tokenize(text))

export type TermKind = "syllable" | "accented" | "pair"

export function kindOf(term: string): TermKind {
  if (term.startsWith(ACCENTED)) return "accented"
  return term.includes(JOIN) ? "pair" : "syllable"
}
