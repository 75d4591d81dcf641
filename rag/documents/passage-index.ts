import { createHash } from "node:crypto"
import type { KnowledgeBase } from "../../knowledge/base.ts"
import { noticePassages } from "./notices.ts"
import type { KnowledgeDocument } from "../../knowledge/document.ts"
import { passagesOf, type Passage } from "../../knowledge/passages.ts"
import { kindOf } from "../index/analyzer.ts"
import type { Space, Unit } from "../index/space.ts"
import type { FieldTable } from "../index/types.ts"
import type { PassageQuery } from "./passage-query.ts"
import type { SourcedPassage } from "./passage.ts"
import { dominantPlace, placeName } from "./places.ts"
import { createScanRepair } from "./scan-repair.ts"

export const PASSAGE_FIELDS: FieldTable = {
  text: { weight: 1, b: 0.4 },
  heading: { weight: 0.9, b: 0.3 },
  document: { weight: 0.5, b: 0.2 },
}

const KIND_WEIGHT = { syllable: 1, pair: 0.8, accented: 0.3 } as const
const HITS = 100

export interface FoundPassage {
  readonly passage: SourcedPassage
  readonly position: number
  /** BM25F of what is asked for, over its own weight; the place's name does not count. */
  readonly keyword: number
  /** Cosine of question and passage, 0 to 1. */
  readonly similarity: number
}

export interface PassageIndex {
  readonly passages: readonly SourcedPassage[]
  find(query: PassageQuery, vector: Float32Array | null): FoundPassage[]
  idf(term: string): number
  /** True when the passage at this position, its headings or its title hold the term. */
  has(term: string, position: number): boolean
}

/** All passages of a base: documents in their order, each followed by who signed it, then public notices. */
export function sourcedPassages(base: KnowledgeBase, placeNames: readonly string[]): SourcedPassage[] {
  const mend = menderOf(base)
  const documents = base.documents.flatMap((document) => {
    const repair = document.verified ? (text: string) => text : mend
    const source = {
      title: document.title,
      ...placeOf(document, { names: placeNames, repair }),
      placeWritten: document.place,
      verified: document.verified,
      date: document.date,
      url: document.url,
      expires: document.effectiveTo,
    }
    return [
      ...passagesOf(document).map((passage) => ({ ...passage, ...source, alsoCalled: "" })),
      ...signature(document).map((passage) => ({ ...passage, ...source, alsoCalled: SIGNER_ASKED_AS })),
    ].map((passage) => ({ ...passage, readable: passage.blocks.map((block) => repair(block.text)) }))
  })
  return [...documents, ...noticePassages(base)]
}

/** What may be read in a scan is learnt from all documents, but only where there is a scan at all. */
function menderOf({ documents }: KnowledgeBase): (text: string) => string {
  if (documents.every((document) => document.verified)) return (text) => text
  return createScanRepair(documents.map(wholeText))
}

const wholeText = (document: KnowledgeDocument) => document.sections.flatMap((s) => s.blocks.map((b) => b.text)).join("\n")

const SIGNER_ASKED_AS = "ai ký, ai là chủ tịch, chủ tịch tên gì, lãnh đạo là ai"

/** In the text the office stands on one line and the name on another, far below; the front matter has them together. */
function signature({ id, signer, issuer, verified }: KnowledgeDocument): Passage[] {
  if (!signer) return []
  const text = `Người ký: ${signer}${issuer === "" ? "" : `, ${issuer}`}.`
  const blocks = [{ kind: "paragraph", text }] as const
  return [{ id: `${id}#signer-${digestOf(text)}`, documentId: id, path: ["Người ký"], page: null, blocks, text, verified }]
}

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 12)

/** A scan has lost the marks of its title; its text still names the place again and again. */
function placeOf(
  document: KnowledgeDocument,
  { names, repair }: { names: readonly string[]; repair: (text: string) => string },
): Pick<SourcedPassage, "place" | "wide"> {
  const written = document.place
  if (written) return { place: placeName(written), wide: /^(?:thành phố|tỉnh)/i.test(written) }
  const told = document.verified ? null : dominantPlace(repair(wholeText(document)), names)
  return { place: told?.name ?? null, wide: told?.wide ?? false }
}

export function passageUnits(passages: readonly SourcedPassage[]): Unit[] {
  return passages.map((p) => {
    const text = p.readable.join("\n")
    const fields = { text, heading: [...p.path, p.alsoCalled].join("\n"), document: p.title }
    return {
      key: p.id,
      // All that is searched: the same words under another title are found by other questions, and a scan is read by other documents.
      digest: digestOf(Object.values(fields).join("\n\n")),
      fields,
      embedded: `${p.path.at(-1) ?? ""} ${p.alsoCalled} ${text}`,
    }
  })
}

/** Joins passages and their space, which must have been made from the units of the same passages in the same order. */
export function createPassageIndex(passages: readonly SourcedPassage[], space: Space): PassageIndex {
  return {
    passages,
    idf: (term) => space.keyword.idf(term),
    has: (term, position) => space.keyword.has(term, position),
    find({ content, wide }, vector) {
      const own = content.map(({ term, weight }) => ({
        worth: weight * KIND_WEIGHT[kindOf(term)] * space.keyword.idf(term),
        impactAt: space.keyword.impactOf(term),
      }))
      const mass = own.reduce((sum, t) => sum + t.worth, 0) || 1
      const scoreAt = (position: number) => own.reduce((sum, t) => sum + t.worth * t.impactAt(position), 0) / mass
      const hits = space.keyword.search(
        wide.map((t) => ({ term: t.term, weight: t.weight * KIND_WEIGHT[kindOf(t.term)] })),
        HITS,
      )
      const similar = new Map(
        (vector ? space.vectors.search(vector, HITS) : []).map((hit) => [space.vectorOwners[hit.position] ?? -1, hit.score]),
      )
      return [...new Set([...hits.map((hit) => hit.position), ...similar.keys()])].flatMap((position) => {
        const passage = passages[position]
        return passage ? [{ passage, position, keyword: scoreAt(position), similarity: similar.get(position) ?? 0 }] : []
      })
    },
  }
}
