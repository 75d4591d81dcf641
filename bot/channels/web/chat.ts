import { createHash } from "node:crypto"
import type { Request } from "express"
import { type Outcome, type Peer, type Receipt, type Sink, StoppingError } from "../../message.ts"
import type { PublicAnswer } from "../../public-answer.ts"
import type { ApiTexts } from "../../texts/conversation.ts"
import { ApiError } from "./api-error.ts"
import type { Requests } from "./requests.ts"
import type { Streams } from "./streams.ts"

interface Dependencies {
  readonly accountId: string
  readonly requests: Requests
  readonly streams: Streams
  readonly sink: () => Sink | null
  readonly texts: ApiTexts
  readonly now: () => Date
  readonly newId: () => string
  readonly answerWithinMs: number
}

export interface Chat {
  readonly ask: (request: Request) => Promise<ChatReply>
  /** Lets go of everyone who still waits; their questions are stored. */
  readonly stop: () => void
}

export interface ChatReply {
  readonly conversationId: string
  readonly answer: PublicAnswer
}

type Question = ReturnType<Requests["question"]["parse"]>

// A short id may be a counter that two citizens behind one address share; only a longer one speaks for one question.
const UNGUESSABLE = 8

/** One question of the page: accepted like one of any channel, then waited for. */
export function createChat(dependencies: Dependencies): Chat {
  const { requests, streams, sink, texts } = dependencies
  const patience = createPatience(dependencies)
  const accept = async (question: Question, address: string) => {
    const open = sink()
    if (!open) throw new StoppingError("The web channel is not open")
    const [receipt] = await open.accept([toEvent(question, address, dependencies)])
    return { receipt: receipt as Receipt, handled: open.handled }
  }
  const ask = async (request: Request) => {
    const question = requests.question.parse(request.body)
    const { receipt, handled } = await accept(question, request.ip ?? "")
    const { eventId, peerId } = receipt
    streams.progress(peerId)
    const outcome = await patience.wait(handled(eventId))
    if (outcome.kind === "answered") return { conversationId: peerId, answer: outcome.answer }
    const message = outcome.kind === "too_many" ? texts.rateLimited : texts.textEmpty
    throw new ApiError(outcome.kind === "too_many" ? { ...TOO_MANY, message } : { status: 400, code: "invalid_input", message })
  }
  return { ask, stop: patience.end }
}

const TOO_MANY = { status: 429, code: "rate_limited", retryAfterSeconds: 60 }

function toEvent(question: Question, address: string, { accountId, now, newId }: Dependencies) {
  const { text, choiceId, conversationId } = question
  const peer: Peer = { accountId, peerId: conversationId ?? newId() }
  const base = { dedupeKey: dedupeKey(question, address) ?? newId(), peer, sentAt: now() }
  return choiceId == null ? ({ ...base, type: "message", text } as const) : ({ ...base, type: "choice", choiceId, label: text } as const)
}

/**
 * Within a conversation the page's own id tells a repeated request. The first question has no conversation yet: there the
 * same id, words and address within the same request are the same question, so that its retry does not open a second one.
 */
function dedupeKey({ text, conversationId, clientMessageId }: Question, address: string): string | null {
  if (clientMessageId == null) return null
  if (conversationId != null) return `${conversationId}:${clientMessageId}`
  if (clientMessageId.length < UNGUESSABLE) return null
  return `new:${createHash("sha256")
    .update(JSON.stringify([address, clientMessageId, text]))
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
