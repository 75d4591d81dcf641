/**
 * Channel-neutral messages. Adapters translate; nothing above an adapter knows a platform.
 * Ids are opaque strings: Zalo ids exceed 2^53, and one person has another id per account.
 */
import { AppError } from "../errors.ts"
import type { PublicAnswer } from "./public-answer.ts"

export interface Peer {
  /** "web", "telegram:123456": what stands before the colon names the channel. */
  readonly accountId: string
  readonly peerId: string
}

interface InboundBase {
  /** Stable over redelivery: unique together with the account. */
  readonly dedupeKey: string
  readonly peer: Peer
  readonly sentAt: Date
}

/** What a channel cannot read yet. */
export type Unreadable = "media" | "edit"

export type InboundEvent =
  | (InboundBase & { readonly type: "message"; readonly text: string })
  /** `label` is what stood on the button: it is asked as a question when the choice is no longer open. */
  | (InboundBase & { readonly type: "choice"; readonly choiceId: string; readonly label: string | null })
  | (InboundBase & { readonly type: "start"; readonly origin: string | null })
  | (InboundBase & { readonly type: "unreadable"; readonly what: Unreadable })

export interface Choice {
  /** Opaque, at most 24 bytes: it must fit a button of every platform. */
  readonly id: string
  readonly label: string
}

export interface TextSpan {
  readonly text: string
  readonly bold?: boolean
  readonly href?: string
}

/** Paragraphs of spans, one a line: no markup language leaves the core. An empty paragraph is an empty line. */
export type Body = readonly (readonly TextSpan[])[]

export type Purpose = "reply" | "notice"

export interface OutboundMessage {
  readonly idempotencyKey: string
  readonly to: Peer
  readonly purpose: Purpose
  readonly body: Body
  readonly choices: readonly Choice[]
}

export type SendFailure =
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number }
  | { readonly kind: "unreachable"; readonly detail: string }
  | { readonly kind: "recipient_refuses"; readonly detail: string }
  | { readonly kind: "auth"; readonly detail: string }
  | { readonly kind: "rejected"; readonly detail: string }
  /** Time-out after the bytes left: it may have arrived, so it is never sent again blindly. */
  | { readonly kind: "unknown"; readonly detail: string }

/** `partsSent` counts from the start of the message, so that a retry goes on with the next part. */
export type SendOutcome =
  { readonly ok: true; readonly partsSent: number } | { readonly ok: false; readonly partsSent: number; readonly failure: SendFailure }

export type Health =
  { readonly state: "off" | "connecting" | "online" } | { readonly state: "degraded" | "needs_human"; readonly reason: string }

/** The stored event; of a redelivered one the row that came first. */
export interface Receipt {
  readonly eventId: string
  readonly peerId: string
  readonly duplicate: boolean
}

/** What became of an event: a question has an answer, anything else a reply or none. */
export type Outcome =
  { readonly kind: "answered"; readonly answer: PublicAnswer } | { readonly kind: "replied" } | { readonly kind: "too_many" }

/** Nothing more is taken in: the program is being stopped. */
export class StoppingError extends AppError {
  readonly code = "stopping"
}

export interface Sink {
  /** Resolves after the events are stored; only then may a channel acknowledge them. */
  readonly accept: (events: readonly InboundEvent[]) => Promise<readonly Receipt[]>
  /** Resolves when the event has been handled, at once when that is long ago. */
  readonly handled: (eventId: string) => Promise<Outcome>
  readonly health: (health: Health) => void
}

/** One way of talking with citizens. Adding a channel means adding one folder that satisfies this. */
export interface Channel {
  readonly accountId: string
  /** True when citizens see there that they talk with a virtual assistant before they write. */
  readonly disclosesAi: boolean
  /** True when sending a message twice cannot be noticed: then an interrupted delivery is simply repeated. */
  readonly resendIsHarmless: boolean
  /** Resolves when the channel is being served; it never waits for a network. */
  start(sink: Sink): Promise<void>
  stop(): Promise<void>
  /** Sends the parts after the first `partsSent` ones. Never throws: what went wrong is told by the outcome. */
  send(message: OutboundMessage, partsSent: number): Promise<SendOutcome>
}

/** "telegram:123456" → "telegram". */
export function channelOf(accountId: string): string {
  return accountId.split(":", 1)[0] ?? accountId
}
