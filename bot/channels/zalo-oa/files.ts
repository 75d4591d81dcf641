import type { Attachment, SendFailure } from "../../message.ts"
import { MAX_FILE_BYTES } from "./render.ts"

const MAX_IMAGE_BYTES = 1_000_000
const IMAGES = new Set(["image/jpeg", "image/png"])
const FILES = new Set(["application/pdf", "application/msword", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"])

type Checked =
  { readonly ok: true; readonly kind: "image" | "file"; readonly file: Attachment } | { readonly ok: false; readonly failure: SendFailure }

/** How a file can be handed to an Official Account (jpg and png up to 1 MB, pdf and Word up to 5 MB), or why it cannot. */
export async function checkFile(file: Attachment): Promise<Checked> {
  const kind = IMAGES.has(file.mime) ? "image" : FILES.has(file.mime) ? "file" : null
  if (kind === null) return refused(`${file.mime} is not taken`)
  const bytes = await file.read()
  const most = kind === "image" ? MAX_IMAGE_BYTES : MAX_FILE_BYTES
  if (bytes.length > most) return refused(`${bytes.length} bytes, at most ${most}`)
  return { ok: true, kind, file: { ...file, read: () => Promise.resolve(bytes) } }
}

function refused(detail: string): Checked {
  return { ok: false, failure: { kind: "rejected", detail } }
}
