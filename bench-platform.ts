import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/** One message of a citizen on the platform. */
export interface Handed {
  readonly updateId: number
  readonly chatId: number
  readonly text: string
  /** When the citizen wrote it (ms of `performance.now()`). */
  readonly saidAt: number
  /** When the product confirmed that it has it and the platform forgot it; null until then. */
  acceptedAt: number | null
}

/** One message that reached a citizen. */
export interface Sending {
  readonly chatId: number
  readonly text: string
  readonly at: number
}

/** A messenger platform in the shape of Telegram's Bot API, which keeps a log of its own. */
export interface Platform {
  readonly root: string
  readonly handed: readonly Handed[]
  readonly sendings: readonly Sending[]
  readonly says: (chatId: number, text: string) => void
  close(): Promise<void>
}

type Body = Readonly<Record<string, unknown>>

const MOST = 100
const SECOND = 1000

/** Opens the platform on a free port of this machine. `onSending` is told of each message as it arrives. */
export async function openPlatform(token: string, onSending: (sending: Sending) => void): Promise<Platform> {
  const handed: Handed[] = []
  const sendings: Sending[] = []
  const queue = createQueue(handed)
  const send = ({ chat_id: chat, text }: Body) => {
    const sending = { chatId: Number(chat), text: String(text), at: performance.now() }
    sendings.push(sending)
    onSending(sending)
    return { message_id: sendings.length, date: 0, chat: { id: sending.chatId, type: "private" } }
  }
  const methods: Readonly<Record<string, (body: Body, response: ServerResponse) => unknown>> = { getUpdates: queue.poll, sendMessage: send }
  const server = createServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      const [, method = ""] = request.url?.split(`/bot${token}/`) ?? []
      const result = (await methods[method]?.(body, response)) ?? true
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ ok: true, result }))
    })
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    handed,
    sendings,
    says: queue.says,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, "close")
    },
  }
}

/** What waits to be fetched: kept until the next call asks for what comes after it. */
function createQueue(handed: Handed[]) {
  let first = 0
  let ring = () => {}
  const confirm = (offset: number) => {
    for (; first < Math.min(offset, handed.length); first += 1) {
      const next = handed[first]
      if (next) next.acceptedAt = performance.now()
    }
  }
  const ripe = (ms: number, response: ServerResponse) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      response.once("close", resolve)
      ring = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  return {
    says: (chatId: number, text: string) => {
      handed.push({ updateId: handed.length, chatId, text, saidAt: performance.now(), acceptedAt: null })
      ring()
    },
    poll: async ({ offset, limit, timeout }: Body, response: ServerResponse) => {
      confirm(Number(offset ?? 0))
      if (first === handed.length) await ripe(Number(timeout ?? 0) * SECOND, response)
      return handed.slice(first, first + Math.min(Number(limit ?? MOST), MOST)).map(updateOf)
    },
  }
}

function updateOf({ updateId, chatId, text }: Handed) {
  const chat = { id: chatId, type: "private", first_name: "Dân" }
  const date = Math.floor(Date.now() / SECOND)
  return { update_id: updateId, message: { message_id: updateId, date, chat, from: { ...chat, is_bot: false }, text } }
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString() || "{}") as Body
}
