export interface Multipart {
  readonly fields: Readonly<Record<string, string>>
  readonly files: ReadonlyMap<string, { readonly name: string; readonly bytes: Buffer }>
}

/** Reads a multipart form; names of files may stand without quotation marks, as Telegram allows. */
export function readMultipart(body: Buffer, contentType: string): Multipart {
  const boundary = `--${/boundary=(.+)$/.exec(contentType)?.[1] ?? ""}`
  const fields: Record<string, string> = {}
  const files = new Map<string, { name: string; bytes: Buffer }>()
  // In latin1 one letter is one byte, so places found in the text are places in the bytes.
  const parts = body.toString("latin1").split(boundary).slice(1, -1)
  for (const part of parts) {
    const end = part.indexOf("\r\n\r\n")
    const head = Buffer.from(part.slice(0, end), "latin1").toString("utf8")
    const content = Buffer.from(part.slice(end + 4).replace(/\r\n$/, ""), "latin1")
    const name = /\bname="([^"]*)"/.exec(head)?.[1] ?? ""
    const file = /filename=([^;\r\n]*)/.exec(head)?.[1]
    if (file === undefined) fields[name] = content.toString("utf8")
    else files.set(name, { name: file, bytes: content })
  }
  return { fields, files }
}
