import { once } from "node:events"
import { createServer } from "node:http"
import { createServer as createTcpServer, type AddressInfo, type Server } from "node:net"
import { Readable } from "node:stream"
import { expect, it, onTestFinished } from "vitest"
import { leanFetch } from "../../bot/channels/lean-fetch.ts"
import { networkFault } from "../../bot/channels/network-fault.ts"

const faultOf = (call: Promise<unknown>) => call.then(() => null, networkFault)

async function rootOf(server: Server, protocol = "http"): Promise<string> {
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => void server.close())
  return `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Answers with what it was sent, and counts connections. */
async function echo() {
  let connections = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const { method, headers } = request
      response.end(
        JSON.stringify({ method, type: headers["content-type"], length: headers["content-length"], body: String(Buffer.concat(chunks)) }),
      )
    })
  })
  server.on("connection", () => (connections += 1))
  return { root: await rootOf(server), connections: () => connections }
}

it("sends words and reads the answer, over a connection that is used again", async () => {
  const { root, connections } = await echo()
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: '{"chào":1}' }
  for (let i = 0; i < 3; i += 1) {
    const said = { method: "POST", type: "application/json", length: "11", body: '{"chào":1}' }
    expect(await (await leanFetch(root, init)).json()).toEqual(said)
  }
  expect(connections()).toBe(1)
})

it("sends a stream piece by piece", async () => {
  const { root } = await echo()
  const body = Readable.from(["một ", "hai"], { objectMode: false }) as unknown as ReadableStream
  expect(await (await leanFetch(root, { method: "POST", body })).json()).toMatchObject({ body: "một hai" })
})

it("knows that nothing has left the house while no connection was made, also when the deadline passes on the way", async () => {
  const free = createTcpServer()
  const gone = await rootOf(free)
  free.close()
  expect(await faultOf(leanFetch(gone, {}))).toEqual({ name: "ECONNREFUSED", connected: false })
  // Takes the connection and never greets.
  const silent = await rootOf(
    createTcpServer((socket) => void socket.resume()),
    "https",
  )
  expect(await faultOf(leanFetch(silent, { signal: AbortSignal.timeout(150) }))).toMatchObject({ connected: false })
})

it("does not know what became of a call that broke off after it had left", async () => {
  const rude = await rootOf(createTcpServer((socket) => void socket.once("data", () => socket.destroy())))
  expect(await faultOf(leanFetch(rude, { method: "POST", body: "{}" }))).toMatchObject({ connected: true })
  const slow = await rootOf(createServer(() => {}))
  expect(await faultOf(leanFetch(slow, { method: "POST", body: "{}", signal: AbortSignal.timeout(150) }))).toMatchObject({
    connected: true,
  })
})
