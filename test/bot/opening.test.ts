import { describe, expect, it } from "vitest"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { fakeChannel, says } from "../support/fake-channel.ts"
import { COMMUNE, fakeAnswer, openTestDatabase, startEngine } from "../support/house.ts"
import { until } from "../support/until.ts"

async function commune() {
  const db = await openTestDatabase()
  const telegram = fakeChannel({ disclosesAi: false })
  const { answer, asked } = fakeAnswer(({ text }) => (text === "9.999999" ? { status: "no_source" } : {}))
  await startEngine({ db, answer, channels: [telegram.channel] })
  let keys = 0
  const arrives = async (event: object, replies: number) => {
    await telegram.sink().accept([{ ...says("7", "", { dedupeKey: `k${(keys += 1)}` }), ...event }])
    await until(async () => {
      expect(await db.inboxEvent.count({ where: { state: "pending" } })).toBe(0)
      expect(telegram.tries).toHaveLength(replies)
    })
  }
  return { db, asked, arrives, heard: () => telegram.tries.map(({ text }) => text) }
}

describe("a citizen opens the chat", () => {
  it("by the link of a procedure, and is told of it at once, after who it is that answers", async () => {
    const { db, asked, arrives, heard } = await commune()
    await arrives({ type: "start", origin: "tthc_1.001193" }, 2)
    expect(asked.map(({ text }) => text)).toEqual(["1.001193"])
    expect(heard()).toEqual([texts.introduction(COMMUNE), "Trả lời: 1.001193"])
    expect(await db.message.findFirst({ where: { direction: "in" } })).toMatchObject({ text: texts.heard.start })
    expect(await db.answer.count()).toBe(1)
    await arrives({ type: "start", origin: "tthc_1.004884" }, 3)
    expect(heard().at(-1)).toBe("Trả lời: 1.004884")
    expect((await db.conversation.findFirstOrThrow()).context).toMatchObject({ origin: "tthc_1.001193" })
  })

  it("by a link whose procedure is not there, of a campaign, or by none, and is greeted", async () => {
    const { asked, arrives, heard } = await commune()
    for (const [i, origin] of ["tthc_9.999999", "qr-thon-3", null].entries()) await arrives({ type: "start", origin }, i + 1)
    expect(heard()).toEqual([texts.greeting(COMMUNE), texts.greeting(COMMUNE), texts.greeting(COMMUNE)])
    expect(asked).toHaveLength(1)
  })
})

it("an album whose words are a question is not asked about besides", async () => {
  const { db, arrives, heard } = await commune()
  const media = [{ kind: "image", source: "a", albumKey: "album" }]
  await arrives({ type: "message", text: "rác ở chợ thì báo ai", media }, 2)
  for (let i = 0; i < 4; i += 1) await arrives({ type: "message", text: "", media }, 2)
  expect(heard().at(-1)).toBe("Trả lời: rác ở chợ thì báo ai")
  expect(await db.mediaFile.count()).toBe(5)
})
