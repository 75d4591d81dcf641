import { expect, it } from "vitest"
import { figureFaults } from "../../knowledge/editing/figures.ts"
import type { Fee, ProcedureMethod } from "../../knowledge/procedure.ts"
import { aProcedure } from "./samples.ts"

const fee = (text: string, amount: number | null): Fee => ({
  ...{ kind: "lệ phí", text, amount, status: amount === null ? "see_text" : "amount", per: null, exemptions: null },
})
const handedIn = (fees: Fee[], time: ProcedureMethod["time"] = null) =>
  aProcedure("1.900001", { methods: [{ channel: "in_person", time, fees, note: null }] })
const faults = (...fees: Fee[]) => Object.keys(figureFaults(null, handedIn(fees)))

it("an amount is one of the numbers that its wording tells, however they are written", () => {
  const said = [
    fee("8.000 đồng/bản", 8000),
    fee("8,000 đ", 8000),
    fee("8 000 đồng", 8000),
    fee("8 nghìn đồng", 8000),
    fee("1,5 triệu đồng", 1_500_000),
    fee("Từ 10.000 đồng đến 20.000 đồng", 20_000),
    fee("tám nghìn đồng", 8000),
    fee("Theo Nghị quyết 12/2024/NQ-HĐND", null),
  ]
  expect(faults(...said)).toEqual([])
  expect(faults(fee("8.000 đồng", 800_000), fee("8.000 đồng", 8000), fee("8 nghìn đồng", 8))).toEqual([
    "methods.0.fees.0.amount",
    "methods.0.fees.2.amount",
  ])
})

it("a time limit as well; what was told so before is nobody's fault who changes something else", () => {
  const late = { text: "05 ngày làm việc", amount: 15, unit: "working_day", certain: true } as const
  expect(Object.keys(figureFaults(null, handedIn([], late)))).toEqual(["methods.0.time.amount"])
  expect(figureFaults(null, handedIn([], { ...late, amount: 5 }))).toEqual({})
  const before = handedIn([fee("8.000 đồng", 9000)], late)
  expect(figureFaults(before, before)).toEqual({})
  expect(Object.keys(figureFaults(before, handedIn([fee("7.000 đồng", 9000)], late)))).toEqual(["methods.0.fees.0.amount"])
})
