import type { SendFailure } from "../../message.ts"
import type { Fault } from "../health-board.ts"
import type { Told } from "./api.ts"

type Failed = Exclude<Told, { kind: "result" }>
type Refused = Extract<Told, { kind: "error" }>

const WAIT_MS = 5000

const BY_CODE: Readonly<Record<number, (told: Refused) => SendFailure>> = {
  400: (told) => ({ kind: "rejected", detail: detailOf(told) }),
  401: (told) => ({ kind: "auth", detail: detailOf(told) }),
  403: (told) => ({ kind: "recipient_refuses", detail: detailOf(told), reason: "blocked" }),
  404: (told) => ({ kind: "auth", detail: detailOf(told) }),
  413: (told) => ({ kind: "rejected", detail: detailOf(told) }),
  429: ({ retryAfterMs }) => ({ kind: "rate_limited", retryAfterMs: retryAfterMs ?? WAIT_MS }),
}

/** Translates what a sending came to; whatever is not known to have been refused may have arrived. */
export function toSendFailure(told: Failed): SendFailure {
  if (told.kind === "error") return BY_CODE[told.code]?.(told) ?? { kind: "unknown", detail: detailOf(told) }
  return { kind: told.kind === "lost" ? "unknown" : "unreachable", detail: told.detail }
}

/** How the account is after a failed call, in words for staff, and how long the platform asked us to wait. */
export function toFault(told: Failed): { readonly fault: Fault; readonly retryAfterMs: number } {
  if (told.kind !== "error") return degraded(`Không kết nối được Zalo Bot (${told.detail})`)
  const { code, retryAfterMs } = told
  if (code === 401 || code === 404) {
    const reason = "Zalo không nhận mã token của bot: xin kiểm tra và nhập lại"
    return { fault: { state: "needs_human", reason, why: "token_revoked" }, retryAfterMs: 0 }
  }
  if (code === 409) return degraded("Một chương trình khác đang nhận tin của bot này trên Zalo")
  return degraded(`Zalo Bot báo lỗi ${code}`, retryAfterMs ?? 0)
}

export const NOT_STORED: Fault = { state: "degraded", reason: "Không lưu được tin nhắn vừa nhận từ Zalo Bot" }

function degraded(reason: string, retryAfterMs = 0) {
  return { fault: { state: "degraded", reason } as const, retryAfterMs }
}

function detailOf({ code, description }: Refused): string {
  return `${code} ${description}`.trim()
}
