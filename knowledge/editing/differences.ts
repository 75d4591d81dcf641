type Leaf = string | number | boolean | null

/** One value of a record that is not as it was; null where there was, or is, nothing. */
export interface Difference {
  /** "methods.0.fees.1.amount". */
  readonly path: string
  readonly before: Leaf
  readonly after: Leaf
}

/** What differs between two wordings, value by value. Of a list, what stands at its beginning and end unchanged counts as the same. */
export function differencesOf(before: unknown, after: unknown): Difference[] {
  return compare(before, after, [])
}

type Path = readonly (string | number)[]

function compare(before: unknown, after: unknown, path: Path): Difference[] {
  if (Array.isArray(before) || Array.isArray(after)) return compareLists(listOf(before), listOf(after), path)
  if (isRecord(before) || isRecord(after)) {
    const [a, b] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}]
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) => compare(a[name], b[name], [...path, name]))
  }
  const [a, b] = [leafOf(before), leafOf(after)]
  return a === b ? [] : [{ path: path.join("."), before: a, after: b }]
}

function compareLists(before: readonly unknown[], after: readonly unknown[], path: Path): Difference[] {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && isSame(before[start], after[start])) start++
  let end = 0
  while (end < shorter - start && isSame(before.at(-1 - end), after.at(-1 - end))) end++
  const changed = Math.max(before.length, after.length) - start - end
  return Array.from({ length: changed }, (_, i) => {
    const at = (list: readonly unknown[]) => (start + i < list.length - end ? list[start + i] : undefined)
    return compare(at(before), at(after), [...path, start + i])
  }).flat()
}

const isSame = (a: unknown, b: unknown) => compare(a, b, []).length === 0
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Nothing said is nothing said, however a record writes it. */
const leafOf = (value: unknown): Leaf =>
  typeof value === "number" || value === true || (typeof value === "string" && value !== "") ? value : null
