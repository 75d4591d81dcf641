import type { request } from "undici"

/** Of an answer only what it says. */
export type JsonAnswer = Pick<Response, "json">

type Options = NonNullable<Parameters<typeof request>[1]>

/**
 * A fetch for platforms that are called for every message: the full one builds web streams and lists of headers for each
 * answer, which costs three times as much as the call. Follows no redirect.
 */
export async function leanFetch(url: string, { method = "GET", headers, body, signal }: RequestInit): Promise<JsonAnswer> {
  const { request } = await import("undici")
  // The same things under the names of another package.
  const given = { headers, body, signal } as Pick<Options, "headers" | "body" | "signal">
  const answer = await request(url, { ...given, method: method as NonNullable<Options["method"]> })
  return { json: () => answer.body.json() }
}
