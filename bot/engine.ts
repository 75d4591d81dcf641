import { createHandler, describe, type HandlerDependencies, type HandlerParts } from "./handler.ts"
import { createCrowdBrake, type CrowdBrake } from "./dialogue/crowd.ts"
import { createInbox } from "./inbox/inbox.ts"
import {
  type Attachment,
  type Channel,
  type Health,
  type InboundEvent,
  type Outcome,
  type Receipt,
  type Sink,
  StoppingError,
} from "./message.ts"
import type { StoredAttachment } from "./outbox/delivery.ts"
import { createOutbox, type Outbox } from "./outbox/outbox.ts"
import type { Later } from "./queues/alarms.ts"
import { createGroupCommit } from "./queues/group-commit.ts"
import { createLanes } from "./queues/lanes.ts"
import { createPatience } from "./queues/patience.ts"
import { createWaiting } from "./queues/waiting.ts"

export interface EngineDependencies extends HandlerDependencies {
  /** Open from the start; others come and go with `attach` and `detach`. */
  readonly channels: readonly Channel[]
  readonly later?: Later
  /** Told of photos and files that were stored and wait to be fetched. */
  readonly onMedia?: (accountId: string) => void
  /** Opens a file of the media store that goes out with a message. */
  readonly openAttachment?: (stored: StoredAttachment) => Attachment
  /** How many questions one account answers within any minute; what is above is kept and asked to come again. Left out: all. */
  readonly perAccountMinute?: number
  readonly onHealth?: (accountId: string, health: Health) => void
}

export interface Engine extends Intake {
  /** How each open channel is, by account. */
  readonly health: () => ReadonlyMap<string, Health>
  /** How many questions each account has put off since the program began, because too many came at once. */
  readonly putOff: () => ReadonlyMap<string, number>
  /** Since when an open channel is in the state that `health` tells; null for one that is not open. */
  readonly since: (accountId: string) => Date | null
  /** Opens one more channel, and sends what had to wait for it. */
  readonly attach: (channel: Channel) => Promise<void>
  /** Closes a channel; what is still to be sent there waits for its return. */
  readonly detach: (accountId: string) => Promise<void>
  readonly channel: (accountId: string) => Channel | undefined
  /** Something was written for this conversation by staff or a timer. */
  readonly wake: (conversation: { readonly conversationId: string; readonly accountId: string }) => void
  /** Takes up what an earlier run left behind, then opens the channels. */
  start(): Promise<void>
  /** Takes in nothing more, finishes what has begun, leaves the rest to the next start. */
  stop(): Promise<void>
}

interface Intake {
  /** Stores the events and resolves after the commit; a duplicate names the row that came first. */
  readonly accept: (events: readonly InboundEvent[]) => Promise<readonly Receipt[]>
  /** Resolves when the event has been handled, at once when that is long ago. */
  readonly handled: (eventId: string) => Promise<Outcome>
}

const WIDTH = 32

/** From a citizen's message to the reply: stored, answered once, recorded in one transaction, sent through the outbox. */
export function createEngine(dependencies: EngineDependencies): Engine {
  const { db, logger, now, perAccountMinute: perMinute = Number.POSITIVE_INFINITY } = dependencies
  const crowd = createCrowdBrake({ perMinute, now })
  const commits = createGroupCommit(db)
  const outbox = createOutbox({ ...dependencies, commits })
  const channels = createRegistry(dependencies, outbox)
  const intake = createIntake(dependencies, { commits, outbox, crowd, channel: channels.get })
  const sinkOf = (channel: Channel): Sink => ({
    accept: intake.accept,
    handled: intake.handled,
    health: (state) => channels.tell(channel, state),
  })
  const attach = (channel: Channel) => channels.open(channel, sinkOf(channel))

  return {
    accept: intake.accept,
    handled: intake.handled,
    health: () => withCrowds(channels.health(), { crowd, texts: dependencies.texts }),
    since: (accountId) => crowd.crowds().get(accountId)?.since ?? channels.since(accountId),
    putOff: crowd.putOff,
    channel: channels.get,
    attach,
    detach: channels.close,
    wake: outbox.wake,
    async start() {
      // What is being sent now was left behind by an earlier run: settled before anything new is handled.
      for (const channel of dependencies.channels) await channels.know(channel)
      await intake.resume()
      for (const channel of dependencies.channels) await channel.start(sinkOf(channel))
      logger.info({ channels: dependencies.channels.length }, "Conversation started")
    },
    async stop() {
      await intake.stop()
      await outbox.stop()
      await channels.stop()
    },
  }
}

