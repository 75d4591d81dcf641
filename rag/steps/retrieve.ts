import type { Embedder } from "../embedder.ts"
import { passageQuery } from "../documents/passage-query.ts"
import { rankPassages } from "../documents/passage-ranking.ts"
import { speaksHere } from "../documents/places.ts"
import type { Draft, Step } from "../pipeline.ts"
import { EXACT_SCORE, type Ranked, rank } from "../procedures/ranking.ts"
import { askingPart } from "../understand/clauses.ts"
import type { Reading } from "../understand/reading.ts"
import { CHOOSE_PROCEDURE } from "./read.ts"

const KEPT_PROCEDURES = 30
const KEPT_PASSAGES = 20
const CODE = /(?<!\d)\d\.\d{6}(?:\.[A-Z0-9]+)*/

/** Finds procedures (by code, name, alias, body, likeness) and passages, best first. */
export function retrieve(embedder: Embedder, read: (text: string) => Reading): Step {
  return async (draft) => {
    const { reading, live } = draft
    if (!reading || draft.decision) return { draft, verdict: "skipped" }
    const { ranked: byWords, vector } = await rankFor(reading, draft, embedder)
    const ruledOut = live.rulings.ruledOut(reading)
    const allowed = (list: readonly Ranked[]) => (ruledOut.size === 0 ? list : list.filter((r) => !ruledOut.has(r.procedure)))
    const ranked = pinned(allowed(byWords), draft).slice(0, KEPT_PROCEDURES)
    const asked = draft.question.choiceId ? null : askingPart(reading.text, read)
    const asking = asked === null ? null : await askingOf(read(asked))
    async function askingOf(part: Reading) {
      return { reading: part, ranked: allowed((await rankFor(part, draft, embedder)).ranked) }
    }
    const places = live.gazetteer.find(reading.tokens)
    const query = passageQuery(reading, places)
    const found = live.passages.find(query, vector).filter(({ passage }) => speaksHere(passage.place, live.base.home))
    const passages = rankPassages(query, found, { index: live.passages, places }).slice(0, KEPT_PASSAGES)
    const details = {
      procedures: ranked.slice(0, 5).map((r) => ({
        code: live.base.procedures[r.procedure]?.code,
        score: round(r.score),
        parts: rounded(r.parts),
        title: r.features.title.text,
      })),
      passages: passages.slice(0, 5).map((p) => ({ id: p.passage.id, score: round(p.score), signs: rounded(p.signs) })),
      places: places.map((p) => p.name),
      ...(ruledOut.size === 0 ? {} : { ruledOut: [...ruledOut].map((at) => live.base.procedures[at]?.code) }),
    }
    return { draft: { ...draft, ranked, asking, passages, places }, verdict: `${ranked.length} + ${passages.length}`, details }
  }
}

async function rankFor(reading: Reading, { live, today }: Pick<Draft, "live" | "today">, embedder: Embedder) {
  const vector = (await embedder.embed([reading.content.join(" ") || reading.text]))[0] ?? null
  const known = { procedures: live.base.procedures, traits: live.traits, locality: live.base.home?.province ?? null, today }
  return { ranked: rank(reading, live.procedures.features(reading, vector), known), vector }
}

/** The code of a procedure that the citizen wrote; null when there is none. */
export const writtenCode = (text: string): string | null => CODE.exec(text)?.[0] ?? null

/** A code that was written, a procedure that was chosen or one that staff gave this very wording stands first. */
function pinned(ranked: readonly Ranked[], { question, text, live }: Draft): readonly Ranked[] {
  const code = question.choiceId?.startsWith(CHOOSE_PROCEDURE) ? question.choiceId.slice(CHOOSE_PROCEDURE.length) : writtenCode(text)
  const procedure = code ? live.base.procedures.findIndex((p) => p.code === code) : live.rulings.pinned(text)
  if (procedure < 0) return ranked
  const title = { text: live.base.procedures[procedure]?.name ?? "", kind: "name" as const }
  const features = { procedure, questionCoverage: 1, titleCoverage: 1, title, names: 1, body: 1, similarity: 1 }
  return [{ procedure, score: EXACT_SCORE, features, parts: { exact: EXACT_SCORE } }, ...ranked.filter((r) => r.procedure !== procedure)]
}

const round = (n: number) => Math.round(n * 1000) / 1000
/** A trace is kept with every answer, and more digits than anybody reads are most of it. */
const rounded = (signs: object) =>
  Object.fromEntries(
    Object.entries(signs).map(([name, value]: [string, unknown]) => [name, typeof value === "number" ? round(value) : value]),
  )
