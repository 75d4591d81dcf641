import { spawn } from "node:child_process"
import path from "node:path"

/** The product itself, serving in a process of its own. */
export interface Child {
  readonly url: string
  /** Ends it in order; resolves when the process is gone. */
  stop(): Promise<void>
  /** Ends it as a power cut would, in the middle of whatever it does. */
  kill(): Promise<void>
}

/** Starts the built product on a free port and resolves when it says that it is ready; throws what it said when it ends before. */
export function startChild(dataDir: string, settings: Readonly<Record<string, string>> = {}): Promise<Child> {
  const env = { PATH: path.dirname(process.execPath), DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "silent", ...settings }
  const child = spawn(process.execPath, [process.argv[1] ?? "", "start"], { env, stdio: ["ignore", "pipe", "inherit"] })
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()))
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return new Promise((resolve, reject) => {
    let output = ""
    child.once("exit", () => reject(new Error(output)))
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8")
      const url = /https?:\/\/\S+\//.exec(output)?.[0]
      if (url && output.includes("Ctrl+C")) resolve({ url, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") })
    })
  })
}
