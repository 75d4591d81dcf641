import type { Api } from "./api.ts"
import { ApiError } from "./api-error.ts"
import { EntryList, type EntryObserver } from "./entry-list.ts"
import type { PageStorage } from "./storage.ts"
import type { MessageStream, StreamEvents } from "./stream.ts"
import { TEXTS } from "./texts.ts"
import type { Answer, ChatReply, ChatRequest, Draft, Entry, SendFailure, StreamMessage, Verdict } from "./types.ts"
import { readUnsent, writeUnsent } from "./unsent.ts"

/** The server no longer knows the conversation: begin another, keep the question. */
const FORGOTTEN_STATUSES = [403, 404, 410]

export interface ConversationObserver extends EntryObserver {
  busyChanged(busy: boolean): void
  progressed(step: string): void
}

interface Parts {
  readonly api: Api
  readonly storage: PageStorage
  readonly observer: ConversationObserver
  /** Whether there is a network, as far as the browser knows. */
  readonly online: () => boolean
  readonly connect: (conversationId: string, events: StreamEvents) => MessageStream
}

/** The messages of one citizen, kept in step with the server through reloads and lost connections. */
export class Conversation {
  readonly #parts: Parts
  readonly #entries: EntryList
  readonly #seen = new Set<string>()
  #id: string | null = null
  #stream: MessageStream | null = null
  #attempt: AbortController | null = null

  constructor(parts: Parts) {
    this.#parts = parts
    this.#entries = new EntryList(parts.observer)
  }

  get busy(): boolean {
    return this.#attempt !== null
  }

  get empty(): boolean {
    return this.#entries.empty
  }

  /** Shows again what was said, and what was not sent, before the page was closed; false for a newcomer. */
  resume(): boolean {
    for (const entry of readUnsent(this.#parts.storage)) this.#entries.append(entry)
    const id = this.#parts.storage.read("conversation")
    if (id !== null) this.#enter(id)
    return id !== null
  }

  /** False while a question is being answered. Without a network it is kept and goes out by itself later. */
  send({ text, choice, enclosure }: Draft): boolean {
    if (this.busy) return false
    const more = { ...(choice === undefined ? {} : { choiceId: choice.id }), ...(enclosure === undefined ? {} : { enclosure }) }
    const entry: Entry = { ...newEntry("citizen", newKey(), text), state: "sending", confirmed: false, ...more }
    this.#entries.append(entry)
    if (this.#parts.online()) void this.#deliver(entry)
    else this.#fail(entry.key, null)
    return true
  }

  /** Sends what waited for a network, one after the other. */
  sendQueued(): void {
    const next = this.#entries.unsent.find(({ failure }) => failure?.queued === true)
    if (next !== undefined && this.#parts.online()) this.resend(next.key)
  }

  resend(key: string): boolean {
    const entry = this.#entries.find(key)
    if (this.busy || entry === undefined) return false
    this.#entries.change(key, { state: "sending", failure: undefined, progress: undefined })
    this.#entries.moveToEnd(key)
    void this.#deliver(entry)
    return true
  }

  /** Takes an unsent question out of the conversation, for the citizen to change it. */
  takeBack(key: string): string {
    const text = this.#entries.find(key)?.text ?? ""
    this.#entries.remove(key)
    this.#rememberUnsent()
    return text
  }

  restart(): void {
    this.#attempt?.abort()
    this.#settle()
    this.#leave()
    this.#seen.clear()
    this.#entries.clear()
    this.#rememberUnsent()
  }

  async feedback(answerId: string, verdict: Verdict): Promise<void> {
    if (this.#id !== null) await this.#parts.api.feedback(this.#id, answerId, verdict)
  }

  async #deliver(entry: Entry): Promise<void> {
    const attempt = new AbortController()
    this.#attempt = attempt
    this.#rememberUnsent()
    this.#parts.observer.busyChanged(true)
    try {
      const reply = await this.#ask(entry, attempt.signal)
      if (this.#attempt === attempt) this.#receiveReply(entry.key, reply)
    } catch (error) {
      if (this.#attempt === attempt) this.#fail(entry.key, error)
    }
  }

  async #post(entry: Entry, to: { readonly id: string | null; readonly signal: AbortSignal }): Promise<ChatReply> {
    const { key, text, enclosure } = entry
    const choiceId = entry.choiceId === undefined ? {} : { choiceId: entry.choiceId }
    const conversationId = to.id === null ? {} : { conversationId: to.id }
    const request: ChatRequest = { text, clientMessageId: key, ...choiceId, ...conversationId }
    if (enclosure === undefined) return await this.#parts.api.ask(request, to.signal)
    if (enclosure.kind === "location") return await this.#parts.api.ask({ ...request, location: enclosure.place }, to.signal)
    const { name, blob } = enclosure
    const progressed = (progress: number): void => {
      this.#entries.change(key, { progress })
    }
    return await this.#parts.api.upload(request, { file: { name, blob: blob ?? new Blob() }, signal: to.signal, progressed })
  }

  async #ask(entry: Entry, signal: AbortSignal): Promise<ChatReply> {
    if (this.#id === null) return await this.#post(entry, { id: null, signal })
    try {
      return await this.#post(entry, { id: this.#id, signal })
    } catch (error) {
      if (!(error instanceof ApiError) || !FORGOTTEN_STATUSES.includes(error.status)) throw error
      this.#leave()
      return await this.#post(entry, { id: null, signal })
    }
  }

  #receiveReply(key: string, reply: ChatReply): void {
    this.#settle()
    this.#entries.change(key, { state: "sent", progress: undefined })
    this.#receiveAnswer(reply.answer)
    this.#rememberUnsent()
    if (this.#id !== reply.conversationId) this.#enter(reply.conversationId)
    this.sendQueued()
  }

  #fail(key: string, error: unknown): void {
    this.#settle()
    // The line broke, but the stream had already brought the answer.
    const answered = this.#entries.find(key)?.confirmed === true && this.#entries.answeredAfter(key)
    const failure = this.#parts.online() ? readFailure(error) : { message: TEXTS.queued, queued: true }
    this.#entries.change(key, answered ? { state: "sent" } : { state: "failed", failure, progress: undefined })
    this.#rememberUnsent()
  }

  #receiveAnswer(answer: Answer): void {
    // "Passed on to the officer" need not be read under every line.
    const repeated = answer.status === "routed_human" && this.#entries.lastSaid === answer.text
    if (answer.text.trim() === "" || repeated || this.#wasSeen(answer.id)) return
    this.#entries.insert({ ...newEntry("assistant", answer.id, answer.text), answer })
  }

  #enter(id: string): void {
    this.#leave()
    this.#id = id
    this.#parts.storage.write("conversation", id)
    this.#stream = this.#parts.connect(id, {
      onOpen: () => {
        this.sendQueued()
      },
      onMessage: (message) => {
        this.#receive(message)
      },
      onProgress: (step) => {
        this.#parts.observer.progressed(step)
      },
    })
  }

  #leave(): void {
    this.#stream?.close()
    this.#stream = null
    this.#id = null
    this.#parts.storage.write("conversation", null)
  }

