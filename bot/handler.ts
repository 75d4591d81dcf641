import type { Database } from "../prisma/database.ts"
import { maskPersonalData } from "../rag/privacy.ts"
import type { AnswerQuestion } from "../rag/types.ts"
import { createRecorder, type Recording } from "./conversations.ts"
import { isHeld } from "./conversation-state.ts"
import { createBrake, type Verdict } from "./dialogue/brake.ts"
import type { CrowdBrake } from "./dialogue/crowd.ts"
import { latenessOf } from "./dialogue/lateness.ts"
import { openChoices, readMemory } from "./dialogue/memory.ts"
import { leaningOn, type Quote } from "./dialogue/quote.ts"
import { read, type Said } from "./dialogue/reading.ts"
import { createResponder, type Response } from "./dialogue/respond.ts"
import type { Inbox, StoredEvent } from "./inbox/inbox.ts"
import { readQuote } from "./inbox/quoted.ts"
import type { Logger } from "./logger.ts"
import type { Channel, Outcome } from "./message.ts"
import type { Outbox } from "./outbox/outbox.ts"
import { toPublicAnswer } from "./public-answer.ts"
import type { GroupCommit } from "./queues/group-commit.ts"
import type { Waiting } from "./queues/waiting.ts"
import type { Commune, ConversationTexts } from "./texts/conversation.ts"

/** The neighbours within the engine. */
export interface HandlerParts {
  readonly commits: GroupCommit
  readonly channel: (accountId: string) => Channel | undefined
  readonly inbox: Inbox
  readonly outbox: Outbox
  readonly waiting: Waiting
  readonly crowd: Pick<CrowdBrake, "admits">
}

/** What the conversation needs from outside. */
export interface HandlerDependencies {
  readonly db: Database
  readonly answer: AnswerQuestion
  readonly texts: ConversationTexts
  readonly commune: () => Commune
  readonly logger: Logger
  readonly now: () => Date
  readonly newId: () => string
  readonly pseudonymKey: string
}

const QUESTIONS_A_MINUTE = 20
/** What becomes of a citizen's word before anybody reads it. */
type Pace = Verdict | "crowded"

const MAX_ATTEMPTS = 3
const RETRY_MS = 100

/** Handles one event to its end; it rejects only when even the failure could not be recorded, and the event stays pending. */
export function createHandler(dependencies: HandlerDependencies, parts: HandlerParts): (eventId: string) => Promise<void> {
  const { logger } = dependencies
  const { inbox, crowd } = parts
  const { attempt, giveUp } = createAttempts(dependencies, parts)
  const brake = createBrake({ perMinute: QUESTIONS_A_MINUTE })
  const paceOf = ({ said, conversationId, accountId, sentAt, conversation }: StoredEvent): Pace => {
    if (!isWord(said)) return "go"
    const pace = brake.check(conversationId, sentAt)
    // Who waits for a human or has one is never put off.
    if (pace !== "go" || isHeld(conversation.state) || conversation.state === "pending") return pace
    return crowd.admits({ accountId, sentAt, knownSince: conversation.createdAt }) ? "go" : "crowded"
  }

  const mayRetry = async ({ id }: StoredEvent, error: unknown) => {
    logger.error({ eventId: id, ...describe(error) }, "Attempt to handle an event failed")
    const attempts = await inbox.noteFault(id, describe(error).error)
    if (attempts < MAX_ATTEMPTS) await pause(attempts * RETRY_MS)
    return attempts < MAX_ATTEMPTS
  }
  return async (eventId) => {
    let event = await inbox.readPending(eventId)
    const pace = event ? paceOf(event) : "go"
    while (event) {
      const fault = await attempt(event, pace).catch((error: unknown) => ({ error }))
      if (!fault) return
      const again = await mayRetry(event, fault.error)
      // Read again: the fault may be that somebody else wrote to the conversation meanwhile.
      event = await inbox.readPending(eventId)
      if (event && !again) return giveUp(event)
    }
  }
}

interface Attempts {
  readonly attempt: (event: StoredEvent, pace: Pace) => Promise<void>
  readonly giveUp: (event: StoredEvent) => Promise<void>
}

type Finishing = Pick<Recording, "outcome" | "quoted" | "failed">

/** What a citizen does to be heard; receipts and what staff write do not count against them. */
const isWord = (said: Said) => (said.type === "message" ? said.author !== "staff" : said.type === "choice" || said.type === "start")

/** One try to answer an event, and what is said when no try succeeds. */
function createAttempts(dependencies: HandlerDependencies, { commits, outbox, waiting, channel }: HandlerParts): Attempts {
  const { db, now, newId } = dependencies
  const responder = createResponder(dependencies)
  const record = createRecorder({ ...dependencies, commits })

  const understand = (event: StoredEvent, quote: Quote | null) => {
    const { context, state } = event.conversation
    const memory = leaningOn(readMemory(context), quote)
    const reading = read(event.said, openChoices(memory, now()))
    const { disclosesAi: disclosed = false, resendIsHarmless: answersEach = false } = channel(event.accountId) ?? {}
    const lateness = latenessOf({ sentAt: event.sentAt, now: now() })
    return { reading, situation: { memory, disclosed, held: isHeld(state), lateness, answersEach } }
  }
  const finish = async (event: StoredEvent, response: Response, as: Finishing) => {
    await record({ event, response, ...as })
    const { answer } = response
    waiting.settle(event.id, answer ? { kind: "answered", answer: toPublicAnswer(answer) } : withoutAnswer(as.outcome))
    outbox.wake(event)
  }
  return {
    async attempt(event, pace) {
      const quote = await readQuote(db, event)
      const quoted = quote?.text ?? null
      const { reading, situation } = understand(event, quote)
      if (pace === "go" || situation.held) {
        const response = await responder.respond(reading, situation)
        const outcome = response.answer ? "answered" : situation.held && reading.kind !== "note" ? "held" : "replied"
        return finish(event, response, { outcome, quoted, failed: false })
      }
      const response =
        pace === "crowded"
          ? responder.putOff(reading, situation)
          : responder.refuse(reading, { ...situation, say: pace === "first_refused" })
      return finish(event, response, { outcome: "too_many", quoted, failed: false })
    },
    async giveUp(event) {
      const { reading, situation } = understand(event, null)
      // A human holds the chat and sees the message; a failed note concerns nobody.
      if (situation.held || reading.kind === "note")
        return finish(event, await responder.respond(reading, situation), { outcome: "replied", quoted: null, failed: true })
      const response = responder.apologise(reading, { ...situation, answerId: newId() })
      return finish(event, response, { outcome: "answered", quoted: null, failed: true })
    },
  }
}

const withoutAnswer = (kind: Outcome["kind"]): Outcome => ({ kind: kind === "answered" ? "replied" : kind })

/** The last line of an error says what happened; the lines before may quote a query with a citizen's words. */
export function describe(error: unknown): { readonly error: string } {
  if (!(error instanceof Error)) return { error: typeof error }
  const line = error.message.trim().split("\n").at(-1) ?? ""
  return { error: maskPersonalData(`${error.name}: ${line}`).text.slice(0, 300) }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
