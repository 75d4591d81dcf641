import { fork, type ChildProcess } from "node:child_process"
import path from "node:path"
import type { ReadLimits } from "../reading/limits.ts"
import type { Reading } from "../reading/reading.ts"
import { UNREADABLE, type UnreadableReason } from "../reading/unreadable.ts"
import type { FromReader, ReadJob } from "./reader-messages.ts"

export interface ReaderSettings {
  readonly limits: ReadLimits
  /** The program that does OCR. */
  readonly tesseract: string
  /** All that the reading process may see of the environment: no tokens. */
  readonly environment: Readonly<Record<string, string>>
}

export type ReadOutcome =
  | { readonly ok: true; readonly reading: Reading }
  /** `detail` is for operators. `interrupted`: the process ended without a word, another try may succeed. */
  | {
      readonly ok: false
      readonly reason: UnreadableReason
      readonly message: string
      readonly detail: string | null
      readonly interrupted: boolean
    }

/** Reads files one after the other in a process of its own, which is replaced when a file brings it down. */
export interface FileReader {
  read(file: { path: string; name: string; id: string }, onPage?: (done: number, total: number) => void): Promise<ReadOutcome>
  /** Ends the process; a file that is being read comes back as interrupted. */
  close(): Promise<void>
  /** Process id while there is one. */
  readonly pid: number | undefined
}

/** Nothing is started before the first file. */
export function createFileReader(settings: ReaderSettings): FileReader {
  let child: ChildProcess | null = null
  let line: Promise<unknown> = Promise.resolve()
  const open = () => {
    if (child) return child
    const started = startReader(settings)
    started.once("exit", () => {
      if (child === started) child = null
    })
    child = started
    return started
  }
  const end = async (running: ChildProcess | null) => {
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const gone = new Promise<void>((resolve) => running.once("exit", () => resolve()))
    running.kill("SIGKILL")
    await gone
  }
  return {
    get pid() {
      return child?.pid
    },
    read(file, onPage = () => undefined) {
      const job: ReadJob = { file: file.path, name: file.name, id: file.id, limits: settings.limits, tesseract: settings.tesseract }
      const outcome = line.then(async () => {
        const used = open()
        const { result, rss } = await ask(used, job, onPage)
        // What a parser kept from the last file must not count against the next.
        if (rss > settings.limits.maxMemoryBytes / 2 || !result.ok) await end(used)
        return result
      })
      line = outcome.catch(() => undefined)
      return outcome
    },
    close: () => end(child),
  }
}

/** Starts the process that opens files from outside. */
export function startReader({ limits, environment }: ReaderSettings): ChildProcess {
  // Run from source the reader is TypeScript, in the built product JavaScript.
  const ending = path.extname(import.meta.filename)
  const heapMb = Math.round(limits.maxMemoryBytes / 1024 / 1024)
  const execArgv = [`--max-old-space-size=${heapMb}`, ...(ending === ".ts" ? ["--import", "tsx"] : [])]
  return fork(path.join(import.meta.dirname, `reader-process${ending}`), [], {
    execArgv,
    env: environment,
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  })
}

const MAX_STDERR = 4000
const OUT_OF_MEMORY = /out of memory/i

/** Resolves with what became of the job, whatever becomes of the process. */
function ask(
  child: ChildProcess,
  job: ReadJob,
  onPage: (done: number, total: number) => void,
): Promise<{ result: ReadOutcome; rss: number }> {
  return new Promise((resolve) => {
    let stderr = ""
    let timer: NodeJS.Timeout | undefined
    let slow = false
    const watch = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        slow = true
        child.kill("SIGKILL")
      }, job.limits.pageMs)
    }
    const onError = (chunk: Buffer) => (stderr = (stderr + chunk.toString("utf8")).slice(-MAX_STDERR))
    const finish = (result: ReadOutcome, rss = 0) => {
      clearTimeout(timer)
      child.off("message", onMessage)
      child.off("close", onExit)
      child.off("error", onExit)
      child.stderr?.off("data", onError)
      resolve({ result, rss })
    }
    const onMessage = (message: unknown) => {
      const told = message as FromReader
      watch()
      if (told.type === "page") onPage(told.done, told.total)
      else if (told.type === "drawn") return
      else if (told.type === "read") finish({ ok: true, reading: told.reading }, told.rss)
      else finish({ ok: false, reason: told.reason, message: told.message, detail: told.detail, interrupted: false })
    }
    const onExit = () => finish(ended({ slow, stderr }))
    child.on("message", onMessage)
    // "close" comes after "exit", when everything that the process wrote has been read.
    child.once("close", onExit)
    child.once("error", onExit)
    child.stderr?.on("data", onError)
    watch()
    child.send(job, (error) => {
      if (error) onExit()
    })
  })
}

function ended({ slow, stderr }: { slow: boolean; stderr: string }): ReadOutcome {
  const reason: UnreadableReason = slow ? "too_slow" : OUT_OF_MEMORY.test(stderr) ? "too_much_memory" : "crashed"
  return { ok: false, reason, message: UNREADABLE[reason], detail: stderr.trim() || null, interrupted: reason === "crashed" }
}
