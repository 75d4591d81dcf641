import { MemoryStore } from "express-rate-limit"
import type { Router } from "express"
import type { Database } from "../../../prisma/database.ts"
import { createGiveFeedback } from "../../feedback.ts"
import type { Logger } from "../../logger.ts"
import { type Capabilities, type Channel, MediaUnavailableError, PLAIN_TEXT, type Sink } from "../../message.ts"
import type { ConversationTexts } from "../../texts/conversation.ts"
import { createChat } from "./chat.ts"
import { createHistory } from "./history.ts"
import { createRequests } from "./requests.ts"
import { createRouter, createUnknownApiPath } from "./router.ts"
import { createStreams } from "./streams.ts"
import { createReadUpload, type Uploads } from "./uploads.ts"

/** What the page must know before the first question: `GET /api/info`. */
export interface WebInfo {
  readonly commune: string
  readonly demo: boolean
  readonly disclosure: string
  readonly hotline: string | null
  readonly hours: string | null
  readonly examples: readonly string[]
  readonly maxLength: number
}

export interface WebDependencies {
  readonly db: Database
  readonly info: () => WebInfo
  readonly texts: ConversationTexts
  readonly logger: Logger
  readonly now: () => Date
  readonly newId: () => string
  readonly pseudonymKey: string
  /** Where photos and files go; without it none are taken and the page offers none. */
  readonly uploads?: Uploads
  /** Sites that may embed the chat: `https://xa.example.vn`. */
  readonly widgetOrigins?: readonly string[]
  readonly limits?: { readonly questionsPerMinute?: number; readonly answerWithinMs?: number }
}

export interface WebChannel extends Channel {
  /** `/api/chat`, `/api/chat/media`, `/api/chat/stream`, `/api/chat/feedback`, `/api/info` and their faults. */
  readonly router: Router
  /** 404 in JSON for every other `/api/…`; mounted last. */
  readonly unknownApiPath: Router
}

const ACCOUNT = "web"
const CAPABILITIES: Capabilities = {
  ...PLAIN_TEXT,
  buttons: { max: 10, maxLabel: 200, maxPayloadBytes: 200 },
  bold: true,
  maxText: 100_000,
  inbound: new Set(["location"]),
}
const withUploads = ({ maxBytes }: Uploads): Capabilities => ({
  ...CAPABILITIES,
  inbound: new Set(["location", "image", "file"]),
  maxDownloadBytes: maxBytes,
})
const STREAMS = { perConversation: 3, inAll: 500 }
const DEFAULTS = { questionsPerMinute: 30, answerWithinMs: 20_000 }

/** The chat of the commune's own page: questions come by HTTP, everything said is read from the database by cursor. */
export function createWebChannel(dependencies: WebDependencies): WebChannel {
  const { logger, now, newId } = dependencies
  const { questionsPerMinute, answerWithinMs } = { ...DEFAULTS, ...dependencies.limits }
  const texts = dependencies.texts.api
  const stores = { questions: new MemoryStore(), uploads: new MemoryStore(), others: new MemoryStore() }
  const { uploads = null, widgetOrigins = [] } = dependencies
  const maxUploadBytes = uploads?.maxBytes ?? 0
  let sink: Sink | null = null

  const onError = (error: unknown) =>
    logger.error({ error: error instanceof Error ? error.name : typeof error }, "Web stream could not be read")
  const history = createHistory({ db: dependencies.db, accountId: ACCOUNT })
  const streams = createStreams({ history, onError, limits: STREAMS })
  const shared = { accountId: ACCOUNT, requests: createRequests(texts), streams, texts }
  const asking = { history, uploads, readUpload: createReadUpload(texts, maxUploadBytes), sink: () => sink, now, newId, answerWithinMs }
  const chat = createChat({ ...shared, ...asking })
  const giveFeedback = createGiveFeedback(dependencies)
  const info = () => ({ ...dependencies.info(), maxUploadBytes })

  return {
    accountId: ACCOUNT,
    capabilities: uploads ? withUploads(uploads) : CAPABILITIES,
    disclosesAi: true,
    resendIsHarmless: true,
    exclusive: false,
    router: createRouter({ ...shared, chat, giveFeedback, info, logger, questionsPerMinute, stores, widgetOrigins }),
    unknownApiPath: createUnknownApiPath({ texts, logger }),
    start(opened) {
      sink = opened
      opened.health({ state: "online" })
      return Promise.resolve()
    },
    stop() {
      sink = null
      chat.stop()
      streams.stop()
      stores.questions.shutdown()
      stores.uploads.shutdown()
      stores.others.shutdown()
      return Promise.resolve()
    },
    // What was said stands in the database; sending means telling the open streams to look.
    send(message) {
      streams.publish(message.to.peerId)
      return Promise.resolve({ ok: true, partsSent: 1 })
    },
    fetchMedia(source, signal) {
      if (uploads && source.startsWith("blob:")) return uploads.readUpload(source, signal)
      return Promise.reject(new MediaUnavailableError("gone"))
    },
  }
}
