import type { RankedPassage } from "../documents/passage-ranking.ts"
import type { Reply } from "../pipeline.ts"
import type { Ranked } from "../procedures/ranking.ts"
import type { RefusalStatus } from "../texts.ts"
import type { Field } from "../types.ts"
import type { Past } from "../validity.ts"
import type { Route } from "../screen/routes.ts"

/** What to do with a question, decided by code alone: a model may phrase, never choose. */
export type Decision =
  | {
      readonly kind: "procedure"
      readonly procedure: number
      readonly fields: readonly Field[]
      readonly near: readonly Ranked[]
      readonly confidence: number
    }
  | { readonly kind: "clarify"; readonly options: readonly Ranked[]; readonly confidence: number }
  | { readonly kind: "passages"; readonly found: readonly RankedPassage[]; readonly confidence: number }
  | { readonly kind: "refuse"; readonly status: Extract<RefusalStatus, "no_source" | "low_confidence" | "out_of_scope"> }
  /** Staff switched it off: it is named, and nothing of it is told. */
  | { readonly kind: "suspended"; readonly procedure: number; readonly confidence: number }
  /** `procedure`: that of the record that has ended; none for a document. */
  | { readonly kind: "expired"; readonly past: Past; readonly procedure?: number }
  | { readonly kind: "other_place"; readonly place: string }
  | { readonly kind: "told"; readonly reply: Reply }
  | { readonly kind: "route"; readonly route: Route }
