import type { ReadLimits } from "../reading/limits.ts"
import type { Reading } from "../reading/reading.ts"
import type { UnreadableReason } from "../reading/unreadable.ts"

/** What the reading process is asked for. */
export interface ReadJob {
  readonly file: string
  readonly name: string
  readonly id: string
  readonly limits: ReadLimits
  readonly tesseract: string
}

/** A page of a PDF that somebody wants to see. */
export interface DrawJob {
  readonly draw: number
  readonly file: string
  readonly limits: ReadLimits
}

export type FromReader =
  | { readonly type: "drawn"; readonly png: Uint8Array }
  | { readonly type: "page"; readonly done: number; readonly total: number }
  | { readonly type: "read"; readonly reading: Reading; readonly rss: number }
  | { readonly type: "failed"; readonly reason: UnreadableReason; readonly message: string; readonly detail: string | null }

/** Written by the guard before it ends the process. */
export const OUT_OF_MEMORY = "reader: out of memory\n"
