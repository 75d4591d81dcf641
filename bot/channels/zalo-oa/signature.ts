import { createHash, timingSafeEqual } from "node:crypto"

const MAC = /^mac=([0-9a-f]{64})$/i
// A key of the event itself: inside a string the quotes would be escaped.
const TIMESTAMP = /"timestamp"\s*:\s*"?(\d{1,16})\b/g
const MOST_TIMESTAMPS = 8

/**
 * The time at which Zalo signed a body, null when it did not. The signature is a plain SHA-256 (no HMAC) over application id,
 * body bytes, timestamp and the secret of the Official Account; the timestamp stands in the body, which is not trusted before.
 */
export function signedAt(body: Buffer, header: unknown, keys: { appId: string; oaSecret: string }): Date | null {
  const given = typeof header === "string" ? MAC.exec(header.trim())?.[1] : undefined
  if (given === undefined) return null
  const expected = Buffer.from(given, "hex")
  for (const timestamp of timestampsIn(body)) {
    const mac = createHash("sha256").update(keys.appId).update(body).update(timestamp).update(keys.oaSecret).digest()
    if (timingSafeEqual(mac, expected)) return new Date(Number(timestamp))
  }
  return null
}

function timestampsIn(body: Buffer): readonly string[] {
  const found = body.toString("utf8").matchAll(TIMESTAMP)
  return [...new Set([...found].map(([, digits = ""]) => digits))].slice(0, MOST_TIMESTAMPS)
}
