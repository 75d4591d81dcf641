import { fold } from "../vietnamese/fold.ts"
import type { CorpusLine } from "./retrieval.ts"

/** A way to search, under the name that the table shows. */
export interface Engine {
  readonly name: string
  index(corpus: readonly CorpusLine[]): Promise<Searcher>
}

/** An index that was made of a corpus. */
export interface Searcher {
  /** Ids, best first, at most `DEPTH`. */
  search(query: string): Promise<readonly string[]>
  /** What a native library keeps outside the heap, by that library's own account. */
  nativeBytes(): Promise<number>
  close(): void
}

/** Hits that are asked of every engine. */
export const DEPTH = 100

/** A word in the title counts twice, with every engine as with our own. */
export const TITLE_WEIGHT = 2

/** Folded words in their order. The peers get folded text: none of them folds đ, and half of the citizens write no marks. */
export const foldedWords = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
