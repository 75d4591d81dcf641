import { expect, onTestFinished } from "vitest"
import { createDesk, type Desk } from "../../../bot/desk.ts"
import type { Engine } from "../../../bot/engine.ts"
import type { Channel, Health, InboundEvent, Sink } from "../../../bot/message.ts"
import { vi as texts } from "../../../bot/texts/conversation.ts"
import type { Database } from "../../../prisma/database.ts"
import type { Answer, Question } from "../../../rag/types.ts"
import { COMMUNE, fakeAnswer, newId, openTestDatabase, startEngine } from "../../support/house.ts"
import { until } from "../../support/until.ts"
import type { Counterpart, CounterpartKind, Seen } from "../counterpart.ts"

/** One adapter against its platform, with the real engine and database behind it. */
export interface World {
  readonly cp: Counterpart
  readonly channel: Channel
  readonly db: Database
  readonly engine: Engine
  readonly desk: Desk
  /** What was asked of the assistant. */
  readonly asked: readonly Question[]
  readonly healths: readonly Health[]
  /** What a citizen sees, introductions left out. */
  readonly heard: (peerId: string) => readonly Seen[]
  readonly texts: (peerId: string) => readonly string[]
  /** Waits until everything that arrived is handled and everything said is settled. */
  readonly settled: (events: number) => Promise<void>
  /** The next storing fails. */
  readonly failStoring: () => void
}

export type GiveAnswer = (question: Question) => Partial<Answer> | Promise<Partial<Answer>>

/** Opens a fresh adapter and its platform for one case; everything is closed after the test. */
export async function openWorld(kind: CounterpartKind, give?: GiveAnswer): Promise<World> {
  const db = await openTestDatabase()
  const cp = await kind.open({ db })
  onTestFinished(() => cp.stop())
  const { answer, asked } = fakeAnswer(give)
  const healths: Health[] = []
  let failures = 0
  const channel = failing(cp.channel, () => failures-- > 0)
  const engine = await startEngine({
    db,
    answer,
    channels: [channel],
    onHealth: (_account, health) => healths.push(health),
  })
  // A platform that was just asked to call us does so from then on.
  await until(() => expect(healths.at(-1)?.state).toBe("online"))
  const desk = createDesk({ db, texts, commune: () => COMMUNE, now: () => new Date(), newId, wake: engine.wake })
  const heard = (peerId: string) => cp.seen().filter((seen) => seen.peerId === peerId && seen.text !== texts.introduction(COMMUNE))
  return {
    cp,
    channel: cp.channel,
    db,
    engine,
    desk,
    asked,
    healths,
    heard,
    texts: (peerId) => heard(peerId).map(({ text }) => text),
    async settled(events) {
      await until(async () => {
        const open = await db.inboxEvent.count({ where: { state: "pending" } })
        const waiting = await db.outboxMessage.count({ where: { state: { in: ["pending", "sending"] } } })
        if ((await db.inboxEvent.count()) < events || open + waiting > 0) throw new Error("not settled")
        // A page of our own reads on by itself, a moment after the row is settled.
        const shown = channel.resendIsHarmless ? await db.outboxMessage.count({ where: { state: "sent" } }) : 0
        if (cp.seen().length < shown) throw new Error("not shown yet")
      })
    },
    failStoring: () => (failures = 1),
  }
}

/** The adapter with a sink that sometimes fails, as a full disk would. */
function failing(channel: Channel, fails: () => boolean): Channel {
  const start = (sink: Sink) =>
    channel.start({
      ...sink,
      accept: (events: readonly InboundEvent[]) => (fails() ? Promise.reject(new Error("disk full")) : sink.accept(events)),
    })
  return new Proxy(channel, { get: (target, key, receiver) => (key === "start" ? start : (Reflect.get(target, key, receiver) as unknown)) })
}
