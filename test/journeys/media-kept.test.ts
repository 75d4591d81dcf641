import { expect, it } from "vitest"
import { until } from "../support/until.ts"
import { aDataDir, runningCommune } from "./running-commune.ts"

const DAY_MS = 24 * 3600_000

it("a citizen's photo is forgotten after the days that the office has set, once the program runs", async () => {
  const dataDir = aDataDir()
  const first = await runningCommune(dataDir)
  const at = (days: number) => new Date(Date.now() - days * DAY_MS)
  const { db } = first.installation
  const conversation = { id: "c1", accountId: "web", peerId: "a", version: 0, context: {}, createdAt: at(9), updatedAt: at(9) }
  await db.conversation.create({ data: conversation })
  const photo = (id: string, createdAt: Date) => {
    const place = { conversationId: "c1", inboxEventId: "e1", accountId: "web", kind: "image" }
    return db.mediaFile.create({ data: { id, ...place, name: `${id}.jpg`, hash: id.repeat(64), state: "stored", attempts: 1, createdAt } })
  }
  await photo("a", at(9))
  await photo("b", at(5))
  await first.stop()
  const { installation } = await runningCommune(dataDir, { MEDIA_KEEP_DAYS: "7" })
  const kept = () => installation.db.mediaFile.findMany({ orderBy: { id: "asc" }, select: { state: true, name: true } })
  await until(async () =>
    expect(await kept()).toEqual([
      { state: "failed", name: null },
      { state: "stored", name: "b.jpg" },
    ]),
  )
})
