interface Size {
  readonly width: number
  readonly height: number
}

const PNG = Buffer.from("89504e470d0a1a0a", "hex")

/** Width and height in pixels of a PNG or JPEG, which Zalo wants beside the bytes; null for anything else. */
export function imageSize(bytes: Buffer): Size | null {
  if (bytes.subarray(0, PNG.length).equals(PNG) && bytes.length >= 24)
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  return bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 ? jpegSize(bytes) : null
}

/** Segments follow each other: marker, length, content; a start of frame (C0–CF without C4, C8, CC) holds the size. */
function jpegSize(bytes: Buffer): Size | null {
  let at = 2
  while (at + 9 <= bytes.length && bytes.readUInt8(at) === 0xff) {
    const marker = bytes.readUInt8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}
