import { maskPersonalData } from "../../rag/privacy.ts"
import type { Answer, AnswerQuestion } from "../../rag/types.ts"
import type { Move } from "../conversation-state.ts"
import type { Choice } from "../message.ts"
import type { Commune, ConversationTexts } from "../texts/conversation.ts"
import { apologiseOnce, type Lateness } from "./lateness.ts"
import { type Memory, rememberAnswer } from "./memory.ts"
import { isRepetition, rememberRepetition } from "./repetition.ts"
import { MAX_TEXT, type Reading, type Said } from "./reading.ts"

export interface Saying {
  readonly text: string
  readonly choices: readonly Choice[]
  /** The answer that these words are; null for what the conversation itself says. */
  readonly answerId: string | null
}

/** What one event leads to; nothing of it has happened yet. */
export interface Response {
  /** What the citizen said, masked: the only form that is kept. Null when the event is nothing that was said. */
  readonly heard: string | null
  readonly answer: Answer | null
  readonly says: readonly Saying[]
  readonly memory: Memory
  readonly move: Move | null
  /** To be written down beside the conversation: an edited message, a receipt, what staff said on the platform. */
  readonly note: Said | null
}

export interface Situation {
  readonly memory: Memory
  /** True when citizens are told elsewhere that this is a virtual assistant. */
  readonly disclosed: boolean
  /** True while a human holds the chat: the assistant listens and says nothing. */
  readonly held: boolean
  readonly lateness: Lateness
  /** True where each request is owed an answer of its own, also to the same words again. */
  readonly answersEach: boolean
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
  /** So many write at once that this is not answered now; that is said once in a conversation while they do. */
  putOff(reading: Reading, situation: Situation): Response
  apologise(reading: Reading, situation: Situation & { answerId: string }): Response
}

const NUDGE_AGAIN_MS = 60_000
const CROWDED_AGAIN_MS = 60 * 60_000

/** Decides what is said to one event: an answer, the greeting, or why there is none. */
export function createResponder(dependencies: Dependencies): Responder {
  const { texts, commune, now } = dependencies
  const answered = createAnswered(dependencies)
  const nudge = createNudge(dependencies)
  const only = (reading: Reading, memory: Memory, text: string | null) => saying({ heard: heardIn(reading, texts), memory }, text)
  const ask = createAsk(dependencies, { answered, only })
  const opened = createOpened(dependencies, { answered, only })

  return {
    async respond(reading, situation) {
      const { memory } = situation
      if (reading.kind === "note") return noted(reading.said, memory)
      if (situation.held) return only(reading, memory, null)
      switch (reading.kind) {
        case "question":
          return ask(reading, situation)
        case "start":
          return opened(reading, { ...situation, memory: { ...memory, origin: memory.origin ?? reading.origin } })
        case "wordless":
          return nudge(reading, memory)
        case "too_long":
          return only(reading, memory, texts.tooLong({ limit: MAX_TEXT, commune: commune() }))
        case "choice_closed":
          return only(reading, memory, texts.choiceClosed)
        case "stray_number":
          return only(reading, memory, texts.noSuchChoice(reading.choices))
        case "phone":
          return only(reading, memory, reading.kept ? texts.phone.kept : texts.phone.forgotten)
      }
    },
    refuse: (reading, { memory, say }) => only(reading, memory, say ? texts.tooMany(commune()) : null),
    putOff(reading, { memory }) {
      const at = now().getTime()
      if (at - memory.crowdedAt < CROWDED_AGAIN_MS) return only(reading, memory, null)
      return only(reading, { ...memory, crowdedAt: at }, texts.crowded(commune()))
    },
    apologise(reading, situation) {
      const code = situation.answerId
        .replace(/[^A-Za-z0-9]/g, "")
        .slice(-6)
        .toUpperCase()
      const text = texts.unexpected({ commune: commune(), code })
      const question = heardIn(reading, texts)
      const failure = unexpected({ id: situation.answerId, text, question, context: situation.memory.answer })
      return { ...answered(failure, situation), memory: { ...situation.memory, introduced: true } }
    },
  }
}

interface Ways {
  readonly answered: ReturnType<typeof createAnswered>
  /** Nothing but these words. */
  readonly only: (reading: Reading, memory: Memory, text: string | null) => Response
}

