import type { KnowledgeItem } from "../../knowledge/item.ts"
import { readableParts } from "./readable.ts"

/** One field that would be told otherwise: the lines that go and the lines that come. */
export interface Difference {
  readonly field: string
  readonly before: string[]
  readonly after: string[]
}

/** What differs between two wordings of a record, field by field; all of it where there was none before, or is none after. */
export function differencesOf(before: KnowledgeItem | null, after: KnowledgeItem | null): Difference[] {
  const [was, is] = [linesByField(before), linesByField(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((field) => {
    const difference = changed(was.get(field) ?? [], is.get(field) ?? [])
    return difference ? [{ field, ...difference }] : []
  })
}

/** Sections of a document may share their heading: their lines then count together. */
function linesByField(item: KnowledgeItem | null): Map<string, readonly string[]> {
  const fields = new Map<string, readonly string[]>()
  for (const { field, lines } of item ? readableParts(item) : []) fields.set(field, [...(fields.get(field) ?? []), ...lines])
  return fields
}

function changed(before: readonly string[], after: readonly string[]): Omit<Difference, "field"> | null {
  if (before.length === after.length && before.every((line, i) => line === after[i])) return null
  const [gone, come] = [without(before, after), without(after, before)]
  // Only the order differs: both orders are shown.
  return gone.length + come.length === 0 ? { before: [...before], after: [...after] } : { before: gone, after: come }
}

/** The lines that the others do not have, each as often as it is missing there. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return lines.filter((line) => {
    const found = left.indexOf(line)
    if (found >= 0) left.splice(found, 1)
    return found < 0
  })
}
