import { request } from "node:http"
import fc from "fast-check"
import { expect, it, onTestFinished } from "vitest"
import { fetchMedia } from "../../bot/channels/fetch-media.ts"
import { parseJson } from "../../bot/channels/long-ids.ts"
import { createProxiedFetch } from "../../bot/channels/proxied-fetch.ts"
import { answerStatus, readRawBody } from "../../bot/channels/raw-body.ts"
import { type Loopback, loopback } from "./loopback.ts"
import { officeProxy } from "./office-proxy.ts"

async function server(serve: Parameters<typeof loopback>[0]): Promise<Loopback> {
  const opened = await loopback(serve)
  onTestFinished(() => opened.close())
  return opened
}

it("JSON is read as ever, only whole numbers that are too long to be exact become words", () => {
  expect(
    parseJson(
      '{"id":90071992547409931234,"n":-9007199254740993123,"f":0.12345678901234567891,"e":1e-1234567890123456,"s":"1\\"2345678901234567890"}',
    ),
  ).toEqual({
    id: "90071992547409931234",
    n: "-9007199254740993123",
    f: 0.12345678901234568,
    e: 0,
    s: '1"2345678901234567890',
  })
  expect(parseJson('{"id":90071992547409931234')).toBeUndefined()
  fc.assert(
    fc.property(fc.json(), (text) => {
      if (!/\d{16}/.test(text)) expect(parseJson(text)).toEqual(JSON.parse(text))
    }),
  )
})

it("any word survives beside a long number, whatever signs it holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.bigInt({ min: 10n ** 16n, max: 10n ** 24n }), (word, id) => {
      expect(parseJson(`[${JSON.stringify(word)},${id},${JSON.stringify(word)}]`)).toEqual([word, String(id), word])
    }),
  )
})

it("a body that does not say its length is refused as soon as it is too long", async () => {
  let most = 0
  const { root } = await server(async (incoming, response) => {
    incoming.on("data", (chunk: Buffer) => (most += chunk.length))
    const body = await readRawBody(incoming)
    answerStatus(response, "refused" in body ? body.refused : 200)
  })
  const status = await new Promise((resolve, reject) => {
    const outgoing = request(root, { method: "POST", headers: { "Content-Type": "application/json" } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    outgoing.on("error", reject)
    for (let i = 0; i < 11; i += 1) outgoing.write("x".repeat(100_000))
  })
  expect(status).toBe(413)
  expect(most).toBeLessThan(1_200_000)
})

it("media are followed to where they moved, but never into the house", async () => {
  const inside = await server((_incoming, response) => response.end("secret"))
  const { root } = await server((incoming, response) => {
    const places: Record<string, string> = { "/moved": "/photo", "/trap": inside.root, "/circle": "/circle" }
    const location = places[incoming.url ?? ""]
    if (location === undefined) response.end("photo")
    else response.writeHead(302, { Location: location }).end()
  })
  const rules = { maxBytes: 100, trustedOrigins: [root], signal: new AbortController().signal }
  const chunks: Uint8Array[] = []
  for await (const chunk of await fetchMedia(`${root}/moved`, rules)) chunks.push(chunk)
  expect(Buffer.concat(chunks).toString()).toBe("photo")
  await expect(fetchMedia(`${root}/trap`, rules)).rejects.toMatchObject({ reason: "gone" })
  await expect(fetchMedia(`${root}/circle`, rules)).rejects.toMatchObject({ reason: "gone" })
})

it("media that a busy platform does not hand out now are worth another try, media that are gone are not", async () => {
  const { root } = await server((incoming, response) => response.writeHead(Number(incoming.url?.slice(1))).end())
  const rules = { maxBytes: 100, trustedOrigins: [root], signal: new AbortController().signal }
  const worthAnother = async (status: number) => {
    const error: unknown = await fetchMedia(`${root}/${status}`, rules).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: "media_unavailable", reason: "gone" })
    return (error as Error).cause !== undefined
  }
  expect(await Promise.all([408, 429, 500, 503, 521].map(worthAnother))).toEqual([true, true, true, true, true])
  expect(await Promise.all([400, 403, 404, 410].map(worthAnother))).toEqual([false, false, false, false])
})

it("media whose line breaks in the middle are worth another try", async () => {
  const { root } = await server((_incoming, response) => {
    response.writeHead(200, { "Content-Length": 80 }).write("x".repeat(40), () => response.destroy())
  })
  const read = async () => {
    const media = await fetchMedia(root, { maxBytes: 100, trustedOrigins: [root], signal: new AbortController().signal })
    for await (const chunk of media) expect(chunk.length).toBeLessThanOrEqual(40)
  }
  await expect(read()).rejects.toMatchObject({ reason: "gone", cause: expect.any(Error) as Error })
})

it("media that are longer than they said are cut off", async () => {
  const { root } = await server((_incoming, response) => {
    response.write("x".repeat(60))
    response.end("x".repeat(60))
  })
  const media = await fetchMedia(root, { maxBytes: 100, trustedOrigins: [root], signal: new AbortController().signal })
  const read = async () => {
    let size = 0
    for await (const chunk of media) size += chunk.length
    return size
  }
  await expect(read()).rejects.toMatchObject({ reason: "too_large" })
})

it("where the office has a proxy a file comes through its tunnel, and a closed line opens anew", async () => {
  const proxy = await officeProxy({ login: "xa:mật khẩu" })
  const { root } = await server((_request, response) => response.end("ảnh"))
  const line = createProxiedFetch({ url: proxy.url, login: "xa:mật khẩu" })
  onTestFinished(() => line.close())
  const rules = { maxBytes: 100, trustedOrigins: [root], signal: new AbortController().signal, fetch: line.fetch }
  const read = async () => {
    const chunks: Uint8Array[] = []
    for await (const chunk of await fetchMedia(`${root}/a.jpg`, rules)) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  }
  expect(await read()).toBe("ảnh")
  await line.close()
  expect(await read()).toBe("ảnh")
  expect(proxy.tunnels).toEqual([new URL(root).host, new URL(root).host])
})
