import type { Token } from "../vietnamese/syllables.ts"
import type { Phrase } from "./lexicon.ts"

/** "nghỉ bán mấy tháng" is also "nghỉ bán 3 tháng". */
const ANY_NUMBER = "may"
const NUMBER = /^\d+$/

/** True when the phrase stands in the tokens. Marks decide only where the citizen wrote them. */
export function contains(tokens: readonly Token[], phrase: Phrase): boolean {
  const [first] = phrase.folded
  return tokens.some((token, i) => token.folded === first && matchesAt(tokens, i, phrase))
}

/** True when the phrase stands in the tokens from this place on. */
export function matchesAt(tokens: readonly Token[], at: number, { folded, marked }: Phrase): boolean {
  return folded.every((syllable, k) => {
    const token = tokens[at + k]
    if (token === undefined) return false
    if (syllable === ANY_NUMBER && NUMBER.test(token.folded)) return true
    return token.folded === syllable && (token.text === token.folded || token.text === marked[k])
  })
}
