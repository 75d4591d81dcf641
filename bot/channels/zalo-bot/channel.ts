import type { IncomingMessage, ServerResponse } from "node:http"
import type { Logger } from "../../logger.ts"
import { type Capabilities, type Channel, PLAIN_TEXT, type Sink } from "../../message.ts"
import type { ConversationTexts } from "../../texts/conversation.ts"
import { fetchMedia } from "../fetch-media.ts"
import { createHealthBoard } from "../health-board.ts"
import { doubling } from "../pace.ts"
import { answerStatus } from "../raw-body.ts"
import { webhookSecretOf, type ZaloBotSecrets, type ZaloBotSettings } from "./account.ts"
import { createZaloBotApi } from "./api.ts"
import { createPhotos, type Photos } from "./photos.ts"
import { createPolling } from "./polling.ts"
import { MAX_TEXT, send } from "./send.ts"
import { toEvent } from "./updates.ts"
import { createZaloBotWebhook, register } from "./webhook.ts"

export interface ZaloBotDependencies {
  readonly accountId: string
  readonly settings: ZaloBotSettings
  readonly secrets: ZaloBotSecrets
  readonly texts: Pick<ConversationTexts, "chooseByNumber">
  readonly logger: Logger
  readonly now: () => Date
  /** How long to wait after so many failures in a row. */
  readonly patience?: (failures: number) => number
  /** How long one request may take, besides waiting for updates. */
  readonly deadlineMs?: number
}

const CAPABILITIES: Capabilities = {
  ...PLAIN_TEXT,
  maxText: MAX_TEXT,
  inbound: new Set(["image", "sticker"]),
  maxDownloadBytes: 10_000_000,
  proactive: "after_first_contact",
}
const PHOTOS_TOO: Capabilities = { ...CAPABILITIES, outbound: new Set(["image"]), maxUploadBytes: 5_000_000 }

/** One bot of Zalo's Bot Platform: asks for updates, or is called where the commune has a public address. Texts only, no buttons. */
export function createZaloBotChannel(dependencies: ZaloBotDependencies): Channel {
  const { accountId, settings, secrets, texts, logger, now, patience = doubling, deadlineMs } = dependencies
  const { receive, apiBaseUrl, publicBaseUrl } = settings
  const api = createZaloBotApi({ apiBaseUrl, token: secrets.token, ...(deadlineMs === undefined ? {} : { deadlineMs }) })
  const address = publicBaseUrl === undefined ? null : `${publicBaseUrl}/webhook/${encodeURIComponent(accountId)}`
  const photos = address === null ? null : createPhotos({ address, now })
  const capabilities = photos ? PHOTOS_TOO : CAPABILITIES
  const secret = webhookSecretOf(secrets)
  const stopping = new AbortController()
  let sink: Sink | null = null
  let receiving: { readonly stop: () => Promise<void> } | null = null

  const store = async (updates: readonly unknown[]) => {
    const events = updates.map((update) => toEvent(update, { accountId, now: now() })).filter((event) => event !== null)
    if (events.length < updates.length) logger.info({ accountId }, "Update of no concern")
    if (events.length > 0) await sink?.accept(events)
  }
  const called = receive === "webhook" ? createZaloBotWebhook({ accountId, secret, logger, sink: () => sink, store }) : null

  return {
    accountId,
    capabilities,
    disclosesAi: false,
    resendIsHarmless: false,
    exclusive: receive === "polling",
    ...(called || photos ? { webhook: entrance(photos, called) } : {}),
    start(given) {
      sink = given
      given.health({ state: "connecting" })
      const board = createHealthBoard(given.health)
      if (called && address !== null) {
        const webhook = { url: address, secret_token: secret }
        const registered = register({ api, board, webhook, patience, signal: stopping.signal })
        receiving = { stop: () => registered }
      } else {
        const polling = createPolling({ api, logger, board, store, patience })
        polling.start()
        receiving = polling
      }
      return Promise.resolve()
    },
    async stop() {
      stopping.abort()
      await receiving?.stop()
      sink = null
    },
    send: (message, partsSent) => send({ api, photos, chooseByNumber: texts.chooseByNumber }, message, partsSent),
    fetchMedia: (source, signal) =>
      fetchMedia(source, { maxBytes: capabilities.maxDownloadBytes, trustedOrigins: [new URL(apiBaseUrl).origin], signal }),
  }
}

/** Photos are fetched where the webhook is: the one address that the platform can reach. */
function entrance(photos: Photos | null, called: NonNullable<Channel["webhook"]> | null): NonNullable<Channel["webhook"]> {
  return async (request: IncomingMessage, response: ServerResponse) => {
    if (photos?.isAskedFor(request)) photos.serve(request, response)
    else if (called) await called(request, response)
    else answerStatus(response, 404)
  }
}
