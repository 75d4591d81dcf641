import { z } from "zod"
import type { Answer } from "../types.ts"

const understood = z.looseObject({ fields: z.array(z.string()).catch([]), meanings: z.array(z.string()).catch([]) })
const retrieved = z.looseObject({
  procedures: z.array(z.looseObject({ code: z.string(), score: z.number(), title: z.string() })).catch([]),
  passages: z.array(z.looseObject({ id: z.string(), score: z.number() })).catch([]),
})
const decided = z.looseObject({ confidence: z.number().nullable().catch(null) })

const BEST = 3

/** Why an answer came out as it did, as its trace tells. */
export interface Why {
  readonly screen: string
  /** Parts of a procedure that were found to be asked for. */
  readonly fields: readonly string[]
  /** Official words that were found behind everyday phrases. */
  readonly meanings: readonly string[]
  readonly titles: readonly { readonly code: string; readonly score: number; readonly title: string }[]
  readonly passages: readonly { readonly id: string; readonly score: number }[]
  readonly decision: string
  /** Null when nothing was weighed: a route or a refusal. */
  readonly confidence: number | null
}

export function whyOf(answer: Pick<Answer, "trace">): Why {
  const step = (name: string) => answer.trace.find((s) => s.step === name)
  const { fields, meanings } = understood.parse(step("understand")?.details ?? {})
  const { procedures, passages } = retrieved.parse(step("retrieve")?.details ?? {})
  return {
    screen: step("screen")?.verdict ?? "",
    fields,
    meanings,
    titles: procedures.slice(0, BEST).map(({ code, score, title }) => ({ code, score, title })),
    passages: passages.slice(0, BEST).map(({ id, score }) => ({ id, score })),
    decision: step("decide")?.verdict ?? "",
    confidence: decided.parse(step("decide")?.details ?? {}).confidence,
  }
}
