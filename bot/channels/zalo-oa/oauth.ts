import { z } from "zod"
import { post, type Reply } from "../call.ts"
import type { ZaloOaSecrets, ZaloOaSettings } from "./account.ts"

/** What asking for a new pair came to. `lost`: the single-use refresh token may be spent and the new pair with it. */
export type Renewed =
  | { readonly kind: "pair"; readonly accessToken: string; readonly refreshToken: string; readonly lifeMs: number }
  | { readonly kind: "refused"; readonly detail: string }
  | { readonly kind: "unreachable" | "lost"; readonly detail: string }

const pair = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1), expires_in: z.coerce.number().positive() })
const refusal = z.looseObject({ error_name: z.string().optional(), error: z.coerce.number().optional() })

/** Spends a refresh token for a new pair. Refusals come as HTTP 200 too, so only the body tells them from success. */
export async function renewPair({ appId, oauthBaseUrl }: ZaloOaSettings, { appSecret, refreshToken }: ZaloOaSecrets): Promise<Renewed> {
  const reply = await post({
    url: `${oauthBaseUrl}/v4/oa/access_token`,
    headers: { secret_key: appSecret },
    body: new URLSearchParams({ app_id: appId, grant_type: "refresh_token", refresh_token: refreshToken }),
  })
  return reply.kind === "answer" ? understood(reply) : reply
}

function understood({ status, body }: Extract<Reply, { kind: "answer" }>): Renewed {
  if (status >= 500) return { kind: "lost", detail: `HTTP ${status}` }
  const given = pair.safeParse(body)
  if (given.success) {
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = given.data
    return { kind: "pair", accessToken, refreshToken, lifeMs: seconds * 1000 }
  }
  const refused = refusal.safeParse(body)
  const name = refused.data?.error_name ?? refused.data?.error
  return name === undefined ? { kind: "lost", detail: `HTTP ${status}` } : { kind: "refused", detail: String(name) }
}
