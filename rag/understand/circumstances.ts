import type { Token } from "../vietnamese/syllables.ts"
import type { Variant } from "./lexicon.ts"
import { contains } from "./phrases.ts"

/** The rare circumstances that a message calls for: by everyday words, by the official ones, or by an age. */
export function circumstancesCalledFor(tokens: readonly Token[], variants: readonly Variant[]): readonly Variant[] {
  const ages = agesIn(tokens)
  const stands = (phrases: Variant["ask"]) => phrases.some((phrase) => contains(tokens, phrase))
  return variants.filter(
    ({ ask, beside, unless, ages: between, name }) =>
      (stands(ask) && (beside === null || stands(beside)) && !stands(unless)) ||
      stands(name) ||
      (between !== null && ages.some((age) => age >= between[0] && age <= between[1])),
  )
}

/** "cháu 9 tuổi", "đủ 18 tuổi": the numbers that count years of life. */
function agesIn(tokens: readonly Token[]): readonly number[] {
  return tokens.flatMap(({ folded }, i) => (/^\d{1,3}$/.test(folded) && tokens[i + 1]?.folded === "tuoi" ? [Number(folded)] : []))
}
