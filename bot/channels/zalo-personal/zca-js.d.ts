/** The few types of zca-js that we use: its own are not found under "nodenext". Read from the source of 2.2.0. */
declare module "zca-js" {
  import type { Buffer } from "node:buffer"

  /** One cookie as the jar writes itself down. */
  export type CookieRecord = Record<string, unknown>

  export interface Credentials {
    imei: string
    userAgent: string
    /** Changed in place by the library: hand over a copy. */
    cookie: CookieRecord[]
    language?: string
  }

  interface ZaloOptions {
    selfListen: boolean
    checkUpdate: boolean
    logging: boolean
    /** Every HTTP call goes through it. */
    polyfill: typeof fetch
  }

  /** A socket of `ws`, of which only what we touch. */
  interface Socket {
    onmessage: ((event: { data: unknown }) => unknown) | null
    terminate(): void
  }

  interface Listener {
    /** Private in the library's types, set by `start`. */
    readonly ws: Socket | null
    on(event: "error", handle: (error: unknown) => void): this
    on(event: "closed", handle: (code: number) => void): this
    start(options: { retryOnClose: boolean }): void
    requestOldMessages(threadType: 0 | 1, lastMsgId?: string | null): void
  }

  type UploadDone = (uploaded: { fileUrl: string; fileId: string }) => unknown

  interface Context {
    /** Who waits for the socket to say that a file has arrived. */
    uploadCallbacks: Map<string, UploadDone>
  }

  interface Style {
    start: number
    len: number
    st: "b"
  }

  interface Source {
    data: Buffer
    filename: `${string}.${string}`
    metadata: { totalSize: number; width?: number; height?: number }
  }

  interface Content {
    msg: string
    styles?: Style[]
    attachments?: Source[]
  }

  interface Sent {
    message: { msgId?: string | number } | null
    attachment: { msgId?: string | number }[]
  }

  export interface API {
    readonly listener: Listener
    getOwnId(): string
    getContext(): Context
    getCookie(): { toJSON(): { cookies: CookieRecord[] } }
    keepAlive(): Promise<unknown>
    getAllFriends(): Promise<{ userId: string | number }[]>
    acceptFriendRequest(userId: string): Promise<unknown>
    /** 0 is a person, 1 a group. */
    sendMessage(content: Content, threadId: string, type: 0 | 1): Promise<Sent>
  }

  type QrActions = { abort(): void }
  /** The numbers of the library's LoginQRCallbackEventType. */
  export type QrEvent =
    | { type: 0; data: { image: string }; actions: QrActions }
    | { type: 1; data: null; actions: QrActions }
    | { type: 2; data: { display_name?: string }; actions: QrActions }
    | { type: 3; data: unknown; actions: QrActions }
    | { type: 4; data: Credentials; actions: null }

  export class Zalo {
    constructor(options: ZaloOptions)
    login(credentials: Credentials): Promise<API>
    loginQR(options: { userAgent?: string }, callback: (event: QrEvent) => void): Promise<API>
  }
}
