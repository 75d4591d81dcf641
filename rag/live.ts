import type { KnowledgeBase } from "../knowledge/base.ts"
import { createPassageIndex, PASSAGE_FIELDS, passageUnits, sourcedPassages, type PassageIndex } from "./documents/passage-index.ts"
import { createGazetteer, placeName, type Gazetteer } from "./documents/places.ts"
import type { Embedder } from "./embedder.ts"
import { buildSpace, type Space, type SpaceContent } from "./index/space.ts"
import type { FieldTable } from "./index/types.ts"
import type { Unit } from "./index/space.ts"
import {
  BODY_FIELDS,
  bodyUnits,
  createProcedureIndex,
  TITLE_FIELDS,
  titleUnits,
  type ProcedureIndex,
} from "./procedures/procedure-index.ts"
import { createRulings, type Rulings } from "./procedures/rulings.ts"
import { traitsOf, type ProcedureTraits } from "./procedures/ranking.ts"
import { createSpeller, type Expand, type Speller } from "./spelling/speller.ts"
import { createWordModel } from "./spelling/word-model.ts"
import type { WayOn } from "./texts.ts"
import { expansionOf } from "./understand/abbreviations.ts"
import type { Lexicon } from "./understand/lexicon.ts"
import { tokenize } from "./vietnamese/syllables.ts"

/** The knowledge that answers are made from, with its indexes. Swapped whole, never changed. */
export interface LiveKnowledge {
  readonly base: KnowledgeBase
  readonly procedures: ProcedureIndex
  readonly traits: readonly ProcedureTraits[]
  readonly rulings: Rulings
  readonly passages: PassageIndex
  readonly gazetteer: Gazetteer
  /** Reads what was mistyped, by the words of this knowledge and of the language tables. */
  readonly spell: Speller
  readonly way: WayOn
  readonly spaces: Readonly<Record<SpaceName, Space>>
}

export const SPACES = ["titles", "bodies", "passages"] as const
export type SpaceName = (typeof SPACES)[number]

export interface IndexReport {
  readonly reused: number
  readonly indexed: number
  readonly ms: number
}

interface Parts {
  readonly embedder: Embedder
  readonly lexicon: Lexicon
  readonly placeNames: readonly string[]
  /** What an earlier index holds; equal texts are not read again. */
  readonly previous?: Readonly<Partial<Record<SpaceName, SpaceContent>>>
}

/** Indexes a base. Throws UpstreamError when the embedder's service fails; the knowledge that is live stays live. */
export async function indexKnowledge(base: KnowledgeBase, parts: Parts): Promise<{ live: LiveKnowledge; report: IndexReport }> {
  const started = performance.now()
  const passages = sourcedPassages(base, parts.placeNames)
  const tables: readonly (readonly [SpaceName, FieldTable, readonly Unit[]])[] = [
    ["titles", TITLE_FIELDS, titleUnits(base.procedures)],
    ["bodies", BODY_FIELDS, bodyUnits(base)],
    ["passages", PASSAGE_FIELDS, passageUnits(passages)],
  ]
  const spaces: Partial<Record<SpaceName, Space>> = {}
  let reused = 0
  let indexed = 0
  for (const [name, fields, units] of tables) {
    const built = await buildSpace(fields, units, { embedder: parts.embedder, previous: parts.previous?.[name] ?? null })
    spaces[name] = built.space
    reused += built.report.reused
    indexed += built.report.indexed
  }
  const live = openKnowledge(base, spaces as Record<SpaceName, Space>, parts)
  return { live, report: { reused, indexed, ms: performance.now() - started } }
}

/** Joins a base and spaces that were made from it. */
export function openKnowledge(
  base: KnowledgeBase,
  spaces: Readonly<Record<SpaceName, Space>>,
  { lexicon, placeNames }: Pick<Parts, "lexicon" | "placeNames">,
): LiveKnowledge {
  const passages = sourcedPassages(base, placeNames)
  const own = new Set(passages.map((p) => p.place ?? ""))
  if (base.home) own.add(placeName(base.home.commune) ?? "")
  own.delete("")
  return {
    base,
    spaces,
    procedures: createProcedureIndex(base.procedures, spaces),
    traits: base.procedures.map((p) => traitsOf(p, lexicon)),
    rulings: createRulings(base.procedures),
    passages: createPassageIndex(passages, spaces.passages),
    gazetteer: createGazetteer(placeNames, [...own]),
    spell: createSpeller(createWordModel(lexicon.usage, knownTexts(spaces)), expander(lexicon)),
    way: wayOn(base),
  }
}

/** Names of procedures are what citizens talk of; the texts behind them lend their words. */
const USE_OF: Readonly<Record<SpaceName, number>> = { titles: 3, bodies: 1, passages: 1 }

const expander =
  (lexicon: Lexicon): Expand =>
  (token, message) => {
    const entry = expansionOf(token, message, lexicon)
    return entry ? tokenize(entry.long) : null
  }

const knownTexts = (spaces: Readonly<Record<SpaceName, Space>>) =>
  SPACES.map((name) => ({ index: spaces[name].keyword, terms: spaces[name].content.vocabulary.keys(), weight: USE_OF[name] }))

function wayOn({ notices, home }: KnowledgeBase): WayOn {
  const hotline = notices.find((n) => n.kind === "contact" && n.hotline)
  const hours = notices.find((n) => n.kind === "opening_hours")
  const reception = notices.find((n) => n.kind === "reception")
  return {
    commune: home?.commune ?? "xã",
    hotline: hotline?.kind === "contact" ? hotline.phone : null,
    hours: hours?.text ?? null,
    reception: reception?.text ?? null,
  }
}
