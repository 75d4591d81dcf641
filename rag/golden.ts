import { setImmediate } from "node:timers/promises"
import type { KnowledgeBase } from "../knowledge/base.ts"
import type { GoldenQuestion } from "../knowledge/golden.ts"
import { STATUS_TABLE } from "./answer-status.ts"
import type { LiveKnowledge } from "./live.ts"
import type { Answer, AnswerQuestion } from "./types.ts"

/** Answering from knowledge that citizens are not told. */
export interface Aside {
  /** What citizens are told now. */
  readonly live: () => LiveKnowledge
  /** Indexes other knowledge; what is live stays as it is. Throws UpstreamError when the embedder's service fails. */
  index(base: KnowledgeBase): Promise<LiveKnowledge>
  answer(live: LiveKnowledge): AnswerQuestion
}

/** What one golden question was answered with. */
export interface GoldenAnswer {
  readonly right: boolean
  readonly status: string
  /** Name of the record that answered; null where none did. */
  readonly source: string | null
  readonly text: string
  /** Expected words that do not stand in the answer. */
  readonly missing: readonly string[]
}

/** Asks each question through the whole pipeline; other work goes on in between. */
export async function askGolden(
  questions: readonly GoldenQuestion[],
  answer: AnswerQuestion,
  onAnswer: () => void = () => undefined,
): Promise<GoldenAnswer[]> {
  const answers: GoldenAnswer[] = []
  for (const question of questions) {
    answers.push(judgeGolden(question, await answer({ text: question.question })))
    onAnswer()
    await setImmediate()
  }
  return answers
}

/** Right: the expected record answered, and all expected words stand in what was said. */
export function judgeGolden({ key, words }: GoldenQuestion, answer: Answer): GoldenAnswer {
  const text = squeeze(answer.text)
  const missing = words.filter((word) => !text.includes(squeeze(word)))
  const named = answer.procedure?.code === key || answer.citations.some(({ sourceId }) => sourceId === key)
  const served = STATUS_TABLE[answer.status].family === "served"
  return {
    right: served && named && missing.length === 0,
    status: answer.status,
    source: answer.procedure?.name ?? answer.citations[0]?.title ?? null,
    text: answer.text,
    missing,
  }
}

const squeeze = (text: string) => text.normalize("NFC").toLocaleLowerCase("vi").replace(/\s+/g, " ").trim()

export const VERDICTS = ["gained", "lost", "unchanged"] as const
export type Verdict = (typeof VERDICTS)[number]

/** What publishing would do to a golden question. */
export function verdictOf(live: GoldenAnswer, candidate: GoldenAnswer): Verdict {
  if (live.right === candidate.right) return "unchanged"
  return candidate.right ? "gained" : "lost"
}
