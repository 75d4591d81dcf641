import { tokenize } from "../vietnamese/syllables.ts"

/** How often words and neighbouring words stand in texts; every count is weighted. */
export interface Usage {
  /** By folded word. */
  readonly words: ReadonlyMap<string, number>
  /** By word as written, for words that carry marks. */
  readonly forms: ReadonlyMap<string, number>
  /** By two folded neighbours joined as the search index joins them: "khai_sinh". */
  readonly pairs: ReadonlyMap<string, number>
}

/** Phrases that weigh the same. */
export interface Phrases {
  readonly texts: Iterable<string>
  readonly weight: number
}

/** Counts the words of phrases. Pairs never cross a clause. */
export function usageOf(groups: readonly Phrases[]): Usage {
  const words = new Map<string, number>()
  const forms = new Map<string, number>()
  const pairs = new Map<string, number>()
  const add = (counts: Map<string, number>, key: string, weight: number) => counts.set(key, (counts.get(key) ?? 0) + weight)
  for (const { texts, weight } of groups) {
    for (const text of texts) {
      const tokens = tokenize(text)
      tokens.forEach(({ text: form, folded }, i) => {
        add(words, folded, weight)
        if (form !== folded) add(forms, form, weight)
        const next = tokens[i + 1]
        if (next && !next.breakBefore) add(pairs, `${folded}_${next.folded}`, weight)
      })
    }
  }
  return { words, forms, pairs }
}
