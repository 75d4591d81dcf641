/**
 * Channel-neutral messages. Adapters translate; nothing above an adapter knows a platform.
 * Ids are opaque strings: Zalo ids exceed 2^53, and one person has another id per account.
 */
import type { IncomingMessage, ServerResponse } from "node:http"
import { AppError } from "../errors.ts"
import type { PublicAnswer } from "./public-answer.ts"

export const CHANNEL_KINDS = ["web", "telegram", "zalo_oa", "zalo_bot", "zalo_personal", "terminal"] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

export interface Peer {
  /** "web", "telegram:123456": what stands before the colon is the kind of the channel. */
  readonly accountId: string
  readonly peerId: string
}

interface InboundBase {
  /** Stable over redelivery: unique together with the account. */
  readonly dedupeKey: string
  readonly peer: Peer
  /** The platform's clock: order within a conversation, reply windows. */
  readonly sentAt: Date
  /** True when the platform handed it over only because we asked for what we had missed. */
  readonly backfill?: boolean
}

export const MEDIA_KINDS = ["image", "video", "voice", "audio", "file", "sticker"] as const
export type MediaKind = (typeof MEDIA_KINDS)[number]

/** A photo or file as the platform announced it; its bytes are fetched at once, because such addresses expire. */
export interface InboundMedia {
  readonly kind: MediaKind
  /** What the channel's `fetchMedia` understands. Never shown, never kept longer than needed: it may carry a token. */
  readonly source: string
  readonly name?: string
  readonly bytes?: number
  /** Media of one album belong to one message of the citizen. */
  readonly albumKey?: string
}

export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** A telephone number that was shared; only a number proven to be the citizen's own counts as theirs. */
export interface Contact {
  readonly name?: string
  readonly phone?: string
  readonly own: boolean
}

export interface InboundMessage {
  readonly type: "message"
  /** "" when nothing was written. */
  readonly text: string
  /** The platform's id of it: edits, retractions and quotes name it. */
  readonly messageId?: string
  /** Staff may write in the platform's own app (OA Manager, the phone); our own messages come back there too. */
  readonly author?: "citizen" | "staff"
  readonly media?: readonly InboundMedia[]
  readonly location?: Place
  readonly contact?: Contact
  readonly replyTo?: { readonly messageId: string; readonly text?: string }
  /** Something arrived that the platform does not hand out, or that we do not know. */
  readonly opaque?: boolean
}

export type InboundEvent = InboundBase &
  (
    | InboundMessage
    /** `label` is what stood on the button: it is asked as a question when the choice is no longer open. */
    | { readonly type: "choice"; readonly choiceId: string; readonly label: string | null }
    | { readonly type: "start"; readonly origin: string | null }
    | { readonly type: "edited"; readonly messageId: string; readonly text: string }
    | { readonly type: "retracted"; readonly messageId: string }
    | { readonly type: "reaction"; readonly messageId: string; readonly emoji: string | null }
    | { readonly type: "receipt"; readonly messageId: string; readonly state: "delivered" | "seen" }
    | { readonly type: "relation"; readonly state: "followed" | "unfollowed" | "blocked" | "unblocked" }
    | { readonly type: "shared_info"; readonly name?: string; readonly phone?: string; readonly address?: string }
  )

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

export type Purpose = "reply" | "staff_reply" | "reminder" | "survey" | "case_update" | "notice"

/** Who speaks: platforms treat a human differently from a program, and so do citizens. */
export type Author = { readonly kind: "bot" } | { readonly kind: "staff"; readonly staffId: string; readonly publicName: string }

/** A file that goes out: what lies in the media store under its hash. */
export interface Attachment {
  readonly kind: MediaKind
  readonly name: string
  readonly mime: string
  readonly read: () => Promise<Uint8Array>
}

export interface OutboundMessage {
  readonly idempotencyKey: string
  readonly to: Peer
  readonly purpose: Purpose
  readonly author?: Author
  readonly body: Body
  readonly choices: readonly Choice[]
  readonly attachments?: readonly Attachment[]
}

export type Refusal = "blocked" | "strangers_refused" | "not_following" | "deactivated"

export type SendFailure =
  /** `account`: nobody can be written to until then; `peer` (when left out): only this citizen. */
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number; readonly scope?: "peer" | "account" }
  | { readonly kind: "unreachable"; readonly detail: string }
  /** The platform takes no more messages to this citizen until they write again. */
  | { readonly kind: "window_closed"; readonly detail: string }
  | { readonly kind: "quota_exhausted"; readonly detail: string }
  | { readonly kind: "recipient_refuses"; readonly detail: string; readonly reason?: Refusal }
  | { readonly kind: "auth"; readonly detail: string }
  /** Our own fault: too long, bad markup, bad file. */
  | { readonly kind: "rejected"; readonly detail: string }
  /** Time-out after the bytes left: it may have arrived, so it is never sent again blindly. */
  | { readonly kind: "unknown"; readonly detail: string }

/**
 * `partsSent` counts from the start of the message, so that a retry goes on with the next part. `messageIds` are the
 * platform's ids of what this try sent: echoes and receipts name them.
 */
export type SendOutcome =
  | { readonly ok: true; readonly partsSent: number; readonly messageIds?: readonly string[] }
  | { readonly ok: false; readonly partsSent: number; readonly messageIds?: readonly string[]; readonly failure: SendFailure }

