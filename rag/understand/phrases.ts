import { foldedSyllables, type Token } from "../vietnamese/syllables.ts"
import { GAP, type Phrase } from "./lexicon.ts"

/** "nghỉ bán mấy tháng" is also "nghỉ bán 3 tháng". */
const ANY_NUMBER = "may"
const NUMBER = /^\d+$/

const MAX_GAP = 3
/** Words that say whose or when. */
const IN_GAP: ReadonlySet<string> = new Set(
  foldedSyllables(`
    em tôi tui tớ mình con cháu anh chị ông bà cô chú bác nó họ nhà vợ chồng nội ngoại ruột nuôi đẻ cụ già
    mới vừa đã cũng đang bị thì là lại vẫn
  `),
)

/** True when the phrase stands in the tokens. Marks decide only where the citizen wrote them. */
export function contains(tokens: readonly Token[], phrase: Phrase): boolean {
  const [first] = phrase.folded
  return tokens.some(({ folded }, i) => (folded === first || first === ANY_NUMBER) && lengthAt(tokens, i, phrase) > 0)
}

/** How many tokens the phrase takes from this place on; 0 when it does not stand there. */
export function lengthAt(tokens: readonly Token[], at: number, { folded, marked }: Phrase): number {
  let next = at
  for (const [k, syllable] of folded.entries()) {
    if (syllable === GAP) {
      next = afterGap(tokens, next, { folded: folded[k + 1] ?? "", marked: marked[k + 1] ?? "" })
      continue
    }
    const token = tokens[next]
    if (token === undefined || !isSame(token, { folded: syllable, marked: marked[k] ?? "" })) return 0
    next++
  }
  return next - at
}

interface Word {
  readonly folded: string
  readonly marked: string
}

const isSame = (token: Token, { folded, marked }: Word) =>
  (folded === ANY_NUMBER && NUMBER.test(token.folded)) || (token.folded === folded && (token.text === folded || token.text === marked))

/** A gap ends where the phrase goes on, within the clause. */
function afterGap(tokens: readonly Token[], from: number, goesOn: Word): number {
  for (let i = from; i <= from + MAX_GAP; i++) {
    const token = tokens[i]
    if (token === undefined || token.breakBefore) return from
    if (isSame(token, goesOn)) return i
    if (!IN_GAP.has(token.folded)) return from
  }
  return from
}
