import { pipeline } from "node:stream/promises"
import { Busboy } from "@fastify/busboy"
import type { Request } from "express"
import type { MediaKind } from "../../message.ts"
import type { ApiTexts } from "../../texts/conversation.ts"
import { ApiError } from "./api-error.ts"

/** Where photos and files from the page are kept; handed in, so that this channel knows nothing of disks. */
export interface Uploads {
  /** The largest file that is taken. */
  readonly maxBytes: number
  /** Keeps the bytes. The source begins with "blob:" and means the same bytes for good. */
  readonly acceptUpload: (
    bytes: Uint8Array,
    about: { readonly name: string; readonly mime: string },
  ) => Promise<{ readonly source: string }>
  /** The bytes behind a "blob:" source. Throws MediaUnavailableError when they are gone. */
  readonly readUpload: (source: string, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>
}

export interface Upload {
  readonly kind: Extract<MediaKind, "image" | "file">
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
  /** The other fields of the form. */
  readonly fields: Readonly<Record<string, string>>
}

const LIMITS = { files: 1, fields: 8, fieldSize: 32 * 1024, parts: 10 }
const AT_ONCE = 6
const MAX_NAME = 120

const OLE = [0xd0, 0xcf, 0x11, 0xe0]
const ZIP = [0x50, 0x4b, 0x03, 0x04]
const FTYP = [0x66, 0x74, 0x79, 0x70]
const OPEN_XML = "application/vnd.openxmlformats-officedocument"

/** What is taken, and how its bytes begin: a name or a claimed type proves nothing. */
const TYPES: Readonly<Record<string, { kind: Upload["kind"]; magic: readonly number[]; at?: number }>> = {
  "image/jpeg": { kind: "image", magic: [0xff, 0xd8, 0xff] },
  "image/png": { kind: "image", magic: [0x89, 0x50, 0x4e, 0x47] },
  "image/gif": { kind: "image", magic: [0x47, 0x49, 0x46, 0x38] },
  "image/webp": { kind: "image", magic: [0x57, 0x45, 0x42, 0x50], at: 8 },
  "image/heic": { kind: "image", magic: FTYP, at: 4 },
  "image/heif": { kind: "image", magic: FTYP, at: 4 },
  "application/pdf": { kind: "file", magic: [0x25, 0x50, 0x44, 0x46] },
  "application/msword": { kind: "file", magic: OLE },
  "application/vnd.ms-excel": { kind: "file", magic: OLE },
  [`${OPEN_XML}.wordprocessingml.document`]: { kind: "file", magic: ZIP },
  [`${OPEN_XML}.spreadsheetml.sheet`]: { kind: "file", magic: ZIP },
}

/** Reads one form with one file in its field `file`. Refuses with ApiError what is too large, another type, or no such form. */
export function createReadUpload(texts: ApiTexts, maxBytes: number): (request: Request) => Promise<Upload> {
  let open = 0
  return async (request) => {
    if (!request.is("multipart/form-data")) throw new ApiError({ status: 415, code: "wrong_type", message: texts.wrongUploadType })
    // Each is held in memory while it arrives.
    if (open >= AT_ONCE) throw new ApiError({ status: 503, code: "busy", message: texts.uploadsBusy, retryAfterSeconds: 10 })
    open += 1
    try {
      return fileIn(await formOf(request, { texts, maxBytes }), { texts, maxBytes })
    } finally {
      open -= 1
    }
  }
}

/** Whole megabytes, as citizens read them. */
export function megabytes(bytes: number): number {
  return Math.floor(bytes / (1024 * 1024))
}

interface Rules {
  readonly texts: ApiTexts
  readonly maxBytes: number
}

interface Form {
  readonly fields: Readonly<Record<string, string>>
  readonly file: { readonly name: string; readonly mime: string; readonly bytes: Buffer; readonly truncated: boolean } | null
}

async function formOf(request: Request, { texts, maxBytes }: Rules): Promise<Form> {
  const fields: Record<string, string> = {}
  let file: Form["file"] = null
  try {
    const headers = { ...request.headers, "content-type": request.get("Content-Type") ?? "" }
    const form = new Busboy({ headers, limits: { ...LIMITS, fileSize: maxBytes } })
    form.on("field", (name, value) => {
      fields[name] = value
    })
    form.on("file", (...[, stream, name, , mime]) => {
      const chunks: Buffer[] = []
      // What is beyond the limit is read and let go: browsers hear no answer while they still send.
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.on("end", () => {
        file = { name, mime, bytes: Buffer.concat(chunks), truncated: stream.truncated }
      })
    })
    await pipeline(request, form)
  } catch {
    throw new ApiError({ status: 400, code: "invalid_input", message: texts.invalidInput })
  }
  return { fields, file }
}

function fileIn({ fields, file }: Form, { texts, maxBytes }: Rules): Upload {
  if (!file || file.bytes.length === 0) throw new ApiError({ status: 400, code: "invalid_input", message: texts.fileMissing })
  if (file.truncated) throw new ApiError({ status: 413, code: "too_large", message: texts.uploadTooLarge(megabytes(maxBytes)) })
  const { bytes, name } = file
  const mime = file.mime.trim().toLowerCase()
  const type = TYPES[mime]
  if (!type?.magic.every((byte, i) => bytes[(type.at ?? 0) + i] === byte))
    throw new ApiError({ status: 415, code: "wrong_type", message: texts.wrongUploadType })
  return { kind: type.kind, name: safeName(name), mime, bytes, fields }
}

/** The file's own name, without folders and signs that mislead. */
function safeName(name: string): string {
  const last = name.normalize("NFC").split(/[\\/]/).at(-1) ?? ""
  const clean = last
    .replace(/[\p{C}\p{Zl}\p{Zp}<>:"|?*]/gu, "")
    .replace(/^\.+/, "")
    .trim()
  return clean.slice(-MAX_NAME) || "tep"
}
