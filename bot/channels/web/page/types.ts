/** What the server tells about the commune; shown before the first question. */
export interface Info {
  readonly commune: string
  readonly demo: boolean
  readonly disclosure: string
  readonly hotline: string | null
  readonly hours: string | null
  readonly examples: readonly string[]
  readonly maxLength: number
  /** 0, or left out: no photos and files are taken. */
  readonly maxUploadBytes?: number
}

export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** What goes along with words, or alone. `blob` is gone after a reload: nothing that large is kept. */
export type Enclosure =
  | { readonly kind: "image" | "file"; readonly name: string; readonly blob: Blob | null }
  | { readonly kind: "location"; readonly place: Place; readonly accuracy: number }

/** What the citizen has composed. */
export interface Draft {
  readonly text: string
  readonly choice?: Choice
  readonly enclosure?: Enclosure
}

export interface Citation {
  readonly sourceId: string
  readonly title: string
  readonly section?: string
  readonly page?: number
  readonly quote: string
  readonly url?: string
}

export interface Choice {
  readonly id: string
  readonly label: string
}

/** The part of the public answer that the page shows. */
export interface Answer {
  readonly id: string
  readonly status: string
  readonly text: string
  readonly procedure?: { readonly code: string; readonly name: string }
  readonly citations: readonly Citation[]
  readonly choices: readonly Choice[]
}

export interface ChatReply {
  readonly conversationId: string
  readonly answer: Answer
}

export interface ChatRequest {
  readonly text: string
  readonly conversationId?: string
  readonly choiceId?: string
  readonly location?: Place
  /** The same for every attempt, so that a question sent twice is answered once. */
  readonly clientMessageId: string
}

export type Role = "assistant" | "citizen"

/** One message of the event stream. */
export interface StreamMessage {
  readonly role: Role
  readonly id: string
  readonly at: string
  readonly text: string
  /** Public name of the officer who wrote it. */
  readonly author?: string
  readonly answer?: Answer
  readonly clientMessageId?: string
}

export type Verdict = "right" | "wrong"

/** Why a question was not sent, in words for the citizen. */
export interface SendFailure {
  readonly message: string
  /** Before this moment the server refuses another attempt. */
  readonly retryAt?: number
  /** Sent by itself as soon as there is a network. */
  readonly queued?: boolean
  /** What was enclosed is gone: it can only be chosen again. */
  readonly lost?: boolean
}

/** One line of the conversation as the citizen sees it. */
export interface Entry {
  readonly key: string
  readonly role: Role
  readonly at: Date
  readonly text: string
  readonly state: "sending" | "sent" | "failed"
  /** The server has it: its own copy came by the stream. */
  readonly confirmed: boolean
  readonly failure?: SendFailure | undefined
  readonly choiceId?: string
  readonly enclosure?: Enclosure
  /** Of a photo or file on its way, from 0 to 1. */
  readonly progress?: number | undefined
  /** Public name of the officer who wrote it. */
  readonly author?: string
  readonly answer?: Answer
}
