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
interface Pages {
  readonly chat?: string
  readonly staff?: string
}

export async function runningCommune(dataDir: string, env: Record<string, string> = {}, { chat, staff }: Pages = {}): Promise<Service> {
  const config = readConfig({ DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "silent", ...env })
  const service = await startService(config, {
    logger: createLogger("silent"),
    ...(chat ? { pageFolder: chat } : {}),
    ...(staff ? { staffFolder: staff } : {}),
  })
  let stopped: Promise<void> | null = null
  const stop = () => (stopped ??= service.stop())
  onTestFinished(stop)
  return { ...service, stop }
}

/** Uses the one-time link up as the wizard does. */
export function setUp(service: Service, name: string): Promise<Response> {
  const body = {
    token: new URL(service.setupUrl ?? "").searchParams.get("ma"),
    commune: { kind: "xã", name, province: "Hải Phòng" },
    opening: {
      address: "Số 1 đường Thử",
      weekdays: [1, 2, 3, 4, 5],
      morning: { from: "07:30", to: "11:30" },
      afternoon: { from: "13:00", to: "17:00" },
      hotline: "0225 3 000 111",
    },
    admin: { person: "Trần Thị Quản", account: "quan.tri", password: "bốn con gà trống choai" },
    knowledge: "demo",
  }
  return fetch(`${service.url}api/quan-tri/setup`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-quan-tri": "1" },
    body: JSON.stringify(body),
  })
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
