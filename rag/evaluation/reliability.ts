import type { Judged } from "./run.ts"
import { binsOf, brier, calibrationError, type Bin, type Forecast } from "./statistics.ts"
import { whyOf } from "./why.ts"

/** How far the confidence of procedure answers can be believed. */
export interface Reliability {
  readonly n: number
  readonly brier: number
  readonly calibrationError: number
  readonly bins: readonly Bin[]
}

/** Confidence against truth, of the answers from a procedure where one was expected; null when there is none. */
export function reliabilityOf(judged: readonly Judged[]): Reliability | null {
  const forecasts = judged.flatMap(forecastOf)
  if (forecasts.length === 0) return null
  const bins = binsOf(forecasts)
  return { n: forecasts.length, brier: brier(forecasts), calibrationError: calibrationError(bins), bins }
}

function forecastOf({ question, result, answer }: Judged): Forecast[] {
  const { decision, confidence } = whyOf(answer)
  const { codes } = question.expect
  if (!codes || decision !== "procedure" || confidence === null) return []
  const given = answer.procedure?.code ?? result.codes[0]
  return [{ predicted: confidence, right: given !== undefined && codes.includes(given) }]
}
