import { ApiError, refusal } from "../api-error.ts"
import { readAnswer } from "../read-answer.ts"
import { TEXTS } from "../texts.ts"
import type { ChatReply, ChatRequest } from "../types.ts"

/** A slow line in a village needs its time for a photo. */
const UPLOAD_LIMIT_MS = 5 * 60_000

export interface UploadParts {
  readonly file: { readonly name: string; readonly blob: Blob }
  readonly signal: AbortSignal
  /** From 0 to 1. */
  readonly progressed: (part: number) => void
}

/** Sends a photo or file as a form. By XMLHttpRequest, because fetch does not tell how far it is. */
export function upload(address: string, { request, file, signal, progressed }: UploadParts & { request: ChatRequest }): Promise<ChatReply> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest()
    call.open("POST", address)
    call.responseType = "json"
    call.timeout = UPLOAD_LIMIT_MS
    call.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) progressed(loaded / total)
    })
    call.addEventListener("load", () => {
      const body = call.response as ChatReply | null
      if (call.status === 200 && body !== null) resolve({ ...body, answer: readAnswer(body.answer) })
      else reject(refusal(call.status, call.response))
    })
    const failWith = (message: string) => (): void => {
      reject(new ApiError(message, 0))
    }
    call.addEventListener("error", failWith(TEXTS.unsent))
    call.addEventListener("abort", failWith(TEXTS.unsent))
    call.addEventListener("timeout", failWith(TEXTS.slowUpload))
    signal.addEventListener("abort", () => {
      call.abort()
    })
    call.send(formOf(request, file))
  })
}

function formOf({ text, conversationId, clientMessageId }: ChatRequest, { name, blob }: UploadParts["file"]): FormData {
  const form = new FormData()
  form.append("text", text)
  if (conversationId !== undefined) form.append("conversationId", conversationId)
  form.append("clientMessageId", clientMessageId)
  form.append("file", blob, name)
  return form
}
