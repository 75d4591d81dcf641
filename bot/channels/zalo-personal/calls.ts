import { AsyncLocalStorage } from "node:async_hooks"
import { deadline } from "./deadline.ts"

/** What became of a call through the library, as far as can be seen from outside of it. */
export type Called<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault }

export interface Fault {
  readonly error: unknown
  /** A request that changes something for the citizen was begun: it may have had its effect. */
  readonly posted: boolean
  /** HTTP status of the last answer. */
  readonly status: number | null
}

interface Attempt {
  readonly signal: AbortSignal
  posted: boolean
  status: number | null
}

export interface Calls {
  /** The library's way to the network. */
  readonly fetch: typeof fetch
  /** Runs calls of the library; they end when the time is over or the connection is given up, also those still to begin. */
  attempt<T>(run: () => Promise<T>, within?: number): Promise<Called<T>>
}

/** Uploading alone shows nothing to anybody. */
const UPLOAD = /\/(upload|upthumb)$/

/**
 * zca-js has no time-outs (a hung request never settles) and tells neither HTTP faults nor its own refusals apart. Every
 * request runs under a deadline here, and each attempt keeps what its requests came to.
 */
export function createCalls(given: { fetch: typeof fetch; callMs: number; stopping: AbortSignal }): Calls {
  const attempts = new AsyncLocalStorage<Attempt>()

  const guarded: typeof fetch = async (input, init) => {
    const attempt = attempts.getStore()
    const url = new URL(input instanceof Request ? input.url : input)
    const limit = deadline(given.callMs, attempt?.signal ?? given.stopping, ...(init?.signal ? [init.signal] : []))
    limit.signal.throwIfAborted()
    if (attempt && !UPLOAD.test(url.pathname)) attempt.posted = true
    try {
      const response = await given.fetch(input, { ...init, signal: limit.signal })
      if (attempt) attempt.status = response.status
      return await complete(response)
    } finally {
      limit.abort()
    }
  }

  return {
    fetch: guarded,
    attempt: async (run, within = given.callMs) => {
      const limit = deadline(within, given.stopping)
      const { signal } = limit
      const attempt: Attempt = { signal, posted: false, status: null }
      try {
        return { ok: true, value: await Promise.race([aborted(signal), attempts.run(attempt, run)]) }
      } catch (error) {
        const { posted, status } = attempt
        return { ok: false, fault: { error, posted, status } }
      } finally {
        limit.abort()
      }
    },
  }
}

const WITHOUT_BODY = new Set([204, 205, 304])

/** The answer with all of its body, so that the deadline also holds for that. */
async function complete(response: Response): Promise<Response> {
  const { status, statusText, headers } = response
  const body = await response.arrayBuffer()
  return new Response(WITHOUT_BODY.has(status) ? null : body, { status, statusText, headers })
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(signal.reason as Error)
    if (signal.aborted) fail()
    else signal.addEventListener("abort", fail, { once: true })
  })
}
