const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]

/** What a slip costs, in nats: how unlikely it is that a thumb makes just this one. */
export const SLIP = {
  doubled: 3.5,
  swapped: 4,
  missing: 4.5,
  neighbour: 4.7,
  /** A letter too many that is next to the one meant, and one that is not. */
  extraNeighbour: 5,
  extra: 6,
  other: 6.5,
} as const

/** A word within a slip or two, with what those cost. */
export interface Near {
  readonly word: string
  readonly cost: number
}

const LETTERS = 26
const FIRST = 97

/** 1 where two keys touch: each row stands half a key to the right of the one above. */
const touching = new Uint8Array(LETTERS * LETTERS)
ROWS.forEach((keys, row) =>
  Array.from(keys).forEach((key, i) => {
    for (const near of [ROWS[row]?.[i + 1], ROWS[row + 1]?.[i - 1], ROWS[row + 1]?.[i]]) {
      if (near === undefined) continue
      const [a, b] = [key.charCodeAt(0) - FIRST, near.charCodeAt(0) - FIRST]
      touching[a * LETTERS + b] = 1
      touching[b * LETTERS + a] = 1
    }
  }),
)

/** Longer ones are no single word. */
export const LONGEST_WORD = 9
/** Lengths further apart than this are more than two slips. */
const MAX_APART = 2
const WIDTH = LONGEST_WORD + 1

/**
 * Finds the known words near a typed one: Damerau's distance (1964) with slips weighed by the keyboard, over the sorted list,
 * so that words of one beginning share its rows and whole stretches are passed over.
 */
export function createNearWords(known: Iterable<string>): (typed: string, limit: number) => Near[] {
  const words = [...known].filter((word) => word.length <= LONGEST_WORD && /^[a-z]+$/.test(word)).sort()
  const shared = words.map((word, i) => sharedStart(words[i - 1] ?? "", word))
  // Row k: cheapest ways from the first k letters of the word to each beginning of what was typed.
  const rows = new Float64Array((WIDTH + 1) * WIDTH)
  return (typed, limit) => {
    if (typed.length > LONGEST_WORD || !/^[a-z]+$/.test(typed)) return []
    const extra = extraCosts(typed)
    for (let j = 0; j < typed.length; j++) rows[j + 1] = (rows[j] ?? 0) + (extra[j] ?? 0)
    const found: Near[] = []
    let done = 0
    let hopeless = Infinity
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? ""
      const from = shared[i] ?? 0
      if (from >= hopeless) continue
      hopeless = Infinity
      done = Math.min(done, from)
      if (Math.abs(word.length - typed.length) > MAX_APART) continue
      let before = limit
      while (done < word.length && hopeless === Infinity) {
        const least = fillRow(rows, { typed, word, at: done, extra })
        done++
        if (least > limit && before > limit) hopeless = done
        before = least
      }
      const cost = rows[word.length * WIDTH + typed.length] ?? Infinity
      if (hopeless === Infinity && cost <= limit && cost > 0) found.push({ word, cost })
    }
    return found.sort((a, b) => a.cost - b.cost)
  }
}

function sharedStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

/** Takes one more letter of the word; gives back the cheapest cost of the row. Two rows above the limit cannot come below it again. */
function fillRow(
  rows: Float64Array,
  { typed, word, at, extra }: { typed: string; word: string; at: number; extra: readonly number[] },
): number {
  const above = at * WIDTH
  const row = above + WIDTH
  const letter = word.charCodeAt(at) - FIRST
  const previous = at > 0 ? word.charCodeAt(at - 1) - FIRST : -1
  let least = (rows[above] ?? 0) + SLIP.missing
  rows[row] = least
  for (let j = 0; j < typed.length; j++) {
    const key = typed.charCodeAt(j) - FIRST
    const near = touching[key * LETTERS + letter] === 1
    let best = (rows[above + j] ?? 0) + (key === letter ? 0 : near ? SLIP.neighbour : SLIP.other)
    best = Math.min(best, (rows[above + j + 1] ?? 0) + SLIP.missing)
    best = Math.min(best, (rows[row + j] ?? 0) + Math.min(extra[j] ?? SLIP.extra, near ? SLIP.extraNeighbour : SLIP.extra))
    if (j > 0 && key === previous && key !== letter && typed.charCodeAt(j - 1) - FIRST === letter)
      best = Math.min(best, (rows[above - WIDTH + j - 1] ?? 0) + SLIP.swapped)
    rows[row + j + 1] = best
    least = Math.min(least, best)
  }
  return least
}

/** A letter that stands beside its like was typed twice. */
const extraCosts = (typed: string) =>
  Array.from(typed).map((key, at) => (typed[at - 1] === key || typed[at + 1] === key ? SLIP.doubled : SLIP.extra))
