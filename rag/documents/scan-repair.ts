import { fold } from "../vietnamese/fold.ts"

/** What a Vietnamese syllable may be made of, marks aside. */
const ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?"
const RIME = [
  "a(?:ch?|i|m|n(?:g|h)?|o|p|t|u|y)?",
  "e(?:ch?|m|n(?:g|h)?|o|p|t|u)?",
  "i(?:a|ch?|m|nh?|p|t|u|e(?:c|m|ng?|p|t|u))?",
  "o(?:a(?:ch?|i|m|n(?:g|h)?|o|p|t|y)?|c|e(?:n|o|t)?|i|m|ng?|p|t)?",
  "u(?:a(?:n|ng|t|y)?|c|e(?:ch|nh)?|i|m|ng?|o(?:c|i|m|ng?|p|t|u)?|p|t|u|y(?:a|ch|en|et|nh|t|u)?)?",
  "y(?:em?n?u?t?)?",
].join("|")
const SYLLABLE = new RegExp(`^${ONSET}(?:${RIME})$`)
/** "c" and "ng" are never written before these vowels, "k" and "gh" only before them. */
const MISSPELT = /^c[eiy]|^g[ey]|^ng[eiy]|^(?:k|gh|ngh)[aou]/

/** True for what may be a Vietnamese syllable without its marks. */
export const isSyllable = (folded: string): boolean => SYLLABLE.test(folded) && !MISSPELT.test(folded)

/** What programs that read scans without knowing Vietnamese make of its letters. */
const CONFUSED: readonly (readonly [read: string, meant: readonly string[]])[] = [
  ["ir", ["u"]],
  ["it", ["u"]],
  ["tr", ["u"]],
  ["ti", ["u"]],
  ["ii", ["a"]],
  ["li", ["u"]],
  ["im", ["un"]],
  ["w", ["u"]],
  ["d", ["o", "a", "e"]],
  ["6", ["o"]],
  ["0", ["o"]],
  ["9", ["o"]],
  ["5", ["o"]],
  ["8", ["s"]],
  ["g", ["o"]],
  ["b", ["o"]],
  ["e", ["a", "o", "c"]],
  ["t", ["u"]],
  ["4", ["a"]],
  ["¢", ["e"]],
  ["&", ["o"]],
  ["§", ["o"]],
  ["1", ["l"]],
  ["j", ["i"]],
  ["f", ["t"]],
  ["y", ["u"]],
  ["i", ["a", "u", ""]],
  ["r", [""]],
]

const WORD = /[\p{L}\p{N}¢§&]+/gu
/** A number in which noughts and ones were read as letters. */
const MIXED_NUMBER = /^(?=.*\d.*\d|.*\d[lIoO]{2})[\doOlI]+$/
/** Numbers, single letters and abbreviations in capitals. */
const LEFT_ALONE = /^(?:\d+|\p{L}|\p{Lu}{2,})$/u
/** The longest syllable has seven letters ("nghiêng"); one more may have been read for two. */
const MAX_LENGTH = 8
const MAX_CHANGES = 2

/**
 * Learns from texts which words there are; among the ways to mend a word the one that they use most is taken. What is given
 * back replaces every unreadable word of a text by the likeliest Vietnamese one, for finding only: it is never quoted.
 */
export function createScanRepair(texts: Iterable<string>): (text: string) => string {
  const counts = new Map<string, number>()
  for (const text of texts) {
    for (const [word] of fold(text).matchAll(WORD)) if (isSyllable(word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const known = new Map<string, string | null>()
  const mend = (folded: string): string | null => {
    const ways = [...waysOf(folded)].filter((way) => isSyllable(way) && counts.has(way))
    return ways.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))[0] ?? null
  }
  const mended = (word: string): string | null => {
    if (MIXED_NUMBER.test(word)) return word.replace(/[oO]/g, "0").replace(/[lI]/g, "1")
    const folded = fold(word)
    if (isSyllable(folded) || LEFT_ALONE.test(word) || folded.length > MAX_LENGTH) return null
    const cached = known.get(folded)
    if (cached !== undefined) return cached
    const found = mend(folded)
    known.set(folded, found)
    return found
  }
  return (text) => text.normalize("NFC").replace(WORD, (word) => mended(word) ?? word)
}

/** Every word that becomes this one by at most two misread letters. */
function waysOf(folded: string): Set<string> {
  let ways = new Set([folded])
  const all = new Set<string>()
  for (let change = 0; change < MAX_CHANGES; change++) {
    const next = new Set<string>()
    for (const way of ways) {
      for (const [read, meant] of CONFUSED) {
        for (let at = way.indexOf(read); at >= 0; at = way.indexOf(read, at + 1)) {
          for (const letters of meant) next.add(way.slice(0, at) + letters + way.slice(at + read.length))
        }
      }
    }
    for (const way of next) all.add(way)
    // A word that one change mends needs no second.
    if ([...next].some(isSyllable)) return all
    ways = next
  }
  return all
}
