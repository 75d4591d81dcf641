import { AppError } from "../../errors.ts"
import type { KnowledgeBase } from "../../knowledge/base.ts"
import { candidateBase, candidateOfFile } from "../../knowledge/editing/candidate.ts"
import { type Draft, findDraft } from "../../knowledge/editing/drafts.ts"
import { type GoldenQuestion, goldenQuestions } from "../../knowledge/golden.ts"
import { CONFIRMED, itemsToTell } from "../../knowledge/ingest/review.ts"
import { readingOf, readingVersion } from "../../knowledge/ingest/source-file.ts"
import { releaseNumber } from "../../knowledge/store.ts"
import type { Database, JsonObject } from "../../prisma/database.ts"
import { askGolden, type Aside, type GoldenAnswer, type Verdict, verdictOf } from "../../rag/golden.ts"
import { storedSubject } from "./stored-check.ts"

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

/** A file that was read, as it was when it was checked. */
export interface CheckedFile {
  readonly id: string
  readonly version: string
}

export interface Progress {
  readonly done: number
  readonly total: number
}

/** What is checked: drafts, or one file; neither: what is told now. */
export interface Order {
  readonly drafts: readonly CheckedDraft[]
  readonly file: CheckedFile | null
  readonly release: number
  readonly by: string
}

/** Trying out what is to be published: one check at a time, outside any request. */
export interface Checks {
  /** Begins a check and returns its id; null while another is under way. */
  start(order: Order): Promise<string | null>
  /** Does once more what the end of a program broke off. */
  resume(): Promise<void>
  /** How far a check is; null when it is not under way (any more). */
  progress(id: string): Progress | null
  /** Breaks off the check that is under way, for `resume` of the next program. */
  stop(): Promise<void>
}

interface Dependencies {
  readonly db: Database
  readonly aside: Aside
  readonly now: () => Date
  readonly newId: () => string
  readonly report: (error: unknown) => void
}

/** Makes the checks of one process. What they are of is read from their row, so that another process can do them once more. */
export function createChecks({ db, aside, now, newId, report }: Dependencies): Checks {
  let current: { readonly id: string; progress: Progress; work: Promise<void> } | null = null
  let stopping = false
  const run = async (id: string) => {
    const settle = (data: { state: string; outcomes?: JsonObject[] }) =>
      db.publicationCheck.update({ where: { id }, data: { ...data, updatedAt: now() } })
    try {
      const outcomes = await tryOut(id, { db, aside }, (progress) => {
        if (stopping) throw new Stopped("stopped")
        if (current) current.progress = progress
      })
      await settle({ state: "done", outcomes: outcomes as unknown as JsonObject[] })
    } catch (error) {
      if (error instanceof Stopped) return
      if (!(error instanceof Overtaken)) report(error)
      await settle({ state: "failed" }).catch(report)
    }
  }
  /** Holds the only place from before the row is written. */
  const take = async (id: string, write: () => Promise<unknown>) => {
    const mine = { id, progress: { done: 0, total: 0 }, work: Promise.resolve() }
    current = mine
    try {
      await write()
    } catch (error) {
      current = null
      throw error
    }
    mine.work = run(id).finally(() => (current = null))
  }
  return {
    async start(order) {
      if (current || stopping) return null
      const id = newId()
      await take(id, () => enter(db, { ...order, id, at: now() }))
      return id
    },
    async resume() {
      const broken = await db.publicationCheck.findFirst({ where: { state: "running" }, orderBy: { createdAt: "desc" } })
      if (!broken || current || stopping) return
      const release = await releaseNumber(db)
      await take(broken.id, () => db.publicationCheck.update({ where: { id: broken.id }, data: { release, updatedAt: now() } }))
    },
    progress: (id) => (current?.id === id ? current.progress : null),
    async stop() {
      stopping = true
      await current?.work
    },
  }
}

/** Writes down a check in the place of the last of its kind; of those that were published from, the proof is kept. */
async function enter(db: Database, { id, drafts, file, release, by, at }: Order & { readonly id: string; readonly at: Date }) {
  await db.publicationCheck.deleteMany({ where: { state: { not: "published" }, fileId: file?.id ?? null } })
  const subject = {
    drafts: drafts.map(({ id: draft, version, name }) => ({ id: draft, version, name })),
    fileId: file?.id ?? null,
    fileVersion: file?.version ?? null,
  }
  await db.publicationCheck.create({
    data: { id, state: "running", ...subject, release, outcomes: [], byName: by, createdAt: at, updatedAt: at },
  })
}

class Stopped extends AppError {
  readonly code = "stopped"
}

/** What was to be checked is no longer what it was. */
class Overtaken extends AppError {
  readonly code = "overtaken"
}

async function tryOut(
  id: string,
  { db, aside }: Pick<Dependencies, "db" | "aside">,
  onProgress: (progress: Progress) => void,
): Promise<GoldenOutcome[]> {
  const candidateOf = await subjectOf(db, id)
  const questions = await goldenQuestions(db)
  // Building the candidate counts as one step more, so that the first sign of progress comes soon.
  const total = candidateOf ? 2 * questions.length + 1 : questions.length
  let done = 0
  const step = () => onProgress({ done: ++done, total })
  onProgress({ done, total })
  const live = await askGolden(questions, aside.answer(aside.live()), step)
  const candidate = candidateOf && (await aside.index(await candidateOf()))
  if (candidate) step()
  const answers = candidate && (await askGolden(questions, aside.answer(candidate), step))
  return questions.map(({ question, kind, key, words }, i) =>
    outcomeOf({ question, kind, key, words }, at(live, i), answers && at(answers, i)),
  )
}

/** What makes the knowledge that would be told; null where nothing is to be published. Throws Overtaken. */
async function subjectOf(db: Database, id: string): Promise<(() => Promise<KnowledgeBase>) | null> {
  const { drafts, file } = storedSubject(await db.publicationCheck.findUniqueOrThrow({ where: { id } }))
  if (file) {
    const reading = await readingOf(db, file.id)
    if (!reading || (await readingVersion(db, file.id)) !== file.version) throw new Overtaken("the file is no longer what it was")
    return () => candidateOfFile(db, itemsToTell(reading, reading.review?.compared ?? false), CONFIRMED)
  }
  const found: Draft[] = []
  for (const seen of drafts) {
    const draft = await findDraft(db, seen)
    if (!draft) throw new Overtaken("a draft is no longer what it was")
    found.push(draft)
  }
  return found.length > 0 ? () => candidateBase(db, found) : null
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
