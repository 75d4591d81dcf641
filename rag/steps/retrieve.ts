import type { Embedder } from "../embedder.ts"
import type { FoundPassage } from "../documents/passage-index.ts"
import { rankPassages } from "../documents/passage-ranking.ts"
import { placeName } from "../documents/places.ts"
import type { LiveKnowledge } from "../live.ts"
import type { Draft, Step } from "../pipeline.ts"
import { EXACT_SCORE, rank } from "../procedures/ranking.ts"
import { CHOOSE_PROCEDURE } from "./read.ts"

const KEPT_PROCEDURES = 30
const KEPT_PASSAGES = 20
const CODE = /(?<!\d)\d\.\d{6}(?:\.[A-Z0-9]+)*/

/** Finds procedures (by code, name, alias, body, likeness) and passages, best first. */
export function retrieve(embedder: Embedder): Step {
  return async (draft) => {
    const { reading, live } = draft
    if (!reading || draft.decision) return { draft, verdict: "skipped" }
    const vector = (await embedder.embed([reading.content.join(" ") || reading.text]))[0] ?? null
    const known = { procedures: live.base.procedures, traits: live.traits, locality: live.base.home?.province ?? null }
    const features = live.procedures.features(reading.terms, vector)
    const ranked = pinned(rank(reading, features, known), draft).slice(0, KEPT_PROCEDURES)
    const places = live.gazetteer.find(reading.tokens)
    const found = live.passages.find(reading.terms, vector).filter((p) => speaksHere(p, live))
    const passages = rankPassages(reading, found, { index: live.passages, places }).slice(0, KEPT_PASSAGES)
    const details = {
      procedures: ranked.slice(0, 5).map((r) => ({
        code: live.base.procedures[r.procedure]?.code,
        score: round(r.score),
        parts: r.parts,
        title: r.features.title.text,
      })),
      passages: passages.slice(0, 5).map((p) => ({ id: p.passage.id, score: round(p.score), signs: p.signs })),
      places: places.map((p) => p.name),
    }
    return { draft: { ...draft, ranked, passages, places }, verdict: `${ranked.length} + ${passages.length}`, details }
  }
}

/** A code that was written or a procedure that was chosen stands first, whatever the words say. */
function pinned(ranked: ReturnType<typeof rank>, { question, text, live }: Draft): ReturnType<typeof rank> {
  const code = question.choiceId?.startsWith(CHOOSE_PROCEDURE) ? question.choiceId.slice(CHOOSE_PROCEDURE.length) : CODE.exec(text)?.[0]
  const procedure = code ? live.base.procedures.findIndex((p) => p.code === code) : -1
  if (procedure < 0) return ranked
  const title = { text: live.base.procedures[procedure]?.name ?? "", kind: "name" as const }
  const features = { procedure, questionCoverage: 1, titleCoverage: 1, title, body: 1, similarity: 1 }
  return [{ procedure, score: EXACT_SCORE, features, parts: { exact: EXACT_SCORE } }, ...ranked.filter((r) => r.procedure !== procedure)]
}

/** Once the commune is named, documents of other communes never answer for it; its city's or province's do. */
const speaksHere = ({ passage }: FoundPassage, { base: { home } }: LiveKnowledge) =>
  home === null || passage.place === null || [placeName(home.commune), placeName(home.province)].includes(passage.place)

const round = (n: number) => Math.round(n * 1000) / 1000
