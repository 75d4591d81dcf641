import { createDecipheriv } from "node:crypto"
import { inflateSync } from "node:zlib"

/** One message of the socket: four bytes of header, then JSON. */
export interface Frame {
  readonly command: number
  readonly sub: number
  readonly body: Record<string, unknown>
}

const HEADER_BYTES = 4
const SEALED_BYTES = 16 + 16 + 16
const MAX_BYTES = 32_000_000

/** Null for what is no frame of Zalo's. */
export function readFrame(data: unknown): Frame | null {
  if (!Buffer.isBuffer(data) || data.length <= HEADER_BYTES) return null
  const body = parseLossless(data.subarray(HEADER_BYTES).toString("utf8"))
  return isRecord(body) ? { command: data.readUInt16LE(1), sub: data.readUInt8(3), body } : null
}

type Unseal = (data: string, key: Buffer) => Buffer

/** How the data of a frame is packed, by the number that it names. */
const UNSEAL: Readonly<Record<number, Unseal>> = {
  0: (data) => Buffer.from(data),
  1: (data) => inflate(Buffer.from(data, "base64")),
  2: (data, key) => inflate(decrypt(data, key)),
  3: (data, key) => decrypt(data, key),
}

/**
 * What a frame carries. At once and not later, unlike the library: so frames keep the order in which they came. Throws on
 * what cannot be opened.
 */
export function openFrame({ body }: Frame, key: string): Record<string, unknown> {
  const { encrypt, data } = body
  const unseal = typeof encrypt === "number" ? UNSEAL[encrypt] : undefined
  if (!unseal || typeof data !== "string") throw new TypeError("Not a sealed frame")
  const opened = parseLossless(unseal(data, Buffer.from(key, "base64")).toString("utf8"))
  const content = isRecord(opened) ? opened["data"] : null
  if (!isRecord(content)) throw new TypeError("A frame without data")
  return content
}

/** iv, additional data, ciphertext, tag: the first two and the last are 16 bytes each. */
function decrypt(data: string, key: Buffer): Buffer {
  const sealed = Buffer.from(decodeURIComponent(data), "base64")
  if (sealed.length < SEALED_BYTES) throw new TypeError("A sealed frame that is too short")
  const decipher = createDecipheriv(key.length === 16 ? "aes-128-gcm" : "aes-256-gcm", key, sealed.subarray(0, 16))
  decipher.setAAD(sealed.subarray(16, 32))
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(32, -16)), decipher.final()])
}

function inflate(bytes: Buffer): Buffer {
  return inflateSync(bytes, { maxOutputLength: MAX_BYTES })
}

const STRING_OR_LONG_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g

/** JSON in which whole numbers above 2^53 become strings: ids must not be rounded. Null when it is none. */
export function parseLossless(text: string): unknown {
  try {
    return JSON.parse(text.replace(STRING_OR_LONG_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`)))
  } catch {
    return null
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
