import { createHash, timingSafeEqual } from "node:crypto"
import type { IncomingMessage } from "node:http"
import type { Api } from "grammy"
import type { Update } from "grammy/types"
import { z } from "zod"
import type { Logger } from "../../logger.ts"
import type { Sink } from "../../message.ts"
import type { HealthBoard } from "../health-board.ts"
import { rest } from "../pace.ts"
import { createWebhook } from "../webhook.ts"
import { within } from "./api.ts"
import { notCalled, TAKEN_AWAY, toFault } from "./failures.ts"
import { ALLOWED } from "./updates.ts"

const DEADLINE_MS = 15_000
const update = z.looseObject({ update_id: z.number().int() })

interface Receiving {
  readonly accountId: string
  readonly secret: string
  readonly logger: Logger
  readonly sink: () => Sink | null
  readonly store: (updates: readonly Update[], to: Sink) => Promise<void>
}

/** What Telegram calls instead of being asked for updates; it proves itself by the secret that it was told. */
export function createTelegramWebhook({ accountId, secret, logger, sink, store }: Receiving) {
  const isGenuine = ({ headers }: IncomingMessage) => {
    const given = headers["x-telegram-bot-api-secret-token"]
    return typeof given === "string" && timingSafeEqual(digest(given), digest(secret))
  }
  const storeBody = async (body: unknown, to: Sink) => {
    const given = update.safeParse(body)
    if (given.success) await store([given.data], to)
    else logger.info({ accountId }, "Webhook body that is no update")
  }
  return createWebhook({ accountId, logger, sink, isGenuine, store: storeBody })
}

interface Registering {
  readonly api: Api
  readonly board: HealthBoard
  readonly webhook: { readonly url: string; readonly secret_token: string }
  readonly greet: () => Promise<void>
  readonly patience: (failures: number) => number
  readonly checkEveryMs: number
}

/** Tells Telegram where the webhook is, and looks from time to time whether it still calls us there. */
export function createRegistration({ api, board, webhook, greet, patience, checkEveryMs }: Registering) {
  const stopping = new AbortController()
  const { signal } = stopping
  let registered = false

  const register = async () => {
    await api.setWebhook(webhook.url, { secret_token: webhook.secret_token, allowed_updates: ALLOWED }, within(DEADLINE_MS, signal))
    if (!registered) await greet()
    registered = true
  }
  const check = async () => {
    if (!registered) await register()
    const found = await api.getWebhookInfo(within(DEADLINE_MS, signal))
    if (found.url === webhook.url) board.well("webhook")
    else {
      await register()
      board.fault("webhook", TAKEN_AWAY)
    }
    // The last error stays in the report for ever; it matters while something waits because of it.
    const { last_error_message: why, pending_update_count: waiting } = found
    if (why !== undefined && waiting > 0) board.fault("delivery", notCalled(why))
    else board.well("delivery")
  }
  const serve = async () => {
    let failures = 0
    while (!signal.aborted) {
      const pause = await check().then(
        () => ((failures = 0), checkEveryMs),
        (error: unknown) => {
          const { fault, retryAfterMs } = toFault(error)
          if (!signal.aborted) board.fault("webhook", fault)
          return Math.max(retryAfterMs, patience((failures += 1)))
        },
      )
      await rest(pause, signal)
    }
  }
  let running: Promise<void> = Promise.resolve()

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

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest()
}
