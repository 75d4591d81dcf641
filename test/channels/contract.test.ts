import { readFileSync } from "node:fs"
import path from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { COUNTERPARTS } from "./kinds.ts"
import { ELSEWHERE } from "./suite/elsewhere.ts"
import { arriving } from "./suite/receiving.ts"
import { conversing } from "./suite/conversing.ts"
import { sending } from "./suite/sending.ts"
import { tableOf, type Verdict } from "./suite/table.ts"

const CASES = [...arriving, ...conversing, ...sending].sort((a, b) => a.number - b.number)
const verdicts = new Map<string, Map<number, Verdict>>()

for (const kind of COUNTERPARTS) {
  describe(kind.name, async () => {
    const own = new Map<number, Verdict>()
    verdicts.set(kind.name, own)
    const probe = await kind.open()
    await probe.stop()
    for (const { number, title, skip, run } of CASES) {
      const reason = kind.cannot?.includes(number) ? "bộ giả lập không làm được" : skip(probe, probe.channel.capabilities)
      if (reason !== null) {
        own.set(number, "not_applicable")
        continue
      }
      it(`${number}. ${title}`, async () => {
        own.set(number, "failed")
        await run(kind)
        own.set(number, "passed")
      })
    }
  })
}

describe("cases that are told elsewhere", () => {
  const tests = ELSEWHERE.flatMap(({ number, tests: named }) => named.map((telling) => ({ number, ...telling })))
  it.each(tests)("$number. $file: $test", ({ file, test }) => {
    expect(readFileSync(path.join(import.meta.dirname, "../..", file), "utf8")).toContain(`("${test}", `)
  })

  it("name channels of the table only", () => {
    const known = COUNTERPARTS.map(({ name }) => name)
    expect(ELSEWHERE.flatMap(({ channels = [] }) => channels).filter((name) => !known.includes(name))).toEqual([])
  })
})

it("every one of the 58 cases stands in the table once", () => {
  const numbers = [...CASES, ...ELSEWHERE].map(({ number }) => number)
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 58 }, (_, i) => i + 1))
})

afterAll(() => {
  process.stdout.write(tableOf(verdicts, CASES))
})
