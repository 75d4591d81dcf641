import { type FileHandle, open } from "node:fs/promises"
import type { MediaKind } from "../message.ts"
import { officeInZip } from "./office-zip.ts"
import { officeInOle } from "./office-ole.ts"

/** Why a file is held back although it arrived whole. */
export type Danger = "executable" | "script" | "archive" | "markup" | "macro" | "bomb" | "empty" | "unknown"

export interface FileType {
  readonly mime: string
  /** The usual ending first; a name with any of them tells the truth. */
  readonly endings: readonly [string, ...string[]]
  readonly kind: Exclude<MediaKind, "sticker" | "voice">
}

export type Recognised = { readonly ok: true; readonly type: FileType } | { readonly ok: false; readonly danger: Danger }

const type = (kind: FileType["kind"], mime: string, ...endings: FileType["endings"]): FileType => ({ kind, mime, endings })

const OPEN_XML = "application/vnd.openxmlformats-officedocument"
const OPEN_DOCUMENT = "application/vnd.oasis.opendocument"

/** Everything that citizens may send. */
export const TYPES = {
  jpeg: type("image", "image/jpeg", "jpg", "jpeg", "jpe", "jfif"),
  png: type("image", "image/png", "png"),
  gif: type("image", "image/gif", "gif"),
  webp: type("image", "image/webp", "webp"),
  bmp: type("image", "image/bmp", "bmp", "dib"),
  tiff: type("image", "image/tiff", "tif", "tiff"),
  heic: type("image", "image/heic", "heic", "heif"),
  avif: type("image", "image/avif", "avif"),
  pdf: type("file", "application/pdf", "pdf"),
  docx: type("file", `${OPEN_XML}.wordprocessingml.document`, "docx"),
  xlsx: type("file", `${OPEN_XML}.spreadsheetml.sheet`, "xlsx"),
  pptx: type("file", `${OPEN_XML}.presentationml.presentation`, "pptx"),
  odt: type("file", `${OPEN_DOCUMENT}.text`, "odt"),
  ods: type("file", `${OPEN_DOCUMENT}.spreadsheet`, "ods"),
  odp: type("file", `${OPEN_DOCUMENT}.presentation`, "odp"),
  doc: type("file", "application/msword", "doc", "dot"),
  xls: type("file", "application/vnd.ms-excel", "xls", "xlt"),
  ppt: type("file", "application/vnd.ms-powerpoint", "ppt", "pps"),
  mp3: type("audio", "audio/mpeg", "mp3", "mpga"),
  ogg: type("audio", "audio/ogg", "ogg", "oga", "opus"),
  wav: type("audio", "audio/wav", "wav"),
  m4a: type("audio", "audio/mp4", "m4a", "mp4", "aac"),
  aac: type("audio", "audio/aac", "aac"),
  amr: type("audio", "audio/amr", "amr", "3ga"),
  flac: type("audio", "audio/flac", "flac"),
  mp4: type("video", "video/mp4", "mp4", "m4v", "m4a", "3gp", "3g2", "mov"),
  mov: type("video", "video/quicktime", "mov", "qt", "mp4"),
  webm: type("video", "video/webm", "webm", "mkv"),
  avi: type("video", "video/x-msvideo", "avi"),
} as const satisfies Record<string, FileType>

interface Sign {
  readonly at?: number
  /** As latin-1 text; "?" is any byte. */
  readonly bytes: string
  readonly is: keyof typeof TYPES | Danger | "zip" | "ole" | "boxes"
}

