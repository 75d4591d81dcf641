import { AppError } from "../../errors.ts"
import { candidateBase } from "../../knowledge/editing/candidate.ts"
import type { Draft } from "../../knowledge/editing/drafts.ts"
import { type GoldenQuestion, goldenQuestions } from "../../knowledge/golden.ts"
import type { Database, JsonObject } from "../../prisma/database.ts"
import { nameOf } from "../routes/drafts.ts"
import { askGolden, type Aside, type GoldenAnswer, type Verdict, verdictOf } from "../../rag/golden.ts"

/** Both answers to one golden question: of what is told now, and of what would be told; null where nothing was drafted. */
export interface GoldenOutcome extends Omit<GoldenQuestion, "id"> {
  readonly verdict: Verdict
  readonly live: GoldenAnswer
  readonly candidate: GoldenAnswer | null
}

/** A draft as it was when it was checked. */
export interface CheckedDraft {
  readonly id: string
  readonly version: number
  readonly name: string
}

export interface Progress {
  readonly done: number
  readonly total: number
}

/** Trying drafts out before they are published: one check at a time, outside any request. */
export interface Checks {
  /** Begins a check and returns its id; null while another is under way. */
  start(order: { readonly drafts: readonly Draft[]; readonly release: number; readonly by: string }): Promise<string | null>
  /** How far a check is; null when it is not under way (any more). */
  progress(id: string): Progress | null
  /** Waits for the check that is under way. */
  stop(): Promise<void>
}

interface Dependencies {
  readonly db: Database
  readonly aside: Aside
  readonly now: () => Date
  readonly newId: () => string
  readonly report: (error: unknown) => void
}

/** Makes the checks of one process. A check that a crash broke off is told as failed: it is in no process's hands. */
export function createChecks({ db, aside, now, newId, report }: Dependencies): Checks {
  let current: { readonly id: string; progress: Progress; work: Promise<void> } | null = null
  let stopping = false
  const run = async (id: string, drafts: readonly Draft[]) => {
    const settle = (data: { state: string; outcomes?: JsonObject[] }) =>
      db.publicationCheck.update({ where: { id }, data: { ...data, updatedAt: now() } })
    try {
      const outcomes = await tryOut(drafts, { db, aside }, (progress) => {
        if (stopping) throw new Stopped("stopped")
        if (current) current.progress = progress
      })
      await settle({ state: "done", outcomes: outcomes as unknown as JsonObject[] })
    } catch (error) {
      if (!(error instanceof Stopped)) report(error)
      await settle({ state: "failed" }).catch(report)
    }
  }
  return {
    async start({ drafts, release, by }) {
      if (current || stopping) return null
      const id = newId()
      const mine = { id, progress: { done: 0, total: 0 }, work: Promise.resolve() }
      current = mine
      try {
        const kept = drafts.map(({ id: draft, version, item }) => ({ id: draft, version, name: nameOf(item) }))
        // The newest check alone can be published from; of those that were, the proof is kept.
        await db.publicationCheck.deleteMany({ where: { state: { not: "published" } } })
        const at = now()
        await db.publicationCheck.create({
          data: { id, state: "running", drafts: kept, release, outcomes: [], byName: by, createdAt: at, updatedAt: at },
        })
      } catch (error) {
        current = null
        throw error
      }
      mine.work = run(id, drafts).finally(() => (current = null))
      return id
    },
    progress: (id) => (current?.id === id ? current.progress : null),
    async stop() {
      stopping = true
      await current?.work
    },
  }
}

class Stopped extends AppError {
  readonly code = "stopped"
}

async function tryOut(
  drafts: readonly Draft[],
  { db, aside }: Pick<Dependencies, "db" | "aside">,
  onProgress: (progress: Progress) => void,
): Promise<GoldenOutcome[]> {
  const questions = await goldenQuestions(db)
  // Building the candidate counts as one step more, so that the first sign of progress comes soon.
  const total = drafts.length === 0 ? questions.length : 2 * questions.length + 1
  let done = 0
  const step = () => onProgress({ done: ++done, total })
  onProgress({ done, total })
  const live = await askGolden(questions, aside.answer(aside.live()), step)
  const candidate = drafts.length === 0 ? null : await aside.index(await candidateBase(db, drafts))
  if (candidate) step()
  const answers = candidate && (await askGolden(questions, aside.answer(candidate), step))
  return questions.map(({ question, kind, key, words }, i) =>
    outcomeOf({ question, kind, key, words }, at(live, i), answers && at(answers, i)),
  )
}

function at(answers: readonly GoldenAnswer[], index: number): GoldenAnswer {
  const answer = answers[index]
  if (!answer) throw new Error(`golden question ${index} was not answered`)
  return answer
}

const outcomeOf = (question: Omit<GoldenQuestion, "id">, live: GoldenAnswer, candidate: GoldenAnswer | null): GoldenOutcome => ({
  ...question,
  ...{ live, candidate, verdict: candidate ? verdictOf(live, candidate) : "unchanged" },
})
