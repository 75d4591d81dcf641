import { describe, expect, it } from "vitest"
import { answerTexts } from "../../bot/texts/answers.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { makeBase } from "../../knowledge/base.ts"
import { readDemo } from "../../knowledge/demo.ts"
import { createAnswerQuestion } from "../../rag/answer.ts"
import { indexKnowledge } from "../../rag/live.ts"
import { COUNTERPARTS } from "../channels/kinds.ts"
import { able } from "../channels/suite/case.ts"
import { openWorld } from "../channels/suite/world.ts"
import { webCounterpart } from "../channels/web/counterpart.ts"
import { embedder, lexicon, placeNames, read } from "../rag/small-commune.ts"
import { COMMUNE, newId } from "../support/house.ts"
import { until } from "../support/until.ts"

const LAN = { staffId: "lan", publicName: "Bà Lan, công chức tư pháp" }
const TEN_DAYS = 10 * 24 * 3_600_000

const base = makeBase(await readDemo(), { version: 1, demo: true, home: null })
const { live } = await indexKnowledge(base, { embedder, lexicon, placeNames })
const answer = createAnswerQuestion({
  ...{ read, embedder, newId, texts: answerTexts },
  live: () => live,
  now: () => new Date("2026-11-21T03:00:00Z"),
  report: (error) => {
    throw error
  },
})

describe.each(COUNTERPARTS)("a citizen on $name", (kind) => {
  it(
    "is told who answers, asks without marks, chooses by a number, talks to an officer, and is left in peace",
    { timeout: 60_000 },
    async () => {
      const world = await openWorld(kind, answer)
      const { cp, db, desk, settled, heard, asked } = world
      const last = (peer = "7") => heard(peer).at(-1)?.text ?? ""
      let events = 0
      const after = (more = 1) => settled((events += more))

      await cp.says("7", "lam giay khai sinh can gi")
      await after()
      // What stands above a page of our own is told by the page itself.
      if (kind !== webCounterpart) expect(cp.seen()[0]?.text).toContain(COMMUNE.disclosure)
      expect(
        heard("7")
          .map(({ text }) => text)
          .join("\n"),
      ).toContain("Giấy chứng sinh")

      await cp.says("7", "chung thuc")
      await after()
      await cp.says("7", "2")
      await after()
      expect(asked.at(-1)).toMatchObject({ choiceId: expect.any(String) as string })
      expect(last()).toContain("Chứng thực")

      if (cp.sendsMedia && cp.channel.capabilities.inbound.has("image")) {
        await cp.sendsMedia("8", { kind: "image" })
        await after()
        expect(last("8")).toBe(texts.wordless.image)
        expect(await db.mediaFile.count()).toBe(1)
      }

      await cp.says("9", "asdfgh qwerty")
      await after()
      await cp.says("9", "gap can bo")
      await after()
      expect(asked.at(-1)).toMatchObject({ choiceId: expect.any(String) as string })
      expect(await db.conversation.findFirstOrThrow({ where: { peerId: "9" } })).toMatchObject({ state: "pending" })

      const { id } = await db.conversation.findFirstOrThrow({ where: { peerId: "7" } })
      const before = asked.length
      expect(await desk.write(id, { ...LAN, text: "Chào bác, mời bác ra quầy số 3", idempotencyKey: "1" })).toMatchObject({ ok: true })
      await until(() => expect(last()).toContain("mời bác ra quầy số 3"))
      await cp.says("7", "le phi bao nhieu")
      await after()
      expect(asked).toHaveLength(before)
      expect(last()).not.toContain("đồng")
      expect(await desk.resolve(id, LAN)).toMatchObject({ ok: true })
      await cp.says("7", "dang ky ket hon can giay to gi")
      await after()
      expect(
        heard("7")
          .map(({ text }) => text)
          .join("\n"),
      ).toContain("Tờ khai đăng ký kết hôn")

      const failures = () => db.outboxMessage.findMany({ where: { state: "failed" } })
      if (cp.channel.capabilities.proactive === "window") {
        await db.conversation.updateMany({ data: { lastCitizenAt: new Date(Date.now() - TEN_DAYS) } })
        await desk.write(id, { ...LAN, text: "Bác còn cần gì không ạ", idempotencyKey: "2" })
        await until(async () => expect((await failures())[0]?.failure).toMatch(/window_closed|quota/))
        expect(last()).not.toContain("Bác còn cần gì")
        await desk.resolve(id, LAN)
      }
      if (cp.blocks) {
        await cp.says("7", "cam on")
        await after()
        await able(cp.blocks)("7")
        await desk.write(id, { ...LAN, text: "Chào bác", idempotencyKey: "3" })
        await until(async () => expect((await db.conversation.findUniqueOrThrow({ where: { id } })).unreachable).not.toBeNull())
      }
    },
  )
})
