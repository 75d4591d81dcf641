import { createHash, timingSafeEqual } from "node:crypto"
import type { IncomingMessage } from "node:http"
import type { Logger } from "../../logger.ts"
import type { Sink } from "../../message.ts"
import type { HealthBoard } from "../health-board.ts"
import { rest } from "../pace.ts"
import { createWebhook } from "../webhook.ts"
import type { ZaloBotApi } from "./api.ts"
import { toFault } from "./failures.ts"
import { updatesIn } from "./updates.ts"

interface Receiving {
  readonly accountId: string
  readonly secret: string
  readonly logger: Logger
  readonly sink: () => Sink | null
  readonly store: (updates: readonly unknown[]) => Promise<void>
}

/** What the platform calls instead of being asked for updates; it proves itself by the secret that it was told. */
export function createZaloBotWebhook({ accountId, secret, logger, sink, store }: Receiving) {
  const isGenuine = ({ headers }: IncomingMessage) => {
    const given = headers["x-bot-api-secret-token"]
    return typeof given === "string" && timingSafeEqual(digest(given), digest(secret))
  }
  return createWebhook({ accountId, logger, sink, isGenuine, store: (body) => store(updatesIn(body)) })
}

interface Registering {
  readonly api: ZaloBotApi
  readonly board: HealthBoard
  readonly webhook: { readonly url: string; readonly secret_token: string }
  readonly patience: (failures: number) => number
  readonly signal: AbortSignal
}

/** Tells the platform where the webhook is, until it has heard it. */
export async function register({ api, board, webhook, patience, signal }: Registering): Promise<void> {
  for (let failures = 1; !signal.aborted; failures += 1) {
    const told = await api.call("setWebhook", webhook, { signal })
    if (told.kind === "result") {
      board.well("webhook")
      return
    }
    const { fault, retryAfterMs } = toFault(told)
    board.fault("webhook", fault)
    await rest(Math.max(retryAfterMs, patience(failures)), signal)
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest()
}
