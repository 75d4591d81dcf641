import type { KnowledgeBase } from "../../knowledge/base.ts"
import { noticePassages } from "./notices.ts"
import type { KnowledgeDocument } from "../../knowledge/document.ts"
import { passagesOf } from "../../knowledge/passages.ts"
import { kindOf } from "../index/analyzer.ts"
import type { QueryTerm } from "../index/keyword-index.ts"
import type { Space, Unit } from "../index/space.ts"
import type { FieldTable } from "../index/types.ts"
import type { SourcedPassage } from "./passage.ts"
import { dominantPlace, placeName } from "./places.ts"

export const PASSAGE_FIELDS: FieldTable = {
  text: { weight: 1, b: 0.4 },
  heading: { weight: 0.9, b: 0.3 },
  document: { weight: 0.5, b: 0.2 },
}

const KIND_WEIGHT = { syllable: 1, pair: 0.8, accented: 0.3 } as const
const HITS = 60

export interface FoundPassage {
  readonly passage: SourcedPassage
  readonly position: number
  /** BM25F over the question's own weight. */
  readonly keyword: number
  /** Cosine of question and passage, 0 to 1. */
  readonly similarity: number
}

export interface PassageIndex {
  readonly passages: readonly SourcedPassage[]
  find(terms: readonly QueryTerm[], vector: Float32Array | null): FoundPassage[]
  idf(term: string): number
  /** True when the passage at this position, its headings or its title hold the term. */
  has(term: string, position: number): boolean
}

/** All passages of a base: documents in their order, then public notices. */
export function sourcedPassages(base: KnowledgeBase, placeNames: readonly string[]): SourcedPassage[] {
  const documents = base.documents.flatMap((document) => {
    const place = placeOf(document, placeNames)
    return passagesOf(document).map((passage) => ({
      ...passage,
      title: document.title,
      place,
      placeWritten: document.place,
      wide: /^(?:thành phố|tỉnh)/i.test(document.place ?? ""),
      verified: document.verified,
      date: document.date,
      url: document.url,
      expires: document.effectiveTo,
      alsoCalled: "",
    }))
  })
  return [...documents, ...noticePassages(base)]
}

/** A scan has lost the marks of its title; its text still names the place again and again. */
function placeOf(document: KnowledgeDocument, names: readonly string[]): string | null {
  if (document.place) return placeName(document.place)
  return document.verified ? null : dominantPlace(document.sections.flatMap((s) => s.blocks.map((b) => b.text)).join("\n"), names)
}

export function passageUnits(passages: readonly SourcedPassage[]): Unit[] {
  return passages.map((p) => ({
    key: p.id,
    digest: p.id,
    fields: { text: p.text, heading: [...p.path, p.alsoCalled].join("\n"), document: p.title },
    embedded: `${p.path.at(-1) ?? ""} ${p.alsoCalled} ${p.text}`,
  }))
}

/** Joins passages and their space, which must have been made from the units of the same passages in the same order. */
export function createPassageIndex(passages: readonly SourcedPassage[], space: Space): PassageIndex {
  return {
    passages,
    idf: (term) => space.keyword.idf(term),
    has: (term, position) => space.keyword.has(term, position),
    find(terms, vector) {
      const weighted = terms.map((t) => ({ term: t.term, weight: t.weight * KIND_WEIGHT[kindOf(t.term)] }))
      const mass = weighted.reduce((sum, t) => sum + t.weight * space.keyword.idf(t.term), 0) || 1
      const keyword = new Map(space.keyword.search(weighted, HITS).map((hit) => [hit.position, hit.score / mass]))
      const similar = new Map(
        (vector ? space.vectors.search(vector, HITS) : []).map((hit) => [space.vectorOwners[hit.position] ?? -1, hit.score]),
      )
      return [...new Set([...keyword.keys(), ...similar.keys()])].flatMap((position) => {
        const passage = passages[position]
        return passage ? [{ passage, position, keyword: keyword.get(position) ?? 0, similarity: similar.get(position) ?? 0 }] : []
      })
    },
  }
}
