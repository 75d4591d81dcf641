import type { IncomingMessage, ServerResponse } from "node:http"

const MAX_BYTES = 1_000_000
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\b/i

export type RawBody = { readonly bytes: Buffer } | { readonly refused: 400 | 405 | 413 | 415 }

/** The body of a JSON request as it came, byte for byte, because signatures are over that; at most 1 MB. Never rejects. */
export async function readRawBody(request: IncomingMessage): Promise<RawBody> {
  if (request.method !== "POST") return { refused: 405 }
  if (!JSON_TYPE.test(request.headers["content-type"] ?? "")) return { refused: 415 }
  if (Number(request.headers["content-length"] ?? 0) > MAX_BYTES) return { refused: 413 }
  const chunks: Buffer[] = []
  let size = 0
  try {
    // The connection must outlive the reading, or the sender would never learn why it was refused.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > MAX_BYTES) return { refused: 413 }
      chunks.push(chunk)
    }
  } catch {
    return { refused: 400 }
  }
  return { bytes: Buffer.concat(chunks) }
}

/** Answers with a status alone; where the body was not read to its end the connection is of no further use. */
export function answerStatus(response: ServerResponse, status: number): void {
  const close = status >= 400 && !response.req.complete ? { Connection: "close" } : {}
  response.writeHead(status, { "Content-Length": "0", ...close })
  response.end()
}
