import type { Response } from "express"
import type { ReadHistory } from "./history.ts"

export interface Streams {
  /** False when the conversation, or the house, has too many of them. */
  open(peerId: string, to: { readonly response: Response; readonly after: number | null }): boolean
  /** Something new can be read. */
  publish(peerId: string): void
  /** The assistant is at work on a question. */
  progress(peerId: string): void
  stop(): void
}

interface Dependencies {
  readonly history: ReadHistory
  readonly onError: (error: unknown) => void
  readonly limits: { readonly perConversation: number; readonly inAll: number }
}

const HEARTBEAT_MS = 15_000

/** Server-sent events: each stream reads on from its own cursor, so nothing is lost or doubled however often it breaks. */
export function createStreams({ history, onError, limits }: Dependencies): Streams {
  const conversations = new Map<string, Set<Stream>>()
  let count = 0

  const each = (peerId: string, act: (stream: Stream) => void) => conversations.get(peerId)?.forEach(act)
  const everywhere = (act: (stream: Stream) => void) => {
    for (const streams of conversations.values()) streams.forEach(act)
  }
  const forget = (peerId: string, stream: Stream) => {
    const streams = conversations.get(peerId)
    if (streams?.delete(stream)) count -= 1
    if (streams?.size === 0) conversations.delete(peerId)
  }
  const heartbeat = setInterval(() => {
    everywhere((stream) => {
      stream.write(": tick\n\n")
    })
  }, HEARTBEAT_MS)
  heartbeat.unref()

  return {
    open(peerId, { response, after }) {
      const streams = conversations.get(peerId) ?? new Set()
      if (streams.size >= limits.perConversation || count >= limits.inAll) return false
      const stream = openStream(response, { read: (cursor) => history(peerId, cursor), after, onError })
      conversations.set(peerId, streams.add(stream))
      count += 1
      response.on("close", () => {
        forget(peerId, stream)
      })
      stream.pull()
      return true
    },
    publish: (peerId) => each(peerId, (stream) => stream.pull()),
    progress: (peerId) => each(peerId, (stream) => stream.write('event: progress\ndata: {"state":"working"}\n\n')),
    stop() {
      clearInterval(heartbeat)
      everywhere((stream) => stream.end())
    },
  }
}

interface Stream {
  write(text: string): void
  /** Reads and writes what has come since the cursor. */
  pull(): void
  end(): void
}

interface Source {
  readonly read: (cursor: number | null) => ReturnType<ReadHistory>
  readonly after: number | null
  readonly onError: (error: unknown) => void
}

const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
}
// A reader that has not taken this much is gone or hopelessly slow; it comes back with its cursor.
const MAX_BACKLOG_BYTES = 1_000_000

function openStream(response: Response, { read, after, onError }: Source): Stream {
  let cursor = after
  let reading = false
  let again = false

  const write = (text: string) => {
    if (response.writableLength > MAX_BACKLOG_BYTES) response.destroy()
    else response.write(text)
  }
  const readOn = async () => {
    reading = true
    while (again) {
      again = false
      const messages = await read(cursor)
      for (const message of messages) {
        write(`event: message\nid: ${message.cursor}\ndata: ${JSON.stringify(message.data)}\n\n`)
        cursor = message.cursor
      }
      // There may be more than one page.
      again ||= messages.length > 0 && !response.destroyed
    }
    reading = false
  }
  response.writeHead(200, HEADERS)
  response.write("retry: 3000\n\n")
  return {
    write,
    pull() {
      again = true
      if (reading) return
      readOn().catch((error: unknown) => {
        // The page comes back with its cursor, so a failed reading costs nothing but a moment.
        response.destroy()
        onError(error)
      })
    },
    end: () => response.end(),
  }
}
