import { createHash } from "node:crypto"
import type { KnowledgeBase } from "../../knowledge/base.ts"
import type { Procedure } from "../../knowledge/procedure.ts"
import { analyze, kindOf, termsOf } from "../index/analyzer.ts"
import { SATURATED, type KeywordIndex, type QueryTerm } from "../index/keyword-index.ts"
import type { Space, Unit } from "../index/space.ts"
import type { FieldTable } from "../index/types.ts"
import type { Reading } from "../understand/reading.ts"
import { titlesOf, type Title } from "./titles.ts"

/**
 * A name covers a word by holding it, however often: with a weight this large one mention saturates. Without length norm
 * the score is then the weight of the words shared.
 */
export const TITLE_FIELDS: FieldTable = { text: { weight: 1e6, b: 0 } }

export const BODY_FIELDS: FieldTable = {
  name: { weight: 3, b: 0.4 },
  field: { weight: 1, b: 0 },
  results: { weight: 1.5, b: 0.5 },
  subjects: { weight: 0.7, b: 0.5 },
  conditions: { weight: 0.7, b: 0.6 },
  dossier: { weight: 0.8, b: 0.7 },
  steps: { weight: 0.5, b: 0.7 },
}

/** Words as written count beside their folded form, so they get less of the weight. */
const KIND_WEIGHT = { syllable: 1, pair: 1, accented: 0.35 } as const
const TITLE_HITS = 400
const BODY_HITS = 200
const VECTOR_HITS = 100

/** The signs by which a procedure is told to be the one that a question means. */
export interface ProcedureFeatures {
  readonly procedure: number
  /** Share of the question's weight that the best title covers, 0 to 1. */
  readonly questionCoverage: number
  /** Share of that title's weight that the question covers, 0 to 1. */
  readonly titleCoverage: number
  readonly title: Title
  /** Share of the weight of the question's content syllables that all names together hold, 0 to 1: citizens mix two names. */
  readonly names: number
  /** BM25F of the body for the words that were written, over their weight. */
  readonly body: number
  /** Cosine of the question and the nearest title, 0 to 1. */
  readonly similarity: number
}

export interface ProcedureIndex {
  features(reading: Pick<Reading, "terms" | "tokens" | "content">, vector: Float32Array | null): ProcedureFeatures[]
  /** Of those syllables that the procedures know at all: the share of their weight that stands in this one's names or text. */
  explained(syllables: readonly string[], procedure: number): number
  /** True when the procedure's names or text hold the term. */
  holds(term: string, procedure: number): boolean
  /** True when any procedure's text holds the term. */
  known(term: string): boolean
  /** Rarity of a term in the texts of procedures. */
  idf(term: string): number
}

interface OwnedTitle extends Title {
  readonly owner: number
}

const ownedTitles = (procedures: readonly Procedure[]): OwnedTitle[] =>
  procedures.flatMap((procedure, owner) => titlesOf(procedure).map((title) => ({ ...title, owner })))

/** A unit for each name of each procedure. */
export function titleUnits(procedures: readonly Procedure[]): Unit[] {
  return ownedTitles(procedures).map((title, i) => {
    const digest = createHash("sha256").update(title.text).digest("hex").slice(0, 16)
    return { key: `${procedures[title.owner]?.code ?? i} ${digest}`, digest, fields: { text: title.text }, embedded: title.text }
  })
}

/** A unit for the whole text of each procedure. */
export function bodyUnits({ procedures, digests }: KnowledgeBase): Unit[] {
  return procedures.map((p) => ({ key: p.code, digest: digests.get(`procedure:${p.code}`) ?? "", fields: bodyOf(p), embedded: null }))
}

/** Joins the two spaces, which must have been made from the units of the same procedures in the same order. */
export function createProcedureIndex(
  procedures: readonly Procedure[],
  { titles: titleSpace, bodies }: { titles: Space; bodies: Space },
): ProcedureIndex {
  const titles = ownedTitles(procedures)
  const masses = titles.map((title) => massOf(titleSpace.keyword, title.text))
  const named = namedBy(procedures)
  const holds = (term: string, procedure: number) => named.get(term)?.has(procedure) === true || bodies.keyword.has(term, procedure)
  const unheard = bodies.keyword.idf("")
  /** A slip of typing or a person's name stands nowhere and tells nothing about a procedure. */
  const heard = (syllables: readonly string[]) =>
    [...new Set(syllables)].flatMap((term) => {
      const weight = bodies.keyword.idf(term)
      return weight < unheard ? [{ term, weight }] : []
    })
  return {
    holds,
    known: (term) => bodies.keyword.idf(term) < unheard,
    explained: (syllables, procedure) => shareOf(heard(syllables), ({ term }) => holds(term, procedure)),
    idf: (term) => bodies.keyword.idf(term),
    features(reading, vector) {
      const best = bestTitles(weigh(reading.terms), titleSpace.keyword, { titles, masses })
      const body = bodyScores(weigh(writtenTerms(reading)), bodies.keyword)
      const similar = similarities(titleSpace, titles, vector)
      const names = sharesHeld(heard(reading.content), { named, of: procedures.length })
      return [...new Set([...best.keys(), ...body.keys(), ...similar.keys()])].map((procedure) => {
        const { questionCoverage, titleCoverage, title } = best.get(procedure) ?? NO_MATCH
        const signs = { names: names[procedure] ?? 0, body: body.get(procedure) ?? 0, similarity: similar.get(procedure) ?? 0 }
        return { procedure, questionCoverage, titleCoverage, title, ...signs }
      })
    },
  }
}

