import type { Dispatcher } from "undici"

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface Proxy {
  readonly url: string
  /** "name:password", where the proxy asks for one. */
  readonly login?: string
}

export interface ProxiedFetch {
  readonly fetch: Fetch
  /** Ends its connections; the next call opens new ones. */
  readonly close: () => Promise<void>
}

const REFUSED = /^Proxy response \((\d+)\)/

/**
 * The platform's fetch through a tunnel of an http or https proxy. Fetch and tunnel come from one package, because Node's own
 * fetch takes only agents of the very release that it was built with.
 */
export function createProxiedFetch({ url: uri, login }: Proxy): ProxiedFetch {
  let opened: Promise<{ readonly agent: Dispatcher; readonly load: Fetch }> | null = null
  const open = async () => {
    const { fetch, ProxyAgent } = await import("undici")
    const token = login === undefined ? {} : { token: `Basic ${Buffer.from(login).toString("base64")}` }
    // Both follow the same standard; only the names of their types differ.
    return { load: fetch as unknown as Fetch, agent: new ProxyAgent({ uri, ...token }) }
  }
  return {
    async fetch(url, init) {
      const { load, agent } = await (opened ??= open())
      try {
        return await load(url, Object.assign({}, init, { dispatcher: agent }))
      } catch (error) {
        throw refusedByProxy(error) ?? error
      }
    },
    async close() {
      const closing = await opened
      opened = null
      await closing?.agent.destroy()
    },
  }
}

/** A proxy that opens no tunnel has let nothing out of the house: told as a connection that was not made. */
function refusedByProxy(error: unknown): Error | null {
  if (!(error instanceof Error)) return null
  const status = REFUSED.exec(error.message)?.[1]
  // The reason lies under other errors.
  if (status === undefined) return refusedByProxy(error.cause)
  return new Error("The proxy opened no tunnel", { cause: { code: `PROXY_${status}`, syscall: "connect" } })
}
