import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export interface Loopback {
  readonly root: string
  /** Nobody answers at the address any more, until `reopen`. */
  close(): Promise<void>
  reopen(): Promise<void>
}

type Serve = (request: IncomingMessage, response: ServerResponse) => unknown

/** An HTTP server on a free port of this machine. */
export async function loopback(serve: Serve): Promise<Loopback> {
  const listen = async (port: number) => {
    const server = createServer((request, response) => {
      // A kept connection could break just when it is used again, and then nobody knows whether something arrived.
      response.setHeader("Connection", "close")
      void (async () => {
        await serve(request, response)
      })()
    })
    server.listen(port, "127.0.0.1")
    await once(server, "listening")
    return server
  }
  let server = await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    root: `http://127.0.0.1:${port}`,
    async close() {
      if (!server.listening) return
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    },
    async reopen() {
      if (!server.listening) server = await listen(port)
    },
  }
}

/** The whole body of a request. */
export async function bodyOfRequest(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, status: number, given: { body: unknown; headers?: Record<string, string> }): void {
  response.writeHead(status, { "Content-Type": "application/json", ...given.headers })
  response.end(JSON.stringify(given.body))
}
