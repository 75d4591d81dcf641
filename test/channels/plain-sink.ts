import { onTestFinished } from "vitest"
import type { Channel, Health, InboundEvent, Sink } from "../../bot/message.ts"

export interface PlainSink {
  readonly events: InboundEvent[]
  readonly healths: Health[]
  health(): Health | undefined
}

/** Serves a channel with a sink that keeps what arrives, until the test is over. */
export async function listen(channel: Channel, accept?: (events: readonly InboundEvent[]) => Promise<void>): Promise<PlainSink> {
  const events: InboundEvent[] = []
  const healths: Health[] = []
  const sink: Sink = {
    accept: async (arrived) => {
      await accept?.(arrived)
      events.push(...arrived)
      return []
    },
    handled: () => Promise.reject(new Error("not asked for")),
    health: (health) => healths.push(health),
  }
  await channel.start(sink)
  onTestFinished(() => channel.stop())
  return { events, healths, health: () => healths.at(-1) }
}
