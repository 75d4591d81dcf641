import { createCanvas } from "@napi-rs/canvas"

/** A photo of a red and a blue half. */
export function photo(width = 60, height = 40): Promise<Buffer> {
  return drawn(width, height).encode("jpeg", 90)
}

export function drawing(width = 60, height = 40): Promise<Buffer> {
  return drawn(width, height).encode("png")
}

function drawn(width: number, height: number) {
  const canvas = createCanvas(width, height)
  const paper = canvas.getContext("2d")
  paper.fillStyle = "red"
  paper.fillRect(0, 0, width / 2, height)
  paper.fillStyle = "blue"
  paper.fillRect(width / 2, 0, width / 2, height)
  return canvas
}

/** What stands in the photo's GPS block of `withPlace`, as a reader would look for it. */
export const CAMERA = "Dien thoai cua ba Hoa"

/** The same photo as a phone would store it: turned by a quarter, with its camera and the place where it was taken. */
export function withPlace(jpeg: Buffer): Buffer {
  const camera = Buffer.from(`${CAMERA}\0`, "latin1")
  const gpsAt = 8 + 2 + 3 * 12 + 4
  const gpsLength = 2 + 2 * 12 + 4
  const cameraAt = gpsAt + gpsLength + 24
  const entry = (tag: number, type: number, given: { count: number; value: number | Buffer }) => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16LE(tag, 0)
    bytes.writeUInt16LE(type, 2)
    bytes.writeUInt32LE(given.count, 4)
    if (typeof given.value === "number") bytes.writeUInt32LE(given.value, 8)
    else given.value.copy(bytes, 8)
    return bytes
  }
  const count = (n: number) => Buffer.from([n, 0])
  const end = Buffer.alloc(4)
  const rationals = Buffer.alloc(24)
  // 20° 51′ 54″ N
  ;[20, 1, 51, 1, 54, 1].forEach((n, i) => rationals.writeUInt32LE(n, i * 4))
  const tiff = Buffer.concat([
    Buffer.from("49492a0008000000", "hex"),
    count(3),
    entry(0x010f, 2, { count: camera.length, value: cameraAt }),
    entry(0x0112, 3, { count: 1, value: 6 }),
    entry(0x8825, 4, { count: 1, value: gpsAt }),
    end,
    count(2),
    entry(1, 2, { count: 2, value: Buffer.from("N\0") }),
    entry(2, 5, { count: 3, value: gpsAt + gpsLength }),
    end,
    rationals,
    camera,
  ])
  const exif = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff])
  const marker = Buffer.from([0xff, 0xe1, 0, 0])
  marker.writeUInt16BE(exif.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), marker, exif, jpeg.subarray(2)])
}

/** A ZIP of stored files; `claims` is the unpacked size that its table of contents tells. */
export function zip(files: readonly { readonly name: string; readonly content?: string; readonly claims?: number }[]): Buffer {
  const locals: Buffer[] = []
  const table: Buffer[] = []
  let at = 0
  for (const { name, content = "", claims } of files) {
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt32LE(content.length, 18)
    local.writeUInt32LE(content.length, 22)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt32LE(content.length, 20)
    entry.writeUInt32LE(claims ?? content.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    locals.push(local, Buffer.from(name + content))
    table.push(entry, Buffer.from(name))
    at += 30 + name.length + content.length
  }
  const contents = Buffer.concat(table)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(contents.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, contents, end])
}

export const WORD = [{ name: "[Content_Types].xml" }, { name: "word/document.xml", content: "<w:document/>" }]
export const PROGRAM = Buffer.concat([Buffer.from("MZ\x90\0\x03\0\0\0", "latin1"), Buffer.alloc(200, 7)])
export const IPHONE_PHOTO = Buffer.concat([Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), Buffer.alloc(300, 1)])
export const PDF = Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
/** An old office file whose stream has this name. */
export const ole = (...streams: readonly string[]) =>
  Buffer.concat([
    Buffer.from("d0cf11e0a1b11ae1", "hex"),
    Buffer.alloc(504),
    ...streams.flatMap((name) => [Buffer.from(`${name}\0`, "utf16le"), Buffer.alloc(300_000)]),
  ])
