import { MediaUnavailableError } from "../message.ts"
import type { Fetch } from "./proxied-fetch.ts"

const DEADLINE_MS = 60_000
const MOST_REDIRECTS = 3
/** The platform is busy; what was asked for may be there later. */
const BUSY: ReadonlySet<number> = new Set([408, 425, 429])

export interface MediaRules {
  readonly maxBytes: number
  /** Addresses of the platform itself; any other must be https. */
  readonly trustedOrigins: readonly string[]
  readonly signal: AbortSignal
  /** Where the platform is reached in another way than directly. */
  readonly fetch?: Fetch
}

/** The bytes behind an address that a platform gave, by the chunk. Throws MediaUnavailableError, also while they are being read. */
export async function fetchMedia(source: string, rules: MediaRules): Promise<AsyncIterable<Uint8Array>> {
  const { maxBytes, signal } = rules
  const response = await follow(source, { ...rules, signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]) })
  if (isPassing(response.status)) return unavailable("gone", response, { cause: new Error(`HTTP ${response.status}`) })
  if (!response.ok || response.body === null) return unavailable("gone", response)
  if (Number(response.headers.get("content-length") ?? 0) > maxBytes) return unavailable("too_large", response)
  return limited(response.body as AsyncIterable<Uint8Array>, maxBytes)
}

/** True for an HTTP status that says nothing of the file itself: the platform is busy or out of order. */
export const isPassing = (status: number): boolean => status >= 500 || BUSY.has(status)

/** Every address on the way is checked: a redirect must not lead into the house. */
async function follow(source: string, { trustedOrigins, signal, fetch: load = fetch }: MediaRules): Promise<Response> {
  let url = source
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    if (!isAllowed(url, trustedOrigins)) break
    const response = await load(url, { redirect: "manual", signal }).catch((cause: unknown) => {
      throw new MediaUnavailableError("gone", { cause })
    })
    const next = response.headers.get("location")
    if (response.status < 300 || response.status >= 400 || next === null) return response
    await response.body?.cancel()
    url = URL.canParse(next, url) ? new URL(next, url).href : ""
  }
  throw new MediaUnavailableError("gone")
}

function isAllowed(url: string, trustedOrigins: readonly string[]): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, origin } = new URL(url)
  return protocol === "https:" || trustedOrigins.includes(origin)
}

async function unavailable(reason: "gone" | "too_large", { body }: Response, options?: ErrorOptions): Promise<never> {
  await body?.cancel()
  throw new MediaUnavailableError(reason, options)
}

async function* limited(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0
  try {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > maxBytes) throw new MediaUnavailableError("too_large")
      yield chunk
    }
  } catch (cause) {
    throw cause instanceof MediaUnavailableError ? cause : new MediaUnavailableError("gone", { cause })
  }
}
