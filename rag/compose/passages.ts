import type { Reply } from "../pipeline.ts"
import type { AnswerTexts } from "../texts.ts"
import type { QueryTerm } from "../index/keyword-index.ts"
import { excerpts, type Quotable } from "./excerpt.ts"

interface Request {
  readonly question: string
  readonly found: readonly Quotable[]
  readonly terms: readonly QueryTerm[]
  readonly idf: (term: string) => number
  readonly texts: AnswerTexts
  readonly demo: boolean
}

/** Answers with the passages' own sentences and says whose document they stand in. */
export function composePassages({ question, found, terms, idf, texts, demo }: Request): Reply {
  const weights = new Map(terms.map((t) => [t.term, t.weight * idf(t.term)]))
  const quotes = excerpts(found, { question, weights })
  const first = quotes[0]?.passage
  const paragraphs = [
    ...quotes.flatMap(({ passage, text }, i) => {
      const named = quotes[i - 1]?.passage.documentId === passage.documentId
      return [...(named ? [] : [texts.documentOf({ title: passage.title, place: passage.placeWritten })]), text]
    }),
    ...(quotes.some(({ passage }) => !passage.verified) ? [texts.unverified] : []),
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
      ...(passage.verified ? {} : { unverified: true as const }),
    })),
    choices: [],
    context: null,
    support: [
      ...quotes.map((q) => q.passage.evidence ?? q.passage.text),
      ...quotes.map((q) => `${q.passage.title} ${q.passage.path.join(" ")} ${q.passage.date ?? ""} ${q.passage.placeWritten ?? ""}`),
    ],
  }
}
