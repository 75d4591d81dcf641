import { upload, type UploadParts } from "./attach/upload.ts"
import { ApiError, refusal } from "./api-error.ts"
import { readAnswer } from "./read-answer.ts"
import { TEXTS } from "./texts.ts"
import type { ChatReply, ChatRequest, Info, Verdict } from "./types.ts"

const ANSWER_LIMIT_MS = 60_000

export interface Api {
  info(): Promise<Info>
  ask(request: ChatRequest, signal: AbortSignal): Promise<ChatReply>
  /** Sends a photo or file with the words beside it. */
  upload(request: ChatRequest, given: UploadParts): Promise<ChatReply>
  feedback(conversationId: string, answerId: string, verdict: Verdict): Promise<void>
}

/** The assistant's server at this address, "" being the server of the page. */
export function createApi(base: string): Api {
  return {
    async info() {
      return (await (await call(`${base}/api/info`, {})).json()) as Info
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
        const reply = (await (await call(`${base}/api/chat`, post(request, limit.signal))).json()) as ChatReply
        return { ...reply, answer: readAnswer(reply.answer) }
      } catch (error) {
        if (error instanceof ApiError) throw error
        throw new ApiError(limit.signal.aborted ? TEXTS.slow : TEXTS.unsent, 0)
      } finally {
        clearTimeout(timer)
        signal.removeEventListener("abort", stop)
      }
    },

    upload: (request, given) => upload(`${base}/api/chat/media`, { request, ...given }),

    async feedback(conversationId, answerId, verdict) {
      await call(`${base}/api/chat/feedback`, post({ conversationId, answerId, verdict }))
    },
  }
}

function post(body: unknown, signal: AbortSignal | null = null): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal }
}

async function call(address: string, request: RequestInit): Promise<Response> {
  const response = await fetch(address, request)
  if (response.ok) return response
  throw refusal(response.status, await response.json().catch(() => null))
}
