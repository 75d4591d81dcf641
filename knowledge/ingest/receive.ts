import { createHash } from "node:crypto"
import { createWriteStream } from "node:fs"
import { mkdir, rename, rm, stat } from "node:fs/promises"
import path from "node:path"
import { Transform, type Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { UnreadableFileError } from "../reading/unreadable.ts"
import { hashBytes, hashFile, keepOriginal, originalPath } from "./originals.ts"

/** What somebody gives in: bytes, where they lie, or a stream that is on its way. */
export type GivenContent = Uint8Array | { readonly path: string } | { readonly stream: Readable }

/** An original that is kept, but on no list yet. */
export interface KeptFile {
  readonly sha256: string
  readonly bytes: number
}

export type KeepOutcome = { readonly ok: true; readonly kept: KeptFile } | { readonly ok: false; readonly message: string }

const MB = 1024 * 1024
const INCOMING = "incoming"

/** Keeps an original under its hash. Refuses, in words, what is empty or too large; of a stream no more than that is written. */
export async function keepGiven(
  content: GivenContent,
  { folder, maxBytes, id }: { readonly folder: string; readonly maxBytes: number; readonly id: string },
): Promise<KeepOutcome> {
  if ("stream" in content) return keepStream(content.stream, { folder, maxBytes, id })
  const bytes = content instanceof Uint8Array ? content.length : (await stat(content.path)).size
  const refusal = refusalOf(bytes, maxBytes)
  if (refusal) return { ok: false, message: refusal }
  const sha256 = content instanceof Uint8Array ? hashBytes(content) : await hashFile(content.path)
  await keepOriginal(folder, sha256, content)
  return { ok: true, kept: { sha256, bytes } }
}

/** What can be told at the door by the size alone; null when it may come in. */
export function refusalOf(bytes: number, maxBytes: number): string | null {
  if (bytes === 0) return new UnreadableFileError("empty").message
  if (bytes <= maxBytes) return null
  return new UnreadableFileError("too_large", { detail: `${Math.ceil(bytes / MB)} MB, tối đa ${Math.round(maxBytes / MB)} MB` }).message
}

/** Removes what uploads left behind that ended with the program. */
export const forgetUnfinished = (folder: string) => rm(path.join(folder, INCOMING), { recursive: true, force: true })

async function keepStream(stream: Readable, place: { folder: string; maxBytes: number; id: string }): Promise<KeepOutcome> {
  const { folder, maxBytes, id } = place
  const aside = path.join(folder, INCOMING, `${id}.part`)
  await mkdir(path.dirname(aside), { recursive: true, mode: 0o700 })
  const hash = createHash("sha256")
  let bytes = 0
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(bytes > maxBytes ? new TooLarge() : null, chunk)
    },
  })
  try {
    await pipeline(stream, measured, createWriteStream(aside, { mode: 0o600, flush: true }))
    const refusal = refusalOf(bytes, maxBytes)
    if (refusal) return { ok: false, message: refusal }
    const sha256 = hash.digest("hex")
    const target = originalPath(folder, sha256)
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
    // The same bytes may be there already; then nothing but the name of the file changes hands.
    await rename(aside, target)
    return { ok: true, kept: { sha256, bytes } }
  } catch (error) {
    if (error instanceof TooLarge) return { ok: false, message: refusalOf(bytes, maxBytes) ?? "" }
    throw error
  } finally {
    await rm(aside, { force: true })
  }
}

class TooLarge extends Error {}
