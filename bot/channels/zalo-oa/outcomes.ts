import { z } from "zod"
import type { SendFailure } from "../../message.ts"
import type { Reply } from "../call.ts"

/** Codes mean different things in each family of methods, so each has its own table. */
export type Family = "message" | "upload" | "template"

export type Judged =
  | { readonly kind: "done"; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: "token_invalid"; readonly failure: SendFailure }
  | { readonly kind: "failed"; readonly failure: SendFailure; readonly code: number | null }

type Verdict = (detail: string) => SendFailure

const WAIT_MS = 60_000
const invalidToken: Verdict = (detail) => ({ kind: "auth", detail })
const tooFast: Verdict = () => ({ kind: "rate_limited", retryAfterMs: WAIT_MS, scope: "account" })
/** Zalo delivers no templates at night (22–6 o'clock); asked again each hour until morning. */
const atNight: Verdict = () => ({ kind: "rate_limited", retryAfterMs: 3_600_000, scope: "peer" })
const noQuota: Verdict = (detail) => ({ kind: "quota_exhausted", detail })
const closed: Verdict = (detail) => ({ kind: "window_closed", detail })
const refuses =
  (reason: NonNullable<Extract<SendFailure, { kind: "recipient_refuses" }>["reason"]>): Verdict =>
  (detail) => ({ kind: "recipient_refuses", detail, reason })

const COMMON: Readonly<Record<number, Verdict>> = { [-32]: tooFast, [-216]: invalidToken }
const CODES: Readonly<Record<Family, Readonly<Record<number, Verdict>>>> = {
  message: {
    ...COMMON,
    [-211]: noQuota,
    [-213]: refuses("not_following"),
    [-217]: refuses("blocked"),
    [-218]: noQuota,
    [-227]: refuses("deactivated"),
    [-230]: closed,
    [-232]: closed,
    [-233]: closed,
  },
  upload: COMMON,
  template: {
    [-32]: tooFast,
    [-115]: noQuota,
    [-118]: refuses("deactivated"),
    [-119]: refuses("deactivated"),
    [-124]: invalidToken,
    [-126]: noQuota,
    [-133]: atNight,
    [-139]: refuses("blocked"),
    [-141]: refuses("blocked"),
    [-144]: noQuota,
    [-147]: noQuota,
    // Of a message it is an invalid token; renewing tokens for it would never end.
    [-216]: refuses("blocked"),
  },
}

const envelope = z.looseObject({
  error: z.coerce.number(),
  message: z.string().catch(""),
  data: z.record(z.string(), z.unknown()).catch({}),
})

/** What an answer of the platform means. Whatever is not known to have been refused may have arrived. */
export function judge(reply: Reply, family: Family): Judged {
  if (reply.kind !== "answer") return failed({ kind: reply.kind === "lost" ? "unknown" : "unreachable", detail: reply.detail })
  const { status, body, retryAfterMs } = reply
  if (status === 429) return failed({ kind: "rate_limited", retryAfterMs: retryAfterMs ?? WAIT_MS, scope: "account" })
  const given = envelope.safeParse(body)
  if (status >= 500 || !given.success) return failed({ kind: "unknown", detail: `HTTP ${status}` })
  const { error, message, data } = given.data
  if (error === 0) return { kind: "done", data }
  const detail = `${error} ${message}`.trim()
  const verdict = CODES[family][error]
  if (verdict === invalidToken) return { kind: "token_invalid", failure: verdict(detail) }
  return failed(verdict?.(detail) ?? { kind: "rejected", detail }, error)
}

function failed(failure: SendFailure, code: number | null = null): Judged {
  return { kind: "failed", failure, code }
}
