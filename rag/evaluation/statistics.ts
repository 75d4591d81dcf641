export type Interval = readonly [low: number, high: number]

/** Two-sided 95 % point of the normal distribution. */
const Z = 1.959964

/** 95 % score interval of a share of n (E. B. Wilson, 1927, JASA 22, 209–212); everything is possible when n is 0. */
export function wilson(hits: number, n: number): Interval {
  if (n === 0) return [0, 1]
  const share = hits / n
  const spread = Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n))
  const centre = share + (Z * Z) / (2 * n)
  const scale = 1 + (Z * Z) / n
  // At none and all the ends are 0 and 1 exactly; rounding would miss them by a hair.
  return [hits === 0 ? 0 : (centre - spread) / scale, hits === n ? 1 : (centre + spread) / scale]
}

/** A probability that was told, and whether it came true. */
export interface Forecast {
  readonly predicted: number
  readonly right: boolean
}

/** Mean squared error of probabilities (G. W. Brier, 1950, Monthly Weather Review 78, 1–3); 0 is perfect. */
export function brier(forecasts: readonly Forecast[]): number {
  const errors = forecasts.map(({ predicted, right }) => (predicted - (right ? 1 : 0)) ** 2)
  return mean(errors)
}

export interface Bin {
  readonly from: number
  readonly to: number
  readonly n: number
  /** Mean predicted probability, and the share that was right; null when the bin is empty. */
  readonly predicted: number | null
  readonly right: number | null
}

const BINS = 10

/** Ten equally wide bins of the predicted probability; 1 belongs to the last. */
export function binsOf(forecasts: readonly Forecast[]): Bin[] {
  return Array.from({ length: BINS }, (_, i) => {
    const inside = forecasts.filter(({ predicted }) => Math.min(BINS - 1, Math.floor(predicted * BINS)) === i)
    const known = inside.length > 0
    return {
      from: i / BINS,
      to: (i + 1) / BINS,
      n: inside.length,
      predicted: known ? mean(inside.map((f) => f.predicted)) : null,
      right: known ? mean(inside.map((f) => (f.right ? 1 : 0))) : null,
    }
  })
}

/** Expected calibration error: mean distance of predicted and right, weighted by n (Naeini, Cooper, Hauskrecht, 2015, AAAI). */
export function calibrationError(bins: readonly Bin[]): number {
  const total = bins.reduce((sum, bin) => sum + bin.n, 0)
  return bins.reduce((sum, bin) => sum + bin.n * Math.abs((bin.predicted ?? 0) - (bin.right ?? 0)), 0) / Math.max(1, total)
}

/** Exact two-sided p-value of gains against losses (Q. McNemar, 1947, Psychometrika 12, 153–157; binomial instead of chi-square). */
export function mcNemar(gained: number, lost: number): number {
  const n = gained + lost
  // Terms of the binomial distribution with p = 1/2, in logarithms: n may be thousands.
  let term = n * Math.log(0.5)
  let tail = 0
  for (let k = 0; k <= Math.min(gained, lost); k++) {
    tail += Math.exp(term)
    term += Math.log((n - k) / (k + 1))
  }
  return Math.min(1, 2 * tail)
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)
