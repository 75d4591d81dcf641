import { GrammyError, HttpError } from "grammy"
import type { Refusal, SendFailure } from "../../message.ts"
import type { Fault } from "../health-board.ts"
import { networkFault as faultOf, type NetworkFault } from "../network-fault.ts"

type Translate = (error: GrammyError) => SendFailure

/** Who cannot be written to is told by words alone: the codes are shared with other faults. */
const REFUSALS: readonly (readonly [RegExp, Refusal])[] = [
  [/blocked/i, "blocked"],
  [/deactivated/i, "deactivated"],
  [/can't initiate|chat not found|PEER_ID_INVALID/i, "strangers_refused"],
]

/** What Telegram's codes mean for a message. Telegram answers 404 to a token that is no token at all. */
const BY_CODE: Readonly<Record<number, Translate>> = {
  400: ({ description }) => refusal(description) ?? { kind: "rejected", detail: `400 ${description}` },
  401: ({ description }) => ({ kind: "auth", detail: `401 ${description}` }),
  403: ({ description }) => refusal(description) ?? { kind: "recipient_refuses", detail: `403 ${description}` },
  404: ({ description }) => ({ kind: "auth", detail: `404 ${description}` }),
  413: ({ description }) => ({ kind: "rejected", detail: `413 ${description}` }),
  429: ({ parameters }) => ({ kind: "rate_limited", retryAfterMs: (parameters.retry_after ?? 1) * 1000 }),
}

/** Translates what a sending came to; whatever is not known to have been refused may have arrived. */
export function toSendFailure(error: unknown): SendFailure {
  if (error instanceof GrammyError) return BY_CODE[error.error_code]?.(error) ?? { kind: "unknown", detail: String(error.error_code) }
  const fault = networkFault(error)
  return fault.connected ? { kind: "unknown", detail: fault.name } : { kind: "unreachable", detail: fault.name }
}

/** How the account is after a failed call, in words for staff, and how long Telegram asked us to wait. */
export function toFault(error: unknown): { readonly fault: Fault; readonly retryAfterMs: number } {
  if (error instanceof HttpError) return degraded(`Không kết nối được Telegram (${networkFault(error).name})`)
  if (!(error instanceof GrammyError)) return degraded("Không lưu được tin nhắn vừa nhận từ Telegram")
  const { error_code: code, parameters, method, description } = error
  if (code === 401 || code === 404) return { fault: TOKEN_REFUSED, retryAfterMs: 0 }
  if (code === 409) return degraded("Một chương trình khác đang nhận tin của bot này trên Telegram")
  if (code === 400 && method === "setWebhook") return { fault: addressRefused(description), retryAfterMs: 0 }
  return degraded(`Telegram báo lỗi ${code}`, (parameters.retry_after ?? 0) * 1000)
}

export const TAKEN_AWAY: Fault = {
  state: "degraded",
  reason: "Một chương trình khác đã đổi địa chỉ nhận tin của bot này trên Telegram; trợ lý vừa đặt lại",
}

/** Telegram tried to call us and could not; `why` is its own sentence. */
export function notCalled(why: string): Fault {
  return { state: "degraded", reason: `Telegram chưa gọi được địa chỉ công khai của trợ lý (${why})` }
}

const TOKEN_REFUSED: Fault = {
  state: "needs_human",
  why: "token_revoked",
  reason: "Telegram không nhận mã token của bot: xin kiểm tra và nhập lại",
}

function addressRefused(description: string): Fault {
  return { state: "needs_human", why: "bad_settings", reason: `Telegram không nhận địa chỉ công khai đã nhập (${description})` }
}

function refusal(description: string): SendFailure | null {
  const reason = REFUSALS.find(([words]) => words.test(description))?.[1]
  return reason === undefined ? null : { kind: "recipient_refuses", detail: description, reason }
}

function degraded(reason: string, retryAfterMs = 0) {
  return { fault: { state: "degraded", reason } as const, retryAfterMs }
}

/** grammY wraps what its fetch threw. */
function networkFault(error: unknown): NetworkFault {
  return faultOf(error instanceof HttpError ? error.error : error)
}
