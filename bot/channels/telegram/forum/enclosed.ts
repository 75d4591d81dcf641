import { AppError } from "../../../../errors.ts"
import { MediaUnavailableError } from "../../../message.ts"
import { rest } from "../../pace.ts"

/** The bytes of a file by the name that Telegram gave it. Throws MediaUnavailableError or UpstreamError. */
export type FetchFile = (source: string, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>

export type Enclosing<Done> = { readonly ok: true; readonly done: Done } | { readonly ok: false; readonly why: "too_large" | "unavailable" }

const TRIES = 2
const AGAIN_MS = 1000
/** Citizens' messages of the same bot wait so long at most. */
const DEADLINE_MS = 30_000

/**
 * Fetches a file and hands its bytes on; one that cannot be had is no reason to keep the updates behind it waiting, so the writer is
 * told instead. What goes wrong with the bytes afterwards, and the end of the program, rejects: then the update comes again.
 */
export async function fetchEnclosed<Done>(
  fetchFile: (signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>,
  keep: (bytes: AsyncIterable<Uint8Array>) => Promise<Done>,
  signal: AbortSignal,
): Promise<Enclosing<Done>> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)])
  for (let tries = 1; ; tries += 1) {
    try {
      return { ok: true, done: await keep(await fetchFile(limit)) }
    } catch (error) {
      if (signal.aborted || !isOfTheFile(error)) throw error
      if (error instanceof MediaUnavailableError && error.reason === "too_large") return { ok: false, why: "too_large" }
      const passes = !(error instanceof MediaUnavailableError) || error.cause !== undefined
      if (tries >= TRIES || !passes || limit.aborted) return { ok: false, why: "unavailable" }
      await rest(AGAIN_MS, limit)
    }
  }
}

const isOfTheFile = (error: unknown): boolean =>
  error instanceof MediaUnavailableError || (error instanceof AppError && error.code === "upstream")
