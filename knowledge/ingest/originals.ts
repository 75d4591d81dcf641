import { createHash, randomBytes } from "node:crypto"
import { createReadStream } from "node:fs"
import { copyFile, mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises"
import path from "node:path"
import { pipeline } from "node:stream/promises"

/** Where the original with this hash lies. */
export const originalPath = (folder: string, sha256: string) => path.join(folder, sha256.slice(0, 2), sha256)

/** SHA-256 of a file, read in pieces. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash("sha256")
  await pipeline(createReadStream(file), hash)
  return hash.digest("hex")
}

export const hashBytes = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")

/** Keeps a file under its hash; it is there whole or not at all. Keeping it twice does nothing. */
export async function keepOriginal(folder: string, sha256: string, content: Uint8Array | { readonly path: string }): Promise<void> {
  const target = originalPath(folder, sha256)
  if (await stat(target).catch(() => null)) return
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
  const aside = `${target}.${randomBytes(6).toString("hex")}.part`
  try {
    if (content instanceof Uint8Array) await writeFile(aside, content, { mode: 0o600 })
    else await copyFile(content.path, aside)
    await flush(aside)
    await rename(aside, target)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
}

/** Also of a copy, which takes over the modes of what was copied. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, "r+")
  try {
    await handle.chmod(0o600)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export const forgetOriginal = (folder: string, sha256: string) => rm(originalPath(folder, sha256), { force: true })
