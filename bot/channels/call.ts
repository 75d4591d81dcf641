import { parseJson } from "./long-ids.ts"
import { networkFault } from "./network-fault.ts"

const DEADLINE_MS = 15_000

export interface Call {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | URLSearchParams | FormData
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
}

/** What a request came to. `unreachable`: certainly nothing arrived; `lost`: it may have arrived, but no answer came. */
export type Reply =
  | { readonly kind: "answer"; readonly status: number; readonly body: unknown; readonly retryAfterMs: number | null }
  | { readonly kind: "unreachable" | "lost"; readonly detail: string }

/** Posts to a platform and reads its JSON. Never rejects; follows no redirect, because that would carry tokens elsewhere. */
export async function post({ url, headers = {}, body, deadlineMs = DEADLINE_MS, signal }: Call): Promise<Reply> {
  const deadline = AbortSignal.timeout(deadlineMs)
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      redirect: "error",
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      ...(body === undefined ? {} : { body }),
    })
    const retryAfter = Number(response.headers.get("retry-after") ?? "")
    return {
      kind: "answer",
      status: response.status,
      body: parseJson(await response.text()),
      retryAfterMs: retryAfter > 0 ? retryAfter * 1000 : null,
    }
  } catch (error) {
    const { name, connected } = networkFault(error)
    return { kind: connected ? "lost" : "unreachable", detail: name }
  }
}

/** `post` with a JSON body. */
export function postJson(call: Omit<Call, "body">, body: object): Promise<Reply> {
  return post({ ...call, headers: { "Content-Type": "application/json", ...call.headers }, body: JSON.stringify(body) })
}
