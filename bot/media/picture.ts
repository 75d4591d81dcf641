import { type ChildProcess, fork } from "node:child_process"
import { readFile } from "node:fs/promises"
import path from "node:path"
import { dimensionsOf } from "./dimensions.ts"

export interface PictureLimits {
  /** A larger picture is kept but never decoded: a small file can claim any size. */
  readonly maxPixels: number
  /** The longer edge of what is shown. */
  readonly maxEdge: number
}

/** A JPEG of a picture's pixels and nothing else (no place, no camera, no preview), or null when it cannot or must not be decoded. */
export type Redraw = (picture: { readonly path: string; readonly mime: string }) => Promise<Buffer | null>

/** What goes to the decoding process, and what comes back. */
export interface PictureJob {
  readonly path: string
  readonly maxEdge: number
}
export interface PictureReply {
  readonly jpeg: Uint8Array | null
}

const PATIENCE_MS = 20_000
/** Photos come in bursts; after one, the process and the memory that it took are given back. */
const IDLE_MS = 5_000

/**
 * Redraws pictures one at a time, because a decoded one takes some 160 MB, and in a process of its own: a truncated JPEG ends
 * the process that decodes it, not only the attempt.
 */
export function createRedraw({ maxPixels, maxEdge }: PictureLimits): Redraw {
  let last: Promise<unknown> = Promise.resolve()
  const decoder = createDecoder()
  return (picture) => {
    const drawn = last.then(async () => {
      const told = dimensionsOf(await readFile(picture.path), picture.mime)
      if (told === null || told.width * told.height > maxPixels) return null
      return decoder({ path: picture.path, maxEdge })
    })
    last = drawn.catch(() => undefined)
    return drawn
  }
}

function createDecoder(): (job: PictureJob) => Promise<Buffer | null> {
  let child: ChildProcess | null = null
  let idle: NodeJS.Timeout | undefined
  const end = () => {
    child?.kill("SIGKILL")
    child = null
  }
  return async (job) => {
    clearTimeout(idle)
    if (child?.connected !== true) child = startDecoder()
    const jpeg = await ask(child, job)
    if (jpeg === null) end()
    else idle = setTimeout(end, IDLE_MS).unref()
    return jpeg && Buffer.from(jpeg)
  }
}

function startDecoder(): ChildProcess {
  // Run from source the process is TypeScript, in the built product JavaScript.
  const ending = path.extname(import.meta.filename)
  const child = fork(path.join(import.meta.dirname, `picture-process${ending}`), [], {
    execArgv: ending === ".ts" ? ["--import", "tsx"] : [],
    // It needs no settings, and must see no tokens.
    env: {},
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  })
  // It never keeps the server from ending.
  child.unref()
  child.channel?.unref()
  return child
}

/** Resolves with the picture, or with null when the process ends, fails or takes too long. */
function ask(child: ChildProcess, job: PictureJob): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const finish = (jpeg: Uint8Array | null) => {
      clearTimeout(timer)
      child.off("message", onMessage)
      child.off("exit", onEnd)
      child.off("error", onEnd)
      resolve(jpeg)
    }
    const onMessage = (reply: unknown) => finish((reply as PictureReply).jpeg)
    const onEnd = () => finish(null)
    const timer = setTimeout(onEnd, PATIENCE_MS)
    child.on("message", onMessage)
    child.once("exit", onEnd)
    child.once("error", onEnd)
    child.send(job, (error) => {
      if (error) onEnd()
    })
  })
}
