import type { Procedure } from "../../knowledge/procedure.ts"
import { roleOf } from "../understand/function-words.ts"
import { isMarked } from "../understand/marked.ts"
import type { Reading } from "../understand/reading.ts"
import { foldedSyllables, tokenize, type Token } from "../vietnamese/syllables.ts"

/** What staff ruled on wordings, beside all that is told from likeness. */
export interface Rulings {
  /** The procedure that has this whole question as one of its names; -1 where none or several have. */
  pinned(question: string): number
  /** Procedures that the question must not be answered from, and that must not be offered for it. */
  ruledOut(reading: Pick<Reading, "text" | "tokens">): ReadonlySet<number>
}

interface Muted {
  readonly procedure: number
  readonly phrase: readonly Token[]
}

/** A wording of fewer syllables is the name of a matter, not a question: likeness goes on deciding what it means. */
const SHORTEST_PIN = 5
const SEVERAL = -1

/** Reads the rulings that stand in the records: whole questions among their aliases, and `notFor`. */
export function createRulings(procedures: readonly Procedure[]): Rulings {
  const pins = pinsOf(procedures)
  const muted = procedures.flatMap(({ notFor }, procedure) => notFor.map((phrase): Muted => ({ procedure, phrase: tokenize(phrase) })))
  return {
    pinned: (question) => pins.get(keyOf(question)) ?? -1,
    ruledOut({ text, tokens }) {
      if (muted.length === 0) return NONE
      const marked = isMarked(text)
      const between = tokens.map((token) => roleOf(token, marked) !== "content")
      return new Set(muted.filter(({ phrase }) => holds(tokens, between, phrase)).map(({ procedure }) => procedure))
    },
  }
}

const NONE: ReadonlySet<number> = new Set()

const keyOf = (text: string) => foldedSyllables(text).join(" ")

function pinsOf(procedures: readonly Procedure[]): ReadonlyMap<string, number> {
  const pins = new Map<string, number>()
  procedures.forEach(({ aliases }, procedure) => {
    for (const alias of aliases) {
      const syllables = foldedSyllables(alias)
      if (syllables.length < SHORTEST_PIN) continue
      const key = syllables.join(" ")
      pins.set(key, (pins.get(key) ?? procedure) === procedure ? procedure : SEVERAL)
    }
  })
  return pins
}

/** All words of the phrase stand in the question in their order, with nothing but function words between them. */
function holds(tokens: readonly Token[], between: readonly boolean[], phrase: readonly Token[]): boolean {
  return tokens.some((_, start) => {
    let at = start
    for (const [k, word] of phrase.entries()) {
      while (k > 0 && between[at] === true && !isSame(tokens[at], word)) at++
      if (!isSame(tokens[at], word)) return false
      at++
    }
    return phrase.length > 0
  })
}

/** Marks decide only where both wrote them. */
const isSame = (token: Token | undefined, word: Token) =>
  token?.folded === word.folded && (token.text === token.folded || word.text === word.folded || token.text === word.text)
