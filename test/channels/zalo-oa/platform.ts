import { createHash, createHmac } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { MediaKind } from "../../../bot/message.ts"
import { answerJson, bodyOfRequest, loopback } from "../loopback.ts"

export const APP_ID = "4021386921570473000"
export const OA_ID = "2951876421570473999"
export const APP_SECRET = "app-secret-key"
export const OA_SECRET = "oa-secret-key"
const HOUR_MS = 3_600_000

type Fault =
  | { readonly code: number }
  | { readonly status: number; readonly retryAfter?: number }
  /** Takes the request and never answers; cuts the line; says success without an id; fails as the OAuth server does: with 200. */
  | "hang"
  | "cut"
  | "empty"
  | "error_name"

type Method = "message" | "upload" | "oauth" | "template" | "media"

export interface SentThere {
  readonly userId: string
  readonly messageId: string
  readonly text: string
  readonly buttons: readonly { readonly title: string; readonly payload: string; readonly type: string }[]
  readonly media?: MediaKind
}

export interface Signing {
  readonly timestamp?: string
  readonly oaSecret?: string
  readonly how?: "sha256" | "hmac" | "none"
}

export type ZaloOaPlatform = Awaited<ReturnType<typeof zaloOaPlatform>>

interface MessageBody {
  readonly recipient: { readonly user_id: string }
  readonly message: {
    readonly text?: string
    readonly attachment?: {
      readonly type: string
      readonly payload: { readonly buttons?: SentThere["buttons"]; readonly template_type?: string; readonly token?: string }
    }
  }
}

