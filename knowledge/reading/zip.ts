import { inflateRawSync } from "node:zlib"
import type { ReadLimits } from "./limits.ts"
import { UnreadableFileError } from "./unreadable.ts"

export interface ZipEntry {
  readonly name: string
  readonly packed: number
  readonly method: number
  readonly encrypted: boolean
  /** Offset of the entry's own header. */
  readonly at: number
}

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END_SIZE = 22
const CENTRAL_SIZE = 46
const LOCAL_SIZE = 30
const STORED = 0
const DEFLATED = 8

/** The entries that a zip lists; null when its list cannot be read. */
export function zipEntries(bytes: Uint8Array): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(view)
  if (end === null) return null
  const entries: ZipEntry[] = []
  let at = view.getUint32(end + 16, true)
  const count = view.getUint16(end + 10, true)
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_SIZE > bytes.length || view.getUint32(at, true) !== CENTRAL) return null
    const nameLength = view.getUint16(at + 28, true)
    entries.push({
      name: Buffer.from(bytes.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength)).toString("utf8"),
      packed: view.getUint32(at + 20, true),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      at: view.getUint32(at + 42, true),
    })
    at += CENTRAL_SIZE + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function endOf(view: DataView): number | null {
  const lowest = Math.max(0, view.byteLength - END_SIZE - 0xffff)
  for (let at = view.byteLength - END_SIZE; at >= lowest; at--) if (view.getUint32(at, true) === END) return at
  return null
}

/**
 * Throws UnreadableFileError when a zip is damaged, has a password, or unpacks to more than the limits allow. The sizes that
 * a zip states of itself may lie, so every entry is really unpacked, up to what is left of the limit.
 */
export function checkZip(bytes: Uint8Array, { maxUnpackedBytes, maxZipEntries }: ReadLimits): void {
  const entries = zipEntries(bytes)
  if (entries === null) throw new UnreadableFileError("broken")
  if (entries.length > maxZipEntries) throw new UnreadableFileError("bomb", { detail: `${entries.length} mục bên trong` })
  if (entries.some((entry) => entry.encrypted)) throw new UnreadableFileError("encrypted")
  let left = maxUnpackedBytes
  for (const entry of entries) {
    left -= unpackedSize(bytes, entry, left)
    if (left < 0) throw new UnreadableFileError("bomb")
  }
}

function unpackedSize(bytes: Uint8Array, entry: ZipEntry, left: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (entry.at + LOCAL_SIZE > bytes.length || view.getUint32(entry.at, true) !== LOCAL) throw new UnreadableFileError("broken")
  if (entry.method === STORED) return entry.packed
  if (entry.method !== DEFLATED) throw new UnreadableFileError("broken")
  const start = entry.at + LOCAL_SIZE + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true)
  try {
    return inflateRawSync(bytes.subarray(start, start + entry.packed), { maxOutputLength: Math.max(1, left) }).length
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : ""
    throw new UnreadableFileError(code === "ERR_BUFFER_TOO_LARGE" ? "bomb" : "broken", { cause: error })
  }
}
