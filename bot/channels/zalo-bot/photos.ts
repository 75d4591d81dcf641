import { randomBytes } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { Attachment } from "../../message.ts"
import { answerStatus } from "../raw-body.ts"

const LIFE_MS = 120_000
const KEY = "photo"

export type Photos = ReturnType<typeof createPhotos>

interface Offer {
  readonly bytes: Uint8Array
  readonly mime: string
  readonly until: number
}

/** Photos under addresses that nobody can guess, for two minutes and one fetch each: the platform takes photos by address only. */
export function createPhotos({ address, now }: { address: string; now: () => Date }) {
  const offers = new Map<string, Offer>()
  const forgetOld = () => {
    for (const [key, { until }] of offers) if (until <= now().getTime()) offers.delete(key)
  }

  return {
    async offer({ read, mime }: Attachment): Promise<string> {
      forgetOld()
      const key = randomBytes(24).toString("base64url")
      offers.set(key, { bytes: await read(), mime, until: now().getTime() + LIFE_MS })
      return `${address}?${KEY}=${key}`
    },
    isAskedFor: ({ method, url }: IncomingMessage): boolean => method === "GET" && keyIn(url) !== null,
    serve(request: IncomingMessage, response: ServerResponse): void {
      forgetOld()
      const key = keyIn(request.url) ?? ""
      const offer = offers.get(key)
      offers.delete(key)
      if (!offer) {
        answerStatus(response, 404)
        return
      }
      response.writeHead(200, {
        "Content-Type": offer.mime,
        "Content-Length": offer.bytes.length,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
      })
      response.end(offer.bytes)
    },
  }
}

function keyIn(url = "/"): string | null {
  return new URL(url, "http://localhost").searchParams.get(KEY)
}
