import { OpenAIEmbeddings } from "@langchain/openai"
import { UpstreamError } from "../errors.ts"
import type { Embedder } from "./embedder.ts"

interface EndpointOptions {
  readonly baseUrl: string
  readonly model: string
  readonly apiKey: string
  readonly dimensions: number
}

const TIMEOUT_MS = 15_000
const RETRIES = 2

/**
 * An embedder behind any OpenAI-compatible endpoint, on this machine or not. Throws UpstreamError when the service fails or
 * sends vectors of another length or with holes: some servers ignore the encoding that they are asked for.
 */
export function createEndpointEmbedder({ baseUrl, model, apiKey, dimensions }: EndpointOptions): Embedder {
  const client = new OpenAIEmbeddings({
    model,
    apiKey,
    dimensions,
    encodingFormat: "float",
    timeout: TIMEOUT_MS,
    maxRetries: RETRIES,
    configuration: { baseURL: baseUrl },
  })
  return {
    name: `${model}-${dimensions}`.replace(/[^A-Za-z0-9.-]+/g, "-"),
    dimensions,
    async embed(texts) {
      const rows = await ask(() => client.embedDocuments([...texts]))
      if (rows.length !== texts.length) throw new UpstreamError(`Máy chủ véc-tơ trả ${rows.length} véc-tơ cho ${texts.length} đoạn`)
      return rows.map((row) => unitVector(row, dimensions))
    },
  }
}

async function ask(call: () => Promise<number[][]>): Promise<number[][]> {
  try {
    return await call()
  } catch (cause) {
    throw new UpstreamError("Không gọi được máy chủ véc-tơ", { cause })
  }
}

function unitVector(row: readonly number[], dimensions: number): Float32Array {
  const length = Math.hypot(...row)
  if (row.length !== dimensions || !row.every((value) => Number.isFinite(value)) || length === 0) {
    throw new UpstreamError(`Máy chủ véc-tơ trả véc-tơ không dùng được (dài ${row.length}, cần ${dimensions})`, { permanent: true })
  }
  return Float32Array.from(row, (value) => value / length)
}
