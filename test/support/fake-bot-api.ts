import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { onTestFinished } from "vitest"

interface Sent {
  readonly chat_id: string
  readonly text: string
  readonly entities?: { type: string; offset: number; length: number; url?: string }[]
  readonly reply_markup?: { inline_keyboard: { text: string; callback_data: string }[][] }
}

/** What a call comes to instead of its result; `hang` takes the request and never answers. */
type Fault = { readonly code: number; readonly description: string; readonly retryAfter?: number } | "hang" | "cut"

export interface FakeBotApi {
  readonly root: string
  readonly sent: Sent[]
  readonly answeredCallbacks: string[]
  /** Offsets that were asked for: an update below one is confirmed. */
  readonly offsets: number[]
  /** Faults of the next calls of a method, in order. */
  readonly faults: Record<string, Fault[]>
  says(chat: number, message: object): number
  presses(chat: number, given: { data: string; label: string }): number
  edits(chat: number, text: string): number
}

/** The other side of the Bot API: keeps updates until a higher offset confirms them, as Telegram does. */
export async function fakeBotApi(token: string): Promise<FakeBotApi> {
  const updates: { update_id: number }[] = []
  const api: FakeBotApi = {
    root: "",
    sent: [],
    answeredCallbacks: [],
    offsets: [],
    faults: {},
    says: (chat, message) => add({ message: { ...envelope(chat), ...message } }),
    edits: (chat, text) => add({ edited_message: { ...envelope(chat), text } }),
    presses: (chat, { data, label }) => {
      const message = {
        ...envelope(chat),
        text: "?",
        reply_markup: { inline_keyboard: [[{ text: label, callback_data: data }]] },
      }
      return add({
        callback_query: { id: `callback-${updateId + 1}`, from: person(chat), chat_instance: "1", data, message },
      })
    },
  }
  let updateId = 0
  const add = (update: object) => {
    updates.push({ update_id: (updateId += 1), ...update })
    return updateId
  }
  const methods: Record<string, (body: Record<string, unknown>) => unknown> = {
    getUpdates: (body) => {
      const offset = Number(body["offset"])
      api.offsets.push(offset)
      return updates.filter(({ update_id }) => update_id >= offset)
    },
    sendMessage: (body) => {
      api.sent.push(body as unknown as Sent)
      return {
        message_id: api.sent.length,
        date: 0,
        chat: { id: body["chat_id"], type: "private" },
        text: body["text"],
      }
    },
    answerCallbackQuery: (body) => api.answeredCallbacks.push(String(body["callback_query_id"])),
    deleteWebhook: () => true,
    setMyCommands: () => true,
  }
  const server = createServer((request, response) => void serveCall({ request, response, token, methods, faults: api.faults }))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { ...api, root: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly token: string
  readonly methods: Record<string, (body: Record<string, unknown>) => unknown>
  readonly faults: Record<string, Fault[]>
}

async function serveCall({ request, response, token, methods, faults }: Call): Promise<void> {
  const body = await readJson(request)
  const [, given, method = ""] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? "") ?? []
  const fault = given === token ? faults[method]?.shift() : { code: 401, description: "Unauthorized" }
  if (fault === "hang") return
  if (fault === "cut") {
    request.socket.destroy()
    return
  }
  if (fault) {
    const parameters = fault.retryAfter === undefined ? {} : { parameters: { retry_after: fault.retryAfter } }
    reply(response, { ok: false, error_code: fault.code, description: fault.description, ...parameters })
    return
  }
  reply(response, { ok: true, result: methods[method]?.(body) })
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ""
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk)
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>)
}

function reply(response: ServerResponse, body: object): void {
  const status = "error_code" in body ? Number(body.error_code) : 200
  response.writeHead(status, { "Content-Type": "application/json" })
  response.end(JSON.stringify(body))
}

const person = (chat: number) => ({ id: chat, is_bot: false, first_name: "Bà Năm" })
const envelope = (chat: number) => ({
  message_id: 1,
  date: Math.floor(Date.now() / 1000),
  from: person(chat),
  chat: { id: chat, type: "private", first_name: "Bà Năm" },
})
