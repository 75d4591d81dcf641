import type { IncomingMessage, ServerResponse } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import type { MediaKind } from "../../../bot/message.ts"
import { answerJson, bodyOfRequest, loopback } from "../loopback.ts"

export const TOKEN = "459812:SECRET-part-of-the-token"

/** What a call comes to instead of its result. `hang` takes the request and never answers, `cut` breaks the line. */
type Fault = { readonly code: number; readonly retryAfter?: number } | { readonly status: number } | "hang" | "cut" | "empty"

export interface SentThere {
  readonly chatId: string
  readonly messageId: string
  readonly text: string
  readonly media?: MediaKind
  /** What the platform got when it fetched the photo. */
  readonly photo?: { readonly status: number; readonly bytes: readonly number[]; readonly address: string }
}

export type ZaloBotPlatform = Awaited<ReturnType<typeof zaloBotPlatform>>

type Body = Readonly<Record<string, unknown>>
type Answer = { readonly result: unknown } | { readonly code: number; readonly description: string }

/** Zalo's Bot Platform: hands over one update at a time and forgets it, or calls the webhook that it was told. */
export async function zaloBotPlatform(given: { token?: string; pollMs?: number } = {}) {
  const { token = TOKEN, pollMs = 150 } = given
  const sent: SentThere[] = []
  const calls: { readonly method: string; readonly body: Body }[] = []
  const faults: Record<string, Fault[]> = {}
  const blocked = new Set<string>()
  const queue: object[] = []
  const media = new Map<string, { bytes: Uint8Array; claimed?: number }>()
  const state = { webhook: null as { url: string; secret: string } | null, rival: false, polls: 0 }
  let ids = 0

  const call = async (raw: string, headers: Record<string, string>): Promise<number> => {
    if (!state.webhook) throw new Error("No webhook was set")
    const { url } = state.webhook
    return (await fetch(url, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: raw })).status
  }
  /** Hands an update over: to the webhook if there is one, else it lies ready for the next poll. */
  const deliver = async (update: object): Promise<number> => {
    if (state.webhook) return call(JSON.stringify({ ok: true, result: update }), { "X-Bot-Api-Secret-Token": state.webhook.secret })
    queue.push(update)
    return 200
  }
  const waitForUpdate = async (isWaiting: () => boolean): Promise<Answer> => {
    if (state.rival) return { code: 409, description: "Conflict" }
    if (state.webhook) return { code: 400, description: "A webhook is set" }
    state.polls += 1
    for (const until = performance.now() + pollMs; queue.length === 0 && performance.now() < until;) await sleep(5)
    // An update is forgotten as soon as it is handed over, so not to somebody who has gone.
    const update = isWaiting() ? queue.shift() : undefined
    return update ? { result: update } : { code: 408, description: "Request timeout" }
  }
  const take = (chatId: string, message: { text: string; media?: MediaKind; photo?: NonNullable<SentThere["photo"]> }): Answer => {
    if (blocked.has(chatId)) return { code: 403, description: "Bot was blocked by the user" }
    if (message.text.length > 2000) return { code: 400, description: "Text is too long" }
    const messageId = `sent-${(ids += 1)}`
    sent.push({ chatId, messageId, ...message })
    return { result: { message_id: messageId, date: Date.now() } }
  }
  const fetchPhoto = async (address: string) => {
    const response = await fetch(address)
    return { address, status: response.status, bytes: [...new Uint8Array(await response.arrayBuffer())] }
  }
  const methods: Readonly<Record<string, (body: Body, isWaiting: () => boolean) => Answer | Promise<Answer>>> = {
    getMe: () => ({ result: { id: "459812", account_name: "bot.xa", account_type: "BASIC" } }),
    getUpdates: ({ timeout }, isWaiting) =>
      typeof timeout === "string" ? waitForUpdate(isWaiting) : { code: 400, description: "timeout must be a string" },
    deleteWebhook: () => {
      state.webhook = null
      return { result: true }
    },
    setWebhook: ({ url, secret_token: secret }) => {
      state.webhook = { url: String(url), secret: String(secret) }
      return { result: { url } }
    },
    sendMessage: ({ chat_id: chatId, text }) => take(String(chatId), { text: String(text) }),
    sendPhoto: async ({ chat_id: chatId, photo }) =>
      take(String(chatId), { text: "", media: "image", photo: await fetchPhoto(String(photo)) }),
  }
  const serveMedia = (path: string, response: ServerResponse) => {
    const found = media.get(path)
    if (!found) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { "Content-Length": found.claimed ?? found.bytes.length })
    if (found.claimed === undefined) response.end(found.bytes)
    else response.write(found.bytes)
  }
  const server = await loopback(async (request: IncomingMessage, response) => {
    const raw = await bodyOfRequest(request)
    const [, used, method = ""] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? "") ?? []
    if (request.url?.startsWith("/media/")) {
      serveMedia(request.url, response)
      return
    }
    const body = JSON.parse(raw.toString() || "{}") as Body
    calls.push({ method, body })
    const fault = used === token ? faults[method]?.shift() : { code: 401 }
    if (fault === "hang") return
    if (fault === "cut") request.socket.destroy()
    else if (fault === "empty") answerJson(response, 200, { body: { ok: true } })
    else if (fault && "status" in fault) answerJson(response, fault.status, { body: "broken" })
    else if (fault) {
      const headers = fault.retryAfter === undefined ? {} : { "Retry-After": String(fault.retryAfter) }
      answerJson(response, 200, { body: { ok: false, error_code: fault.code, description: "refused" }, headers })
    } else {
      const answer = (await methods[method]?.(body, () => !request.socket.destroyed)) ?? { code: 404, description: "Not found" }
      answerJson(response, 200, {
        body: "code" in answer ? { ok: false, error_code: answer.code, description: answer.description } : { ok: true, ...answer },
      })
    }
  })

  return {
    root: server.root,
    sent,
    calls,
    faults,
    blocked,
    queue,
    media,
    state,
    call,
    deliver,
    nextId: () => `msg-${(ids += 1)}`,
    close: () => server.close(),
    reopen: () => server.reopen(),
  }
}

/** An update as the platform hands it over. */
export function updateOf(eventName: string, message: Body & { readonly chatId: string; readonly chatType?: "PRIVATE" | "GROUP" }): object {
  const { chatId, chatType = "PRIVATE", ...rest } = message
  return {
    event_name: eventName,
    message: {
      from: { id: chatId, display_name: "Bà Năm", is_bot: false },
      chat: { id: chatId, chat_type: chatType },
      date: Date.now(),
      ...rest,
    },
  }
}
