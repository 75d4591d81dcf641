import type { API, Sent } from "zca-js"
import type { Attachment, OutboundMessage, Purpose, SendFailure, SendOutcome } from "../../message.ts"
import type { Called, Calls } from "./calls.ts"
import type { Condition } from "./condition.ts"
import type { KeepCookies } from "./connection.ts"
import type { Echoes } from "./echoes.ts"
import { toSendFailure } from "./failures.ts"
import { imageSize } from "./image-size.ts"
import { type Part, render } from "./render.ts"
import type { Strangers } from "./strangers.ts"
import type { Pace, Supervisor } from "./supervisor.ts"

interface Dependencies {
  readonly calls: Calls
  readonly condition: Condition
  readonly echoes: Echoes
  readonly keepCookies: KeepCookies
  readonly strangers: Strangers
  readonly supervisor: Supervisor
  readonly pace: Pace
  readonly chooseByNumber: string
}

type Delivered = { readonly ok: true; readonly messageId: string } | { readonly ok: false; readonly failure: SendFailure }

const PERSON = 0
const ANSWERS: ReadonlySet<Purpose> = new Set(["reply", "staff_reply"])
const BUDGET_SPENT = "Hôm nay tài khoản Zalo đã trả lời đủ số người lạ cho phép; người mới nhắn sẽ được trả lời từ ngày mai"
const THROTTLED = "Zalo đang hạn chế số tin của tài khoản này: các tin được gửi chậm lại"

/** Sends messages part by part and tells each outcome as data. */
export function createSending(given: Dependencies) {
  return {
    async send(message: OutboundMessage, partsSent: number): Promise<SendOutcome> {
      const messageIds: string[] = []
      const ended = (failure: SendFailure): SendOutcome => ({ ok: false, partsSent: partsSent + messageIds.length, messageIds, failure })
      const refusal = await refusalOf(message, given)
      if (refusal) return ended(refusal)
      for (const part of render(message, given.chooseByNumber).slice(partsSent)) {
        const delivered = await deliver(part, message.to.peerId, given)
        if (!delivered.ok) return ended(delivered.failure)
        messageIds.push(delivered.messageId)
      }
      return { ok: true, partsSent: partsSent + messageIds.length, messageIds }
    },
  }
}

/** Why this citizen may not be written to now: strangers are only answered, and only so many a day. */
async function refusalOf({ to, purpose }: OutboundMessage, given: Dependencies): Promise<SendFailure | null> {
  const { strangers, condition, supervisor } = given
  if (supervisor.api() === null) return notConnected(condition)
  if (strangers.isFriend(to.peerId)) return null
  if (!ANSWERS.has(purpose)) return { kind: "window_closed", detail: "Not a friend: may only be answered" }
  const admitted = await strangers.admit(to.peerId).catch(() => null)
  if (admitted === null) return { kind: "unreachable", detail: "The strangers of the day cannot be stored" }
  if (admitted) {
    if (strangers.left() > 0) condition.clear("strangers")
    return null
  }
  condition.warn("strangers", BUDGET_SPENT)
  return { kind: "quota_exhausted", detail: "Strangers of the day are used up" }
}

async function deliver(part: Part, peerId: string, given: Dependencies): Promise<Delivered> {
  const underway = given.echoes.begin(peerId, "text" in part ? part.text : part.attachment.kind === "image" ? "" : part.attachment.name)
  const delivered = await attempt(part, peerId, given)
  underway.done(!delivered.ok && delivered.failure.kind === "unknown" ? "unknown" : "settled")
  if (delivered.ok) given.condition.clear("throttled")
  else if (delivered.failure.kind === "rate_limited") given.condition.warn("throttled", THROTTLED)
  else if (delivered.failure.kind === "auth") given.supervisor.expired()
  return delivered
}

async function attempt(part: Part, peerId: string, given: Dependencies): Promise<Delivered> {
  const { supervisor, calls, condition, pace } = given
  if ("text" in part) {
    const api = supervisor.api()
    if (!api) return { ok: false, failure: notConnected(condition) }
    const content = { msg: part.text, ...(part.styles.length > 0 ? { styles: part.styles } : {}) }
    return settle(api, await calls.attempt(() => api.sendMessage(content, peerId, PERSON)), given)
  }
  // Zalo says over the socket that a file has arrived: without one the library would wait for ever.
  const session = await supervisor.online(pace.uploadMs)
  if (!session) return { ok: false, failure: notConnected(condition) }
  const { api } = session
  const sendFile = async () => api.sendMessage({ msg: "", attachments: [await sourceOf(part.attachment)] }, peerId, PERSON)
  return settle(api, await calls.attempt(sendFile, pace.uploadMs), given)
}

async function settle(api: API, called: Called<Sent>, { keepCookies }: Dependencies): Promise<Delivered> {
  if (!called.ok) return { ok: false, failure: toSendFailure(called.fault) }
  await keepCookies(api)
  const id = called.value.message?.msgId ?? called.value.attachment[0]?.msgId
  // Zalo drops what is too much without a word: no number, no message.
  if (id === undefined) return { ok: false, failure: { kind: "rejected", detail: "Zalo took the message without a number" } }
  return { ok: true, messageId: String(id) }
}

function notConnected(condition: Condition): SendFailure {
  if (condition.needsHuman()) return { kind: "auth", detail: "Not signed in to Zalo" }
  return { kind: "unreachable", detail: "Not connected to Zalo" }
}

async function sourceOf({ name, read, kind }: Attachment) {
  const data = Buffer.from(await read())
  const size = kind === "image" ? imageSize(data) : null
  const filename: `${string}.${string}` = hasExtension(name) ? name : `${name}.bin`
  return { data, filename, metadata: { totalSize: data.length, ...size } }
}

function hasExtension(name: string): name is `${string}.${string}` {
  return /.\.\w+$/.test(name)
}
