import type { SecretStore } from "../../accounts/channel-kind.ts"
import type { Logger } from "../../logger.ts"
import { type Capabilities, type Channel, type OutboundMessage, PLAIN_TEXT, type SendOutcome, type Sink } from "../../message.ts"
import type { ConversationTexts } from "../../texts/conversation.ts"
import { fetchMedia } from "../fetch-media.ts"
import { createHealthBoard, type HealthBoard } from "../health-board.ts"
import type { PhoneBook } from "../../accounts/phone-book.ts"
import { templateLinesOf, type ZaloOaSecrets, type ZaloOaSettings } from "./account.ts"
import { createZaloOaApi, type Told, type ZaloOaApi } from "./api.ts"
import { checkFile } from "./files.ts"
import { renewPair } from "./oauth.ts"
import {
  CHOICE_PREFIX,
  MAX_BUTTONS,
  MAX_FILE_BYTES,
  MAX_LABEL,
  MAX_TEXT,
  type Part,
  render,
  textMessage,
  uploadedMessage,
} from "./render.ts"
import { createGivenPhones } from "./given-phones.ts"
import { createTemplates } from "./templates.ts"
import { createTokens } from "./tokens.ts"
import { createZaloOaWebhook } from "./webhook.ts"
import { windowOf } from "./window.ts"

export interface ZaloOaDependencies {
  readonly accountId: string
  readonly settings: ZaloOaSettings
  readonly secrets: SecretStore<ZaloOaSecrets>
  readonly phones: PhoneBook
  readonly texts: Pick<ConversationTexts, "chooseBelow">
  readonly logger: Logger
  readonly now: () => Date
  /** How often it is looked whether the tokens must be renewed. */
  readonly checkEveryMs?: number
  /** How long one request may take. */
  readonly deadlineMs?: number
}

/** An Official Account can also write by telephone number, with approved templates, outside every window. */
export interface ZaloOaChannel extends Channel {
  readonly webhook: NonNullable<Channel["webhook"]>
  readonly sendOutside: NonNullable<Channel["sendOutside"]>
  readonly sendTemplate: ZaloOaApi["sendTemplate"]
}

const CHECK_EVERY_MS = 600_000
const MAX_PAYLOAD = 1000
const CAPABILITIES: Capabilities = {
  ...PLAIN_TEXT,
  maxText: MAX_TEXT,
  buttons: { max: MAX_BUTTONS, maxLabel: MAX_LABEL, maxPayloadBytes: MAX_PAYLOAD - CHOICE_PREFIX.length },
  inbound: new Set(["image", "video", "voice", "file", "sticker", "location", "contact"]),
  outbound: new Set(["image", "file"]),
  maxUploadBytes: MAX_FILE_BYTES,
  maxDownloadBytes: 25_000_000,
  receipts: "delivered_and_seen",
  staffWritesThere: true,
  proactive: "window",
}

/** One Official Account: Zalo calls the webhook, we send by its OpenAPI, and the tokens are kept fresh. */
export function createZaloOaChannel(dependencies: ZaloOaDependencies): ZaloOaChannel {
  const { accountId, settings, secrets, phones, texts, logger, now, checkEveryMs = CHECK_EVERY_MS, deadlineMs } = dependencies
  const stopping = new AbortController()
  let sink: Sink | null = null
  let board: HealthBoard = createHealthBoard(() => undefined)
  let timer: NodeJS.Timeout | undefined
  let oaSecret: string | null = null
  const shared = { board: () => board, logger, now }
  const tokens = createTokens({ ...shared, secrets, renewPair: (held) => renewPair(settings, held), signal: stopping.signal })
  const api = createZaloOaApi({ ...shared, settings, tokens, ...(deadlineMs === undefined ? {} : { deadlineMs }) })
  const templates = createTemplates({ lines: templateLinesOf(settings), api, phones, now })

  return {
    accountId,
    capabilities: CAPABILITIES,
    disclosesAi: false,
    resendIsHarmless: false,
    exclusive: false,
    webhook: createZaloOaWebhook({
      ...shared,
      accountId,
      settings,
      sink: () => sink,
      prepare: createGivenPhones({ phones, wanted: templates.any }),
      oaSecret: async () => (oaSecret ??= (await secrets.read()).oaSecret),
    }),
    start(given) {
      sink = given
      given.health({ state: "connecting" })
      board = createHealthBoard(given.health)
      timer = setInterval(() => void tokens.keepFresh(), checkEveryMs)
      void tokens.keepFresh().then(() => {
        if (!stopping.signal.aborted) board.well("start")
      })
      return Promise.resolve()
    },
    async stop() {
      stopping.abort()
      clearInterval(timer)
      sink = null
      // A pair that was asked for must be stored, or nobody can renew it any more.
      await tokens.settled()
    },
    send: (message, partsSent) => send(api, { message, partsSent, chooseBelow: texts.chooseBelow }),
    window: windowOf(settings),
    sendOutside: (message) =>
      templates.send(message).catch((error: unknown) => ({ ok: false, partsSent: 0, failure: notSent(error).failure })),
    fetchMedia: (source, signal) =>
      fetchMedia(source, { maxBytes: CAPABILITIES.maxDownloadBytes, trustedOrigins: [new URL(settings.apiBaseUrl).origin], signal }),
    sendTemplate: api.sendTemplate,
  }
}

async function send(api: ZaloOaApi, given: { message: OutboundMessage; partsSent: number; chooseBelow: string }): Promise<SendOutcome> {
  const { message, chooseBelow } = given
  const messageIds: string[] = []
  let { partsSent } = given
  for (const part of render(message, chooseBelow).slice(partsSent)) {
    const told = await sendPart(api, message.to.peerId, part).catch(notSent)
    if (!told.ok) return { ok: false, partsSent, messageIds, failure: told.failure }
    messageIds.push(told.value)
    partsSent += 1
  }
  return { ok: true, partsSent, messageIds }
}

async function sendPart(api: ZaloOaApi, userId: string, part: Part): Promise<Told<string>> {
  if (part.kind === "text") return api.sendMessage(userId, textMessage(part))
  const checked = await checkFile(part.file)
  if (!checked.ok) return checked
  const uploaded = await api.upload(checked.kind, checked.file)
  return uploaded.ok ? api.sendMessage(userId, uploadedMessage(checked.kind, uploaded.value)) : uploaded
}

/** Requests never reject: what does are our own tokens and files, before anything has left the house. */
function notSent(error: unknown): Extract<Told<string>, { ok: false }> {
  return { ok: false, failure: { kind: "unreachable", detail: error instanceof Error ? error.name : typeof error } }
}