  #receive(message: StreamMessage): void {
    if (this.#wasSeen(message.id, message.answer?.id)) return
    if (message.role === "citizen") this.#receiveEcho(message)
    else {
      for (const { key } of this.#entries.failedYetReceived) this.#entries.change(key, { state: "sent" })
      this.#entries.insert(fromStream(message))
    }
    this.#rememberUnsent()
  }

  /** The server's copy of a question: one that this page sent, or one from another tab or an earlier visit. */
  #receiveEcho(message: StreamMessage): void {
    const mine = this.#entries.findEchoed(message)
    if (mine === undefined) {
      this.#entries.insert(fromStream(message))
      return
    }
    const state = mine.state === "failed" ? "sent" : mine.state
    // The server's text may have personal data masked; where nothing was written it is no more than a name for the enclosure.
    const text = mine.text === "" ? "" : message.text
    this.#entries.change(mine.key, { text, confirmed: true, state })
  }

  #wasSeen(...ids: readonly (string | undefined)[]): boolean {
    const known = ids.filter((id) => id !== undefined)
    const before = known.some((id) => this.#seen.has(id))
    for (const id of known) this.#seen.add(id)
    return before
  }

  #settle(): void {
    this.#attempt = null
    this.#parts.observer.busyChanged(false)
  }

  #rememberUnsent(): void {
    writeUnsent(this.#parts.storage, this.#entries.unsent)
  }
}

function newEntry(role: Entry["role"], key: string, text: string): Entry {
  return { key, role, at: new Date(), text, state: "sent", confirmed: true }
}

function fromStream(message: StreamMessage): Entry {
  const entry = { ...newEntry(message.role, message.id, message.text), at: new Date(message.at) }
  const author = message.author === undefined ? {} : { author: message.author }
  return { ...entry, ...author, ...(message.answer === undefined ? {} : { answer: message.answer }) }
}

function readFailure(error: unknown): SendFailure {
  if (!(error instanceof ApiError)) return { message: TEXTS.serverError }
  if (error.retryAfterSeconds === undefined) return { message: error.message }
  return { message: error.message, retryAt: Date.now() + error.retryAfterSeconds * 1000 }
}

/** Random without `crypto.randomUUID`, which plain-http pages of an office network lack. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
}
