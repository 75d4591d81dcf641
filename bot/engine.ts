import { createInbox } from "./inbox/inbox.ts"
import { createHandler, describe, type HandlerDependencies } from "./handler.ts"
import { createLanes } from "./queues/lanes.ts"
import { type Channel, type Health, type InboundEvent, type Outcome, type Receipt, StoppingError } from "./message.ts"
import { createOutbox, type Later } from "./outbox/outbox.ts"
import { createWaiting } from "./queues/waiting.ts"

export interface EngineDependencies extends HandlerDependencies {
  readonly later?: Later
}

export interface Engine {
  /** Stores the events and resolves after the commit; a duplicate names the row that came first. */
  accept(events: readonly InboundEvent[]): Promise<readonly Receipt[]>
  /** Resolves when the event has been handled, at once when that is long ago. */
  handled(eventId: string): Promise<Outcome>
  /** How each channel is, by account. */
  health(): ReadonlyMap<string, Health>
  /** Takes up what an earlier run left behind, then opens the channels. */
  start(): Promise<void>
  /** Takes in nothing more, finishes what has begun, leaves the rest to the next start. */
  stop(): Promise<void>
}

const WIDTH = 16

/** From a citizen's message to the reply: stored, answered once, recorded in one transaction, sent through the outbox. */
export function createEngine(dependencies: EngineDependencies): Engine {
  const { channels, logger } = dependencies
  const inbox = createInbox(dependencies)
  const outbox = createOutbox(dependencies)
  const waiting = createWaiting()
  const health = new Map<string, Health>(channels.map(({ accountId }) => [accountId, { state: "off" }]))
  const lanes = createLanes({
    width: WIDTH,
    onError: (error) => logger.error(describe(error), "Event could not be handled"),
  })
  const handle = createHandler(dependencies, { inbox, outbox, waiting })
  let stopped = false

  const take = (eventId: string, conversationId: string) => {
    waiting.expect(eventId)
    lanes.run(conversationId, () => handle(eventId))
  }
  const accept: Engine["accept"] = async (events) => {
    if (stopped) throw new StoppingError("The engine is stopped")
    const receipts = await inbox.store(events)
    for (const { eventId, conversationId, duplicate } of receipts) if (!duplicate) take(eventId, conversationId)
    return receipts
  }
  const handled: Engine["handled"] = async (eventId) => {
    if (waiting.expects(eventId)) return waiting.wait(eventId)
    // Waiting first: the event may be handled while the database is asked.
    const outcome = waiting.wait(eventId)
    const earlier = await inbox.outcome(eventId)
    if (earlier) waiting.settle(eventId, earlier)
    return outcome
  }

  const sinkOf = ({ accountId }: Channel) => ({ accept, handled, health: (state: Health) => void health.set(accountId, state) })

  return {
    accept,
    handled,
    health: () => health,
    async start() {
      // The outbox first: whatever is being sent now was left behind by an earlier run.
      await outbox.start()
      for (const { id, conversationId } of await inbox.pending()) take(id, conversationId)
      for (const channel of channels) await channel.start(sinkOf(channel))
      logger.info({ channels: channels.length }, "Conversation started")
    },
    async stop() {
      stopped = true
      await lanes.stop()
      await outbox.stop()
      await Promise.all(channels.map((channel) => channel.stop()))
    },
  }
}
