import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto"
import { deflateSync } from "node:zlib"

/** How Zalo Web packs what it says: enough for the published client to understand every word. */

const NO_IV = Buffer.alloc(16)

function cbc(key: Buffer): string {
  return `aes-${key.length * 8}-cbc`
}

export function seal(key: Buffer, text: string): string {
  const cipher = createCipheriv(cbc(key), key, NO_IV)
  return Buffer.concat([cipher.update(text, "utf8"), cipher.final()]).toString("base64")
}

export function unseal(key: Buffer, sealed: string): string {
  const decipher = createDecipheriv(cbc(key), key, NO_IV)
  return Buffer.concat([decipher.update(Buffer.from(sealed, "base64")), decipher.final()]).toString("utf8")
}

export function md5(text: string): string {
  return createHash("md5").update(text).digest("hex")
}

/** The key of a login request, which both sides make from what the client sends along. */
export function loginKey(zcid: string, zcidExt: string): Buffer {
  const even = (text: string) => Array.from(text).filter((_, i) => i % 2 === 0)
  const odd = (text: string) => Array.from(text).filter((_, i) => i % 2 === 1)
  const first = even(md5(zcidExt).toUpperCase()).slice(0, 8)
  return Buffer.from([...first, ...even(zcid).slice(0, 12), ...odd(zcid).reverse().slice(0, 12)].join(""))
}

/** What signs a request: the values in the order of their names. */
export function signature(type: string, params: Readonly<Record<string, string>>): string {
  const values = Object.keys(params)
    .sort()
    .map((name) => params[name] ?? "")
  return md5(`zsecure${type}${values.join("")}`)
}

export interface FrameHead {
  readonly command: number
  readonly sub: number
}

export function plainFrame({ command, sub }: FrameHead, body: object): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt8(1, 0)
  head.writeUInt16LE(command, 1)
  head.writeUInt8(sub, 3)
  return Buffer.concat([head, Buffer.from(JSON.stringify(body))])
}

export function readPlainFrame(bytes: Buffer): FrameHead {
  return { command: bytes.readUInt16LE(1), sub: bytes.readUInt8(3) }
}

/** `json` is the text itself, so that a test can write numbers that JavaScript would round. */
export function sealedFrame(head: FrameHead, json: string, key: Buffer): Buffer {
  const [iv, aad] = [randomBytes(16), randomBytes(16)]
  const cipher = createCipheriv("aes-256-gcm", key, iv)
  cipher.setAAD(aad)
  const packed = Buffer.concat([
    cipher.update(deflateSync(Buffer.from(`{"error_code":0,"data":${json}}`))),
    cipher.final(),
    cipher.getAuthTag(),
  ])
  return plainFrame(head, { encrypt: 2, data: encodeURIComponent(Buffer.concat([iv, aad, packed]).toString("base64")) })
}
