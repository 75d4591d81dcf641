import { once } from "node:events"
import type { ChildProcess } from "node:child_process"
import { startReader, type ReaderSettings } from "./file-reader.ts"
import type { DrawJob, FromReader } from "./reader-messages.ts"

/** Draws pages for people who compare; in a process of its own, since a file may do anything to what opens it. */
export interface PagePictures {
  /** PNG of a page (from 1) of a PDF; null when it cannot be drawn. */
  draw(file: string, page: number): Promise<Uint8Array | null>
  close(): Promise<void>
}

/** Enough to read small print, and half as many pixels as OCR wants. */
const DPI = 130
const IDLE_MS = 60_000

/** One page after the other; the process is started when first needed and ends when nobody looks at pages any more. */
export function createPagePictures(settings: ReaderSettings): PagePictures {
  let child: ChildProcess | null = null
  let line: Promise<unknown> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined
  const close = async () => {
    clearTimeout(idle)
    const running = child
    child = null
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const gone = once(running, "exit")
    running.kill("SIGKILL")
    await gone
  }
  return {
    draw(file, page) {
      const drawn = line.then(async () => {
        clearTimeout(idle)
        if (child?.connected !== true) child = startReader(settings)
        const png = await ask(child, { draw: page, file, limits: { ...settings.limits, dpi: DPI } })
        if (png === null) await close()
        else idle = setTimeout(() => void close(), IDLE_MS).unref()
        return png
      })
      line = drawn.catch(() => undefined)
      return drawn
    },
    close,
  }
}

function ask(child: ChildProcess, job: DrawJob): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const finish = (png: Uint8Array | null) => {
      clearTimeout(timer)
      child.off("message", onMessage)
      child.off("close", onEnd)
      child.off("error", onEnd)
      resolve(png)
    }
    const onMessage = (message: unknown) => {
      const told = message as FromReader
      finish(told.type === "drawn" ? told.png : null)
    }
    const onEnd = () => finish(null)
    const timer = setTimeout(onEnd, job.limits.pageMs)
    child.on("message", onMessage)
    child.once("close", onEnd)
    child.once("error", onEnd)
    // Nobody reads what it complains of; an unread pipe would stop it.
    child.stderr?.resume()
    child.send(job, (error) => {
      if (error) onEnd()
    })
  })
}
