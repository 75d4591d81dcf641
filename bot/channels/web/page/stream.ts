import { readAnswer } from "./read-answer.ts"
import type { StreamMessage } from "./types.ts"

const FIRST_RETRY_MS = 2_000
const LAST_RETRY_MS = 30_000

export interface StreamEvents {
  /** The server is there, for the first time or again. */
  onOpen(): void
  onMessage(message: StreamMessage): void
  onProgress(step: string): void
}

export interface MessageStream {
  close(): void
}

/** Connects to the server at this address, "" being the server of the page. */
export function createConnect(base: string): (conversationId: string, events: StreamEvents) => MessageStream {
  return (conversationId, events) => openStream({ base, conversationId }, events)
}

/** Everything said in a conversation, from its beginning; picks up where it broke off. */
function openStream(to: StreamPlace, events: StreamEvents): MessageStream {
  let source: EventSource | null = null
  let cursor = ""
  let wait = FIRST_RETRY_MS
  let timer: ReturnType<typeof setTimeout> | undefined

  function connect(): void {
    clearTimeout(timer)
    source?.close()
    source = new EventSource(streamAddress(to, cursor))
    source.onopen = () => {
      wait = FIRST_RETRY_MS
      events.onOpen()
    }
    source.addEventListener("message", (event) => {
      cursor = event.lastEventId
      events.onMessage(readMessage(event.data as string))
    })
    source.addEventListener("progress", (event) => {
      events.onProgress((JSON.parse(event.data as string) as { step?: string }).step ?? "")
    })
    source.onerror = retryWhenClosed
  }

  // The browser reconnects by itself after a broken line, but gives up when the server refuses.
  function retryWhenClosed(): void {
    if (source?.readyState !== EventSource.CLOSED) return
    clearTimeout(timer)
    timer = setTimeout(connect, wait)
    wait = Math.min(wait * 2, LAST_RETRY_MS)
  }

  function reviveNow(): void {
    if (document.visibilityState === "visible" && source?.readyState !== EventSource.OPEN) connect()
  }

  connect()
  window.addEventListener("online", reviveNow)
  document.addEventListener("visibilitychange", reviveNow)
  return {
    close() {
      clearTimeout(timer)
      source?.close()
      window.removeEventListener("online", reviveNow)
      document.removeEventListener("visibilitychange", reviveNow)
    },
  }
}

interface StreamPlace {
  readonly base: string
  readonly conversationId: string
}

function streamAddress({ base, conversationId }: StreamPlace, after: string): string {
  const query = new URLSearchParams({ conversationId })
  if (after !== "") query.set("after", after)
  return `${base}/api/chat/stream?${query.toString()}`
}

function readMessage(data: string): StreamMessage {
  const message = JSON.parse(data) as StreamMessage
  return message.answer === undefined ? message : { ...message, answer: readAnswer(message.answer) }
}