function createAsk({ answer, texts, commune, now }: Dependencies, { answered, only }: Ways) {
  return async (reading: Reading & { kind: "question" }, situation: Situation): Promise<Response> => {
    const { lateness } = situation
    // The other photos of an album come without words: nobody is asked what those are about.
    const memory = reading.enclosed ? { ...situation.memory, nudgedAt: now().getTime() } : situation.memory
    // What was written half a day ago has found its answer elsewhere, or needs a human now.
    if (lateness === "too_late") return { ...only(reading, memory, texts.tooLate(commune())), move: "citizen_asks_human" }
    const { text, choiceId } = reading
    if (choiceId !== null) return answered(await answer({ text, choiceId, context: memory.answer }), { ...situation, memory })
    if (!situation.answersEach && isRepetition(memory, text, now())) return only(reading, memory, texts.repeated)
    const result = await answer({ text, context: memory.answer })
    const repeated = rememberRepetition(memory, { text, status: result.status }, now())
    return answered(result, { ...situation, memory: { ...memory, repeated } })
  }
}

/** Who comes by the link of a procedure is told of it at once; anybody else is greeted. */
function createOpened({ answer, texts, commune }: Dependencies, { answered, only }: Ways) {
  return async (reading: Reading & { kind: "start" }, situation: Situation): Promise<Response> => {
    const { memory } = situation
    const result = reading.code === null ? null : await answer({ text: reading.code, context: null })
    // A code that the commune does not know says nothing to a citizen who never typed it.
    if (result?.status !== "answered" && result?.status !== "answered_partial")
      return only(reading, { ...memory, introduced: true }, texts.greeting(commune()))
    return { ...answered(result, situation), heard: heardIn(reading, texts) }
  }
}

function createAnswered({ texts, commune, now }: Dependencies): (result: Answer, situation: Situation) => Response {
  return (result, { memory, disclosed, lateness }) => {
    // A greeting introduces the assistant itself.
    const introduce = !disclosed && !memory.introduced && result.status !== "greeting"
    const apology = apologiseOnce({ lateness, memory, now: now() })
    const before = [...(introduce ? [texts.introduction(commune())] : []), ...(apology ? [texts.late] : [])]
    const said: Saying = { text: result.text, choices: result.choices, answerId: result.id }
    return {
      heard: result.maskedQuestion,
      answer: result,
      says: [...before.map(words), said],
      memory: rememberAnswer({ ...memory, introduced: true, ...apology }, result, now()),
      move: result.status === "routed_human" ? "citizen_asks_human" : "citizen_writes",
      note: null,
    }
  }
}

function createNudge({ texts, now }: Dependencies): (reading: Reading & { kind: "wordless" }, memory: Memory) => Response {
  return (reading, memory) => {
    const heard = heardIn(reading, texts)
    // An album is several events; one reminder is enough.
    if (now().getTime() - memory.nudgedAt < NUDGE_AGAIN_MS) return saying({ heard, memory }, null)
    return saying({ heard, memory: { ...memory, nudgedAt: now().getTime() } }, texts.wordless[reading.what])
  }
}

/** What was taken back is no longer leant on. */
function noted(said: Said, memory: Memory): Response {
  const kept = said.type === "retracted" ? { ...memory, answer: null, choices: [], choicesUntil: 0 } : memory
  return { heard: null, answer: null, says: [], memory: kept, move: null, note: said }
}

function saying({ heard, memory }: { heard: string; memory: Memory }, text: string | null): Response {
  return { heard, answer: null, says: text === null ? [] : [words(text)], memory, move: "citizen_writes", note: null }
}

const words = (text: string): Saying => ({ text, choices: [], answerId: null })

function heardIn(reading: Reading, texts: ConversationTexts): string {
  if ("text" in reading) return maskPersonalData(reading.text).text
  if (reading.kind === "wordless") return reading.place ? texts.heardPlace(reading.place) : texts.heard[reading.what]
  if (reading.kind === "phone") return reading.kept ? texts.heard.contact : texts.heard.forget
  return reading.kind === "choice_closed" ? texts.heard.choice : texts.heard.start
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
