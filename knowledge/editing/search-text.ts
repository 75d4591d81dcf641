import type { Procedure } from "../procedure.ts"
import { unmarked } from "../quality/spelling.ts"

/** What a procedure is found by: its code, its names and its aliases without marks. */
export const searchTextOf = ({ code, name, aliases }: Pick<Procedure, "code" | "name" | "aliases">): string =>
  unmarked([code, name, ...aliases].join("\n"))

/** Whether a text without marks holds every one of these words, with or without their own, in any order; parts of words are enough. */
export function holding(q: string): (text: string) => boolean {
  const words = unmarked(q).split(/\s+/).filter(Boolean)
  return (text) => words.every((word) => text.includes(word))
}
