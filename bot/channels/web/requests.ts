import { z } from "zod"
import { cleanText } from "../../dialogue/clean-text.ts"
import { MAX_TEXT } from "../../dialogue/reading.ts"
import type { Place } from "../../message.ts"
import type { ApiTexts } from "../../texts/conversation.ts"

/** What the page may ask, with every fault told in the words of `texts`. Members that are not known are ignored. */
export function createRequests(texts: ApiTexts) {
  const id = (name: string) => z.string(texts.invalidId(name)).regex(/^[A-Za-z0-9_-]{1,64}$/, texts.invalidId(name))
  const text = z
    .string(texts.textMissing)
    .transform(cleanText)
    .pipe(z.string().min(1, texts.textEmpty).max(MAX_TEXT, texts.textTooLong(MAX_TEXT)))
  const optionalText = z
    .string(texts.invalidInput)
    .transform(cleanText)
    .pipe(z.string().max(MAX_TEXT, texts.textTooLong(MAX_TEXT)))
  const ids = { conversationId: id("conversationId").nullish(), clientMessageId: id("clientMessageId").nullish() }
  const degrees = (most: number) => z.number(texts.invalidLocation).min(-most, texts.invalidLocation).max(most, texts.invalidLocation)
  const location = z.object({ latitude: degrees(90), longitude: degrees(180) }, texts.invalidLocation)
  const choiceId = z.string(texts.invalidInput).min(1, texts.invalidInput).max(200, texts.invalidInput)
  const question = z.object({ text, ...ids, choiceId: choiceId.nullish(), location: z.null().optional() }, texts.invalidInput)
  const place = z.object({ text: optionalText.nullish().transform((given) => given ?? ""), ...ids, location })
  return {
    /** A question; with a place it may be without words. */
    question: (body: unknown) => (sharesPlace(body) ? place : question).parse(body) as Question,
    /** The fields beside a photo or file. */
    media: z.object({ text: optionalText.default(""), ...ids }),
    feedback: z.object(
      {
        conversationId: id("conversationId"),
        answerId: z.string(texts.invalidInput).min(1, texts.invalidInput).max(200, texts.invalidInput),
        verdict: z.enum(["right", "wrong"], texts.invalidVerdict),
      },
      texts.invalidInput,
    ),
    stream: z.object({
      conversationId: id("conversationId"),
      after: z
        .string()
        .regex(/^\d{1,15}$/, texts.invalidId("after"))
        .optional(),
    }),
  }
}

export interface Question {
  readonly text: string
  readonly conversationId?: string | null
  readonly choiceId?: string | null
  readonly clientMessageId?: string | null
  readonly location?: Place | null
}

function sharesPlace(body: unknown): boolean {
  return typeof body === "object" && body !== null && "location" in body && body.location !== null && body.location !== undefined
}

export type Requests = ReturnType<typeof createRequests>
