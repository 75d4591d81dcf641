import { readFileSync } from "node:fs"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import path from "node:path"
import { answerTo, INFO, type FakeAnswer } from "./fake-answers.ts"

/** What befalls the next question: the line breaks before or after it was taken down, it waits, or it is refused. */
export type Mishap =
  | { readonly kind: "lost-question" | "lost-reply" }
  | { readonly kind: "slow"; readonly until: Promise<void> }
  | { readonly kind: "refused"; readonly status: number; readonly body: unknown }

interface Said {
  readonly role: "assistant" | "citizen"
  readonly id: string
  readonly at: string
  readonly text: string
  readonly answer?: FakeAnswer
}

interface Chat {
  readonly said: Said[]
  readonly listeners: Set<ServerResponse>
  readonly replies: Map<string, FakeAnswer>
}

interface AskBody {
  readonly text: string
  readonly conversationId?: string
  readonly choiceId?: string
  readonly clientMessageId?: string
}

export interface FakeServer {
  readonly url: string
  readonly asked: AskBody[]
  readonly feedback: unknown[]
  readonly mishaps: Mishap[]
  /** The server loses its memory, as after a retention sweep. */
  forget(): void
  officerSays(text: string): void
  progress(step: string): void
  stop(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
}

class Fake {
  readonly asked: AskBody[] = []
  readonly feedback: unknown[] = []
  readonly mishaps: Mishap[] = []
  readonly chats = new Map<string, Chat>()
  readonly #files: string
  #count = 0

  constructor(files: string) {
    this.#files = files
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // On a kept connection that breaks, Chromium repeats the request by itself.
    response.setHeader("connection", "close")
    const url = new URL(request.url ?? "/", "http://fake")
    response.setHeader("content-security-policy", "default-src 'self'; object-src 'none'; base-uri 'none'")
    if (url.pathname === "/api/info") send(response, 200, INFO)
    else if (url.pathname === "/api/chat") await this.#ask(request, response)
    else if (url.pathname === "/api/chat/stream") this.#stream(url, request, response)
    else if (url.pathname === "/api/chat/feedback") {
      this.feedback.push(await readJson(request))
      response.writeHead(204).end()
    } else this.#file(url.pathname, response)
  }

  async #ask(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await readJson(request)) as AskBody
    this.asked.push(body)
    const mishap = this.mishaps.shift()
    if (mishap?.kind === "lost-question") {
      request.socket.destroy()
      return
    }
    if (mishap?.kind === "refused") {
      send(response, mishap.status, mishap.body)
      return
    }
    if (body.conversationId !== undefined && !this.chats.has(body.conversationId)) {
      send(response, 404, { error: { code: "not_found", message: "Không tìm thấy cuộc trò chuyện." } })
      return
    }
    const conversationId = body.conversationId ?? this.#nextId("c")
    const chat = this.#chat(conversationId)
    const answer = await this.#answer(chat, body, mishap)
    if (mishap?.kind === "lost-reply") request.socket.destroy()
    else send(response, 200, { conversationId, answer })
  }

  async #answer(chat: Chat, body: AskBody, mishap: Mishap | undefined): Promise<FakeAnswer> {
    const known = chat.replies.get(body.clientMessageId ?? "")
    if (known !== undefined) return known
    const at = new Date().toISOString()
    const text = body.text.replace(/\b0\d{11}\b/g, "[đã che]")
    tell(chat, { role: "citizen", id: this.#nextId("m"), at, text })
    if (mishap?.kind === "slow") await mishap.until
    const answer = { id: this.#nextId("a"), ...answerTo(body.text, body.choiceId) }
    chat.replies.set(body.clientMessageId ?? "", answer)
    tell(chat, { role: "assistant", id: this.#nextId("m"), at: new Date().toISOString(), text: answer.text, answer })
    return answer
  }

  #stream(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const chat = this.chats.get(url.searchParams.get("conversationId") ?? "")
    if (chat === undefined) {
      send(response, 404, { error: { code: "not_found", message: "Không tìm thấy cuộc trò chuyện." } })
      return
    }
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" })
    response.write("retry: 200\n\n")
    const after = Number(request.headers["last-event-id"] ?? url.searchParams.get("after") ?? "0")
    for (const [index, said] of chat.said.entries()) if (index + 1 > after) response.write(messageEvent(said, index + 1))
    chat.listeners.add(response)
    response.on("close", () => chat.listeners.delete(response))
  }

  #chat(id: string): Chat {
    const chat = this.chats.get(id) ?? { said: [], listeners: new Set(), replies: new Map() }
    this.chats.set(id, chat)
    return chat
  }

  #nextId(prefix: string): string {
    this.#count += 1
    return `${prefix}${String(this.#count)}`
  }

  #file(pathname: string, response: ServerResponse): void {
    const file = path.join(this.#files, pathname === "/" ? "index.html" : path.normalize(pathname))
    try {
      const bytes = readFileSync(file)
      response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" }).end(bytes)
    } catch {
      response.writeHead(404).end()
    }
  }
}

/** A server that keeps to the contract of the chat page and can be told to fail. */
export async function startFakeServer(files: string): Promise<FakeServer> {
  const fake = new Fake(files)
  const server = createServer((request, response) => void fake.handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const lastChat = (): Chat | undefined => [...fake.chats.values()].at(-1)
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked: fake.asked,
    feedback: fake.feedback,
    mishaps: fake.mishaps,
    forget: () => {
      fake.chats.clear()
    },
    officerSays(text) {
      const chat = lastChat()
      if (chat !== undefined) tell(chat, { role: "assistant", id: `officer-${text}`, at: new Date().toISOString(), text })
    },
    progress(step) {
      for (const listener of lastChat()?.listeners ?? []) listener.write(`event: progress\ndata: ${JSON.stringify({ step })}\n\n`)
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function tell(chat: Chat, said: Said): void {
  chat.said.push(said)
  for (const listener of chat.listeners) listener.write(messageEvent(said, chat.said.length))
}

function messageEvent(said: Said, cursor: number): string {
  return `event: message\nid: ${String(cursor)}\ndata: ${JSON.stringify(said)}\n\n`
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return JSON.parse(Buffer.concat(parts).toString("utf8"))
}
