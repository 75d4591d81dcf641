import fc from "fast-check"
import { expect, it } from "vitest"
import { after, CONVERSATION_STATES, type ConversationState, isHeld, type Move } from "../../bot/conversation-state.ts"
import { createDesk } from "../../bot/desk.ts"
import { vi as texts } from "../../bot/texts/conversation.ts"
import { fakeChannel, says } from "../support/fake-channel.ts"
import { COMMUNE, fakeAnswer, newId, openTestDatabase, startEngine } from "../support/house.ts"
import { until } from "../support/until.ts"

const MOVES: readonly Move[] = [
  "citizen_writes",
  "citizen_asks_human",
  "staff_takes",
  "staff_writes",
  "staff_hands_back",
  "staff_resolves",
  "hold_expires",
]

it("only staff or the clock end a human's hold, and only staff begin one: ten thousand conversations", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...MOVES), { maxLength: 40 }), (moves) => {
      let state: ConversationState = "bot"
      for (const move of moves) {
        const next = after(state, move)
        if (next === null) continue
        expect(CONVERSATION_STATES).toContain(next)
        if (isHeld(next) && !isHeld(state)) expect(move).toMatch(/^staff_/)
        if (!isHeld(next) && isHeld(state)) expect(move).toMatch(/^staff_(hands_back|resolves)$|^hold_expires$/)
        // A citizen is never stuck: there is always somebody who can answer.
        if (move === "citizen_writes") expect(next).not.toBe("resolved")
        state = next
      }
    }),
    { numRuns: 10_000 },
  )
})

const PEERS = ["a", "b", "c"] as const
const LAN = { staffId: "lan", publicName: "Bà Lan" }
type Step = {
  readonly who: (typeof PEERS)[number]
  readonly does: "asks" | "takes" | "writes" | "hands back" | "resolves" | "waits" | "sleeps"
}
const step: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom(...PEERS),
  does: fc.constantFrom("asks", "asks", "asks", "takes", "writes", "hands back", "resolves", "waits", "sleeps"),
})

/**
 * Citizens, officers, the clock and slow answers in any order against the real engine and database. What is checked is
 * what citizens saw: while a human holds the chat nothing of the assistant's begins to be said, each question is answered
 * at most once, and in the order of asking.
 */
it("the assistant never speaks while a human holds the chat, however everything interleaves", { timeout: 300_000 }, async () => {
  const db = await openTestDatabase()
  const clock = { at: Date.now() }
  const now = () => new Date((clock.at += 1))
  const broken: string[] = []
  let run = 0
  const telegram = fakeChannel({
    send: async (message) => {
      const row = await db.outboxMessage.findUniqueOrThrow({ where: { idempotencyKey: message.idempotencyKey } })
      // Both in one moment: an officer may take or hand back between two looks.
      const [held, conversation] = await db.$transaction([
        db.outboxMessage.findFirst({ where: { conversationId: row.conversationId, state: "pending", author: "bot" } }),
        db.conversation.findUniqueOrThrow({ where: { id: row.conversationId } }),
      ])
      if (isHeld(conversation.state as ConversationState) && held) broken.push(`a pending word while held: ${held.id}`)
      sent.push({ key: message.idempotencyKey, author: message.author?.kind ?? "bot", peer: message.to.peerId })
      return { ok: true, partsSent: 1 }
    },
  })
  /** Resolving ends a hold without a word. */
  const resolved = new Set<string>()
  const sent: { key: string; author: string; peer: string }[] = []
  const { answer } = fakeAnswer(async () => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 4))
    return {}
  })
  const engine = await startEngine({ db, answer, channels: [telegram.channel], now })
  const desk = createDesk({ db, texts, commune: () => COMMUNE, now, newId, wake: engine.wake })

  const play = async (steps: readonly Step[]) => {
    run += 1
    const peerOf = (who: string) => `${run}-${who}`
    const conversation = (who: string) => db.conversation.findFirst({ where: { peerId: peerOf(who) }, select: { id: true } })
    const acts: Record<Step["does"], (who: string, i: number) => Promise<unknown>> = {
      asks: (who, i) => telegram.sink().accept([says(peerOf(who), `câu ${i}`, { sentAt: new Date(clock.at) })]),
      takes: async (who) => desk.take((await conversation(who))?.id ?? "", LAN),
      writes: async (who, i) =>
        desk.write((await conversation(who))?.id ?? "", { ...LAN, text: `đáp ${i}`, idempotencyKey: `${run}-${i}` }),
      "hands back": async (who) => desk.handBack((await conversation(who))?.id ?? "", LAN),
      resolves: async (who) => {
        const id = (await conversation(who))?.id ?? ""
        resolved.add(id)
        return desk.resolve(id, LAN)
      },
      waits: () => new Promise((resolve) => setTimeout(resolve, 3)),
      sleeps: async () => {
        clock.at += 3 * 3_600_000
        await desk.releaseForgotten()
      },
    }
    // An officer can only enter a chat that a citizen has begun.
    const citizens = [...new Set(steps.map(({ who }) => who))]
    await Promise.all(citizens.map((who, i) => acts.asks(who, steps.length + i)))
    // Not awaited one after the other: that is the point.
    await Promise.all(steps.map(({ who, does }, i) => new Promise((resolve) => setImmediate(resolve)).then(() => acts[does](who, i))))
    await until(async () => expect(await db.inboxEvent.count({ where: { state: "pending" } })).toBe(0))
    await until(async () => expect(await db.outboxMessage.count({ where: { state: { in: ["pending", "sending"] } } })).toBe(0))
  }
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), play), { numRuns: 60 })

  expect(broken).toEqual([])
  expect(new Set(sent.map(({ key }) => key)).size).toBe(sent.length)
  expect(await db.inboxEvent.count({ where: { state: "failed" } })).toBe(0)
  // The log of each conversation tells it too: an officer's word, then no answer until the chat was given back.
  const said = await db.message.findMany({ orderBy: { createdAt: "asc" } })
  const ends = new Set([texts.handedBack, texts.holdExpired(COMMUNE)])
  const holding = new Set<string>()
  const spokenOver = said.filter(({ conversationId, staffName, text, answerId }) => {
    if (staffName !== null) holding.add(conversationId)
    if (ends.has(text)) holding.delete(conversationId)
    return answerId !== null && holding.has(conversationId) && !resolved.has(conversationId)
  })
  expect(spokenOver).toEqual([])
  expect(holding.size).toBeGreaterThan(0)
  const questions = await db.answer.groupBy({ by: ["inboxEventId"], _count: true })
  expect(questions.every(({ _count }) => _count === 1)).toBe(true)
  expect(said.filter(({ answerId }) => answerId !== null)).toHaveLength(questions.length)
})
