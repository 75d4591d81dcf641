import { GrammyError, HttpError } from "grammy"
import type { Health, SendFailure } from "../../message.ts"

const CONNECTING = new Set(["connect", "getaddrinfo"])
const NOT_CONNECTED = new Set(["UND_ERR_CONNECT_TIMEOUT", "ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"])

type Translate = (error: GrammyError) => SendFailure

/** What Telegram's codes mean for a message. Telegram answers 404 to a token that is no token at all. */
const BY_CODE: Readonly<Record<number, Translate>> = {
  400: ({ description }) => ({ kind: "rejected", detail: `400 ${description}` }),
  401: ({ description }) => ({ kind: "auth", detail: `401 ${description}` }),
  403: ({ description }) => ({ kind: "recipient_refuses", detail: `403 ${description}` }),
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

/** How the account is after a failed call, and how long Telegram asked us to wait. */
export function toHealth(error: unknown): { readonly health: Health; readonly retryAfterMs: number } {
  if (error instanceof HttpError) return degraded(`Không kết nối được Telegram (${networkFault(error).name})`)
  if (!(error instanceof GrammyError)) return degraded("Không lưu được tin nhắn vừa nhận từ Telegram")
  const { error_code: code, parameters } = error
  if (code === 401 || code === 404) {
    return {
      health: { state: "needs_human", reason: "Telegram không nhận mã token của bot: xin kiểm tra và nhập lại" },
      retryAfterMs: 0,
    }
  }
  if (code === 409) return degraded("Một chương trình khác đang nhận tin của bot này trên Telegram")
  return degraded(`Telegram báo lỗi ${code}`, (parameters.retry_after ?? 0) * 1000)
}

function degraded(reason: string, retryAfterMs = 0) {
  return { health: { state: "degraded", reason } as const, retryAfterMs }
}

/** The name of a network fault and whether a connection had been made; never its message, which may quote the token. */
function networkFault(error: unknown): { readonly name: string; readonly connected: boolean } {
  const inner = error instanceof HttpError ? error.error : error
  const cause = (inner as { cause?: unknown } | null)?.cause ?? inner
  const { code, syscall, errors } = cause as {
    code?: string
    syscall?: string
    errors?: readonly { syscall?: string }[]
  }
  const syscalls = errors?.map((one) => one.syscall) ?? [syscall]
  const connecting = syscalls.every((call) => call !== undefined && CONNECTING.has(call))
  const name = code ?? (inner instanceof Error ? inner.name : "unknown")
  return { name, connected: !connecting && !(code !== undefined && NOT_CONNECTED.has(code)) }
}
