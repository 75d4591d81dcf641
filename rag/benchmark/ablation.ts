import { makeBase } from "../../knowledge/base.ts"
import { procedureItem, type KnowledgeItem } from "../../knowledge/item.ts"
import { createAnswerQuestion } from "../answer.ts"
import type { Embedder } from "../embedder.ts"
import type { EvalQuestion } from "../evaluation/questions.ts"
import { reportOf, type Ranking } from "../evaluation/report.ts"
import { evaluate } from "../evaluation/run.ts"
import { buildSpace } from "../index/space.ts"
import { indexKnowledge, openKnowledge, type LiveKnowledge } from "../live.ts"
import { BODY_FIELDS, bodyUnits, TITLE_FIELDS, titleUnits } from "../procedures/procedure-index.ts"
import { asTyped } from "../spelling/speller.ts"
import type { Lexicon } from "../understand/lexicon.ts"
import { createReader } from "../understand/reading.ts"

/** What the procedure search is made of; an ablation hands in less of it. */
export interface Pieces {
  readonly items: readonly KnowledgeItem[]
  readonly lexicon: Lexicon
  readonly embedder: Embedder
  readonly placeNames: readonly string[]
}

/** What the questions are put to: everything around the search that stays the same. */
type Around = Omit<Parameters<typeof createAnswerQuestion>[0], "live" | "read" | "embedder">

export interface Ablation {
  readonly name: string
  readonly pieces?: (all: Pieces) => Pieces
  readonly live?: (whole: LiveKnowledge, pieces: Pieces) => Promise<LiveKnowledge>
}

const withLexicon =
  (less: Partial<Lexicon>) =>
  (all: Pieces): Pieces => ({ ...all, lexicon: { ...all.lexicon, ...less } })

/** The whole search first, then the search without one of its signs at a time. */
export const ABLATIONS: readonly Ablation[] = [
  { name: "đủ mọi dấu hiệu" },
  { name: "không có véc-tơ", pieces: withoutVectors },
  { name: "không có tên dân gian", pieces: (all) => ({ ...all, items: all.items.map(withoutAliases) }) },
  { name: "không có nghĩa đời thường", pieces: withLexicon({ synonyms: new Map() }) },
  { name: "không có chữ viết tắt", pieces: withLexicon({ abbreviations: new Map() }) },
  { name: "không có trường hợp riêng", pieces: withLexicon({ variants: [] }) },
  { name: "không có nội dung thủ tục", live: withoutBodies },
  { name: "không đọc lại chữ gõ sai", live: (whole) => Promise.resolve({ ...whole, spell: asTyped }) },
  { name: "không véc-tơ, tên dân gian", pieces: (all) => withoutVectors({ ...all, items: all.items.map(withoutAliases) }) },
  { name: "chỉ véc-tơ", live: withoutWords },
  { name: "chỉ véc-tơ, tên chính thức", pieces: (all) => ({ ...all, items: all.items.map(withoutAliases) }), live: withoutWords },
]

/** Answers the questions with the pieces that an ablation leaves; null when no question names a procedure. */
export async function measureAblation(
  ablation: Ablation,
  questions: readonly EvalQuestion[],
  { all, around }: { all: Pieces; around: Around },
): Promise<Ranking | null> {
  const pieces = ablation.pieces?.(all) ?? all
  const base = makeBase(pieces.items, { version: 0, demo: false, home: null })
  const { live: whole } = await indexKnowledge(base, pieces)
  const live = (await ablation.live?.(whole, pieces)) ?? whole
  const answer = createAnswerQuestion({ live: () => live, read: createReader(pieces.lexicon), embedder: pieces.embedder, ...around })
  return reportOf(await evaluate(questions, answer, { base })).procedures
}

/** With an embedder that knows no text: neither records nor questions get a vector. */
function withoutVectors(all: Pieces): Pieces {
  return { ...all, embedder: { ...all.embedder, name: "none", embed: () => Promise.resolve([]) } }
}

/** Names that a record brought along go as well as those of the shipped list. */
const withoutAliases = (item: KnowledgeItem): KnowledgeItem =>
  item.kind === "procedure" ? procedureItem({ ...item.body, aliases: [] }) : item

async function withoutBodies(whole: LiveKnowledge, { embedder, lexicon, placeNames }: Pieces): Promise<LiveKnowledge> {
  const empty = bodyUnits(whole.base).map((unit) => ({ ...unit, fields: {} }))
  const { space } = await buildSpace(BODY_FIELDS, empty, { embedder })
  return openKnowledge(whole.base, { ...whole.spaces, bodies: space }, { lexicon, placeNames })
}

/** Neither names nor texts can be searched by their words; the vectors of names are all that is left. */
async function withoutWords(whole: LiveKnowledge, pieces: Pieces): Promise<LiveKnowledge> {
  const wordless = titleUnits(whole.base.procedures).map((unit) => ({ ...unit, fields: {} }))
  const { space } = await buildSpace(TITLE_FIELDS, wordless, pieces)
  const bodiless = await withoutBodies(whole, pieces)
  return openKnowledge(whole.base, { ...bodiless.spaces, titles: space }, pieces)
}