/** The servers of Zalo's Official Account platform: OpenAPI, OAuth, templates, media, and the side that calls a webhook. */
export async function zaloOaPlatform(given: { now: () => Date; webhook: () => string }) {
  const { now } = given
  const sent: SentThere[] = []
  const requests: { readonly path: string; readonly body: Buffer; readonly contentType: string }[] = []
  const templates: Record<string, unknown>[] = []
  const faults: Record<Method, Fault[]> = { message: [], upload: [], oauth: [], template: [], media: [] }
  const followers = { refusing: new Set<string>(), lastWrote: new Map<string, number>(), repliedTo: new Map<string, number>() }
  const media = new Map<string, { bytes: Uint8Array; claimed?: number }>()
  const uploads = new Map<string, "image" | "file">()
  /** The templates that Zalo has approved, with their places; while there is none every template is taken. */
  const zns = { approved: new Map<string, readonly string[]>(), withoutZalo: new Set<string>() }
  const rules = { windows: false, echo: "none" as "none" | "before", tokenHours: 25 }
  const tokens = { generation: 1, expiresAt: now().getTime() + 25 * HOUR_MS, refreshesTried: 0, refreshed: 0 }
  const accessToken = (generation = tokens.generation) => `access-${generation}`
  const refreshToken = (generation = tokens.generation) => `refresh-${generation}`
  let ids = 0

  const event = (eventName: string, fields: object) => ({
    app_id: APP_ID,
    event_name: eventName,
    timestamp: String(now().getTime()),
    ...fields,
  })
  const call = async (raw: string, mac: string | null): Promise<number> => {
    const signature = mac === null ? {} : { "X-ZEvent-Signature": `mac=${mac}` }
    return (await fetch(given.webhook(), { method: "POST", headers: { "Content-Type": "application/json", ...signature }, body: raw }))
      .status
  }
  const macOf = (raw: string, { timestamp = timestampIn(raw), oaSecret = OA_SECRET, how = "sha256" }: Signing = {}) => {
    if (how === "none") return null
    const plain = createHash("sha256").update(`${APP_ID}${raw}${timestamp}${oaSecret}`)
    return (how === "hmac" ? createHmac("sha256", oaSecret).update(raw) : plain).digest("hex")
  }
  const deliver = async (body: object | string, signing: Signing = {}): Promise<number> => {
    const raw = typeof body === "string" ? body : JSON.stringify(body)
    return call(raw, macOf(raw, signing))
  }
  const refusal = (userId: string): number | null => {
    if (followers.refusing.has(userId)) return -213
    if (!rules.windows) return null
    const wrote = followers.lastWrote.get(userId)
    if (wrote === undefined || now().getTime() - wrote > 48 * HOUR_MS) return -230
    return (followers.repliedTo.get(userId) ?? 0) >= 8 ? -211 : null
  }
  const takeMessage = async ({ recipient: { user_id: userId }, message }: MessageBody) => {
    const refused = refusal(userId)
    if (refused !== null) return { error: refused, message: "refused" }
    if ((message.text?.length ?? 0) > 2000) return { error: -210, message: "Parameter exceeds limit" }
    const payload = message.attachment?.payload
    if ((payload?.buttons?.length ?? 0) > 5) return { error: -210, message: "Too many buttons" }
    const messageId = `sent-${(ids += 1)}`
    const kind = message.attachment?.type === "file" ? "file" : payload?.template_type === "media" ? "image" : undefined
    sent.push({ userId, messageId, text: message.text ?? "", buttons: payload?.buttons ?? [], ...(kind ? { media: kind } : {}) })
    followers.repliedTo.set(userId, (followers.repliedTo.get(userId) ?? 0) + 1)
    if (rules.echo === "before") await deliver(event("oa_send_text", echoOf(userId, { msg_id: messageId, text: message.text ?? "" })))
    return { error: 0, message: "Success", data: { message_id: messageId, user_id: userId } }
  }
  const takeUpload = (kind: "image" | "file", body: Buffer) => {
    if (body.length > (kind === "image" ? 1_001_000 : 5_001_000)) return { error: -210, message: "File too large" }
    const id = `upload-${(ids += 1)}`
    uploads.set(id, kind)
    return { error: 0, message: "Success", data: kind === "image" ? { attachment_id: id } : { token: id } }
  }
  const takeTemplate = (body: Record<string, unknown>) => {
    if (!/^84\d{9}$/.test(String(body["phone"]))) return { error: -108, message: "Phone number is invalid" }
    if (zns.withoutZalo.has(String(body["phone"]))) return { error: -118, message: "Zalo account not existed" }
    const places = zns.approved.get(String(body["template_id"]))
    if (zns.approved.size > 0 && !places) return { error: -109, message: "Template ID invalid" }
    const given = Object.entries(Object(body["template_data"]) as Record<string, string>)
    const fits = !places || (places.length === given.length && given.every(([name, value]) => places.includes(name) && value.length <= 400))
    if (!fits) return { error: -112, message: "Template data invalid" }
    templates.push(body)
    return { error: 0, message: "Success", data: { msg_id: `zns-${(ids += 1)}`, sent_time: String(now().getTime()) } }
  }
  const renew = (request: IncomingMessage, form: URLSearchParams) => {
    tokens.refreshesTried += 1
    const known =
      request.headers["secret_key"] === APP_SECRET && form.get("app_id") === APP_ID && form.get("grant_type") === "refresh_token"
    if (!known || form.get("refresh_token") !== refreshToken())
      return { error_name: "Invalid refresh token", error_reason: "The token was used or expired", error_description: "", error: -14014 }
    tokens.generation += 1
    tokens.refreshed += 1
    tokens.expiresAt = now().getTime() + rules.tokenHours * HOUR_MS
    return { access_token: accessToken(), refresh_token: refreshToken(), expires_in: String(rules.tokenHours * 3600) }
  }
  const serveMedia = (path: string, response: ServerResponse) => {
    const found = media.get(path)
    if (!found) {
      answerJson(response, 404, { body: { error: "gone" } })
      return
    }
    response.writeHead(200, { "Content-Length": found.claimed ?? found.bytes.length })
    if (found.claimed === undefined) response.end(found.bytes)
    else response.write(found.bytes)
  }
  const methodOf = (path: string): Method | null => {
    if (path.startsWith("/media/")) return "media"
    if (path === "/v4/oa/access_token") return "oauth"
    if (path === "/message/template") return "template"
    if (path.startsWith("/v2.0/oa/upload/")) return "upload"
    return path === "/v3.0/oa/message/cs" ? "message" : null
  }
  const isKnown = (request: IncomingMessage) => request.headers["access_token"] === accessToken() && now().getTime() < tokens.expiresAt
  const result = async (method: Exclude<Method, "media">, request: IncomingMessage, body: Buffer): Promise<unknown> => {
    if (method === "oauth") return renew(request, new URLSearchParams(body.toString()))
    if (!isKnown(request)) return { error: method === "template" ? -124 : -216, message: "Access token is invalid" }
    if (method === "upload") return takeUpload(request.url?.endsWith("image") ? "image" : "file", body)
    const json = JSON.parse(body.toString()) as unknown
    return method === "template" ? takeTemplate(json as Record<string, unknown>) : takeMessage(json as MessageBody)
  }
  const server = await loopback(async (request, response) => {
    const path = request.url ?? ""
    const body = await bodyOfRequest(request)
    requests.push({ path, body, contentType: request.headers["content-type"] ?? "" })
    const method = methodOf(path)
    const fault = method === null ? { status: 404 } : faults[method].shift()
    if (fault === "hang") return
    if (fault === "cut") request.socket.destroy()
    else if (fault === "empty") answerJson(response, 200, { body: { error: 0, message: "Success", data: {} } })
    else if (fault === "error_name") answerJson(response, 200, { body: { error_name: "Invalid refresh token", error: -14014 } })
    else if (fault && "code" in fault) answerJson(response, 200, { body: { error: fault.code, message: "refused" } })
    else if (fault) {
      const headers = fault.retryAfter === undefined ? {} : { "Retry-After": String(fault.retryAfter) }
      answerJson(response, fault.status, { body: "broken", headers })
    } else if (method === "media") serveMedia(path, response)
    else if (method !== null) answerJson(response, 200, { body: await result(method, request, body) })
  })

  return {
    root: server.root,
    sent,
    requests,
    templates,
    zns,
    faults,
    followers,
    media,
    rules,
    tokens,
    accessToken,
    refreshToken,
    event,
    deliver,
    /** Sends one body with the signature of another. */
    deliverAs: (raw: string, signed: string) => call(raw, macOf(signed)),
    /** The id of a message that the platform hands out next. */
    nextId: () => `msg-${(ids += 1)}`,
    close: () => server.close(),
    reopen: () => server.reopen(),
  }
}

/** Who speaks to whom when the Official Account itself wrote. */
export function echoOf(userId: string, message: object): object {
  return { sender: { id: OA_ID }, recipient: { id: userId }, message }
}

/** Who speaks to whom when a citizen wrote. */
export function fromCitizen(userId: string, message: object): object {
  return { sender: { id: userId }, recipient: { id: OA_ID }, message, user_id_by_app: `app-${userId}` }
}

function timestampIn(raw: string): string {
  return /"timestamp":"?(\d+)/.exec(raw)?.[1] ?? ""
}
