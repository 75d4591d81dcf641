import { once } from "node:events"
import { createServer } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { onTestFinished } from "vitest"

/** The proxy of an office: opens a tunnel for who says the right name and password, else answers with a status. */
export async function officeProxy({ login, status }: { login?: string; status?: number } = {}) {
  const tunnels: string[] = []
  const server = createServer()
  server.on("connect", (request, socket) => {
    const expected = login === undefined ? undefined : `Basic ${Buffer.from(login).toString("base64")}`
    const refused = status ?? (expected !== undefined && request.headers["proxy-authorization"] !== expected ? 407 : null)
    socket.on("error", () => undefined)
    if (refused !== null) {
      socket.end(`HTTP/1.1 ${refused} Refused\r\n\r\n`)
      return
    }
    tunnels.push(request.url ?? "")
    const [host = "", port = ""] = (request.url ?? "").split(":")
    const onward = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n")
      onward.pipe(socket).pipe(onward)
    })
    onward.on("error", () => socket.destroy())
    socket.on("close", () => onward.destroy())
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels }
}
