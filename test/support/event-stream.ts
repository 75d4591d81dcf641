import { onTestFinished } from "vitest"

export interface StreamEvent {
  readonly event: string
  readonly id: string | null
  readonly data: unknown
}

export interface OpenStream {
  readonly status: number
  readonly events: StreamEvent[]
  /** True once the other side has ended the stream. */
  readonly ended: Promise<void>
  close(): void
}

/** Reads server-sent events as a browser does. */
export async function openStream(url: string, headers: Record<string, string> = {}): Promise<OpenStream> {
  const controller = new AbortController()
  const response = await fetch(url, { headers, signal: controller.signal })
  const events: StreamEvent[] = []
  const close = () => {
    controller.abort()
  }
  onTestFinished(close)
  const ended = response.ok ? readAll(response, events).catch(() => undefined) : Promise.resolve()
  return { status: response.status, events, ended, close }
}

async function readAll(response: Response, events: StreamEvent[]): Promise<void> {
  if (!response.body) return
  let text = ""
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split("\n\n")
    text = blocks.pop() ?? ""
    for (const block of blocks) {
      const fields = new Map(block.split("\n").map((line) => line.split(/: (.*)/s) as [string, string]))
      const data = fields.get("data")
      if (data !== undefined) events.push({ event: fields.get("event") ?? "message", id: fields.get("id") ?? null, data: JSON.parse(data) })
    }
  }
}
