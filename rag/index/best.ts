import type { Hit } from "./types.ts"

/** The best units, first by score, then by place: those under the least score that is kept are never sorted. */
export function best(units: readonly number[], scores: ArrayLike<number>, limit: number): Hit[] {
  if (limit <= 0) return []
  if (units.length <= limit) return sorted(units, scores)
  const ranked = new Float64Array(units.length)
  for (let i = 0; i < units.length; i++) ranked[i] = scores[units[i] ?? 0] ?? 0
  const least = nthGreatest(ranked, limit)
  const above: number[] = []
  const equal: number[] = []
  for (const unit of units) {
    const score = scores[unit] ?? 0
    if (score > least) above.push(unit)
    else if (score === least) equal.push(unit)
  }
  equal.sort((a, b) => a - b)
  return sorted([...above, ...equal.slice(0, limit - above.length)], scores)
}

function sorted(units: readonly number[], scores: ArrayLike<number>): Hit[] {
  const hits = units.map((position): Hit => ({ position, score: scores[position] ?? 0 }))
  return hits.sort((a, b) => b.score - a.score || a.position - b.position)
}

/** The n-th greatest of the values (n from 1 to their number), which are moved about: quickselect (Hoare 1961). */
function nthGreatest(values: Float64Array, n: number): number {
  let from = 0
  let to = values.length - 1
  while (from < to) {
    const pivot = values[(from + to) >> 1] ?? 0
    let [left, right] = [from, to]
    while (left <= right) {
      while ((values[left] ?? 0) > pivot) left += 1
      while ((values[right] ?? 0) < pivot) right -= 1
      if (left > right) break
      const held = values[left] ?? 0
      values[left] = values[right] ?? 0
      values[right] = held
      left += 1
      right -= 1
    }
    if (n - 1 <= right) to = right
    else if (n - 1 >= left) from = left
    else break
  }
  return values[n - 1] ?? 0
}
