import express, { type RequestHandler, Router } from "express"
import { ipKeyGenerator, type MemoryStore, rateLimit } from "express-rate-limit"
import type { Feedback } from "../../feedback.ts"
import type { Logger } from "../../logger.ts"
import type { ApiTexts } from "../../texts/conversation.ts"
import { ApiError, onlyMethods, tellingFaults } from "./api-error.ts"
import type { Chat } from "./chat.ts"
import { allowOrigins } from "./origins.ts"
import type { Requests } from "./requests.ts"
import type { Streams } from "./streams.ts"

export interface RouterDependencies {
  readonly accountId: string
  readonly requests: Requests
  readonly chat: Pick<Chat, "ask" | "send">
  readonly streams: Streams
  readonly giveFeedback: (feedback: Feedback) => Promise<void>
  readonly info: () => object
  readonly texts: ApiTexts
  readonly logger: Logger
  readonly questionsPerMinute: number
  readonly stores: { readonly questions: MemoryStore; readonly uploads: MemoryStore; readonly others: MemoryStore }
  /** Sites that may embed the chat. */
  readonly widgetOrigins: readonly string[]
}

const BODY_LIMIT = "32kb"
const OTHERS_PER_MINUTE = 120
const UPLOADS_PER_MINUTE = 10
const IPV6_SUBNET = 56

/** The public web API of the chat, faults included: mount it at the root of the site. */
export function createRouter(dependencies: RouterDependencies): Router {
  const { accountId, requests, chat, streams, giveFeedback, info, texts, stores } = dependencies
  const questions = perAddress(texts, { limit: dependencies.questionsPerMinute, store: stores.questions })
  const others = perAddress(texts, { limit: OTHERS_PER_MINUTE, store: stores.others })
  const jsonType = onlyJson(texts)
  const json: RequestHandler = express.json({ limit: BODY_LIMIT, strict: false })
  const router = Router()
  router.use(["/api/chat", "/api/info"], allowOrigins(dependencies.widgetOrigins))

  router.post("/api/chat", questions, jsonType, json, async (request, response) => {
    response.json(await chat.ask(request))
  })
  router.all("/api/chat", onlyMethods(["POST"], texts))

  const uploads = perAddress(texts, { limit: UPLOADS_PER_MINUTE, store: stores.uploads })
  router.post("/api/chat/media", uploads, async (request, response) => {
    response.json(await chat.send(request))
  })
  router.all("/api/chat/media", onlyMethods(["POST"], texts))

  router.get("/api/chat/stream", others, (request, response) => {
    const { conversationId, after } = requests.stream.parse(request.query)
    const lastSeen = request.get("Last-Event-ID") ?? after
    const cursor = lastSeen !== undefined && /^\d{1,15}$/.test(lastSeen) ? Number(lastSeen) : null
    if (streams.open(conversationId, { response, after: cursor })) return
    throw new ApiError({ status: 429, code: "too_many_streams", message: texts.tooManyStreams, retryAfterSeconds: 30 })
  })
  router.all("/api/chat/stream", onlyMethods(["GET"], texts))

  router.post("/api/chat/feedback", others, jsonType, json, async (request, response) => {
    const { conversationId, answerId, verdict } = requests.feedback.parse(request.body)
    await giveFeedback({ peer: { accountId, peerId: conversationId }, answerId, verdict })
    response.status(204).end()
  })
  router.all("/api/chat/feedback", onlyMethods(["POST"], texts))

  router.get("/api/info", (_request, response) => {
    response.json(info())
  })
  router.all("/api/info", onlyMethods(["GET"], texts))
  router.all("/api/chat/{*rest}", unknownPath(texts))
  return Router().use(tellingFaults(router, dependencies))
}

/** Ends the search for an API path; to be mounted behind every router that has one. */
export function createUnknownApiPath(dependencies: { texts: ApiTexts; logger: Logger }): Router {
  const router = Router().all("/api/{*rest}", unknownPath(dependencies.texts))
  return Router().use(tellingFaults(router, dependencies))
}

function unknownPath(texts: ApiTexts): RequestHandler {
  return () => {
    throw new ApiError({ status: 404, code: "not_found", message: texts.unknownPath })
  }
}

/** Refusing other types also keeps forms of foreign pages out. */
function onlyJson(texts: ApiTexts): RequestHandler {
  return (request, _response, next) => {
    if (request.is("application/json")) next()
    else throw new ApiError({ status: 415, code: "wrong_type", message: texts.wrongType })
  }
}

function perAddress(texts: ApiTexts, { limit, store }: { limit: number; store: MemoryStore }): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    store,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    keyGenerator: ({ ip }) => ipKeyGenerator(ip ?? "", IPV6_SUBNET),
    handler: (_request, response) => {
      const seconds = Number(response.getHeader("Retry-After")) || 60
      throw new ApiError({ status: 429, code: "rate_limited", message: texts.rateLimited, retryAfterSeconds: seconds })
    },
  })
}
