import type { IncomingMessage } from "node:http"
import type { Logger } from "../../logger.ts"
import type { InboundEvent, Sink } from "../../message.ts"
import type { HealthBoard } from "../health-board.ts"
import { createWebhook } from "../webhook.ts"
import { readEvent } from "./events.ts"
import { FAULTS } from "./health.ts"
import { signedAt } from "./signature.ts"

interface Dependencies {
  readonly accountId: string
  readonly settings: { readonly appId: string; readonly oaId: string }
  readonly oaSecret: () => Promise<string>
  readonly sink: () => Sink | null
  /** What is done with an event before it is stored. */
  readonly prepare: (event: InboundEvent) => Promise<InboundEvent>
  readonly board: () => HealthBoard
  readonly logger: Logger
  readonly now: () => Date
}

// Zalo repeats for up to 12 hours what was not answered, with the time of the first try.
const MAX_AGE_MS = 13 * 3_600_000
const NOTABLE_MS = 600_000

/**
 * What Zalo calls. What it signed but we do not understand counts as stored, because otherwise it would come for hours, and then
 * Zalo would switch the webhook off.
 */
export function createZaloOaWebhook({ accountId, settings, oaSecret, sink, prepare, board, logger, now }: Dependencies) {
  let everSigned = false

  const isGenuine = async (request: IncomingMessage, body: Buffer): Promise<boolean> => {
    const keys = { appId: settings.appId, oaSecret: await oaSecret() }
    const signed = signedAt(body, request.headers["x-zevent-signature"], keys)
    if (signed === null) {
      // Once Zalo's signature was seen the keys are right, and a forgery is nothing that staff must act on.
      if (!everSigned) board().fault("signature", FAULTS.forged)
      return false
    }
    everSigned = true
    board().well("signature")
    const age = now().getTime() - signed.getTime()
    tellClock(board(), age)
    return age <= MAX_AGE_MS
  }
  const store = async (body: unknown, to: Sink): Promise<void> => {
    const read = readEvent(body, { accountId, oaId: settings.oaId, now: now() })
    if (read.kind === "foreign") {
      board().fault("settings", FAULTS.foreign(read.oaId))
      return
    }
    if (read.kind === "ignored") {
      logger.info({ accountId, eventName: read.eventName }, "Webhook event of no concern")
      return
    }
    await to.accept(await Promise.all(read.events.map(prepare)))
    board().well("settings")
  }
  return createWebhook({ accountId, logger, sink, isGenuine, store })
}

function tellClock(board: HealthBoard, ageMs: number): void {
  if (ageMs > NOTABLE_MS) board.fault("clock", FAULTS.late(ageMs))
  else if (ageMs < -NOTABLE_MS) board.fault("clock", FAULTS.early(-ageMs))
  else board.well("clock")
}
