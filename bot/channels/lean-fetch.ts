import http, { type OutgoingHttpHeaders } from "node:http"
import https from "node:https"
import { pipeline, type Readable } from "node:stream"
import { json } from "node:stream/consumers"

/** Of an answer only what it says. */
export type JsonAnswer = Pick<Response, "json">

/** A connection that nobody has used for so long is given up before the other end does. */
const IDLE_MS = 4000
const KEPT = { keepAlive: true, timeout: IDLE_MS }
const PLAIN = { request: http.request, agent: new http.Agent(KEPT), opened: "connect" }
const SECURE = { request: https.request, agent: new https.Agent(KEPT), opened: "secureConnect" }

/**
 * A fetch for platforms that are called for every message: the full one builds web streams and lists of headers for each
 * answer, which costs three times as much as the call, and lets a turn of the event loop pass before the words leave, in
 * which a message that is marked as being sent could be lost to a crash. Follows no redirect.
 */
export function leanFetch(url: string, { method = "GET", headers, body, signal }: RequestInit): Promise<JsonAnswer> {
  const { request, agent, opened } = url.startsWith("https:") ? SECURE : PLAIN
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers: (headers ?? {}) as OutgoingHttpHeaders, agent, ...(signal ? { signal } : {}) })
    let isOpen = false
    call.once("socket", (socket) => {
      if (call.reusedSocket) isOpen = true
      else socket.once(opened, () => (isOpen = true))
    })
    call.once("response", (answer) => {
      resolve({ json: () => json(answer) })
    })
    call.on("error", (error) => {
      reject(isOpen ? error : neverConnected(error))
    })
    if (typeof body === "string" || body == null) call.end(body ?? undefined)
    // An upload; what goes wrong with it ends the call.
    else pipeline(body as unknown as Readable, call, () => {})
  })
}

/** Names a failure, or a deadline that passed on the way, as one of connecting. */
const neverConnected = (error: Error) =>
  new Error("Never connected", { cause: { code: (error as { code?: string }).code ?? error.name, syscall: "connect" } })
