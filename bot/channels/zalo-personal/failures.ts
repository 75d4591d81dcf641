import type { SendFailure } from "../../message.ts"
import type { Fault } from "./calls.ts"

/** Zalo names no time; asking again sooner only makes it longer. */
export const THROTTLED_MS = 300_000

const AUTH: SendFailure = { kind: "auth", detail: "Zalo no longer takes this session" }

/** What Zalo's codes mean for a message; from reports, because nothing is published. */
const BY_CODE: Readonly<Record<number, SendFailure>> = {
  122: { kind: "recipient_refuses", detail: "122 takes no messages from strangers", reason: "strangers_refused" },
  123: { kind: "recipient_refuses", detail: "123 takes no messages from this account", reason: "blocked" },
  221: { kind: "rate_limited", detail: "221", retryAfterMs: THROTTLED_MS, scope: "account" } as SendFailure,
  102: AUTH,
  [-102]: AUTH,
  [-1005]: AUTH,
}

/** Translates what a sending came to; whatever is not known to have been refused may have arrived. */
export function toSendFailure({ error, posted, status }: Fault): SendFailure {
  const code = codeOf(error)
  if (code !== null) return BY_CODE[code] ?? { kind: "rejected", detail: `Zalo ${code}` }
  const { name, connected, network } = networkFault(error)
  if (!connected) return { kind: "unreachable", detail: name }
  if (posted) return { kind: "unknown", detail: status === null || status < 400 ? name : `HTTP ${status}` }
  // Nothing was sent to the citizen yet: either the way there failed, or the library itself refused the content.
  return network || status !== null ? { kind: "unreachable", detail: name } : { kind: "rejected", detail: name }
}

/** How a failed login stands: the network comes back by itself, a refused session needs a person. */
export function loginFault({ error, status }: Fault): "network" | "refused" | "not_understood" {
  if (networkFault(error).network || (status !== null && status >= 500)) return "network"
  return isZaloError(error) ? "refused" : "not_understood"
}

export function isAuthFault({ error }: Fault): boolean {
  const code = codeOf(error)
  return code !== null && BY_CODE[code]?.kind === "auth"
}

/** The name of a fault and never its message, which may quote an address with its keys. */
export function faultName({ error, status }: Fault): string {
  const code = codeOf(error)
  if (code !== null) return `Zalo ${code}`
  return status !== null && status >= 400 ? `HTTP ${status}` : networkFault(error).name
}

function codeOf(error: unknown): number | null {
  const code = isZaloError(error) ? Number((error as { code?: unknown }).code ?? NaN) : NaN
  return Number.isInteger(code) && code !== 0 ? code : null
}

/** The library's one class of errors calls itself so. */
function isZaloError(error: unknown): boolean {
  return error instanceof Error && error.name === "ZcaApiError"
}

const NOT_CONNECTED = new Set(["UND_ERR_CONNECT_TIMEOUT", "ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"])
const NETWORK = new Set(["TimeoutError", "AbortError"])

function networkFault(error: unknown): { readonly name: string; readonly connected: boolean; readonly network: boolean } {
  const cause = (error as { cause?: unknown } | null)?.cause
  const { code, errors } = (cause ?? {}) as { code?: string; errors?: readonly { code?: string }[] }
  const codes = errors?.map((one) => one.code) ?? [code]
  const connected = !codes.every((one) => one !== undefined && NOT_CONNECTED.has(one))
  const named = error instanceof Error ? error.name : "unknown"
  return { name: code ?? named, connected, network: cause !== undefined || NETWORK.has(named) }
}