/** What comes in: stored, then handled in the lane of its conversation. */
function createIntake(dependencies: EngineDependencies, parts: Pick<HandlerParts, "commits" | "outbox" | "crowd" | "channel">) {
  const { logger, onMedia } = dependencies
  const inbox = createInbox({ ...dependencies, ...parts })
  const waiting = createWaiting()
  const onError = (error: unknown) => logger.error(describe(error), "Event could not be handled")
  const lanes = createLanes({ width: WIDTH, onError })
  const handle = createHandler(dependencies, { ...parts, inbox, waiting })
  const patience = createPatience({ ...dependencies, ...parts })
  let stopped = false

  const take = (eventId: string, { conversationId, accountId }: { conversationId: string; accountId: string }) => {
    waiting.expect(eventId)
    patience.arrived({ conversationId, accountId }).catch(onError)
    lanes.run(conversationId, () => patience.during(conversationId, () => handle(eventId)))
  }
  return {
    accept: async (events: readonly InboundEvent[]) => {
      if (stopped) throw new StoppingError("The engine is stopped")
      const receipts = await inbox.store(events)
      receipts.forEach(({ eventId, conversationId, duplicate }, i) => {
        const event = events[i]
        if (duplicate || !event) return
        take(eventId, { conversationId, accountId: event.peer.accountId })
        if (event.type === "message" && event.media?.length) onMedia?.(event.peer.accountId)
      })
      return receipts
    },
    handled: async (eventId: string) => {
      if (waiting.expects(eventId)) return waiting.wait(eventId)
      // Waiting first: the event may be handled while the database is asked.
      const outcome = waiting.wait(eventId)
      const earlier = await inbox.outcome(eventId)
      if (earlier) waiting.settle(eventId, earlier)
      return outcome
    },
    async resume() {
      for (const { id, ...conversation } of await inbox.pending()) take(id, conversation)
    },
    async stop() {
      stopped = true
      await lanes.stop()
    },
  }
}

/** An account that is well but asked more than it answers is told as such. */
function withCrowds(
  health: ReadonlyMap<string, Health>,
  { crowd, texts }: { crowd: CrowdBrake; texts: EngineDependencies["texts"] },
): ReadonlyMap<string, Health> {
  const crowds = crowd.crowds()
  if (crowds.size === 0) return health
  return new Map(
    [...health].map(([accountId, is]): [string, Health] => {
      const crowded = is.state === "online" ? crowds.get(accountId) : undefined
      return [accountId, crowded ? { state: "degraded", why: "crowded", reason: texts.crowdedAccount(crowded) } : is]
    }),
  )
}

/** The channels that are open, and how they are. */
function createRegistry({ onHealth, now }: EngineDependencies, outbox: Outbox) {
  const open = new Map<string, Channel>()
  const health = new Map<string, Health>()
  const changed = new Map<string, Date>()
  const tell = (channel: Channel, state: Health) => {
    const { accountId } = channel
    // What a closed channel says on its way out is nobody's health any more.
    if (open.get(accountId) !== channel) return
    if (health.get(accountId)?.state !== state.state) changed.set(accountId, now())
    health.set(accountId, state)
    onHealth?.(accountId, state)
  }
  const know = async (channel: Channel) => {
    open.set(channel.accountId, channel)
    tell(channel, { state: "off" })
    await outbox.open(channel)
  }
  const close = async (accountId: string) => {
    const channel = open.get(accountId)
    if (!channel) return
    open.delete(accountId)
    await outbox.close(accountId)
    await channel.stop()
    health.delete(accountId)
    changed.delete(accountId)
    onHealth?.(accountId, { state: "off" })
  }
  return {
    get: (accountId: string) => open.get(accountId),
    health: () => health as ReadonlyMap<string, Health>,
    since: (accountId: string) => changed.get(accountId) ?? null,
    tell,
    know,
    async open(channel: Channel, sink: Sink) {
      await close(channel.accountId)
      await know(channel)
      await channel.start(sink)
    },
    close,
    stop: async () => {
      await Promise.all([...open.values()].map((channel) => channel.stop()))
    },
  }
}
