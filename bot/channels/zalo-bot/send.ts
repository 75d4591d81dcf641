import { z } from "zod"
import { textWithAddresses } from "../../body.ts"
import type { OutboundMessage, SendFailure, SendOutcome } from "../../message.ts"
import { numbered } from "../../numbered.ts"
import { splitText } from "../../split.ts"
import type { Told, ZaloBotApi } from "./api.ts"
import { toSendFailure } from "./failures.ts"
import type { Photos } from "./photos.ts"

export const MAX_TEXT = 2000
const sentMessage = z.looseObject({ message_id: z.union([z.string().min(1), z.number().transform(String)]) })

interface Sending {
  readonly api: ZaloBotApi
  readonly photos: Photos | null
  readonly chooseByNumber: string
}

/** Sends the parts after the first `already` ones: texts, with choices as a numbered list, then photos. Never rejects. */
export async function send(sending: Sending, message: OutboundMessage, already: number): Promise<SendOutcome> {
  const messageIds: string[] = []
  let partsSent = already
  for (const part of partsOf(sending, message).slice(already)) {
    const told = await part()
    const sent = told.kind === "result" ? sentMessage.safeParse(told.result).data : null
    if (!sent) return { ok: false, partsSent, messageIds, failure: failureOf(told) }
    messageIds.push(sent.message_id)
    partsSent += 1
  }
  return { ok: true, partsSent, messageIds }
}

type SendPart = () => Promise<Told | { readonly kind: "failed"; readonly failure: SendFailure }>

function partsOf({ api, photos, chooseByNumber }: Sending, { to, body, choices, attachments = [] }: OutboundMessage): readonly SendPart[] {
  const text = textWithAddresses([...body, ...numbered(body, choices, chooseByNumber)])
  const texts = splitText(text, MAX_TEXT).filter((part) => part.trim() !== "")
  return [
    ...texts.map(
      (part): SendPart =>
        () =>
          api.call("sendMessage", { chat_id: to.peerId, text: part }),
    ),
    ...attachments.map((file): SendPart => async () => {
      if (!photos || file.kind !== "image") return { kind: "failed", failure: { kind: "rejected", detail: `${file.kind} cannot be sent` } }
      const photo = await photos.offer(file).catch(() => null)
      if (photo === null) return { kind: "failed", failure: { kind: "unreachable", detail: "the photo cannot be read" } }
      return api.call("sendPhoto", { chat_id: to.peerId, photo })
    }),
  ]
}

/** Success without the id of the message is none: nothing can be said of what became of it. */
function failureOf(told: Awaited<ReturnType<SendPart>>): SendFailure {
  if (told.kind === "failed") return told.failure
  return told.kind === "result" ? { kind: "unknown", detail: "no message_id" } : toSendFailure(told)
}
