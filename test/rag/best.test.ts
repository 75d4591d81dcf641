import { describe, expect, test } from "vitest"
import { best } from "../../rag/index/best.ts"

/** Numbers that look random and are the same each time. */
function numbers(count: number, kinds: number): number[] {
  let state = 7
  return Array.from({ length: count }, () => (state = (state * 48271) % 2147483647) % kinds)
}

const bySorting = (touched: readonly number[], scores: readonly number[], limit: number) =>
  [...touched]
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
    .slice(0, limit)
    .map((position) => ({ position, score: scores[position] ?? 0 }))

describe("the best units", () => {
  test.each([
    { count: 1000, kinds: 1_000_000, limit: 30 },
    { count: 1000, kinds: 3, limit: 100 },
    { count: 1000, kinds: 1, limit: 400 },
    { count: 50, kinds: 10, limit: 49 },
    { count: 50, kinds: 10, limit: 50 },
    { count: 50, kinds: 10, limit: 1 },
    { count: 50, kinds: 10, limit: 0 },
    { count: 0, kinds: 10, limit: 5 },
  ])("are those that sorting all of $count finds ($kinds different scores, $limit wanted)", ({ count, kinds, limit }) => {
    const scores = numbers(count, kinds)
    const forward = [...scores.keys()]
    for (const touched of [forward, forward.toReversed(), forward.filter((unit) => unit % 3 !== 1)])
      expect(best(touched, scores, limit)).toEqual(bySorting(touched, scores, limit))
  })
})
