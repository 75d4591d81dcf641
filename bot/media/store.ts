import { createHash, randomUUID } from "node:crypto"
import { createReadStream } from "node:fs"
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises"
import path from "node:path"
import { Readable } from "node:stream"
import { NotFoundError } from "../../errors.ts"
import { MediaUnavailableError } from "../message.ts"

/** A file that has arrived whole and is not kept yet: to be kept or dropped. */
export interface Arrived {
  readonly path: string
  readonly hash: string
  readonly bytes: number
}

export interface StoredFile {
  readonly path: string
  readonly bytes: number
}

/** Files under the SHA-256 of their content, each once, readable by the owner alone. */
export interface MediaStore {
  /** Writes a stream to a file of its own, never more than a chunk in memory. Throws MediaUnavailableError("too_large"). */
  receive(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Arrived>
  /** Puts it under its hash; one that is there already counts as fresh again. */
  keep(arrived: Arrived): Promise<void>
  drop(arrived: Arrived): Promise<void>
  /** The original, or null when it is not (or no longer) there. */
  open(hash: string): Promise<StoredFile | null>
  /** The redrawn picture beside it, or null when there is none. */
  display(hash: string): Promise<StoredFile | null>
  /** Runs `draw` once for a file and keeps what it gives; a picture on which the program died is not tried again. */
  keepDisplay(hash: string, draw: (path: string) => Promise<Uint8Array | null>): Promise<void>
  /** The whole file. Throws NotFoundError. */
  read(hash: string): Promise<Uint8Array>
  /** By the chunk. Throws NotFoundError. */
  stream(hash: string): Promise<AsyncIterable<Uint8Array>>
  /** Hashes that nobody has kept again since. */
  keptBefore(moment: Date): AsyncIterable<string>
  remove(hash: string): Promise<void>
  /** Drops what an interrupted run left half-written: only before anything is received. */
  tidy(): Promise<void>
}

const FILE_MODE = 0o600
const FOLDER_MODE = 0o700
const HASH = /^[0-9a-f]{64}$/
const ENDINGS = { display: ".display.jpg", begun: ".begun" } as const

/** A store in a folder that it alone uses. */
export function createMediaStore({ folder, now }: { folder: string; now: () => Date }): MediaStore {
  const incoming = path.join(folder, "incoming")
  const place = (hash: string) => {
    if (!HASH.test(hash)) throw new NotFoundError("No such file")
    return path.join(folder, hash.slice(0, 2), hash)
  }
  const opened = async (hash: string) => (await found(place(hash))) ?? missing()
  return {
    receive: (chunks, maxBytes) => receive(chunks, { maxBytes, incoming }),
    async keep(arrived) {
      const target = place(arrived.hash)
      await mkdir(path.dirname(target), { recursive: true, mode: FOLDER_MODE })
      if ((await found(target)) === null) await rename(arrived.path, target)
      else await rm(arrived.path, { force: true })
      await utimes(target, now(), now())
      await syncFolder(path.dirname(target))
    },
    drop: (arrived) => rm(arrived.path, { force: true }),
    open: (hash) => found(place(hash)),
    display: (hash) => found(place(hash) + ENDINGS.display),
    keepDisplay: async (hash, draw) => keepDisplay(place(hash), { draw, incoming }),
    read: async (hash) => readFile((await opened(hash)).path),
    stream: async (hash) => createReadStream((await opened(hash)).path) as AsyncIterable<Uint8Array>,
    keptBefore: (moment) => keptBefore(folder, moment),
    async remove(hash) {
      for (const ending of ["", ...Object.values(ENDINGS)]) await rm(place(hash) + ending, { force: true })
    },
    tidy: () => rm(incoming, { recursive: true, force: true }),
  }
}

function missing(): never {
  throw new NotFoundError("No such file")
}

async function found(file: string): Promise<StoredFile | null> {
  const stats = await stat(file).catch(unlessAbsent)
  return stats ? { path: file, bytes: stats.size } : null
}

function unlessAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null
  throw error
}

async function receive(
  chunks: AsyncIterable<Uint8Array>,
  { maxBytes, incoming }: { maxBytes: number; incoming: string },
): Promise<Arrived> {
  await mkdir(incoming, { recursive: true, mode: FOLDER_MODE })
  const target = path.join(incoming, randomUUID())
  const file = await open(target, "wx", FILE_MODE)
  const hash = createHash("sha256")
  let bytes = 0
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > maxBytes) throw new MediaUnavailableError("too_large")
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
  } catch (error) {
    await file.close()
    await rm(target, { force: true })
    throw error
  }
  await file.close()
  return { path: target, hash: hash.digest("hex"), bytes }
}

interface Drawing {
  readonly draw: (path: string) => Promise<Uint8Array | null>
  readonly incoming: string
}

async function keepDisplay(original: string, { draw, incoming }: Drawing): Promise<void> {
  const target = original + ENDINGS.display
  const begun = original + ENDINGS.begun
  if ((await found(target)) !== null || (await found(begun)) !== null) return
  await (await open(begun, "w", FILE_MODE)).close()
  const drawn = await draw(original)
  if (drawn !== null) {
    const { path: temporary } = await receive(Readable.from([drawn]) as AsyncIterable<Uint8Array>, { maxBytes: drawn.length, incoming })
    await rename(temporary, target)
    await syncFolder(path.dirname(target))
  }
  await rm(begun, { force: true })
}

async function* keptBefore(folder: string, moment: Date): AsyncGenerator<string> {
  const parts = await readdir(folder).catch(unlessAbsent)
  for (const part of parts?.filter((name) => /^[0-9a-f]{2}$/.test(name)) ?? []) {
    for (const hash of (await readdir(path.join(folder, part))).filter((name) => HASH.test(name))) {
      const stats = await stat(path.join(folder, part, hash)).catch(unlessAbsent)
      if (stats && stats.mtime < moment) yield hash
    }
  }
}

/** A renamed file survives a power cut only when its folder is written out too; Windows has nothing of the kind. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
