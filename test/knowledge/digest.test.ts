import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { makeBase } from "../../knowledge/base.ts"
import { digestOf, procedureItem } from "../../knowledge/item.ts"
import type { Procedure } from "../../knowledge/procedure.ts"
import { aProcedure } from "./samples.ts"

const identity = { version: 1, demo: false, home: null }

/** The same value with the keys of every object in another order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, v]) => [key, turned(v)] as const)
      .reverse(),
  )
}

const asRecord = (body: unknown) => procedureItem(body as Procedure)

describe("the digest of a record", () => {
  it("does not depend on the order in which its fields were written", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        expect(digestOf(asRecord(turned(body)))).toBe(digestOf(asRecord(body)))
      }),
    )
  })

  it("differs as soon as one letter differs", () => {
    expect(digestOf(aProcedure("1.900001", { name: "Nuôi chim" }))).not.toBe(digestOf(aProcedure("1.900001", { name: "Nuôi chín" })))
    expect(digestOf(aProcedure("1.900001", { steps: ["a", "b"] }))).not.toBe(digestOf(aProcedure("1.900001", { steps: ["b", "a"] })))
  })
})

describe("the digest of a base", () => {
  const items = ["1.900001", "1.900002", "1.900003", "1.900004"].map((code) => aProcedure(code))

  it("does not depend on the order of its records", () => {
    const whole = makeBase(items, identity).digest
    fc.assert(
      fc.property(fc.shuffledSubarray(items, { minLength: items.length }), (shuffled) => {
        expect(makeBase(shuffled, identity).digest).toBe(whole)
      }),
    )
  })

  it("differs when a record is missing or changed", () => {
    const whole = makeBase(items, identity).digest
    expect(makeBase(items.slice(1), identity).digest).not.toBe(whole)
    expect(makeBase([...items.slice(1), aProcedure("1.900001", { sameDay: true })], identity).digest).not.toBe(whole)
  })
})
