import { readFileSync } from "node:fs"
import path from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import type { CounterpartKind } from "./counterpart.ts"
import { ELSEWHERE } from "./suite/elsewhere.ts"
import { arriving } from "./suite/receiving.ts"
import { conversing } from "./suite/conversing.ts"
import { sending } from "./suite/sending.ts"
import { printTable, type Verdict } from "./suite/table.ts"
import { telegramCounterpart, telegramWebhookCounterpart } from "./telegram/counterpart.ts"
import { telegramTestApiCounterpart } from "./telegram/test-api.ts"
import { webCounterpart } from "./web/counterpart.ts"
import { zaloBotCounterpart, zaloBotWebhookCounterpart } from "./zalo-bot/counterpart.ts"
import { zaloOaCounterpart } from "./zalo-oa/counterpart.ts"
import { zaloPersonalCounterpart } from "./zalo-personal/counterpart.ts"

const KINDS: readonly CounterpartKind[] = [
  webCounterpart,
  telegramCounterpart,
  telegramWebhookCounterpart,
  telegramTestApiCounterpart,
  zaloOaCounterpart,
  zaloBotCounterpart,
  zaloBotWebhookCounterpart,
  zaloPersonalCounterpart,
]
const CASES = [...arriving, ...conversing, ...sending].sort((a, b) => a.number - b.number)
const verdicts = new Map<string, Map<number, Verdict>>()

for (const kind of KINDS) {
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
