import type { IncomingMessage, ServerResponse } from "node:http"
import type { Logger } from "../logger.ts"
import type { Sink } from "../message.ts"
import { parseJson } from "./long-ids.ts"
import { answerStatus, readRawBody } from "./raw-body.ts"

interface Dependencies {
  readonly accountId: string
  readonly logger: Logger
  /** Null while the channel is not being served. */
  readonly sink: () => Sink | null
  /** Whether the platform itself sent it; until that is known nothing of the body is believed. */
  readonly isGenuine: (request: IncomingMessage, body: Buffer) => boolean | Promise<boolean>
  /** Resolves when what the body says is stored. */
  readonly store: (body: unknown, sink: Sink) => Promise<void>
}

/**
 * What a platform calls: 200 only after the event is stored, 401 when the platform did not send it, 500 when it could not be
 * stored, so that it comes again. Never rejects.
 */
export function createWebhook({ accountId, logger, sink, isGenuine, store }: Dependencies) {
  const handle = async (request: IncomingMessage): Promise<number> => {
    const to = sink()
    if (to === null) return 503
    const body = await readRawBody(request)
    if ("refused" in body) return body.refused
    if (!(await isGenuine(request, body.bytes))) {
      logger.warn({ accountId }, "Webhook request that the platform did not send")
      return 401
    }
    const event = parseJson(body.bytes.toString("utf8"))
    if (event === undefined) return 400
    await store(event, to)
    return 200
  }
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      answerStatus(response, await handle(request))
    } catch (error) {
      logger.error({ accountId, error: error instanceof Error ? error.name : typeof error }, "Webhook event not stored")
      answerStatus(response, 500)
    }
  }
}
