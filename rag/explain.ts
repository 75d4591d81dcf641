import type { Procedure } from "../knowledge/procedure.ts"
import { type AnswerDependencies, createAnswerQuestion, emptyDraft, findingSteps, today } from "./answer.ts"
import type { Aside } from "./golden.ts"
import type { LiveKnowledge } from "./live.ts"
import { type Draft, runPipeline } from "./pipeline.ts"
import type { Ranked } from "./procedures/ranking.ts"
import { CHOOSE_PROCEDURE } from "./steps/read.ts"
import { pastProcedure } from "./validity.ts"
import type { Answer } from "./types.ts"
import { withFigures } from "./understand/figures-in-words.ts"
import type { Lexicon } from "./understand/lexicon.ts"
import { numberedOtherwise } from "./understand/named-numbers.ts"
import type { Reading } from "./understand/reading.ts"

/** Why a procedure that came near was not the answer. */
export const WHY_NOT = [
  "ruled_out",
  "ended",
  "old_record",
  "other_place",
  "rare_variant",
  "other_number",
  "offered",
  "unsure",
  "lower_score",
] as const
export type WhyNot = (typeof WHY_NOT)[number]

/** A procedure that was looked at for a question. */
export interface Considered {
  readonly code: string
  readonly name: string
  /** 0 to 1, as `Answer.candidates` has it; null where staff ruled the record out before it was scored. */
  readonly score: number | null
  /** Which of its names resembles the question most. */
  readonly heardAs: string | null
  readonly chosen: boolean
  readonly why: readonly WhyNot[]
  /** Rare circumstances in its name that the question does not mention. */
  readonly variants: readonly string[]
}

export interface Explained {
  readonly answer: Answer
  readonly considered: readonly Considered[]
}

/** Answering from knowledge as it is or as it would be. Nothing is kept of what is asked. */
export interface Trial extends Aside {
  /** How questions are read. */
  readonly read: (text: string) => Reading
  readonly ask: (live: LiveKnowledge, question: string) => Promise<Explained>
}

const MAX_CONSIDERED = 10

/** Answers a question as citizens are answered, and tells of each procedure that came near why it was not chosen. */
export function createExplain(dependencies: AnswerDependencies & { readonly lexicon: Lexicon }): (question: string) => Promise<Explained> {
  const answer = createAnswerQuestion(dependencies)
  const { live, read, embedder, texts, now, lexicon } = dependencies
  const steps = findingSteps({ read: (text) => read(withFigures(text)), embedder, texts })
  return async (text) => {
    const answered = await answer({ text })
    const { draft } = await runPipeline(steps, emptyDraft({ text }, live(), today(now())))
    return { answer: answered, considered: consider(draft, answered, lexicon) }
  }
}

function consider(draft: Draft, answer: Answer, lexicon: Lexicon): Considered[] {
  const { procedures } = draft.live.base
  const found = draft.ranked.slice(0, MAX_CONSIDERED).flatMap((ranked) => {
    const record = procedures[ranked.procedure]
    return record ? [consideredOf(record, ranked, { draft, answer, lexicon })] : []
  })
  const ruledOut = draft.reading ? [...draft.live.rulings.ruledOut(draft.reading)] : []
  const silenced = ruledOut.flatMap((at): Considered[] => {
    const record = procedures[at]
    if (!record || found.some(({ code }) => code === record.code)) return []
    return [{ code: record.code, name: record.name, score: null, heardAs: null, chosen: false, why: ["ruled_out"], variants: [] }]
  })
  return [...found, ...silenced]
}

interface Beside {
  readonly draft: Draft
  readonly answer: Answer
  readonly lexicon: Lexicon
}

function consideredOf(record: Procedure, ranked: Ranked, { draft, answer, lexicon }: Beside): Considered {
  const { code, name } = record
  const chosen = answer.procedure?.code === code
  const asked = draft.reading?.variants ?? new Set<string>()
  const unasked = [...(draft.live.traits[ranked.procedure]?.variants ?? [])].filter((variant) => !asked.has(variant))
  const past = pastProcedure(record, draft.today)
  const signs: readonly (readonly [WhyNot, boolean])[] = [
    ["ended", past?.ended != null],
    ["old_record", record.legacy],
    ["other_place", (ranked.parts["locality"] ?? 0) < 0],
    ["rare_variant", unasked.length > 0],
    ["other_number", numberedOtherwise(draft.reading?.tokens ?? [], record)],
    ["offered", answer.choices.some(({ id }) => id === CHOOSE_PROCEDURE + code)],
    ["unsure", answer.procedure === undefined],
    ["lower_score", answer.procedure !== undefined],
  ]
  return {
    ...{ code, name, chosen, heardAs: ranked.features.title.text },
    score: Math.round(Math.min(1, Math.max(0, ranked.score)) * 1000) / 1000,
    why: chosen ? [] : signs.flatMap(([why, holds]) => (holds ? [why] : [])),
    variants: chosen ? [] : unasked.map((variant) => wordsOf(variant, lexicon)),
  }
}

/** A circumstance as names of procedures put it. */
const wordsOf = (variant: string, { variants }: Lexicon): string =>
  variants.find(({ id }) => id === variant)?.name[0]?.marked.join(" ") ?? variant
