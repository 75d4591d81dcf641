import type { Logger } from "../logger.ts"
import { type Channel, MediaUnavailableError } from "../message.ts"
import type { Later } from "../queues/alarms.ts"
import { nameLies, recognise } from "./file-type.ts"
import type { MediaLimits } from "./limits.ts"
import type { Redraw } from "./picture.ts"
import type { Arrived, MediaStore } from "./store.ts"

/** What a settled file holds; `reason` is a word of the table that staff read. */
export interface Settled {
  readonly state: "stored" | "quarantined" | "failed"
  readonly reason: string | null
  readonly hash?: string
  readonly mime?: string | null
  readonly bytes?: number
}

/** What one try came to; after `passing` another one is worth it. */
export type Fetched = Settled | { readonly state: "passing"; readonly fault: string }

export interface FetchParts {
  readonly store: MediaStore
  readonly redraw: Redraw
  readonly later: Later
  readonly logger: Logger
  readonly limits: MediaLimits
}

interface Wanted {
  readonly source: string
  readonly name: string | null
  readonly fetchMedia: NonNullable<Channel["fetchMedia"]>
  /** Ends the try at once: the program is being stopped. */
  readonly signal: AbortSignal
}

/** Fetches, recognises and keeps one file. Never rejects. */
export function createFetch(parts: FetchParts): (wanted: Wanted) => Promise<Fetched> {
  const { store, later, limits, logger } = parts
  const receive = async ({ source, fetchMedia, signal }: Wanted) => {
    const deadline = new AbortController()
    const callOff = later(limits.deadlineMs, () => deadline.abort(new Error("Deadline")))
    const within = AbortSignal.any([signal, deadline.signal])
    try {
      const chunks = await unlessAborted(fetchMedia(source, within), within)
      return await store.receive(abortable(chunks, within), limits.maxBytes)
    } finally {
      callOff()
    }
  }
  return async (wanted) => {
    try {
      return await keep(await receive(wanted), { name: wanted.name, ...parts })
    } catch (error) {
      const fault = faultOf(error)
      logger.warn({ fault }, "Media could not be fetched")
      if (!(error instanceof MediaUnavailableError) || (error.reason === "gone" && error.cause !== undefined))
        return { state: "passing", fault }
      return { state: "failed", reason: error.reason }
    }
  }
}

/** Files that must not be opened are kept too, so that a specialist can look at them, but nobody is served them. */
async function keep(arrived: Arrived, { name, store, redraw, logger }: FetchParts & { name: string | null }): Promise<Settled> {
  const recognised = await recognise(arrived.path)
  const { hash, bytes } = arrived
  const lies = nameLies(name, recognised)
  await store.keep(arrived)
  if (!recognised.ok) return { state: "quarantined", reason: recognised.danger + (lies ? DISGUISED : ""), hash, bytes, mime: null }
  const { kind, mime } = recognised.type
  if (kind === "image") {
    // Without it the picture is shown as a file.
    await store
      .keepDisplay(hash, (path) => redraw({ path, mime }))
      .catch((error: unknown) => logger.warn({ fault: faultOf(error) }, "Picture could not be redrawn"))
  }
  return { state: "stored", reason: lies ? "misnamed" : null, hash, bytes, mime }
}

/** Stands behind the reason of a dangerous file whose name says that it is a harmless one. */
export const DISGUISED = ":disguised"

/** Never its message: that may quote an address with a token. */
function faultOf(error: unknown): string {
  if (error instanceof MediaUnavailableError) return error.reason
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === "string" ? code : error instanceof Error ? error.name : typeof error
}

/** A channel that does not heed the signal is left alone with its promise. */
async function unlessAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let abort = () => {}
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason instanceof Error ? signal.reason : new Error("Aborted"))
    if (signal.aborted) abort()
    else signal.addEventListener("abort", abort, { once: true })
  })
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener("abort", abort))
}

async function* abortable(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  let ended = false
  try {
    for (;;) {
      const next = await unlessAborted(iterator.next(), signal)
      ended = next.done === true
      if (ended) return
      yield next.value as Uint8Array
    }
  } finally {
    // Not awaited: a stream that hangs would hang here too.
    if (!ended) void iterator.return?.().catch(() => undefined)
  }
}