/** The first sign that fits decides, so what can run stands before what only looks harmless. */
const SIGNS: readonly Sign[] = [
  { bytes: "MZ", is: "executable" },
  { bytes: "\x7fELF", is: "executable" },
  { bytes: "\xfe\xed\xfa\xce", is: "executable" },
  { bytes: "\xfe\xed\xfa\xcf", is: "executable" },
  { bytes: "\xce\xfa\xed\xfe", is: "executable" },
  { bytes: "\xcf\xfa\xed\xfe", is: "executable" },
  { bytes: "\xca\xfe\xba\xbe", is: "executable" },
  { bytes: "dex\n", is: "executable" },
  { bytes: "\0asm", is: "executable" },
  { bytes: "L\0\0\0\x01\x14\x02\0", is: "executable" },
  { bytes: "#!AMR", is: "amr" },
  { bytes: "#!", is: "script" },
  { bytes: "\xff\xd8\xff", is: "jpeg" },
  { bytes: "\x89PNG\r\n\x1a\n", is: "png" },
  { bytes: "GIF87a", is: "gif" },
  { bytes: "GIF89a", is: "gif" },
  { bytes: "RIFF????WEBP", is: "webp" },
  { bytes: "RIFF????WAVE", is: "wav" },
  { bytes: "RIFF????AVI ", is: "avi" },
  { bytes: "BM????\0\0\0\0", is: "bmp" },
  { bytes: "II*\0", is: "tiff" },
  { bytes: "MM\0*", is: "tiff" },
  { bytes: "%PDF-", is: "pdf" },
  { bytes: "\xef\xbb\xbf%PDF-", is: "pdf" },
  { bytes: "PK\x03\x04", is: "zip" },
  { bytes: "PK", is: "archive" },
  { bytes: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", is: "ole" },
  { at: 4, bytes: "ftyp", is: "boxes" },
  { bytes: "OggS", is: "ogg" },
  { bytes: "ID3", is: "mp3" },
  { bytes: "\xff\xf1", is: "aac" },
  { bytes: "\xff\xf9", is: "aac" },
  { bytes: "\xff\xfb", is: "mp3" },
  { bytes: "\xff\xfa", is: "mp3" },
  { bytes: "\xff\xf3", is: "mp3" },
  { bytes: "\xff\xf2", is: "mp3" },
  { bytes: "fLaC", is: "flac" },
  { bytes: "\x1aE\xdf\xa3", is: "webm" },
  { bytes: "Rar!", is: "archive" },
  { bytes: "7z\xbc\xaf'\x1c", is: "archive" },
  { bytes: "\x1f\x8b", is: "archive" },
  { bytes: "BZh", is: "archive" },
  { bytes: "\xfd7zXZ\0", is: "archive" },
  { bytes: "(\xb5/\xfd", is: "archive" },
  { bytes: "MSCF", is: "archive" },
  { at: 257, bytes: "ustar", is: "archive" },
]

/** The brand of an ISO media file (HEIC photos of iPhones, MP4, voice of Zalo); any other brand is a film. */
const BRANDS: readonly (readonly [RegExp, keyof typeof TYPES])[] = [
  [/^(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/, "heic"],
  [/^avi[fs]$/, "avif"],
  [/^M4[AB] $/, "m4a"],
  [/^qt {2}$/, "mov"],
]
const MARKUP = /^\s*(?:<\?xml|<!doctype|<!--|<(?:html|head|body|script|svg|iframe|style|meta|title|table|div|a|p|br)[\s/>])/i
const SCRIPT = /^\s*(?:@echo|<\?php|<%|\$\w+\s*=|(?:on error|dim|option explicit|powershell|cmd|var|let|const|function|import)\b)/i

const HEAD_BYTES = 1024

/** What a file is by its content, whatever it is called. It is never decoded, unpacked or run. */
export async function recognise(path: string): Promise<Recognised> {
  const file = await open(path, "r")
  try {
    return await recogniseOpen(file)
  } finally {
    await file.close()
  }
}

async function recogniseOpen(file: FileHandle): Promise<Recognised> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
  const head = buffer.toString("latin1", 0, bytesRead)
  if (head === "") return { ok: false, danger: "empty" }
  const sign = SIGNS.find((each) => fits(each, head))?.is ?? (textSign(buffer.subarray(0, bytesRead)) || "unknown")
  if (sign === "zip") return named(await officeInZip(file))
  if (sign === "ole") return named(await officeInOle(file))
  return named(sign === "boxes" ? brandOf(head) : sign)
}

const named = (sign: keyof typeof TYPES | Danger): Recognised =>
  sign in TYPES ? { ok: true, type: TYPES[sign as keyof typeof TYPES] } : { ok: false, danger: sign as Danger }

function fits({ at = 0, bytes }: Sign, head: string): boolean {
  return head.length >= at + bytes.length && Array.from(bytes).every((byte, i) => byte === "?" || byte === head[at + i])
}

function brandOf(head: string): keyof typeof TYPES {
  return BRANDS.find(([brand]) => brand.test(head.slice(8, 12)))?.[1] ?? "mp4"
}

/** Markup and scripts are text of any encoding: the zero bytes of UTF-16 are looked through. */
function textSign(head: Buffer): "markup" | "script" | null {
  const text = head
    .toString("latin1")
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, "")
    .replaceAll("\0", "")
  return MARKUP.test(text) ? "markup" : SCRIPT.test(text) ? "script" : null
}

/** True when the ending of a name promises something else than what the file is. A name without one promises nothing. */
export function nameLies(name: string | null, recognised: Recognised): boolean {
  const ending = endingOf(name)
  if (ending === null) return false
  if (recognised.ok) return !recognised.type.endings.includes(ending)
  return Object.values(TYPES).some(({ endings }) => (endings as readonly string[]).includes(ending))
}

function endingOf(name: string | null): string | null {
  return /\.([a-z0-9]{1,8})\s*$/i.exec(name ?? "")?.[1]?.toLowerCase() ?? null
}
