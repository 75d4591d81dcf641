import { Readable } from "node:stream"
import { expect, it } from "vitest"
import { chat } from "../../chat.ts"
import { outside } from "../../app.ts"
import { readConfig } from "../../config.ts"
import { createLogger } from "../../logger.ts"
import { readEvidence, verifyChain } from "../../prisma/evidence.ts"
import { aDataDir, runningCommune } from "./running-commune.ts"

const typed = async (dataDir: string, lines: readonly string[]) => {
  let seen = ""
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: "silent" })
  await chat(config, {
    input: Readable.from([lines.join("\n")]),
    write: (text) => (seen += text),
    isTerminal: false,
    world: outside(() => undefined),
    logger: createLogger("silent"),
  })
  return seen
}

it("somebody at the machine talks with the assistant beside the running server, which never hears of it", async () => {
  const dataDir = aDataDir()
  const { installation } = await runningCommune(dataDir)
  const seen = await typed(dataDir, ["bo em mat phai lam giay to gi o xa", "1", "", "/ket-thuc", "không ai đọc câu này"])
  // Told once that this is an AI, before the first answer.
  expect(seen.match(/trí tuệ nhân tạo/g)).toHaveLength(1)
  const [asked, chosen] = [seen.slice(0, seen.indexOf("(mã thủ tục")), seen.slice(seen.indexOf("(mã thủ tục"))]
  expect(asked).toMatch(/^1\. .+\n2\. .+/m)
  expect(chosen).not.toBe("")
  expect(seen.trim().endsWith("Cảm ơn ông/bà.")).toBe(true)
  expect(await installation.db.conversation.count()).toBe(0)
  expect(await installation.db.inboxEvent.count()).toBe(0)
  // Both answers stand in the evidence; what came after the end was not asked.
  expect(await installation.db.answer.count()).toBe(2)
  expect(await verifyChain(readEvidence(installation.db))).toMatchObject({ ok: true, count: 2 })
})

it("the end of the input ends the conversation", async () => {
  const seen = await typed(aDataDir(), ["tach ho mat may ngay"])
  expect(seen).toContain("ngày làm việc")
  expect(seen.trim().endsWith("Cảm ơn ông/bà.")).toBe(true)
})
