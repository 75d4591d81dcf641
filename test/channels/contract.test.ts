import { readFileSync } from "node:fs"
import path from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { COUNTERPARTS } from "./kinds.ts"
import { ELSEWHERE } from "./suite/elsewhere.ts"
import { arriving } from "./suite/receiving.ts"
import { conversing } from "./suite/conversing.ts"
import { sending } from "./suite/sending.ts"
import { printTable, type Verdict } from "./suite/table.ts"

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
  it.each(ELSEWHERE)("$number. $title: $file", ({ file, test }) => {
    expect(readFileSync(path.join(import.meta.dirname, "../..", file), "utf8")).toContain(test)
  })
})

afterAll(() => {
  printTable(verdicts, CASES)
})
