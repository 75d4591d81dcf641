import { createHash } from "node:crypto"
import type { AnswerStatus } from "../../rag/answer-status.ts"
import { fold, tidy } from "../../rag/vietnamese/fold.ts"
import type { Memory } from "./memory.ts"

const WINDOW_MS = 60_000
/** So often within the window the same words get the same answer. */
const ANSWERED_TIMES = 3
/** What was plainly answered; anything else (a human asked for, an emergency, a fault) is never waved aside. */
const PLAIN: ReadonlySet<AnswerStatus> = new Set<AnswerStatus>(["answered", "answered_partial"])

/** True when the same words were answered often enough just now: one more equal answer helps nobody. */
export function isRepetition(memory: Memory, text: string, now: Date): boolean {
  const { repeated } = memory
  return repeated !== null && repeated.times >= ANSWERED_TIMES && repeated.words === wordsKey(text) && isRecent(repeated, now)
}

/** What is remembered of an answer, to know a repetition of its question. No words: they may hold personal data. */
export function rememberRepetition(memory: Memory, asked: { text: string; status: AnswerStatus }, now: Date): Memory["repeated"] {
  if (!PLAIN.has(asked.status)) return null
  const words = wordsKey(asked.text)
  const { repeated } = memory
  const times = repeated?.words === words && isRecent(repeated, now) ? repeated.times + 1 : 1
  return { words, times, at: now.getTime() }
}

const isRecent = ({ at }: { readonly at: number }, now: Date) => now.getTime() - at < WINDOW_MS
const wordsKey = (text: string) =>
  createHash("sha256")
    .update(fold(tidy(text)))
    .digest("base64url")
    .slice(0, 16)
