import { createHash } from "node:crypto"
import type { Request } from "express"
import {
  type InboundEvent,
  type InboundMedia,
  type Outcome,
  type Peer,
  type Place,
  type Receipt,
  type Sink,
  StoppingError,
} from "../../message.ts"
import type { PublicAnswer } from "../../public-answer.ts"
import type { ApiTexts } from "../../texts/conversation.ts"
import { ApiError } from "./api-error.ts"
import type { ReadHistory } from "./history.ts"
import type { Requests } from "./requests.ts"
import type { Streams } from "./streams.ts"
import type { Upload, Uploads } from "./uploads.ts"

interface Dependencies {
  readonly accountId: string
  readonly requests: Requests
  readonly streams: Streams
  readonly history: ReadHistory
  /** Null where no photos and files are taken. */
  readonly uploads: Uploads | null
  readonly readUpload: (request: Request) => Promise<Upload>
  readonly sink: () => Sink | null
  readonly texts: ApiTexts
  readonly now: () => Date
  readonly newId: () => string
  readonly answerWithinMs: number
}

export interface Chat {
  readonly ask: (request: Request) => Promise<ChatReply>
  /** A photo or file, perhaps with words. */
  readonly send: (request: Request) => Promise<ChatReply>
  /** Lets go of everyone who still waits; their questions are stored. */
  readonly stop: () => void
}

export interface ChatReply {
  readonly conversationId: string
  readonly answer: PublicAnswer
}

interface Said {
  readonly text: string
  readonly conversationId?: string | null | undefined
  readonly clientMessageId?: string | null | undefined
  readonly choiceId?: string | null | undefined
  readonly location?: Place | null | undefined
  readonly media?: InboundMedia
}

// A short id may be a counter that two citizens behind one address share; only a longer one speaks for one question.
const UNGUESSABLE = 8
/** So often a request that was put off can be repeated. */
const MOST_ANEW = 20

/** What the page sends: accepted like the messages of any channel, then waited for. */
export function createChat(dependencies: Dependencies): Chat {
  const { requests, streams, uploads, texts } = dependencies
  const patience = createPatience(dependencies)
  const reply = createReply(dependencies)
  const openSink = () => {
    const sink = dependencies.sink()
    if (!sink) throw new StoppingError("The web channel is not open")
    return sink
  }
  const take = async (said: Said, address: string): Promise<ChatReply> => {
    const sink = openSink()
    let asked = said
    for (let again = 1; ; again += 1) {
      const [receipt] = await sink.accept([toEvent(asked, address, dependencies)])
      const { eventId, peerId, duplicate } = receipt as Receipt
      streams.progress(peerId)
      const outcome = await patience.wait(sink.handled(eventId))
      // Else who was asked to come back would be told of that first time for ever.
      const anew = outcome.kind === "too_many" && duplicate && again <= MOST_ANEW
      if (!anew) return reply(outcome, { eventId, peerId })
      asked = { ...said, conversationId: peerId, clientMessageId: `${said.clientMessageId ?? ""}~${again}` }
    }
  }
  return {
    ask: (request) => take(requests.question(request.body), request.ip ?? ""),
    async send(request) {
      if (!uploads) throw new ApiError({ status: 404, code: "no_uploads", message: texts.noUploads })
      openSink()
      const { kind, name, mime, bytes, fields } = await dependencies.readUpload(request)
      const said = requests.media.parse(fields)
      const { source } = await uploads.acceptUpload(bytes, { name, mime })
      return take({ ...said, media: { kind, source, name, bytes: bytes.length } }, request.ip ?? "")
    },
    stop: patience.end,
  }
}

const TOO_MANY = { status: 429, code: "rate_limited", retryAfterSeconds: 60 }
const NOTHING = { fields: {}, candidates: [], citations: [], choices: [], ms: 0 } as const

/** What an outcome is to the page: always one answer, or the reason why there is none. */
function createReply({ texts, history }: Dependencies) {
  return async (outcome: Outcome, { eventId, peerId }: { eventId: string; peerId: string }): Promise<ChatReply> => {
    const answer = (said: Pick<PublicAnswer, "id" | "status" | "text">) => ({ conversationId: peerId, answer: { ...NOTHING, ...said } })
    switch (outcome.kind) {
      case "answered":
        return { conversationId: peerId, answer: outcome.answer }
      case "held":
        // Nobody's words: it is not part of the conversation, and a repeated request gets the very same.
        return answer({ id: `held-${eventId}`, status: "routed_human", text: texts.passedOn })
      case "too_many":
        throw new ApiError({ ...TOO_MANY, message: texts.rateLimited })
      case "replied": {
        const last = (await history(peerId, null)).at(-1)?.data
        // Named as in the stream, so that the page shows it once. Of an album only the first photo is replied to.
        const said = last?.role === "assistant" ? last : { id: `kept-${eventId}`, text: texts.kept }
        return answer({ id: said.id, status: "clarification", text: said.text })
      }
    }
  }
}

function toEvent(said: Said, address: string, { accountId, now, newId }: Dependencies): InboundEvent {
  const { text, choiceId, location, media } = said
  const peer: Peer = { accountId, peerId: said.conversationId ?? newId() }
  const base = { dedupeKey: dedupeKey(said, address) ?? newId(), peer, sentAt: now() }
  if (choiceId != null && location == null) return { ...base, type: "choice", choiceId, label: text }
  return { ...base, type: "message", text, ...(location ? { location } : {}), ...(media ? { media: [media] } : {}) }
}

/**
 * Within a conversation the page's own id tells a repeated request. The first question has no conversation yet: there the
 * same id, words and address within the same request are the same question, so that its retry does not open a second one.
 */
function dedupeKey({ text, conversationId, clientMessageId, location, media }: Said, address: string): string | null {
  if (clientMessageId == null) return null
  if (conversationId != null) return `${conversationId}:${clientMessageId}`
  if (clientMessageId.length < UNGUESSABLE) return null
  const enclosed = location ?? (media ? [media.kind, media.bytes] : null)
  return `new:${createHash("sha256")
    .update(JSON.stringify([address, clientMessageId, text, ...(enclosed === null ? [] : [enclosed])]))
    .digest("base64url")}`
}

function createPatience({ answerWithinMs, texts }: Dependencies) {
  const waiting = new Set<(error: Error) => void>()
  const wait = (outcome: Promise<Outcome>) =>
    new Promise<Outcome>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new ApiError({ status: 504, code: "timeout", message: texts.timeout }))
      }, answerWithinMs)
      waiting.add(reject)
      void outcome.then(resolve, reject).finally(() => {
        clearTimeout(timer)
        waiting.delete(reject)
      })
    })
  const end = () => {
    for (const reject of waiting) reject(new StoppingError("The web channel is being stopped"))
  }
  return { wait, end }
}
