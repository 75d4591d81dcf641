import type { PictureLimits } from "./picture.ts"

export interface MediaLimits extends PictureLimits {
  /** The largest file that is kept. */
  readonly maxBytes: number
  /** How long one try to fetch a file may take. */
  readonly deadlineMs: number
}

/** What holds where the settings say nothing else. */
export const MEDIA_LIMITS: MediaLimits = { maxBytes: 20 * 1024 * 1024, deadlineMs: 60_000, maxPixels: 40_000_000, maxEdge: 2048 }
