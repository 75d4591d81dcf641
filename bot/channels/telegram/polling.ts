import type { Api } from "grammy"
import type { BotCommand, Update } from "grammy/types"
import type { Logger } from "../../logger.ts"
import type { Health } from "../../message.ts"
import { toHealth } from "./failures.ts"

interface Dependencies {
  readonly api: Api
  readonly logger: Logger
  /** What the menu of the chat offers. */
  readonly commands: readonly BotCommand[]
  /** Resolves when the updates are stored; only then is their receipt confirmed. */
  readonly store: (updates: readonly Update[]) => Promise<void>
  readonly health: (health: Health) => void
  /** How long to wait after so many failures in a row. */
  readonly patience: (failures: number) => number
}

// grammY names the signal of a package; the platform's own has the same shape.
type Signal = Parameters<Api["getUpdates"]>[1]

const ALLOWED = ["message", "edited_message", "callback_query"] as const
const WAIT_SECONDS = 30
const BATCH = 100
const CONFIRM_WITHIN_MS = 5000
// A server that answers at once although it was asked to wait is not asked again at once.
const EAGER_MS = 200

/**
 * Fetches updates one batch after the other. Asking for the next batch is what confirms the one before, so nothing is
 * confirmed that is not stored; faults only change the health and the pace.
 */
export function createPolling({ api, logger, commands, store, health, patience }: Dependencies) {
  const stopping = new AbortController()
  const { signal } = stopping
  const tell = tellingChanges(health)
  let prepared = false
  let healthy = false
  let offset = 0
  let failures = 0

  const batch = async () => {
    prepared ||= await prepare(api, commands, signal)
    const began = performance.now()
    // The first poll, and the first after a fault, asks for an answer at once: only then do we know that all is well.
    const wait = { offset, limit: BATCH, timeout: healthy ? WAIT_SECONDS : 0, allowed_updates: ALLOWED }
    const updates = await api.getUpdates(wait, signal as unknown as Signal)
    if (updates.length > 0) await store(updates)
    tell({ state: "online" })
    healthy = true
    failures = 0
    offset = Math.max(offset, ...updates.map(({ update_id }) => update_id + 1))
    if (updates.length === 0 && performance.now() - began < EAGER_MS) await rest(EAGER_MS, signal)
  }
  const recover = async (error: unknown) => {
    if (signal.aborted) return
    healthy = false
    failures += 1
    const { health: state, retryAfterMs } = toHealth(error)
    tell(state)
    logger.warn({ failures, health: state }, "Telegram polling failed")
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

async function prepare(api: Api, commands: readonly BotCommand[], signal: AbortSignal): Promise<true> {
  // A webhook set earlier would keep every update from us.
  await api.deleteWebhook({}, signal as unknown as Signal)
  // Without a menu the bot works all the same.
  await api.setMyCommands(commands, {}, signal as unknown as Signal).catch(() => undefined)
  return true
}

/** Lets Telegram forget what was stored; otherwise it would only come, and be recognised, once more. */
async function confirm(api: Api, offset: number): Promise<void> {
  const limit = AbortSignal.timeout(CONFIRM_WITHIN_MS) as unknown as Signal
  await api.getUpdates({ offset, limit: 1, timeout: 0 }, limit).catch(() => undefined)
}

function tellingChanges(health: (health: Health) => void): (health: Health) => void {
  let told = ""
  return (state) => {
    const text = JSON.stringify(state)
    if (text !== told) health(state)
    told = text
  }
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener("abort", end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener("abort", end)
  })
}
