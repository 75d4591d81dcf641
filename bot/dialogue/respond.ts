import { maskPersonalData } from "../../rag/privacy.ts"
import type { Answer, AnswerQuestion } from "../../rag/types.ts"
import type { Choice } from "../message.ts"
import type { Commune, ConversationTexts } from "../texts/conversation.ts"
import { type Memory, rememberAnswer } from "./memory.ts"
import { MAX_TEXT, type Reading } from "./reading.ts"

export interface Saying {
  readonly text: string
  readonly choices: readonly Choice[]
  /** The answer that these words are; null for what the conversation itself says. */
  readonly answerId: string | null
}

/** What one event leads to; nothing of it has happened yet. */
export interface Response {
  /** What the citizen said, masked: the only form that is kept. */
  readonly heard: string
  readonly answer: Answer | null
  readonly says: readonly Saying[]
  readonly memory: Memory
}

export interface Situation {
  readonly memory: Memory
  /** True when citizens are told elsewhere that this is a virtual assistant. */
  readonly disclosed: boolean
}

interface Dependencies {
  readonly answer: AnswerQuestion
  readonly texts: ConversationTexts
  readonly commune: () => Commune
  readonly now: () => Date
}

export interface Responder {
  respond(reading: Reading, situation: Situation): Promise<Response>
  refuse(reading: Reading, situation: Situation & { say: boolean }): Response
  apologise(reading: Reading, situation: Situation & { answerId: string }): Response
}

const NUDGE_AGAIN_MS = 60_000

/** Decides what is said to one event: an answer, the greeting, or why there is none. */
export function createResponder(dependencies: Dependencies): Responder {
  const { answer, texts, commune } = dependencies
  const answered = createAnswered(dependencies)
  const nudge = createNudge(dependencies)
  const only = (reading: Reading, memory: Memory, text: string) => saying(heardIn(reading, texts), memory, text)

  return {
    async respond(reading, situation) {
      const { memory } = situation
      switch (reading.kind) {
        case "question": {
          const choice = reading.choiceId === null ? {} : { choiceId: reading.choiceId }
          return answered(await answer({ text: reading.text, context: memory.answer, ...choice }), situation)
        }
        case "start":
          return only(reading, { ...memory, introduced: true, origin: memory.origin ?? reading.origin }, texts.greeting(commune()))
        case "unreadable":
          return nudge(reading, memory)
        case "too_long":
          return only(reading, memory, texts.tooLong({ limit: MAX_TEXT, commune: commune() }))
        case "choice_closed":
          return only(reading, memory, texts.choiceClosed)
      }
    },
    refuse: (reading, { memory, say }) => saying(heardIn(reading, texts), memory, say ? texts.tooMany(commune()) : null),
    apologise(reading, situation) {
      const code = situation.answerId
        .replace(/[^A-Za-z0-9]/g, "")
        .slice(-6)
        .toUpperCase()
      const text = texts.unexpected({ commune: commune(), code })
      const failure = unexpected({ id: situation.answerId, text, question: heardIn(reading, texts), context: situation.memory.answer })
      return { ...answered(failure, situation), memory: { ...situation.memory, introduced: true } }
    },
  }
}

function createAnswered({ texts, commune, now }: Dependencies): (result: Answer, situation: Situation) => Response {
  return (result, { memory, disclosed }) => {
    // A greeting introduces the assistant itself.
    const introduce = !disclosed && !memory.introduced && result.status !== "greeting"
    const said: Saying = { text: result.text, choices: result.choices, answerId: result.id }
    return {
      heard: result.maskedQuestion,
      answer: result,
      says: introduce ? [words(texts.introduction(commune())), said] : [said],
      memory: rememberAnswer({ ...memory, introduced: true }, result, now()),
    }
  }
}

function createNudge({ texts, now }: Dependencies): (reading: Reading & { kind: "unreadable" }, memory: Memory) => Response {
  return (reading, memory) => {
    const heard = heardIn(reading, texts)
    // An album is several events; one reminder is enough.
    if (now().getTime() - memory.nudgedAt < NUDGE_AGAIN_MS) return saying(heard, memory, null)
    return saying(heard, { ...memory, nudgedAt: now().getTime() }, texts.unreadable[reading.what])
  }
}

function saying(heard: string, memory: Memory, text: string | null): Response {
  return { heard, answer: null, says: text === null ? [] : [words(text)], memory }
}

const words = (text: string): Saying => ({ text, choices: [], answerId: null })

function heardIn(reading: Reading, texts: ConversationTexts): string {
  if ("text" in reading) return maskPersonalData(reading.text).text
  if (reading.kind === "unreadable") return reading.what === "empty" ? "" : texts.heard[reading.what]
  return reading.kind === "start" ? texts.heard.start : texts.heard.choice
}

function unexpected({ id, text, question, context }: { id: string; text: string; question: string; context: Answer["context"] }): Answer {
  return {
    id,
    text,
    context,
    status: "error_unexpected",
    maskedQuestion: question,
    fields: {},
    candidates: [],
    citations: [],
    choices: [],
    documents: [],
    trace: [],
    ms: 0,
    knowledgeVersion: 0,
    model: null,
  }
}
