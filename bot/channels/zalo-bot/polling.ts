import type { Logger } from "../../logger.ts"
import type { HealthBoard } from "../health-board.ts"
import { rest } from "../pace.ts"
import type { Told, ZaloBotApi } from "./api.ts"
import { NOT_STORED, toFault } from "./failures.ts"
import { updatesIn } from "./updates.ts"

interface Dependencies {
  readonly api: ZaloBotApi
  readonly logger: Logger
  readonly board: HealthBoard
  /** Resolves when the updates are stored. */
  readonly store: (updates: readonly unknown[]) => Promise<void>
  /** How long to wait after so many failures in a row. */
  readonly patience: (failures: number) => number
}

const WAIT_SECONDS = 30
const DEADLINE_MS = (WAIT_SECONDS + 15) * 1000
/** Nothing came while we waited. */
const NOTHING = 408
// A server that answers at once although it was asked to wait is not asked again at once.
const EAGER_MS = 200

/**
 * Fetches one update after the other. The platform forgets an update as soon as it hands it over, so one that could not be
 * stored is kept and tried again before the next is asked for.
 */
export function createPolling({ api, logger, board, store, patience }: Dependencies) {
  const stopping = new AbortController()
  const { signal } = stopping
  let healthy = false
  let unstored: readonly unknown[] = []
  let failures = 0
  let running: Promise<void> = Promise.resolve()

  const recover = async ({ fault, retryAfterMs }: ReturnType<typeof toFault>) => {
    if (signal.aborted) return
    healthy = false
    failures += 1
    board.fault("polling", fault)
    logger.warn({ failures, fault }, "Zalo Bot polling failed")
    await rest(Math.max(retryAfterMs, patience(failures)), signal)
  }
  const well = () => {
    healthy = true
    failures = 0
    board.well("polling")
  }
  const fetchNext = async (): Promise<Told> => {
    // The first time, and after a fault, a call that answers at once: only then do we know that all is well.
    const told = healthy ? null : await prepare(api, signal)
    if (told && told.kind !== "result") return told
    well()
    return poll(api, signal)
  }
  const turn = async () => {
    const told = unstored.length > 0 ? null : await fetchNext()
    if (told && told.kind !== "result") return recover(toFault(told))
    if (told) unstored = updatesIn(told.result)
    await store(unstored)
    unstored = []
    well()
  }
  const serve = async () => {
    while (!signal.aborted) await turn().catch(() => recover({ fault: NOT_STORED, retryAfterMs: 0 }))
    // The last chance: nobody will hand it over again.
    if (unstored.length > 0) await store(unstored).catch(() => logger.error({ lost: unstored.length }, "Zalo Bot updates not stored"))
  }

  return {
    start() {
      running = serve()
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** Waits for one update; the platform takes the seconds as a string, and tells by an error that nothing came. */
async function poll(api: ZaloBotApi, signal: AbortSignal): Promise<Told> {
  const began = performance.now()
  const told = await api.call("getUpdates", { timeout: String(WAIT_SECONDS) }, { deadlineMs: DEADLINE_MS, signal })
  if (told.kind !== "error" || told.code !== NOTHING) return told
  if (performance.now() - began < EAGER_MS) await rest(EAGER_MS, signal)
  return { kind: "result", result: null }
}

/** Learns whether the token is good, and removes a webhook, which would keep every update from us. */
async function prepare(api: ZaloBotApi, signal: AbortSignal): Promise<Told> {
  const told = await api.call("getMe", {}, { signal })
  if (told.kind === "result") await api.call("deleteWebhook", {}, { signal })
  return told
}
