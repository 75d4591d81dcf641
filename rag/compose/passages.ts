import { splitSentences } from "../vietnamese/sentences.ts"
import type { RankedPassage } from "../documents/passage-ranking.ts"
import type { SourcedPassage } from "../documents/passage.ts"
import type { Reply } from "../pipeline.ts"
import type { AnswerTexts } from "../texts.ts"
import type { QueryTerm } from "../index/keyword-index.ts"
import { analyze } from "../index/analyzer.ts"

/** An answer quotes at most this much; longer passages are cut to the sentences that bear on the question. */
const MAX_CHARACTERS = 1400

const MAX_SUPPORTING = 420

interface Request {
  readonly found: readonly RankedPassage[]
  readonly terms: readonly QueryTerm[]
  readonly idf: (term: string) => number
  readonly texts: AnswerTexts
  readonly demo: boolean
}

/** Answers with the passages' own sentences and says whose document they stand in. */
export function composePassages({ found, terms, idf, texts, demo }: Request): Reply {
  const first = found[0]?.passage
  const weights = new Map(terms.map((t) => [t.term, t.weight * idf(t.term)]))
  let room = MAX_CHARACTERS
  const quotes: { passage: SourcedPassage; text: string }[] = []
  for (const { passage } of found) {
    if (room < 80) break
    // The best passage may be quoted whole; of the others only what bears on the question.
    const text = excerpt(passage, weights, quotes.length === 0 ? room : Math.min(room, MAX_SUPPORTING))
    quotes.push({ passage, text })
    room -= text.length
  }
  const paragraphs = [
    ...(first ? [texts.documentOf({ title: first.title, place: first.placeWritten })] : []),
    ...quotes.map((q) => q.text),
    ...(first && !first.verified ? [texts.unverified] : []),
    ...(first ? [texts.source({ title: first.title, section: first.path.at(-1) ?? null, date: first.date, demo })] : []),
  ]
  return {
    status: "answered",
    text: paragraphs.join("\n"),
    fields: {},
    citations: quotes.map(({ passage, text }) => ({
      sourceId: passage.documentId,
      title: passage.title,
      section: passage.path.join(" > "),
      ...(passage.page ? { page: passage.page } : {}),
      quote: text,
      ...(passage.url ? { url: passage.url } : {}),
    })),
    choices: [],
    context: null,
    support: [
      ...quotes.map((q) => q.passage.text),
      ...quotes.map((q) => `${q.passage.title} ${q.passage.path.join(" ")} ${q.passage.date ?? ""} ${q.passage.placeWritten ?? ""}`),
    ],
  }
}

/** The whole passage when it fits; else its best sentences in their order, a list with the line that announces it. */
function excerpt(passage: SourcedPassage, weights: ReadonlyMap<string, number>, room: number): string {
  if (passage.text.length <= room) return passage.text
  const sentences = splitSentences(passage.text)
  const worth = sentences.map((s) => [...new Set(analyze(s.text))].reduce((sum, term) => sum + (weights.get(term) ?? 0), 0))
  const order = sentences.map((_, i) => i).sort((a, b) => (worth[b] ?? 0) - (worth[a] ?? 0))
  const kept = new Set<number>()
  let length = 0
  for (const i of order) {
    const size = (sentences[i]?.text.length ?? 0) + 1
    if (length + size > room && kept.size > 0) break
    kept.add(i)
    length += size
  }
  if (sentences[0]?.text.endsWith(":")) kept.add(0)
  return [...kept]
    .sort((a, b) => a - b)
    .map((i) => cutAtSpace(sentences[i]?.text ?? "", Math.max(room, 400)))
    .join("\n")
}

/** Never in the middle of a figure: "1.500.000" cut short would be another amount. */
const cutAtSpace = (text: string, length: number) => (text.length <= length ? text : text.slice(0, text.lastIndexOf(" ", length)))
