import type { Database } from "../../prisma/database.ts"
import type { Logger } from "../logger.ts"
import type { Channel } from "../message.ts"
import { afterTimeout, createAlarms, type Later } from "../queues/alarms.ts"
import { createLanes, type Lanes } from "../queues/lanes.ts"
import type { ConversationTexts } from "../texts/conversation.ts"
import { createApologise } from "./apology.ts"
import { createFetch, type Fetched, type Settled } from "./fetching.ts"
import { MEDIA_LIMITS, type MediaLimits } from "./limits.ts"
import { createRedraw } from "./picture.ts"
import type { MediaStore } from "./store.ts"

export interface CollectorDependencies {
  readonly db: Database
  /** The open channel of an account; undefined while it is not attached. */
  readonly channel: (accountId: string) => Channel | undefined
  readonly store: MediaStore
  readonly texts: Pick<ConversationTexts, "mediaFailed">
  readonly now: () => Date
  readonly newId: () => string
  readonly logger: Logger
  /** Something was written for this conversation: the outbox's ear. */
  readonly wake: (conversation: { readonly conversationId: string; readonly accountId: string }) => void
  readonly later?: Later
  readonly limits?: Partial<MediaLimits>
}

export interface MediaCollector {
  /** Takes up what an earlier run left behind. */
  start(): Promise<void>
  /** Files of this account wait, or its channel has been attached. Never throws. */
  readonly collect: (accountId: string) => void
  /** Breaks off what is being fetched; it waits for the next start. */
  stop(): Promise<void>
}

type Row = Awaited<ReturnType<Database["mediaFile"]["findMany"]>>[number]

const WIDTH = 2
const MINUTE = 60_000
/** After each failed try; together an hour. */
const PAUSES_MS = [0.25, 0.5, 1, 2, 4, 8, 15, 30].map((minutes) => minutes * MINUTE)
const LOOK_AGAIN_MS = MINUTE / 2
/** Platforms forget files after about a day. */
const WAITS_FOR_CHANNEL_MS = 24 * 60 * MINUTE

/** Fetches photos and files as they arrive: two at a time of each account, so that one that is slow holds up no other. */
export function createMediaCollector(dependencies: CollectorDependencies): MediaCollector {
  const { db, logger, store, later = afterTimeout } = dependencies
  const stopping = new AbortController()
  const accounts = new Map<string, Lanes>()
  /** In a lane, or waiting for their next try. */
  const taken = new Set<string>()
  const alarms = createAlarms(later)
  const onError = (error: unknown) => {
    logger.error({ error: error instanceof Error ? error.name : typeof error }, "Media could not be collected")
  }
  const work = createWork(dependencies, { later, stopping: stopping.signal, onError })
  const lanesOf = (accountId: string) => {
    const lanes = accounts.get(accountId) ?? createLanes({ width: WIDTH, onError })
    accounts.set(accountId, lanes)
    return lanes
  }
  const run = (id: string, accountId: string) => {
    taken.add(id)
    lanesOf(accountId).run(id, async () => {
      const pause = await work(id).catch((error: unknown) => {
        onError(error)
        return LOOK_AGAIN_MS
      })
      if (typeof pause === "number") alarms.set(id, pause, () => run(id, accountId))
      else taken.delete(id)
      if (pause === "no_channel") alarms.set(`account:${accountId}`, LOOK_AGAIN_MS, () => collect(accountId))
    })
  }
  const takeUp = async (where: { accountId?: string }) => {
    const select = { id: true, accountId: true }
    const rows = await db.mediaFile.findMany({ where: { ...where, state: "waiting" }, orderBy: { createdAt: "asc" }, select })
    if (stopping.signal.aborted) return
    for (const { id, accountId } of rows) if (!taken.has(id)) run(id, accountId)
  }
  const collect = (accountId: string) => {
    if (!stopping.signal.aborted) takeUp({ accountId }).catch(onError)
  }
  return {
    async start() {
      await store.tidy()
      await takeUp({})
    },
    collect,
    async stop() {
      stopping.abort()
      await Promise.all([...accounts.values()].map((lanes) => lanes.stop()))
      alarms.stop()
    },
  }
}

/** How long to wait before the next try, null when the file is settled. */
type Pause = number | "no_channel" | null

interface WorkParts {
  readonly later: Later
  readonly stopping: AbortSignal
  readonly onError: (error: unknown) => void
}

/** One try at one file, and what is written down of it. */
function createWork(dependencies: CollectorDependencies, { later, stopping, onError }: WorkParts) {
  const { db, channel, store, texts, now, logger } = dependencies
  const limits = { ...MEDIA_LIMITS, ...dependencies.limits }
  const fetchFile = createFetch({ store, redraw: createRedraw(limits), later, logger, limits })
  const apologise = createApologise(dependencies)

  const settle = async ({ id }: Row, { state, reason, ...file }: Settled) => {
    // Where it lay is forgotten: the address may carry a token.
    await db.mediaFile.updateMany({ where: { id, state: "waiting" }, data: { state, reason, source: null, ...file } })
    return null
  }
  const fail = async (row: Row, failed: Settled) => {
    const most = Math.min(limits.maxBytes, channel(row.accountId)?.capabilities.maxDownloadBytes || Infinity)
    // A word that cannot be written must not keep the file waiting for ever.
    await apologise(row, wordsFor(failed, { texts: texts.mediaFailed, maxBytes: most })).catch(onError)
    return settle(row, failed)
  }
  const conclude = async (row: Row, fetched: Fetched): Promise<Pause> => {
    if (fetched.state === "stored") return settle(row, fetched)
    if (fetched.state !== "passing") return fail(row, fetched)
    const pause = PAUSES_MS[row.attempts]
    return pause ?? fail(row, { state: "failed", reason: "unreachable" })
  }
  return async (id: string): Promise<Pause> => {
    const row = await db.mediaFile.findUnique({ where: { id } })
    if (row?.state !== "waiting") return null
    // Greetings in pictures say nothing that an officer needs.
    if (row.kind === "sticker") return settle(row, { state: "failed", reason: "sticker" })
    const open = channel(row.accountId)
    if (!open) {
      const patient = now().getTime() - row.createdAt.getTime() < WAITS_FOR_CHANNEL_MS
      return patient ? "no_channel" : fail(row, { state: "failed", reason: "gone" })
    }
    const fetchMedia = open.fetchMedia?.bind(open)
    if (!fetchMedia || row.source === null) return fail(row, { state: "failed", reason: "gone" })
    // Counted before the try: a file on which the program dies is not tried for ever.
    await db.mediaFile.updateMany({ where: { id }, data: { attempts: row.attempts + 1 } })
    if (row.attempts > PAUSES_MS.length) return fail(row, { state: "failed", reason: "unreachable" })
    const { source, name } = row
    const fetched = await fetchFile({ source, name, fetchMedia, signal: stopping })
    if (!stopping.aborted || fetched.state !== "passing") return conclude(row, fetched)
    await db.mediaFile.updateMany({ where: { id }, data: { attempts: row.attempts } })
    return null
  }
}

interface Wording {
  readonly texts: ConversationTexts["mediaFailed"]
  readonly maxBytes: number
}

function wordsFor({ state, reason }: Settled, { texts, maxBytes }: Wording): string {
  if (state === "quarantined") return texts.notAllowed
  return reason === "too_large" ? texts.tooLarge(Math.max(1, Math.floor(maxBytes / 1024 / 1024))) : texts.gone
}
