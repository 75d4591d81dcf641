import type { IncomingMessage, ServerResponse } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import type { InlineKeyboardMarkup, MessageEntity, Update } from "grammy/types"
import type { MediaKind } from "../../../bot/message.ts"
import { answerJson, bodyOfRequest, loopback } from "../loopback.ts"
import { createForum } from "./forum.ts"
import { captionFault, commandFault, keyboardFault, MAX_DOCUMENT, MAX_PHOTO, type Refused, textFault, uploadFault } from "./limits.ts"
import { readMultipart } from "./multipart.ts"

export const TOKEN = "123456:SECRET-part-of-the-token"

/** What a call comes to instead of its result. `hang` takes the request and never answers, `cut` breaks the line. */
export type Fault = Refused | "hang" | "cut" | "empty" | "page"

export interface SentThere {
  readonly chatId: string
  readonly messageId: number
  readonly text: string
  readonly entities: readonly MessageEntity[]
  readonly markup: InlineKeyboardMarkup | undefined
  readonly media?: MediaKind
  readonly file?: { readonly name: string; readonly bytes: readonly number[] }
}

export type TelegramPlatform = Awaited<ReturnType<typeof telegramPlatform>>

export type Body = Readonly<Record<string, unknown>>
type Files = ReturnType<typeof readMultipart>["files"]
export type Answer = { readonly result: unknown } | Refused
type Method = (body: Body, call: { readonly files: Files; readonly isWaiting: () => boolean }) => Answer | Promise<Answer>
interface Hosted {
  readonly path: string
  readonly bytes: Uint8Array
  readonly lost?: "gone" | "too_large" | "expired"
}

const done: Answer = { result: true }
const notFound: Refused = { code: 404, description: "Not Found" }
const bad = (what: string): Refused => ({ code: 400, description: `Bad Request: ${what}` })
const conflict = (what: string): Refused => ({ code: 409, description: `Conflict: ${what}` })

