import { z } from "zod"
import { cleanText } from "../../dialogue/clean-text.ts"
import { MAX_TEXT } from "../../dialogue/reading.ts"
import type { ApiTexts } from "../../texts/conversation.ts"

/** What the page may ask, with every fault told in the words of `texts`. Members that are not known are ignored. */
export function createRequests(texts: ApiTexts) {
  const id = (name: string) => z.string(texts.invalidId(name)).regex(/^[A-Za-z0-9_-]{1,64}$/, texts.invalidId(name))
  const text = z
    .string(texts.textMissing)
    .transform(cleanText)
    .pipe(z.string().min(1, texts.textEmpty).max(MAX_TEXT, texts.textTooLong(MAX_TEXT)))
  const choiceId = z.string(texts.invalidInput).min(1, texts.invalidInput).max(200, texts.invalidInput)
  return {
    question: z.object(
      {
        text,
        conversationId: id("conversationId").nullish(),
        choiceId: choiceId.nullish(),
        clientMessageId: id("clientMessageId").nullish(),
      },
      texts.invalidInput,
    ),
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

export type Requests = ReturnType<typeof createRequests>
