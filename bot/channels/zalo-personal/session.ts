import type { API, Zalo } from "zca-js"
import type { ZaloCredentials } from "./account.ts"
import type { Called, Calls } from "./calls.ts"
import { type Frame, readFrame } from "./frames.ts"

export type ZaloLibrary = typeof import("zca-js")

/** Loads zca-js; not before a commune has such an account, because it costs memory and time. */
export const loadLibrary = (): Promise<ZaloLibrary> => import("zca-js")

/** Never the library's defaults: those ask the package registry at login, print, and hide what staff write on the phone. */
export function newZalo({ Zalo }: ZaloLibrary, calls: Calls): Zalo {
  return new Zalo({ selfListen: true, checkUpdate: false, logging: false, polyfill: calls.fetch })
}

/** Logs in with stored cookies; nothing is listened to yet. */
export function logIn(zalo: Zalo, { calls, credentials }: { calls: Calls; credentials: ZaloCredentials }): Promise<Called<API>> {
  const { imei, userAgent, cookie } = credentials
  return calls.attempt(() => zalo.login({ imei, userAgent, cookie: structuredClone([...cookie]), language: "vi" }))
}

export interface Session {
  readonly api: API
  /** The close code: the socket's, or the one that a frame announced. */
  readonly ended: Promise<number>
  close(): void
}

export const CLOSED = { lost: 1006, duplicate: 3000, kicked: 3003 } as const
const KEY = 1

interface Listening {
  readonly handshakeMs: number
  readonly signal: AbortSignal
  readonly onFrame: (frame: Frame, key: string) => void
}

export type Listened = { readonly ok: true; readonly session: Session } | { readonly ok: false; readonly code: number }

/** Opens the socket of a fresh login. Resolves when Zalo has handed out the key, or when it closed or let the time go by instead. */
export async function listen(api: API, { handshakeMs, signal, onFrame }: Listening): Promise<Listened> {
  if (signal.aborted) return { ok: false, code: CLOSED.lost }
  const { listener } = api
  const end = deferred<number>()
  const ready = deferred<null>()
  // Without a listener an error of the socket would end the process.
  listener.on("error", () => undefined)
  listener.on("closed", (code) => end.resolve(code))
  // Its own reconnecting fires for no code that Zalo really sends, counts for life, and cannot be stopped.
  listener.start({ retryOnClose: false })
  const socket = listener.ws
  const ownHandler = socket?.onmessage
  if (!socket || !ownHandler) throw new TypeError("The library has opened no socket")

  const close = () => {
    end.resolve(CLOSED.lost)
    socket.terminate()
  }
  let key: string | null = null
  // The library decodes side by side (order is lost), drops commands, and loses a batch for one message: it only gets the key.
  socket.onmessage = (event) => {
    const frame = readFrame(event.data)
    if (frame?.command === KEY && typeof frame.body["key"] === "string") {
      key = frame.body["key"]
      ready.resolve(null)
      return ownHandler.call(socket, event)
    }
    if (frame?.command === CLOSED.duplicate) {
      end.resolve(CLOSED.duplicate)
      socket.terminate()
    } else if (frame && key !== null) onFrame(frame, key)
    return undefined
  }
  const timer = setTimeout(close, handshakeMs)
  signal.addEventListener("abort", close, { once: true })
  void end.promise.then(() => signal.removeEventListener("abort", close))
  const code = await Promise.race([ready.promise, end.promise])
  clearTimeout(timer)
  return code === null ? { ok: true, session: { api, ended: end.promise, close } } : { ok: false, code }
}

function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((settle) => (resolve = settle))
  return { promise, resolve }
}
