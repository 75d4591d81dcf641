import type { Procedure } from "../../knowledge/procedure.ts"
import { foldedSyllables, type Token } from "../vietnamese/syllables.ts"

/** Words whose number is part of a name: "lớp 1" is not "lớp 6". */
const LABELS: ReadonlySet<string> = new Set(["lop", "hang", "nhom", "cap", "khoi", "loai"])
const WRITTEN: Readonly<Record<string, number>> = {
  i: 1,
  ii: 2,
  iii: 3,
  iv: 4,
  v: 5,
  mot: 1,
  hai: 2,
  ba: 3,
  bon: 4,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
  muoi: 10,
}
const UP_TO: ReadonlySet<string> = new Set(["den", "toi", "-"])

type Named = ReadonlyMap<string, ReadonlySet<number>>

/** True when the question numbers something ("lớp 1") that the procedure's names number otherwise ("lớp 6"). */
export function numberedOtherwise(tokens: readonly Token[], { name, aliases }: Procedure): boolean {
  const asked = namedNumbers(tokens.map((token) => token.folded))
  if (asked.size === 0) return false
  const own = namedNumbers([name, ...aliases].flatMap((title) => [...foldedSyllables(title), ""]))
  return [...asked].some(([label, numbers]) => {
    const has = own.get(label)
    return has !== undefined && ![...numbers].some((n) => has.has(n))
  })
}

function namedNumbers(syllables: readonly string[]): Named {
  const named = new Map<string, Set<number>>()
  syllables.forEach((syllable, i) => {
    if (!LABELS.has(syllable)) return
    const first = numberOf(syllables[i + 1])
    if (first === null) return
    const last = UP_TO.has(syllables[i + 2] ?? "") ? (numberOf(syllables[i + 3]) ?? numberOf(syllables[i + 4])) : null
    const numbers = named.get(syllable) ?? new Set()
    for (let n = first; n <= Math.max(first, last ?? first); n++) numbers.add(n)
    named.set(syllable, numbers)
  })
  return named
}

function numberOf(syllable: string | undefined): number | null {
  if (syllable === undefined) return null
  return /^\d{1,2}$/.test(syllable) ? Number(syllable) : (WRITTEN[syllable] ?? null)
}
