import { Api } from "grammy"
import { type JsonAnswer, leanFetch } from "../lean-fetch.ts"
import type { Fetch } from "../proxied-fetch.ts"
import { TELEGRAM, withoutSlash } from "./account.ts"

/** An upload on a slow line takes the longest; everything shorter is limited by its own signal. */
const LONGEST_SECONDS = 180

// grammY names the signal of a package; the platform's own has the same shape.
export type Signal = Parameters<Api["getUpdates"]>[1]

export interface Line {
  readonly token: string
  readonly apiRoot?: string
  /** Reaches Telegram where there is a proxy. */
  readonly fetch?: Fetch
}

/** Telegram's methods over a fetch that, unlike grammY's, tells whether a connection was made before it failed. */
export function createApi({ token, apiRoot = TELEGRAM, fetch }: Line): Api {
  const load: (url: string, init: RequestInit) => Promise<JsonAnswer> = fetch ?? leanFetch
  return new Api(token, {
    timeoutSeconds: LONGEST_SECONDS,
    apiRoot: withoutSlash(apiRoot),
    fetch: (url: string, init: RequestInit) => withPlainSignal(init, (plain) => load(url, plain)),
  })
}

/** Ends a call after so many milliseconds, or with one of the signals. */
export function within(ms: number, ...signals: AbortSignal[]): Signal {
  return AbortSignal.any([AbortSignal.timeout(ms), ...signals]) as unknown as Signal
}

/**
 * grammY hands over the signal of a package that stands for the platform's, and which the platform does not accept. No
 * redirect is followed: it would carry a citizen's answer elsewhere.
 */
function withPlainSignal(init: RequestInit, load: (init: RequestInit) => Promise<JsonAnswer>): Promise<JsonAnswer> {
  const { method, headers, body, signal } = init
  const controller = new AbortController()
  const abort = () => {
    controller.abort()
  }
  if (signal?.aborted) abort()
  signal?.addEventListener("abort", abort)
  const given = { ...(method ? { method } : {}), ...(headers ? { headers } : {}), ...(body ? { body, duplex: "half" as const } : {}) }
  return load({ ...given, redirect: "error", signal: controller.signal })
}
