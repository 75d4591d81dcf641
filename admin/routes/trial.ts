import { candidateBase } from "../../knowledge/editing/candidate.ts"
import { type Draft, fromRow } from "../../knowledge/editing/drafts.ts"
import { addWording, type Wording } from "../../knowledge/editing/wordings.ts"
import { NotFoundError } from "../../errors.ts"
import type { Database, JsonObject, Transaction } from "../../prisma/database.ts"
import { STATUS_TABLE } from "../../rag/answer-status.ts"
import type { Explained, Trial } from "../../rag/explain.ts"
import { maskPersonalData } from "../../rag/privacy.ts"
import { conflict, wrongField } from "../api/refusal.ts"
import { type Actor, type ApiRoute, type AuditNote, read, unlogged, write } from "../api/route.ts"
import type { DraftRow } from "../contract/drafts.ts"
import { addAlias, askTrial, muteWording, pinQuestion, type Tried } from "../contract/trial.ts"
import { refusals } from "../texts.ts"
import { faulty, rowOf } from "./drafts.ts"

export interface TrialDependencies {
  readonly db: Database
  readonly newId: () => string
  readonly aside: Trial
}

/** The editor's bench: asking without trace, and putting right what a question leads to. */
export const trialRoutes = (dependencies: TrialDependencies): ApiRoute[] => [asking(dependencies), ...ruling(dependencies)]

function asking({ db, aside }: TrialDependencies): ApiRoute {
  return read(askTrial, async ({ body: { question, against } }) => {
    const drafts = (await db.knowledgeDraft.findMany()).map(fromRow)
    return triedOf(await aside.ask(await knowledge(against, drafts), question), drafts.length)
  })

  async function knowledge(against: "live" | "drafts", drafts: readonly Draft[]) {
    return against === "drafts" && drafts.length > 0 ? aside.index(await candidateBase(db, drafts)) : aside.live()
  }
}

function triedOf({ answer, considered }: Explained, drafts: number): Tried {
  return {
    ...{ question: answer.maskedQuestion, status: answer.status, statusLabel: STATUS_TABLE[answer.status].staffLabel },
    ...{ text: answer.text, procedure: answer.procedure ?? null, choices: answer.choices.map(({ label }) => label), ms: answer.ms, drafts },
    version: answer.knowledgeVersion,
    citations: answer.citations.map(({ sourceId, title, section = null, page = null, quote }) => ({
      sourceId,
      title,
      section,
      page,
      quote,
    })),
    steps: answer.trace.map(({ step, verdict, ms, details = {} }) => ({ step, verdict, ms, details: plainOf(details) })),
    considered: considered.map((row) => ({ ...row, why: [...row.why], variants: [...row.variants] })),
  }
}

/** As JSON carries it. */
const plainOf = (details: object) => JSON.parse(JSON.stringify(details)) as Record<string, unknown>

function ruling({ newId, aside }: TrialDependencies): ApiRoute[] {
  const changing = (kind: string, list: Wording["list"], check: (wording: Wording) => void = () => undefined) => ({
    async act(tx: Transaction, { body, actor, now }: { body: { code: string; phrase: string }; actor: Actor; now: Date }) {
      const wording = { ...body, list }
      check(wording)
      return worded(tx, wording, { kind, actor, now, newId })
    },
  })
  return [
    write(addAlias, changing("draft.alias_added", "aliases")),
    write(pinQuestion, changing("draft.question_pinned", "aliases", freeOfOthers(aside))),
    write(muteWording, changing("draft.wording_muted", "notFor")),
  ]
}

/** A question that two records claim is pinned to neither. */
const freeOfOthers =
  ({ live }: Trial) =>
  ({ code, phrase }: Wording) => {
    const { rulings, base } = live()
    const other = base.procedures[rulings.pinned(phrase)]
    if (other && other.code !== code) throw wrongField("phrase", refusals.pinnedElsewhere(other.name))
  }

interface Doing {
  readonly kind: string
  readonly actor: Actor
  readonly now: Date
  readonly newId: () => string
}

/** Puts a wording into a procedure's draft; what a citizen said of themselves never gets in. */
export async function worded(
  tx: Transaction,
  wording: Wording,
  { kind, actor, now, newId }: Doing,
): Promise<{ reply: { draft: DraftRow | null }; log: AuditNote | ReturnType<typeof unlogged> }> {
  if (maskPersonalData(wording.phrase).found.length > 0 || /\[[^\]]+\]/.test(wording.phrase))
    throw wrongField("phrase", refusals.personalData)
  const saved = await addWording(tx, wording, { by: actor, now, newId })
  if (saved.outcome === "unknown") throw new NotFoundError("procedure")
  if (saved.outcome === "withdrawn") throw conflict(refusals.beingWithdrawn)
  if (saved.outcome === "there") throw wrongField("phrase", refusals.wordingKnown)
  if (saved.outcome === "overtaken") throw conflict(refusals.overtaken)
  if (saved.outcome === "faulty") throw faulty(saved.faults)
  if (saved.outcome === "unchanged") return { reply: { draft: null }, log: unlogged("nothing differs from what is told") }
  const { draft } = saved
  const details: JsonObject = { version: draft.version, phrase: wording.phrase }
  return { reply: { draft: rowOf(draft) }, log: { kind, subject: `procedure:${wording.code}`, details } }
}
