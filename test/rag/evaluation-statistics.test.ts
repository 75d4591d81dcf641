import { describe, expect, it } from "vitest"
import { binsOf, brier, calibrationError, mcNemar, wilson } from "../../rag/evaluation/statistics.ts"

describe("the confidence interval of a share", () => {
  it("is Wilson's", () => {
    // 8 of 10: (0.8 + 1.92073/10 ± 1.959964·√(0.016 + 0.0096036)) / 1.384146
    const [low, high] = wilson(8, 10)
    expect(low).toBeCloseTo(0.49016, 4)
    expect(high).toBeCloseTo(0.94332, 4)
  })

  it("stays within 0 and 1 and says something about none and all", () => {
    const [none, all] = [wilson(0, 10), wilson(10, 10)]
    expect(none[0]).toBe(0)
    expect(none[1]).toBeCloseTo(0.27753, 4)
    expect(all[0]).toBeCloseTo(0.72247, 4)
    expect(all[1]).toBe(1)
  })

  it("is everything when nothing was counted", () => {
    expect(wilson(0, 0)).toEqual([0, 1])
  })
})

describe("forecasts", () => {
  const forecasts = [
    { predicted: 0.9, right: true },
    { predicted: 0.94, right: false },
    { predicted: 0.3, right: false },
    { predicted: 1, right: true },
  ]

  it("have Brier's score", () => {
    expect(brier(forecasts)).toBeCloseTo((0.01 + 0.8836 + 0.09 + 0) / 4, 10)
    expect(brier([])).toBe(0)
  })

  it("fall into ten bins, 1 into the last", () => {
    const bins = binsOf(forecasts)
    expect(bins.map((bin) => bin.n)).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 3])
    expect(bins[9]).toMatchObject({ from: 0.9, to: 1, right: 2 / 3 })
    expect(bins[9]?.predicted).toBeCloseTo(2.84 / 3, 10)
    expect(bins[0]).toMatchObject({ predicted: null, right: null })
  })

  it("are off by the distance of predicted and right, weighted by number", () => {
    expect(calibrationError(binsOf(forecasts))).toBeCloseTo((3 * (2.84 / 3 - 2 / 3) + 1 * 0.3) / 4, 10)
    expect(calibrationError(binsOf([]))).toBe(0)
  })
})

describe("gains against losses", () => {
  it("have McNemar's exact p-value", () => {
    expect(mcNemar(0, 0)).toBe(1)
    expect(mcNemar(3, 3)).toBe(1)
    expect(mcNemar(5, 0)).toBeCloseTo(2 / 32, 10)
    expect(mcNemar(1, 9)).toBeCloseTo((2 * (1 + 10)) / 1024, 10)
    expect(mcNemar(9, 1)).toBe(mcNemar(1, 9))
  })

  it("stay a probability for thousands of questions", () => {
    expect(mcNemar(3000, 3000)).toBeCloseTo(1, 6)
    expect(mcNemar(3000, 1000)).toBeLessThan(1e-100)
  })
})
