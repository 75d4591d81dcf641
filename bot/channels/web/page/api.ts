import { TEXTS } from "./texts.ts"
import type { Answer, ChatReply, ChatRequest, Info, Verdict } from "./types.ts"

const ANSWER_LIMIT_MS = 60_000

/** A refusal of the server, or no server at all (status 0); the message is for the citizen. */
export class ApiError extends Error {
  readonly status: number
  readonly retryAfterSeconds: number | undefined

  constructor(message: string, status: number, retryAfterSeconds?: number) {
    super(message)
    this.name = new.target.name
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export interface Api {
  info(): Promise<Info>
  ask(request: ChatRequest, signal: AbortSignal): Promise<ChatReply>
  feedback(conversationId: string, answerId: string, verdict: Verdict): Promise<void>
}

/** The server of this page, over fetch. */
export const api: Api = {
  async info() {
    return (await (await call("/api/info", {})).json()) as Info
  },

  async ask(request, signal) {
    const limit = new AbortController()
    const stop = (): void => {
      limit.abort()
    }
    const timer = setTimeout(stop, ANSWER_LIMIT_MS)
    signal.addEventListener("abort", stop)
    if (signal.aborted) stop()
    try {
      const reply = (await (await call("/api/chat", post(request, limit.signal))).json()) as ChatReply
      return { ...reply, answer: readAnswer(reply.answer) }
    } catch (error) {
      if (error instanceof ApiError) throw error
      throw new ApiError(limit.signal.aborted ? TEXTS.slow : TEXTS.unsent, 0)
    } finally {
      clearTimeout(timer)
      signal.removeEventListener("abort", stop)
    }
  },

  async feedback(conversationId, answerId, verdict) {
    await call("/api/chat/feedback", post({ conversationId, answerId, verdict }))
  },
}

/** An answer as the page relies on it: the lists are there, if empty. */
export function readAnswer(answer: Partial<Answer> & Pick<Answer, "id">): Answer {
  return { status: "", text: "", ...answer, citations: answer.citations ?? [], choices: answer.choices ?? [] }
}

function post(body: unknown, signal: AbortSignal | null = null): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal }
}

async function call(address: string, request: RequestInit): Promise<Response> {
  const response = await fetch(address, request)
  if (response.ok) return response
  const body = (await response.json().catch(() => null)) as ErrorBody | null
  throw new ApiError(body?.error?.message ?? TEXTS.serverError, response.status, body?.error?.retryAfterSeconds)
}

interface ErrorBody {
  readonly error?: { readonly message?: string; readonly retryAfterSeconds?: number }
}
