import { once } from "node:events"
import { createServer, type IncomingMessage, type Server } from "node:http"
import { type AddressInfo, createServer as createTcpServer } from "node:net"
import { type WebSocket, WebSocketServer } from "ws"
import { createAccount, type FakeAccount } from "./fake-account.ts"
import { answerQr, type FakeQr, newQr } from "./fake-qr.ts"
import { createPosts, type FakePosts } from "./fake-posts.ts"
import { type FrameHead, plainFrame, readPlainFrame, sealedFrame } from "./wire.ts"

/** What a request is answered; `null` is never answered. */
export type Reply = {
  readonly status?: number
  readonly cookies?: readonly string[]
  readonly body: string | Buffer
  readonly length?: number
} | null

export interface Asked {
  readonly host: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly form: Readonly<Record<string, string>>
  readonly cookie: string
}

/**
 * Zalo Web as far as a personal account is concerned. The published client talks with it over real HTTP and a real socket;
 * addresses of Zalo's are re-pointed here by `fetch`, which refuses every other.
 */
export interface FakeZalo {
  readonly account: FakeAccount
  readonly qr: FakeQr
  readonly posts: FakePosts
  /** Every path that was asked for. */
  readonly asked: Asked[]
  readonly fetch: typeof fetch
  /** What citizens sent, as Zalo hands it out again when asked for old messages. */
  readonly history: string[]
  /** Files behind addresses of zdn.vn. */
  readonly media: Map<string, Reply>
  sockets(): number
  /** How often a socket was opened. */
  connections(): number
  /** Without the key the client has to give up. */
  keepsKey: boolean
  /** Closes every new socket with this code at once. */
  refusesWith: number | null
  /** Hands a frame to every open socket. */
  push(head: FrameHead, data: object | string): void
  /** A frame that is not even one. */
  pushRaw(bytes: Buffer): void
  close(code: number): void
  cut(): void
  away: boolean
  /** An address of this machine at which nobody answers. */
  readonly nowhere: string
  stop(): Promise<void>
}

const HOSTS = /(^|\.)(zalo\.me|zdn\.vn)$/
const ORIGINAL_HOST = "x-original-host"

export async function startFakeZalo(): Promise<FakeZalo> {
  const account = createAccount()
  const sockets = new Set<WebSocket>()
  const history: string[] = []
  const asked: Asked[] = []
  const media = new Map<string, Reply>()
  const nowhere = await closedPort()
  let connections = 0

  const push: FakeZalo["push"] = (head, data) => {
    const json = typeof data === "string" ? data : JSON.stringify(data)
    for (const socket of sockets) socket.send(sealedFrame(head, json, account.socketKey))
  }
  const posts = createPosts(account, push)
  const qr = newQr()
  const answer = (request: Asked): Reply => {
    if (request.host.endsWith("zdn.vn")) return media.get(request.path) ?? { status: 404, body: "" }
    return answerQr(qr, request, account) ?? account.answer(request) ?? posts.answer(request)
  }
  const server = createServer((request, response) => {
    void read(request).then((question) => {
      asked.push(question)
      const reply = answer(question)
      if (!reply) return
      const length = reply.length === undefined ? {} : { "content-length": reply.length }
      response.writeHead(reply.status ?? 200, { "content-type": "application/json", "set-cookie": [...(reply.cookies ?? [])], ...length })
      response.end(reply.body)
    })
  })
  const webSockets = new WebSocketServer({ server })
  webSockets.on("connection", (socket) => {
    connections += 1
    sockets.add(socket)
    socket.on("close", () => sockets.delete(socket))
    socket.on("message", (bytes: Buffer) => {
      if (readPlainFrame(bytes).command !== 510) return
      socket.send(sealedFrame({ command: 510, sub: 1 }, `{"msgs":[${history.join(",")}]}`, account.socketKey))
    })
    if (fake.refusesWith !== null) socket.close(fake.refusesWith)
    else if (!fake.keepsKey) socket.send(plainFrame({ command: 1, sub: 1 }, { key: account.socketKey.toString("base64") }))
  })
  const base = await listenOnLoopback(server)
  account.socketAddress = base.replace("http", "ws")

  const fake: FakeZalo = {
    account,
    qr,
    posts,
    asked,
    history,
    media,
    away: false,
    nowhere,
    keepsKey: false,
    refusesWith: null,
    sockets: () => sockets.size,
    connections: () => connections,
    push,
    pushRaw: (bytes) => sockets.forEach((socket) => socket.send(bytes)),
    close: (code) => sockets.forEach((socket) => socket.close(code)),
    cut: () => sockets.forEach((socket) => socket.terminate()),
    fetch: (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      if (!HOSTS.test(url.hostname)) throw new Error(`Refused: ${url.hostname} is not Zalo`)
      const headers = new Headers(init?.headers)
      headers.set(ORIGINAL_HOST, url.hostname)
      return fetch(`${fake.away ? nowhere : base}${url.pathname}${url.search}`, { ...init, headers })
    },
    stop: async () => {
      for (const socket of sockets) socket.terminate()
      webSockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return fake
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const url = new URL(request.url ?? "/", "http://fake")
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false
  return {
    host: String(request.headers[ORIGINAL_HOST]),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    form: isForm ? Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString("utf8"))) : {},
    cookie: request.headers.cookie ?? "",
  }
}

async function listenOnLoopback(server: Server): Promise<string> {
  await once(server.listen(0, "127.0.0.1"), "listening")
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An address of this machine at which nobody answers. */
async function closedPort(): Promise<string> {
  const server = createTcpServer()
  await once(server.listen(0, "127.0.0.1"), "listening")
  const { port } = server.address() as AddressInfo
  await once(server.close(), "close")
  return `http://127.0.0.1:${port}`
}
