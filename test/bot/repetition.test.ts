import { expect, it } from "vitest"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { type FakeChannel, fakeChannel, says } from "../support/fake-channel.ts"
import { fakeAnswer, openTestDatabase, startEngine } from "../support/house.ts"
import { until } from "../support/until.ts"

/** A citizen who says one thing after the other; resolves to what was replied to each. */
async function conversation(
  status: "answered" | "no_source" | "emergency" | "error_unexpected" = "answered",
  channel: Parameters<typeof fakeChannel>[0] = {},
) {
  const db = await openTestDatabase()
  const telegram: FakeChannel = fakeChannel(channel)
  let at = new Date()
  const { answer, asked } = fakeAnswer(() => ({ status }))
  await startEngine({ db, answer, channels: [telegram.channel], now: () => at })
  const say = async (text: string) => {
    const before = telegram.tries.length
    await telegram.sink().accept([says("7", text, { sentAt: at })])
    await until(() => expect(telegram.tries).toHaveLength(before + 1))
    return telegram.tries.at(-1)?.text
  }
  return { db, asked, say, passes: (ms: number) => (at = new Date(at.getTime() + ms)) }
}

it("the same words a fourth time within a minute are told that the answer stands above, and nothing is lost", async () => {
  const { db, asked, say, passes } = await conversation()
  for (const text of ["lệ phí?", "LE PHI?", " Lệ  phí? "]) expect(await say(text)).toContain("Trả lời:")
  expect(await say("lệ phí?")).toBe(texts.repeated)
  expect(asked).toHaveLength(3)
  expect(await db.message.count({ where: { direction: "in" } })).toBe(4)
  expect(await say("lệ phí khai sinh?")).toContain("Trả lời: lệ phí khai sinh?")
  expect(await say("lệ phí?")).toContain("Trả lời:")
  passes(61_000)
  expect(await say("lệ phí?")).toContain("Trả lời:")
})

it.each(["no_source", "emergency", "error_unexpected"] as const)(
  "what was not plainly answered (%s) is never waved aside",
  async (status) => {
    const { say, asked } = await conversation(status)
    for (let i = 0; i < 5; i += 1) expect(await say("cháy nhà")).toContain("Trả lời: cháy nhà")
    expect(asked).toHaveLength(5)
  },
)

it("on the page each request is owed an answer, also to the same words", async () => {
  const { say } = await conversation("answered", { resendIsHarmless: true })
  for (let i = 0; i < 5; i += 1) expect(await say("lệ phí?")).toContain("Trả lời:")
})

it("no words are remembered for it", async () => {
  const { db, say } = await conversation()
  await say("con tôi là Nguyễn Văn Bí Mật cần gì")
  expect(JSON.stringify((await db.conversation.findFirstOrThrow()).context)).not.toContain("Bí Mật")
})
