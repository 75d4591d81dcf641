import { z } from "zod"
import type { AnswerContext } from "../../rag/types.ts"
import type { Choice } from "../message.ts"

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value)

// Each member mends itself: what an older version stored must never make a conversation unusable.
const schema = z.object({
  /** What the next question may lean on; opaque here. */
  answer: z.custom<AnswerContext>(isObject).nullable().catch(null),
  choices: z.array(z.object({ id: z.string(), label: z.string() })).catch([]),
  choicesUntil: z.coerce.number().catch(0),
  introduced: z.boolean().catch(false),
  /** The payload of the first deep link that led here. */
  origin: z.string().nullable().catch(null),
  /** When the citizen was last told that only words can be read, … */
  nudgedAt: z.coerce.number().catch(0),
  /** … and when the assistant last apologised for being late. */
  apologisedAt: z.coerce.number().catch(0),
  /** When the citizen was last told that too many people write at once. */
  crowdedAt: z.coerce.number().catch(0),
  /** The question that was answered last, by a hash of its words, how often in a row, and when. */
  repeated: z.object({ words: z.string(), times: z.number(), at: z.number() }).nullable().catch(null),
})

/** What a conversation remembers between two messages; kept as JSON, instants as milliseconds. */
export type Memory = Readonly<z.infer<typeof schema>>

const CHOICES_STAY_OPEN_MS = 24 * 60 * 60 * 1000

/** Reads what the database holds; whatever cannot be read is forgotten. */
export function readMemory(stored: unknown): Memory {
  return schema.parse(isObject(stored) ? stored : {})
}

/** The choices of the last answer, while they may still be picked. */
export function openChoices(memory: Memory, now: Date): readonly Choice[] {
  return now.getTime() <= memory.choicesUntil ? memory.choices : []
}

/** After an answer its choices are the open ones, also when it has none. */
export function rememberAnswer(memory: Memory, answer: { context: AnswerContext | null; choices: readonly Choice[] }, now: Date): Memory {
  const choices = answer.choices.map(({ id, label }) => ({ id, label }))
  return {
    ...memory,
    answer: answer.context,
    choices,
    choicesUntil: choices.length > 0 ? now.getTime() + CHOICES_STAY_OPEN_MS : 0,
  }
}
