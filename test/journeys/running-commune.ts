import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { onTestFinished } from "vitest"
import { readConfig } from "../../config.ts"
import { createLogger } from "../../logger.ts"
import { startService, type Service } from "../../serve.ts"

/** A folder that is gone when the test ends. */
export function aDataDir(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "tro-ly-xa-journey-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The whole product, as `npm start` joins it, on a free port. */
export async function runningCommune(dataDir: string, env: Record<string, string> = {}, pageFolder?: string): Promise<Service> {
  const config = readConfig({ DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "silent", ...env })
  const service = await startService(config, { logger: createLogger("silent"), ...(pageFolder ? { pageFolder } : {}) })
  let stopped: Promise<void> | null = null
  const stop = () => (stopped ??= service.stop())
  onTestFinished(stop)
  return { ...service, stop }
}

export interface Reply {
  readonly conversationId: string
  readonly answer: {
    readonly id: string
    readonly status: string
    readonly text: string
    readonly procedure?: { readonly code: string }
    readonly fields: Readonly<Record<string, string>>
    readonly candidates: readonly { readonly code: string }[]
    readonly citations: readonly { readonly sourceId: string; readonly quote: string }[]
    readonly choices: readonly { readonly id: string; readonly label: string }[]
    readonly ms: number
  }
}

/** One citizen at the web page: keeps the conversation between questions. */
export function aCitizen(service: Service): (text: string, more?: object) => Promise<Reply> {
  let conversationId: string | undefined
  return async (text, more = {}) => {
    const response = await fetch(`${service.url}api/chat`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text, ...(conversationId ? { conversationId } : {}), ...more }),
    })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    const reply = (await response.json()) as Reply
    conversationId = reply.conversationId
    return reply
  }
}
