import { analyze, kindOf } from "../index/analyzer.ts"
import type { Reading } from "../understand/reading.ts"

/**
 * What makes two questions of one kind: their content syllables without marks, and the pairs of neighbours among them. What
 * part is asked for (fee, time, papers) and polite words are left out, so "lệ phí nuôi ong" and "xin nuôi ong cần gì" are one.
 */
export function termsOfQuestion({ content, text }: Pick<Reading, "content" | "text">): readonly string[] {
  if (content.length === 0) return [...new Set(analyze(text).filter((term) => kindOf(term) !== "accented"))]
  const pairs = content.slice(1).map((syllable, i) => `${content[i] ?? ""}_${syllable}`)
  return [...new Set([...content, ...pairs])]
}

/** Share of their terms that two questions have in common (Dice 1945) from which on they are of one kind. */
export const ONE_KIND = 0.5

/** Groups by the terms of the question that founded them; nothing changes a group's terms later, so order alone decides. */
export interface Likeness {
  /** The group that a question is most like; of equals the older one; null where none is like it. */
  nearest(terms: readonly string[]): string | null
  found(id: string, terms: readonly string[]): void
}

/** Finds like groups through the terms they share: the cost is that of the postings, not of all groups. */
export function createLikeness(): Likeness {
  const ids: string[] = []
  const sizes: number[] = []
  const postings = new Map<string, number[]>()
  return {
    nearest(terms) {
      const shared = new Map<number, number>()
      for (const term of terms) for (const at of postings.get(term) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1)
      let best = { at: -1, share: 0 }
      for (const [at, count] of shared) {
        const share = (2 * count) / (terms.length + (sizes[at] ?? 0))
        if (share > best.share || (share === best.share && at < best.at)) best = { at, share }
      }
      return best.share >= ONE_KIND ? (ids[best.at] ?? null) : null
    },
    found(id, terms) {
      const at = ids.push(id) - 1
      sizes.push(terms.length)
      for (const term of terms) {
        const list = postings.get(term)
        if (list) list.push(at)
        else postings.set(term, [at])
      }
    },
  }
}
