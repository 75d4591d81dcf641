import { once } from "node:events"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest"
import { UpstreamError } from "../../errors.ts"
import type { Embedder } from "../../rag/embedder.ts"
import { createEndpointEmbedder } from "../../rag/models.ts"

interface Asked {
  readonly path: string
  readonly authorization: string
  readonly body: {
    readonly input: readonly string[]
    readonly model: string
    readonly dimensions: number
    readonly encoding_format: string
  }
}

interface VectorService {
  readonly asked: Asked[]
  readonly embedder: Embedder
}

/** What the service says to the texts it was given; nothing at all when it returns without ending the response. */
type Behaviour = (response: ServerResponse, texts: readonly string[]) => void

/** An OpenAI-compatible service on this machine, and the program's client of it. */
async function vectorService(behave: Behaviour): Promise<VectorService> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    let text = ""
    request.setEncoding("utf8").on("data", (chunk: string) => (text += chunk))
    request.on("end", () => {
      const body = JSON.parse(text) as Asked["body"]
      asked.push({ path: request.url ?? "", authorization: request.headers.authorization ?? "", body })
      behave(response, body.input)
    })
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  return { asked, embedder: createEndpointEmbedder({ baseUrl, model: "thử/mô-hình", apiKey: "khoa-thu", dimensions: 3 }) }
}

const says = (response: ServerResponse, status: number, body: unknown) => {
  response.writeHead(status, { "Content-Type": "application/json" })
  response.end(typeof body === "string" ? body : JSON.stringify(body))
}
const vectors = (rows: readonly unknown[]) => ({
  object: "list",
  data: rows.map((embedding, index) => ({ object: "embedding", index, embedding })),
  model: "m",
  usage: {},
})

// The client waits between its tries; nobody wants to wait with it.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Lets time pass until the call is over, while the network takes the time it needs. */
async function hurried<T>(call: Promise<T>): Promise<T> {
  const state = { over: false }
  const watched = call.finally(() => (state.over = true))
  watched.catch(() => undefined)
  while (!state.over) {
    await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(5)
  }
  return watched
}

const faultOf = (call: Promise<unknown>) =>
  hurried(call).then(
    () => null,
    (error: unknown) => error,
  )

describe("a vector service that the commune has set up", () => {
  it("is asked for plain numbers of the right model, and its vectors are brought to length one", async () => {
    const { embedder, asked } = await vectorService((response, texts) => {
      says(response, 200, vectors(texts.map((_, i) => [3, 4, i * 0])))
    })
    const rows = await hurried(embedder.embed(["khai sinh", "khai tử"]))
    expect(rows.map((row) => [...row].map((value) => Math.round(value * 1000) / 1000))).toEqual([
      [0.6, 0.8, 0],
      [0.6, 0.8, 0],
    ])
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ path: "/v1/embeddings", authorization: "Bearer khoa-thu" })
    expect(asked[0]?.body).toMatchObject({ input: ["khai sinh", "khai tử"], model: "thử/mô-hình", dimensions: 3, encoding_format: "float" })
  })

  it("is known by a name that can be part of a file name, and differs by model and size", async () => {
    const { embedder } = await vectorService(() => undefined)
    expect(embedder.name).toMatch(/^[A-Za-z0-9.-]+-3$/)
    expect(embedder.dimensions).toBe(3)
    const other = createEndpointEmbedder({ baseUrl: "http://127.0.0.1:1", model: "bge-m3", apiKey: "x", dimensions: 8 })
    expect(other.name).toBe("bge-m3-8")
  })

  it("is not bothered for nothing", async () => {
    const { embedder, asked } = await vectorService((response) => {
      says(response, 200, vectors([]))
    })
    expect(await hurried(embedder.embed([]))).toEqual([])
    expect(asked).toEqual([])
  })

  it.each([
    ["vectors of another length", [[1, 0]]],
    ["a vector with a hole", [[1, null, 0]]],
    ["a vector of zeros", [[0, 0, 0]]],
    ["numbers packed as text, which it was asked not to send", ["AACAPwAAAAAAAAAA"]],
    ["no vector at all", []],
  ])("that sends %s has failed", async (_, rows) => {
    const { embedder } = await vectorService((response) => {
      says(response, 200, vectors(rows))
    })
    expect(await faultOf(embedder.embed(["khai sinh"]))).toBeInstanceOf(UpstreamError)
  })

  it("that sends fewer vectors than texts has failed", async () => {
    const { embedder } = await vectorService((response) => {
      says(response, 200, vectors([[1, 0, 0]]))
    })
    expect(await faultOf(embedder.embed(["khai sinh", "khai tử"]))).toBeInstanceOf(UpstreamError)
  })

  it("that sends vectors that can never be used is told apart from one that is down", async () => {
    const { embedder } = await vectorService((response) => {
      says(response, 200, vectors([[1, 0]]))
    })
    const wrong = await faultOf(embedder.embed(["khai sinh"]))
    expect((wrong as UpstreamError).permanent).toBe(true)
    const { embedder: down } = await vectorService((response) => {
      says(response, 500, { error: { message: "bận" } })
    })
    expect(((await faultOf(down.embed(["khai sinh"]))) as UpstreamError).permanent).toBe(false)
  })

  it("that is out of order for a moment is asked again", async () => {
    let calls = 0
    const { embedder } = await vectorService((response) => {
      calls += 1
      if (calls === 1) says(response, 500, { error: { message: "bận" } })
      else says(response, 200, vectors([[0, 0, 5]]))
    })
    expect((await hurried(embedder.embed(["khai sinh"]))).map((row) => [...row])).toEqual([[0, 0, 1]])
    expect(calls).toBe(2)
  })

  it("that stays out of order has failed, after a few tries", async () => {
    const { embedder, asked } = await vectorService((response) => {
      says(response, 500, { error: { message: "hỏng" } })
    })
    expect(await faultOf(embedder.embed(["khai sinh"]))).toBeInstanceOf(UpstreamError)
    expect(asked.length).toBeGreaterThan(1)
    expect(asked.length).toBeLessThanOrEqual(4)
  })

  it("that does not know the key has failed, and is not asked again", async () => {
    const { embedder, asked } = await vectorService((response) => {
      says(response, 401, { error: { message: "khóa sai" } })
    })
    expect(await faultOf(embedder.embed(["khai sinh"]))).toBeInstanceOf(UpstreamError)
    expect(asked).toHaveLength(1)
  })

  it("that answers with a web page has failed", async () => {
    const { embedder } = await vectorService((response) => {
      says(response, 200, "<html>đăng nhập</html>")
    })
    expect(await faultOf(embedder.embed(["khai sinh"]))).toBeInstanceOf(UpstreamError)
  })

  it("that never answers has failed, in the end", async () => {
    const { embedder } = await vectorService(() => undefined)
    expect(await faultOf(embedder.embed(["khai sinh"]))).toBeInstanceOf(UpstreamError)
  })

  it("that hangs up, or is not there, has failed", async () => {
    const { embedder } = await vectorService((response) => response.destroy())
    expect(await faultOf(embedder.embed(["khai sinh"]))).toBeInstanceOf(UpstreamError)
    const nobody = createEndpointEmbedder({ baseUrl: "http://127.0.0.1:9", model: "m", apiKey: "x", dimensions: 3 })
    expect(await faultOf(nobody.embed(["khai sinh"]))).toBeInstanceOf(UpstreamError)
  })
})
