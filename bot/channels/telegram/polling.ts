import type { Api } from "grammy"
import type { Update } from "grammy/types"
import type { Logger } from "../../logger.ts"
import type { HealthBoard } from "../health-board.ts"
import { rest } from "../pace.ts"
import { within } from "./api.ts"
import { toFault } from "./failures.ts"
import { ALLOWED } from "./updates.ts"

interface Dependencies {
  readonly api: Api
  readonly logger: Logger
  readonly board: HealthBoard
  /** Done once before the first poll. */
  readonly greet: () => Promise<void>
  /** Resolves when the updates are stored; only then is their receipt confirmed. */
  readonly store: (updates: readonly Update[]) => Promise<void>
  /** How long to wait after so many failures in a row. */
  readonly patience: (failures: number) => number
}

const WAIT_SECONDS = 30
const DEADLINE_MS = (WAIT_SECONDS + 15) * 1000
const BATCH = 100
const CONFIRM_WITHIN_MS = 5000
// A server that answers at once although it was asked to wait is not asked again at once.
const EAGER_MS = 200

/**
 * Fetches updates one batch after the other. Asking for the next batch is what confirms the one before, so nothing is
 * confirmed that is not stored; faults only change the health and the pace.
 */
export function createPolling({ api, logger, board, greet, store, patience }: Dependencies) {
  const stopping = new AbortController()
  const { signal } = stopping
  let greeted = false
  let healthy = false
  let offset = 0
  let failures = 0

  const batch = async () => {
    if (!healthy) await prepare()
    const began = performance.now()
    // The first poll, and the first after a fault, asks for an answer at once: only then do we know that all is well.
    const wait = { offset, limit: BATCH, timeout: healthy ? WAIT_SECONDS : 0, allowed_updates: ALLOWED }
    const updates = await api.getUpdates(wait, within(DEADLINE_MS, signal))
    if (updates.length > 0) await store(updates)
    board.well("polling")
    healthy = true
    failures = 0
    offset = Math.max(offset, ...updates.map(({ update_id }) => update_id + 1))
    if (updates.length === 0 && performance.now() - began < EAGER_MS) await rest(EAGER_MS, signal)
  }
  const prepare = async () => {
    // A webhook, also one that another program has set since, would keep every update from us.
    await api.deleteWebhook({}, within(DEADLINE_MS, signal))
    if (!greeted) await greet()
    greeted = true
  }
  const recover = async (error: unknown) => {
    if (signal.aborted) return
    healthy = false
    failures += 1
    const { fault, retryAfterMs } = toFault(error)
    board.fault("polling", fault)
    logger.warn({ failures, health: fault }, "Telegram polling failed")
    await rest(Math.max(retryAfterMs, patience(failures)), signal)
  }
  const poll = async () => {
    while (!signal.aborted) await batch().catch(recover)
  }
  let running: Promise<void> = Promise.resolve()

  return {
    start() {
      running = poll()
    },
    async stop() {
      stopping.abort()
      await running
      if (offset > 0 && failures === 0) await confirm(api, offset)
    },
  }
}

/** Lets Telegram forget what was stored; otherwise it would only come, and be recognised, once more. */
async function confirm(api: Api, offset: number): Promise<void> {
  await api.getUpdates({ offset, limit: 1, timeout: 0 }, within(CONFIRM_WITHIN_MS)).catch(() => undefined)
}
