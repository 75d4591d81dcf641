import type { Hit } from "./types.ts"

/** The best units by a heap whose root is the worst one kept: sorting all that were touched would cost more than the search. */
export function best(touched: Iterable<number>, scores: ArrayLike<number>, limit: number): Hit[] {
  if (limit <= 0) return []
  const heap: number[] = []
  const before = (a: number, b: number) => (scores[a] ?? 0) < (scores[b] ?? 0) || (scores[a] === scores[b] && a > b)
  let worst = -Infinity
  for (const unit of touched) {
    // Most are worse than all that are kept: that must cost no more than a comparison.
    if ((scores[unit] ?? 0) < worst) continue
    if (heap.length < limit) {
      heap.push(unit)
      rise(heap, before)
    } else if (before(heap[0] ?? 0, unit)) {
      heap[0] = unit
      sink(heap, before)
    }
    if (heap.length === limit) worst = scores[heap[0] ?? 0] ?? 0
  }
  return heap.sort((a, b) => (before(a, b) ? 1 : -1)).map((position) => ({ position, score: scores[position] ?? 0 }))
}

type Before = (a: number, b: number) => boolean

function rise(heap: number[], before: Before): void {
  for (let child = heap.length - 1; child > 0;) {
    const parent = (child - 1) >> 1
    if (!before(heap[child] ?? 0, heap[parent] ?? 0)) return
    swap(heap, child, parent)
    child = parent
  }
}

function sink(heap: number[], before: Before): void {
  for (let parent = 0; ;) {
    const left = 2 * parent + 1
    if (left >= heap.length) return
    const right = left + 1
    const child = right < heap.length && before(heap[right] ?? 0, heap[left] ?? 0) ? right : left
    if (!before(heap[child] ?? 0, heap[parent] ?? 0)) return
    swap(heap, child, parent)
    parent = child
  }
}

function swap(heap: number[], a: number, b: number): void {
  const held = heap[a] ?? 0
  heap[a] = heap[b] ?? 0
  heap[b] = held
}
