import { holding } from "../../knowledge/editing/search-text.ts"
import { unmarked } from "../../knowledge/quality/spelling.ts"
import type { PageQuery } from "../contract/paging.ts"

interface Searched<R> {
  /** What the filters leave, in the order of the query, with the words to look through. */
  readonly words: () => Promise<readonly { readonly id: string; readonly words: string }[]>
  readonly rows: (ids: string[]) => Promise<readonly R[]>
}

/**
 * One page of the rows that hold every word of the query, with or without its marks, and how many there are in all. SQLite folds
 * no Vietnamese letter and takes “%” and “_” for any others, so the few words that a list is searched by are read here.
 */
export async function pageHolding<R extends { readonly id: string }>(
  { q, page, size }: PageQuery,
  { words, rows }: Searched<R>,
): Promise<{ rows: R[]; total: number }> {
  const holds = holding(q)
  const found = (await words()).filter((row) => holds(unmarked(row.words)))
  const ids = found.slice((page - 1) * size, page * size).map(({ id }) => id)
  const known = new Map((await rows(ids)).map((row) => [row.id, row]))
  return { rows: ids.flatMap((id) => known.get(id) ?? []), total: found.length }
}
