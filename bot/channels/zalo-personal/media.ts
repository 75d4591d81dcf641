import { MediaUnavailableError } from "../../message.ts"
import { isPassing } from "../fetch-media.ts"
import { deadline } from "./deadline.ts"

/** Where Zalo keeps what citizens send. The sender's app names the address, so no other is ever asked. */
const HOST = /(^|\.)(zdn\.vn|zadn\.vn|zalo\.me)$/
export const MAX_DOWNLOAD_BYTES = 50_000_000

interface Fetching {
  readonly fetch: typeof fetch
  readonly deadlineMs: number
  readonly signal: AbortSignal
}

/** The bytes behind an address of Zalo's, by the chunk. Throws MediaUnavailableError, also in the midst when they are too many. */
export async function fetchZaloMedia(source: string, { fetch, deadlineMs, signal }: Fetching): Promise<AsyncIterable<Uint8Array>> {
  const url = URL.canParse(source) ? new URL(source) : null
  if (url?.protocol !== "https:" || !HOST.test(url.hostname)) throw new MediaUnavailableError("gone")
  const limit = deadline(deadlineMs, signal)
  try {
    const response = await fetch(url, { signal: limit.signal, redirect: "error" })
    // What caused it says that another try may be worth it.
    if (isPassing(response.status)) throw new MediaUnavailableError("gone", { cause: new Error(`HTTP ${response.status}`) })
    const tooLarge = Number(response.headers.get("content-length") ?? 0) > MAX_DOWNLOAD_BYTES
    if (!response.ok || !response.body || tooLarge) throw new MediaUnavailableError(response.ok && tooLarge ? "too_large" : "gone")
    return withinLimit(response.body, limit)
  } catch (cause) {
    limit.abort()
    throw cause instanceof MediaUnavailableError ? cause : new MediaUnavailableError("gone", { cause })
  }
}

async function* withinLimit(body: AsyncIterable<Uint8Array>, limit: AbortController): AsyncGenerator<Uint8Array> {
  let bytes = 0
  try {
    for await (const chunk of body) {
      bytes += chunk.length
      if (bytes > MAX_DOWNLOAD_BYTES) throw new MediaUnavailableError("too_large")
      yield chunk
    }
  } finally {
    limit.abort()
  }
}
