import type { Database } from "../../prisma/database.ts"
import type { Channel, MediaKind } from "../../bot/message.ts"

/** What a citizen sees on the platform: one entry a message of ours, in the order of arrival. */
export interface Seen {
  readonly peerId: string
  readonly text: string
  /** Labels of the buttons under it. */
  readonly buttons: readonly string[]
  readonly messageId: string
  /** Kind of file when it is one. */
  readonly media?: MediaKind
}

/** What the next sending comes to at the platform; afterwards all goes well again. */
export type SendFault =
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number }
  | { readonly kind: "blocked" }
  /** Takes the request and never answers. */
  | { readonly kind: "hang" }
  /** Answers 5xx. */
  | { readonly kind: "server_error" }
  | { readonly kind: "auth" }

export interface Sending {
  readonly messageId?: string
  readonly at?: Date
  /** Delivers the very same event (same ids) as an earlier message with this key. */
  readonly key?: string
}

/**
 * The platform's side of one adapter over real HTTP or WebSocket, with a citizen's hands. What a platform cannot do is
 * left out, and then the cases that need it do not apply. Methods that deliver resolve when the platform handed the event
 * over (a webhook was answered, an update lies ready for the next poll).
 */
export interface Counterpart {
  readonly channel: Channel
  /** The platform does not tell when something was written. */
  readonly timeless?: true
  /** Everything that citizens got so far. */
  readonly seen: () => readonly Seen[]
  readonly says: (peerId: string, text: string, sending?: Sending) => Promise<void>
  /** Delivers again exactly what was delivered last. */
  readonly redelivers?: () => Promise<void>
  readonly sendsMedia?: (
    peerId: string,
    media: { kind: MediaKind; caption?: string; name?: string; bytes?: Uint8Array; album?: string },
  ) => Promise<void>
  /** The next media cannot be fetched. */
  readonly losesMedia?: (how: "gone" | "too_large") => void
  readonly sendsLocation?: (peerId: string, place: { latitude: number; longitude: number }) => Promise<void>
  readonly sendsContact?: (peerId: string, contact: { phone: string; own: boolean }) => Promise<void>
  readonly sendsSticker?: (peerId: string) => Promise<void>
  readonly sendsUnknown?: (peerId: string) => Promise<void>
  /** Presses the newest button with this label. */
  readonly presses?: (peerId: string, label: string) => Promise<void>
  /** Opens the chat, perhaps through a link with an origin. */
  readonly opens?: (peerId: string, origin?: string) => Promise<void>
  readonly edits?: (peerId: string, messageId: string, text: string) => Promise<void>
  readonly retracts?: (peerId: string, messageId: string) => Promise<void>
  readonly quotes?: (peerId: string, given: { messageId: string; text: string }) => Promise<void>
  readonly inGroup?: (text: string) => Promise<void>
  /** Staff write in the platform's own app. */
  readonly staffWrites?: (peerId: string, text: string) => Promise<void>
  /** The platform tells us of our own message as of a foreign one. */
  readonly echoes?: (messageId: string) => Promise<void>
  readonly blocks?: (peerId: string) => Promise<void>
  /** Something forged arrives; resolves to what the platform's side was answered. */
  readonly forges?: () => Promise<readonly { readonly how: string; readonly status: number }[]>
  /** Bodies that no platform sends: too large, not JSON, wrong method. */
  readonly misbehaves?: () => Promise<readonly { readonly how: string; readonly status: number }[]>
  readonly failsNext?: (fault: SendFault) => void
  /** The platform cannot be reached until `comesBack`. */
  readonly goesAway?: () => Promise<void>
  readonly comesBack?: () => Promise<void>
  /** Another process serves the same account. */
  readonly rival?: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Opens a fresh counterpart with its adapter wired to it; the suite starts the channel with its own sink. */
export interface CounterpartKind {
  readonly name: string
  /** Cases that this other side (an emulator of somebody else) cannot play, although the platform itself could. */
  readonly cannot?: readonly number[]
  /** `db`: what the engine of the test writes to; only a channel whose citizens read there needs it. */
  readonly open: (given?: { readonly db: Database }) => Promise<Counterpart>
}
