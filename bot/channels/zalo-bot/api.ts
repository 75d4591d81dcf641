import { z } from "zod"
import { postJson } from "../call.ts"

/** What a call came to. `unreachable`: certainly nothing arrived; `lost`: it may have arrived, but no answer came. */
export type Told =
  | { readonly kind: "result"; readonly result: unknown }
  | { readonly kind: "error"; readonly code: number; readonly description: string; readonly retryAfterMs: number | null }
  | { readonly kind: "unreachable" | "lost"; readonly detail: string }

export interface ZaloBotApi {
  call(method: string, body: object, given?: { deadlineMs?: number; signal?: AbortSignal }): Promise<Told>
}

const envelope = z.looseObject({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.coerce.number().optional().catch(undefined),
  description: z.string().catch(""),
})

/** The methods of the Bot Platform; the token is part of each address and never told. */
export function createZaloBotApi({
  apiBaseUrl,
  token,
  deadlineMs,
}: {
  apiBaseUrl: string
  token: string
  deadlineMs?: number
}): ZaloBotApi {
  return {
    async call(method, body, given = {}) {
      const deadline = given.deadlineMs ?? deadlineMs
      const reply = await postJson(
        {
          url: `${apiBaseUrl}/bot${token}/${method}`,
          ...(deadline === undefined ? {} : { deadlineMs: deadline }),
          ...(given.signal ? { signal: given.signal } : {}),
        },
        body,
      )
      if (reply.kind !== "answer") return reply
      const { status, retryAfterMs } = reply
      const read = envelope.safeParse(reply.body)
      if (read.data?.ok === true && status < 400) return { kind: "result", result: read.data.result }
      // A 5xx with a body that says otherwise is still a breakdown: it may have arrived.
      const code = status >= 500 ? status : (read.data?.error_code ?? status)
      return { kind: "error", code, description: read.data?.description ?? "", retryAfterMs }
    },
  }
}