const weigh = (terms: readonly QueryTerm[]): QueryTerm[] =>
  terms.map(({ term, weight }) => ({ term, weight: weight * KIND_WEIGHT[kindOf(term)] }))

/**
 * What the citizen wrote, without the official words that it may mean: these are a guess that names may confirm, but a
 * long text holds every such word somewhere.
 */
function writtenTerms({ terms, tokens }: Pick<Reading, "terms" | "tokens">): QueryTerm[] {
  const written = new Set(termsOf(tokens))
  return terms.filter(({ term }) => written.has(term))
}

function shareOf<T extends { readonly weight: number }>(terms: readonly T[], isHeld: (term: T) => boolean): number {
  let all = 0
  let held = 0
  for (const term of terms) {
    all += term.weight
    if (isHeld(term)) held += term.weight
  }
  return all === 0 ? 1 : held / all
}

/** For each procedure the share of the terms' weight that its names hold: from the few owners of a term, not by asking each procedure. */
function sharesHeld(
  terms: readonly { readonly term: string; readonly weight: number }[],
  { named, of }: { named: ReadonlyMap<string, ReadonlySet<number>>; of: number },
): Float64Array {
  const shares = new Float64Array(of)
  const all = terms.reduce((sum, { weight }) => sum + weight, 0)
  if (all === 0) return shares.fill(1)
  for (const { term, weight } of terms) for (const procedure of named.get(term) ?? []) shares[procedure] = (shares[procedure] ?? 0) + weight
  return shares.map((held) => held / all)
}

function bodyScores(terms: readonly QueryTerm[], index: KeywordIndex): Map<number, number> {
  const mass = massOfTerms(index, terms)
  return new Map(index.search(terms, BODY_HITS).map((hit) => [hit.position, hit.score / mass]))
}

/** The procedures whose names hold a term. */
function namedBy(procedures: readonly Procedure[]): ReadonlyMap<string, ReadonlySet<number>> {
  const named = new Map<string, Set<number>>()
  procedures.forEach((procedure, i) => {
    for (const term of titlesOf(procedure).flatMap((title) => analyze(title.text))) {
      const owners = named.get(term)
      if (owners) owners.add(i)
      else named.set(term, new Set([i]))
    }
  })
  return named
}

/** Found by its body or by likeness alone. */
const NO_TITLE: Title = { text: "", kind: "name" }

const NO_MATCH = { questionCoverage: 0, titleCoverage: 0, title: NO_TITLE }
type TitleMatch = Pick<ProcedureFeatures, "questionCoverage" | "titleCoverage" | "title">

function bestTitles(
  terms: readonly QueryTerm[],
  index: KeywordIndex,
  known: { titles: readonly OwnedTitle[]; masses: readonly number[] },
): Map<number, TitleMatch> {
  const mass = massOfTerms(index, terms)
  const best = new Map<number, TitleMatch & { strength: number }>()
  for (const hit of index.search(terms, TITLE_HITS)) {
    const title = known.titles[hit.position]
    if (!title) continue
    const shared = hit.score / SATURATED
    const questionCoverage = shared / mass
    const titleCoverage = Math.min(1, shared / (known.masses[hit.position] || 1))
    const strength = questionCoverage + titleCoverage
    const before = best.get(title.owner)
    if (!before || strength > before.strength) best.set(title.owner, { questionCoverage, titleCoverage, title, strength })
  }
  return best
}

function similarities(space: Space, titles: readonly OwnedTitle[], vector: Float32Array | null): Map<number, number> {
  const best = new Map<number, number>()
  for (const hit of vector ? space.vectors.search(vector, VECTOR_HITS) : []) {
    const owner = titles[space.vectorOwners[hit.position] ?? -1]?.owner
    if (owner !== undefined && hit.score > (best.get(owner) ?? 0)) best.set(owner, hit.score)
  }
  return best
}

const massOfTerms = (index: KeywordIndex, terms: readonly QueryTerm[]) =>
  terms.reduce((sum, t) => sum + t.weight * index.idf(t.term), 0) || 1

function massOf(index: KeywordIndex, text: string): number {
  let mass = 0
  for (const term of new Set(analyze(text))) mass += KIND_WEIGHT[kindOf(term)] * index.idf(term)
  return mass
}

function bodyOf(p: Procedure): Record<string, string> {
  return {
    name: p.name,
    field: p.field,
    results: p.results.join("\n"),
    subjects: p.subjects,
    conditions: p.conditions.join("\n"),
    dossier: p.dossier.map((c) => [c.title, ...c.papers.map((paper) => paper.name)].join("\n")).join("\n"),
    steps: p.steps.join("\n"),
  }
}
