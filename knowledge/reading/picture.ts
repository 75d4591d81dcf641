import type { ReadLimits } from "./limits.ts"
import type { ReadPicture } from "./ocr.ts"
import { scannedPage } from "./pdf.ts"
import type { ReadPage } from "./reading.ts"
import { UnreadableFileError } from "./unreadable.ts"

/** A photographed or scanned sheet is A4: its width in pixels tells its resolution. */
const A4_INCHES = 8.27
const LEAST_DPI = 70
const MOST_DPI = 400

/** Reads a JPEG or PNG through OCR. Throws UnreadableFileError for pictures that are damaged or too large to open. */
export async function readPictureFile(
  bytes: Uint8Array,
  { limits, readPicture, onPage }: { limits: ReadLimits; readPicture: ReadPicture; onPage: (done: number, total: number) => void },
): Promise<ReadPage> {
  const size = pixelSize(bytes)
  if (!size) throw new UnreadableFileError("broken")
  if (size.width * size.height > limits.maxPixels)
    throw new UnreadableFileError("image_too_large", { detail: `${size.width}×${size.height}` })
  const dpi = Math.round(Math.min(MOST_DPI, Math.max(LEAST_DPI, Math.min(size.width, size.height) / A4_INCHES)))
  const page = await scannedPage(1, () => readPicture(bytes, dpi))
  onPage(1, 1)
  return page
}

const PNG_SIZE_AT = 16

/** Width and height as the file's header states them, before anything is unpacked; null when there is none. */
export function pixelSize(bytes: Uint8Array): { width: number; height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes[0] === 0x89)
    return bytes.length < PNG_SIZE_AT + 8 ? null : { width: view.getUint32(PNG_SIZE_AT), height: view.getUint32(PNG_SIZE_AT + 4) }
  return jpegSize(bytes, view)
}

/** Goes from marker to marker of a JPEG until the one that starts a frame. */
function jpegSize(bytes: Uint8Array, view: DataView): { width: number; height: number } | null {
  let at = 2
  while (at + 9 < bytes.length) {
    const marker = view.getUint16(at)
    const frame = marker >= 0xffc0 && marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc
    if (frame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    if (marker >> 8 !== 0xff) return null
    at += 2 + view.getUint16(at + 2)
  }
  return null
}
