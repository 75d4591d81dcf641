import type { Api } from "grammy"
import type { Update } from "grammy/types"
import type { Logger } from "../../logger.ts"
import { type Capabilities, type Channel, type InboundEvent, PLAIN_TEXT, type Sink } from "../../message.ts"
import type { ConversationTexts } from "../../texts/conversation.ts"
import { createHealthBoard } from "../health-board.ts"
import { doubling } from "../pace.ts"
import { createProxiedFetch } from "../proxied-fetch.ts"
import { botIdOf, TELEGRAM, webhookSecretOf, withoutSlash } from "./account.ts"
import { createApi, type Line } from "./api.ts"
import { offerCommands, runErrands } from "./errands.ts"
import { fetchTelegramMedia, MAX_DOWNLOAD_BYTES } from "./media.ts"
import { createForum, type Forum, type ForumDependencies } from "./forum/forum.ts"
import { createPolling } from "./polling.ts"
import { MAX_BUTTONS, MAX_DATA_BYTES, MAX_LABEL, MAX_TEXT } from "./render.ts"
import { MAX_UPLOAD_BYTES, send } from "./send.ts"
import { toEvent } from "./updates.ts"
import { createRegistration, createTelegramWebhook } from "./webhook.ts"

export interface TelegramDependencies extends ForumDependencies {
  readonly token: string
  /** "telegram:" and the number of the bot when left out. */
  readonly accountId?: string
  readonly mode?: "polling" | "webhook"
  readonly apiRoot?: string
  readonly proxy?: string | undefined
  readonly proxyLogin?: string | undefined
  /** Where Telegram can reach this program, for the webhook. */
  readonly publicUrl?: string | undefined
  readonly texts: Pick<ConversationTexts, "chooseBelow" | "commands">
  readonly logger: Logger
  /** How long to wait after so many failures in a row. */
  readonly patience?: (failures: number) => number
  /** How often it is looked whether Telegram still calls the webhook. */
  readonly checkEveryMs?: number
  /** How long the sending of one message without a file may take. */
  readonly deadlineMs?: number
}

const CAPABILITIES: Capabilities = {
  ...PLAIN_TEXT,
  maxText: MAX_TEXT,
  buttons: { max: MAX_BUTTONS, maxLabel: MAX_LABEL, maxPayloadBytes: MAX_DATA_BYTES },
  bold: true,
  inbound: new Set(["image", "video", "voice", "audio", "file", "sticker", "location", "contact"]),
  outbound: new Set(["image", "file"]),
  maxUploadBytes: MAX_UPLOAD_BYTES,
  maxDownloadBytes: MAX_DOWNLOAD_BYTES,
  edits: true,
  origins: true,
  proactive: "after_first_contact",
}
interface Given {
  readonly api: Api
  readonly accountId: string
  /** Where Telegram calls us; null: it is asked. */
  readonly url: string | null
  readonly forum: Forum | null
}
interface Receiving {
  start(): void
  stop(): Promise<void>
}

const CHECK_EVERY_MS = 300_000
const DEADLINE_MS = 15_000

/** One Telegram bot, by long polling or by webhook: an update is confirmed only after it was stored. */
export function createTelegramChannel(dependencies: TelegramDependencies): Channel {
  const { token, texts, mode, publicUrl, deadlineMs = DEADLINE_MS } = dependencies
  const accountId = dependencies.accountId ?? `telegram:${botIdOf(token)}`
  const { line, hangUp } = lineOf(dependencies)
  const api = createApi(line)
  const url = mode === "webhook" && publicUrl !== undefined ? `${publicUrl}/webhook/${encodeURIComponent(accountId)}` : null
  const fetchFile = (fileId: string, signal: AbortSignal) => fetchTelegramMedia({ api, line }, fileId, signal)
  const forum = createForum(dependencies, { api, accountId, fetchFile })
  const { receive, webhook } = createReceiving(dependencies, { api, accountId, url, forum })
  let receiving: Receiving | null = null

  return {
    accountId,
    capabilities: CAPABILITIES,
    disclosesAi: false,
    resendIsHarmless: false,
    exclusive: url === null || forum !== null,
    ...(url === null ? {} : { webhook }),
    start(sink) {
      sink.health({ state: "connecting" })
      receiving = receive(sink)
      receiving.start()
      return Promise.resolve()
    },
    async stop() {
      await receiving?.stop()
      receiving = null
      await hangUp()
    },
    send: (message, partsSent) => send({ api, chooseBelow: texts.chooseBelow, deadlineMs }, message, partsSent),
    fetchMedia: fetchFile,
  }
}

/** The way in: what asks Telegram for updates, or what Telegram calls. A channel that was stopped can be started again. */
function createReceiving(dependencies: TelegramDependencies, given: Given) {
  const { token, texts, logger, patience = doubling, checkEveryMs = CHECK_EVERY_MS } = dependencies
  const { api, accountId, url, forum } = given
  const secret = webhookSecretOf(token)
  const store = createStore(dependencies, given)
  let stopping = new AbortController()
  let called: Sink | null = null

  const receive = (sink: Sink): Receiving => {
    stopping = new AbortController()
    const { signal } = stopping
    called = sink
    const board = createHealthBoard(sink.health, url === null ? "polling" : "webhook")
    const shared = { api, board, patience, greet: () => offerCommands(api, texts.commands, signal) }
    const way: Receiving =
      url === null
        ? createPolling({ ...shared, logger, store: (updates) => store(updates, { sink, signal }) })
        : createRegistration({ ...shared, webhook: { url, secret_token: secret }, checkEveryMs })
    let mirroring: Promise<void> | undefined
    return {
      start() {
        way.start()
        mirroring = forum?.run(board, signal)
      },
      async stop() {
        called = null
        stopping.abort()
        await Promise.all([way.stop(), mirroring])
      },
    }
  }
  const webhook = createTelegramWebhook({
    accountId,
    secret,
    logger,
    sink: () => called,
    store: (updates, sink) => store(updates, { sink, signal: stopping.signal }),
  })
  return { receive, webhook }
}

/** How Telegram is reached, perhaps through a proxy. */
function lineOf({ token, apiRoot, proxy, proxyLogin }: TelegramDependencies): { line: Line; hangUp: () => Promise<void> } {
  const line = { token, apiRoot: withoutSlash(apiRoot ?? TELEGRAM) }
  if (proxy === undefined) return { line, hangUp: () => Promise.resolve() }
  const { fetch, close } = createProxiedFetch({ url: proxy, ...(proxyLogin === undefined ? {} : { login: proxyLogin }) })
  return { line: { ...line, fetch }, hangUp: close }
}

/** Hands over what updates say; then what Telegram wants besides is seen to. */
function createStore({ logger, now }: TelegramDependencies, { api, accountId, forum }: Given) {
  const read = (update: Update): InboundEvent | null => {
    try {
      return toEvent(update, { accountId, now: now() })
    } catch (error) {
      // One update of a shape that we do not know must not keep the others from being confirmed.
      logger.error({ updateId: update.update_id, error: error instanceof Error ? error.name : typeof error }, "Update not understood")
      return null
    }
  }
  return async (updates: readonly Update[], { sink, signal }: { sink: Sink; signal: AbortSignal }): Promise<void> => {
    const staffs = updates.filter((update) => forum?.owns(update))
    const citizens = updates.filter((update) => !staffs.includes(update))
    const events = citizens.map(read).filter((event) => event !== null)
    if (events.length > 0) await sink.accept(events)
    runErrands(api, citizens, signal)
    for (const update of staffs) await forum?.hear(update, signal)
  }
}
