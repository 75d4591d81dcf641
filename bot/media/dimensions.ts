export interface Dimensions {
  readonly width: number
  readonly height: number
}

type Read = (bytes: Buffer) => Dimensions | null

/** What a picture says of its own size before anything is decoded, by type; types that are not here are not decoded. */
const READERS: Readonly<Record<string, Read>> = {
  "image/jpeg": jpeg,
  "image/png": (bytes) => (bytes.toString("latin1", 12, 16) === "IHDR" ? size(bytes.readUInt32BE(16), bytes.readUInt32BE(20)) : null),
  "image/gif": (bytes) => size(bytes.readUInt16LE(6), bytes.readUInt16LE(8)),
  "image/bmp": (bytes) => (bytes.readUInt32LE(14) >= 40 ? size(bytes.readInt32LE(18), bytes.readInt32LE(22)) : null),
  "image/webp": webp,
}

/** The size in pixels, or null when the picture does not tell it or is of a type that is not decoded. */
export function dimensionsOf(bytes: Buffer, mime: string): Dimensions | null {
  try {
    return READERS[mime]?.(bytes) ?? null
  } catch (error) {
    // A file that ends before its size tells nothing.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** A BMP that is stored from the top down has a negative height. */
function size(width: number, height: number): Dimensions | null {
  return width === 0 || height === 0 ? null : { width: Math.abs(width), height: Math.abs(height) }
}

/** Frame headers are C0 to CF without the tables C4, C8 and CC. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function jpeg(bytes: Buffer): Dimensions | null {
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes.readUInt8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) return size(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5))
    if (marker === 0xd9 || marker === 0xda) return null
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

function webp(bytes: Buffer): Dimensions | null {
  const chunk = bytes.toString("latin1", 12, 16)
  if (chunk === "VP8X") return size(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1)
  if (chunk === "VP8 ") return size(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff)
  if (chunk !== "VP8L") return null
  const packed = bytes.readUInt32LE(21)
  return size((packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1)
}