/** Telegram's Bot API: keeps updates until a higher offset confirms them, or calls the webhook that it was told. */
export async function telegramPlatform(given: { token?: string; pollMs?: number } = {}) {
  const { token = TOKEN, pollMs = 100 } = given
  const state = { webhook: null as { url: string; secret: string } | null, lastError: null as string | null, rival: false }
  const sent: SentThere[] = []
  const calls: { readonly method: string; readonly body: Body }[] = []
  const faults: Record<string, Fault[]> = {}
  const blocked = new Map<string, "blocked" | "deactivated">()
  const files = new Map<string, Hosted>()
  const queue: { readonly update: Update; readonly again: boolean }[] = []
  const presses = new Set<string>()
  const forum = createForum()
  let ids = 0

  const call = async (raw: string, headers: Record<string, string>): Promise<number> => {
    if (!state.webhook) throw new Error("No webhook was set")
    return (await fetch(state.webhook.url, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: raw }))
      .status
  }
  /** Hands an update over: to the webhook if there is one, else it lies ready for the next poll. `again`: although it was confirmed. */
  const deliver = async (update: Update, again = false): Promise<number> => {
    if (update.callback_query) presses.add(update.callback_query.id)
    forum.notes(update)
    if (state.webhook) return call(JSON.stringify(update), { "X-Telegram-Bot-Api-Secret-Token": state.webhook.secret })
    queue.push({ update, again })
    return 200
  }
  const getUpdates: Method = async ({ offset, limit, timeout }, { isWaiting }) => {
    if (state.webhook) return conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
    if (state.rival) return conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
    const from = Number(offset ?? 0)
    const confirmed = queue.filter(({ update, again }) => !again && update.update_id < from)
    for (const one of confirmed) queue.splice(queue.indexOf(one), 1)
    const until = performance.now() + Math.min(Number(timeout ?? 0) * 1000, pollMs)
    while (queue.length === 0 && isWaiting() && performance.now() < until) await sleep(5)
    const handed = queue.slice(0, Number(limit ?? 100))
    for (const one of handed.filter(({ again }) => again)) queue.splice(queue.indexOf(one), 1)
    return { result: handed.map(({ update }) => update) }
  }
  const take = (body: Body, given: Pick<SentThere, "text" | "entities" | "media" | "file">, fault: Refused | null): Answer => {
    const chatId = String(body["chat_id"])
    const refuses = blocked.get(chatId)
    if (refuses === "blocked") return { code: 403, description: "Forbidden: bot was blocked by the user" }
    if (refuses === "deactivated") return { code: 403, description: "Forbidden: user is deactivated" }
    const markup = body["reply_markup"] as InlineKeyboardMarkup | undefined
    const wrong = fault ?? keyboardFault(markup) ?? forum.fault(body)
    if (wrong) return wrong
    const messageId = (ids += 1)
    sent.push({ chatId, messageId, markup, ...given })
    forum.shows(body, { messageId, text: given.text })
    return { result: { message_id: messageId, date: Math.floor(Date.now() / 1000), chat: { id: Number(chatId), type: "private" } } }
  }
  const upload =
    (field: "photo" | "document", media: MediaKind): Method =>
    (body, { files: uploaded }) => {
      const file = uploaded.get(String(body[field]).replace("attach://", ""))
      if (!file) return bad(`there is no ${field} in the request`)
      const text = (body["caption"] ?? "") as string
      const entities = (body["caption_entities"] ?? []) as MessageEntity[]
      const fault = uploadFault(file.bytes.length, field === "photo" ? MAX_PHOTO : MAX_DOCUMENT) ?? captionFault(text, entities)
      return take(body, { text, entities, media, file: { name: file.name, bytes: [...file.bytes] } }, fault)
    }
  const methods: Readonly<Record<string, Method>> = {
    getMe: () => ({ result: { id: 123456, is_bot: true, first_name: "Trợ lý Xã" } }),
    getUpdates,
    sendMessage: (body) => {
      const text = String(body["text"])
      const entities = (body["entities"] ?? []) as MessageEntity[]
      return take(body, { text, entities }, textFault(text, entities))
    },
    sendPhoto: upload("photo", "image"),
    sendDocument: upload("document", "file"),
    answerCallbackQuery: ({ callback_query_id: id }) =>
      presses.delete(String(id)) ? done : bad("query is too old and response timeout expired or query ID is invalid"),
    getFile: ({ file_id: id }) => {
      const file = files.get(String(id))
      if (!file || file.lost === "expired") return bad("wrong file_id or the file is temporarily unavailable")
      if (file.lost === "too_large") return bad("file is too big")
      return { result: { file_id: id, file_unique_id: id, file_path: file.path } }
    },
    setWebhook: ({ url, secret_token: secret }) => {
      if (!/^[A-Za-z0-9_-]{1,256}$/.test(String(secret))) return bad("secret token contains unallowed characters")
      state.webhook = { url: String(url), secret: String(secret) }
      return done
    },
    deleteWebhook: () => {
      state.webhook = null
      return done
    },
    getWebhookInfo: () => ({
      result: {
        url: state.webhook?.url ?? "",
        has_custom_certificate: false,
        pending_update_count: state.lastError === null ? 0 : 3,
        ...(state.lastError === null ? {} : { last_error_message: state.lastError, last_error_date: Math.floor(Date.now() / 1000) }),
      },
    }),
    setMyCommands: ({ commands }) => commandFault(commands as { command: string; description: string }[]) ?? done,
    leaveChat: () => done,
    ...forum.methods(() => (ids += 1)),
  }
  const server = await loopback(async (request, response) => {
    const raw = await bodyOfRequest(request)
    const [, kind, used, rest = ""] = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(request.url ?? "") ?? []
    if (used !== token) answerRefused(response, { code: 401, description: "Unauthorized" })
    else if (kind !== undefined)
      serveFile(
        response,
        [...files.values()].find(({ path }) => path === decodeURIComponent(rest)),
      )
    else {
      const { body, uploads } = readCall(request, raw)
      calls.push({ method: rest, body })
      const fault = faults[rest]?.shift()
      const isWaiting = () => !request.socket.destroyed
      if (fault !== undefined) answerFault(request, response, fault)
      else answer(response, (await methods[rest]?.(body, { files: uploads, isWaiting })) ?? notFound)
    }
  })

  return {
    root: server.root,
    state,
    sent,
    calls,
    faults,
    blocked,
    files,
    forum,
    call,
    deliver,
    nextId: () => (ids += 1),
    close: () => server.close(),
    reopen: () => server.reopen(),
  }
}

function readCall(request: IncomingMessage, raw: Buffer): { body: Body; uploads: Files } {
  const type = request.headers["content-type"] ?? ""
  if (!type.startsWith("multipart/")) return { body: JSON.parse(raw.toString() || "{}") as Body, uploads: new Map() }
  const { fields, files } = readMultipart(raw, type)
  const body = Object.entries(fields).map(([name, value]) => [name, /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value])
  return { body: Object.fromEntries(body) as Body, uploads: files }
}

function answer(response: ServerResponse, given: Answer): void {
  if ("code" in given) answerRefused(response, given)
  else answerJson(response, 200, { body: { ok: true, result: given.result } })
}

function answerRefused(response: ServerResponse, { code, description, retryAfter }: Refused): void {
  const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }
  answerJson(response, code, { body: { ok: false, error_code: code, description, ...parameters } })
}

function answerFault(request: IncomingMessage, response: ServerResponse, fault: Fault): void {
  if (fault === "hang") return
  if (fault === "cut") request.socket.destroy()
  else if (fault === "empty") answerJson(response, 200, { body: { ok: true, result: {} } })
  else if (fault === "page") response.writeHead(200, { "Content-Type": "text/html" }).end("<p>Xin đăng nhập mạng</p>")
  else answerRefused(response, fault)
}

function serveFile(response: ServerResponse, file: Hosted | undefined): void {
  if (!file || file.lost !== undefined) response.writeHead(404).end()
  else response.writeHead(200, { "Content-Length": file.bytes.length }).end(file.bytes)
}