export type NeedsHuman =
  "login_expired" | "kicked" | "duplicate_session" | "token_revoked" | "account_restricted" | "webhook_disabled" | "bad_settings"

/** How an account is; `reason` is a Vietnamese sentence for staff. */
export type Health =
  | { readonly state: "off" | "connecting" | "online" | "standby" }
  | { readonly state: "degraded"; readonly reason: string; readonly why?: "crowded" }
  | { readonly state: "needs_human"; readonly reason: string; readonly why?: NeedsHuman }

/** The stored event; of a redelivered one the row that came first. */
export interface Receipt {
  readonly eventId: string
  readonly peerId: string
  readonly duplicate: boolean
}

/** What became of an event: a question has an answer, anything else a reply or none; `held`: a human will answer. */
export type Outcome =
  | { readonly kind: "answered"; readonly answer: PublicAnswer }
  | { readonly kind: "replied" }
  | { readonly kind: "too_many" }
  | { readonly kind: "held" }

/** Nothing more is taken in: the program is being stopped. */
export class StoppingError extends AppError {
  readonly code = "stopping"
}

/** The media is gone or larger than the platform hands out. A cause tells of a fault that may pass: it is worth another try. */
export class MediaUnavailableError extends AppError {
  readonly code = "media_unavailable"
  readonly reason: "gone" | "too_large"
  constructor(reason: "gone" | "too_large", options?: ErrorOptions) {
    super(`The media is ${reason}`, options)
    this.reason = reason
  }
}

export interface Sink {
  /** Resolves after the events are stored; only then may a channel acknowledge them. */
  readonly accept: (events: readonly InboundEvent[]) => Promise<readonly Receipt[]>
  /** Resolves when the event has been handled, at once when that is long ago. */
  readonly handled: (eventId: string) => Promise<Outcome>
  readonly health: (health: Health) => void
}

/** What a platform can do. The core asks this table, never the name of the platform. */
export interface Capabilities {
  /** UTF-16 units of one message. */
  readonly maxText: number
  /** Null: choices are a numbered list that is answered by typing. */
  readonly buttons: { readonly max: number; readonly maxLabel: number; readonly maxPayloadBytes: number } | null
  readonly bold: boolean
  readonly inbound: ReadonlySet<MediaKind | "location" | "contact">
  readonly outbound: ReadonlySet<MediaKind>
  readonly maxUploadBytes: number
  readonly maxDownloadBytes: number
  readonly receipts: "none" | "delivered" | "delivered_and_seen"
  /** Citizens can change or take back what they wrote, and we are told. */
  readonly edits: boolean
  readonly retracts: boolean
  /** A link can carry where the citizen came from. */
  readonly origins: boolean
  /** Staff can write in the platform's own app, and we see it. */
  readonly staffWritesThere: boolean
  readonly proactive: "after_first_contact" | "window" | "none"
}

/** What every platform can do at least; a channel says only where it differs. */
export const PLAIN_TEXT: Capabilities = {
  maxText: 4000,
  buttons: null,
  bold: false,
  inbound: new Set(),
  outbound: new Set(),
  maxUploadBytes: 0,
  maxDownloadBytes: 0,
  receipts: "none",
  edits: false,
  retracts: false,
  origins: false,
  staffWritesThere: false,
  proactive: "none",
}

/** What decides whether a citizen may be written to now. */
export interface WindowQuestion {
  readonly lastCitizenAt: Date | null
  /** Messages of ours since then. */
  readonly sentSince: number
  readonly author: Author["kind"]
  readonly purpose: Purpose
  readonly now: Date
}

/** One way of talking with citizens. Adding a channel means adding one folder that satisfies this. */
export interface Channel {
  readonly accountId: string
  readonly capabilities: Capabilities
  /** True when citizens see there that they talk with a virtual assistant before they write. */
  readonly disclosesAi: boolean
  /** True when sending a message twice cannot be noticed: then an interrupted delivery is simply repeated. */
  readonly resendIsHarmless: boolean
  /** True when two processes that serve it at once would fight (polling, a socket): then a lease decides which one does. */
  readonly exclusive: boolean
  /** What the platform calls at `/webhook/<accountId>`. The body is still unread: signatures are over its raw bytes. Never rejects. */
  readonly webhook?: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** Resolves when the channel is being served; it never waits for a network. */
  start(sink: Sink): Promise<void>
  stop(): Promise<void>
  /** Sends the parts after the first `partsSent` ones. Never throws: what went wrong is told by the outcome. */
  send(message: OutboundMessage, partsSent: number): Promise<SendOutcome>
  /** Null when the citizen may be written to now, else why not. Left out: always. */
  window?(question: WindowQuestion): Extract<SendFailure, { kind: "window_closed" | "quota_exhausted" }> | null
  /**
   * Another way to this citizen where the window is closed: a paid template, for instance. Null when there is none. Left out: never.
   * A template that could only tell that there is news comes back as `window_closed`: the words themselves were not said.
   */
  sendOutside?(message: OutboundMessage): Promise<SendOutcome | null>
  /** The bytes of what arrived, read by the chunk. Throws MediaUnavailableError. */
  fetchMedia?(source: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>
}

/** "telegram:123456" → "telegram". */
export function channelOf(accountId: string): string {
  return accountId.split(":", 1)[0] ?? accountId
}
