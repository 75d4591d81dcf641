import type { Token } from "../vietnamese/syllables.ts"
import type { Abbreviation, Lexicon } from "./lexicon.ts"

/** What a token stands for in a message (its folded tokens), when it is an abbreviation that applies there. */
export function expansionOf(
  token: Pick<Token, "text" | "folded">,
  message: readonly string[],
  { abbreviations }: Pick<Lexicon, "abbreviations">,
): Abbreviation | null {
  const entries = abbreviations.get(token.text) ?? abbreviations.get(token.folded)
  return entries?.find((e) => e.near === null || e.near.some((phrase) => occurs(message, phrase))) ?? null
}

function occurs(message: readonly string[], phrase: readonly string[]): boolean {
  return message.some((_, i) => phrase.every((syllable, k) => message[i + k] === syllable))
}
