import { InstallationError } from "../../errors.ts"
import { fold } from "../vietnamese/fold.ts"
import { DEPTH, foldedWords, TITLE_WEIGHT, type Engine } from "./engine.ts"

// Both libraries are for developers alone: they are loaded when a comparison is run, never by the product.
async function loaded<T>(library: Promise<T>): Promise<T> {
  return library.catch((cause: unknown) => {
    throw new InstallationError("Phép so sánh cần các thư viện dành cho người phát triển. Hãy chạy: npm ci --include=dev", { cause })
  })
}

/**
 * MiniSearch with plain BM25 (d = 0) instead of its BM25+: recall@10 0.855 instead of 0.843 on a collection of statutes.
 * Prefixes (0.805) and slips of typing (0.347) are off: short syllables resemble each other too much.
 */
export const miniSearch: Engine = {
  name: "MiniSearch",
  async index(corpus) {
    const { default: MiniSearch } = await loaded(import("minisearch"))
    const bm25 = { k: 1.2, b: 0.75, d: 0 }
    const index = new MiniSearch<{ id: number; title: string; text: string }>({ fields: ["title", "text"] })
    index.addAll(corpus.map(({ title, text }, id) => ({ id, title: fold(title), text: fold(text) })))
    return {
      nativeBytes: () => Promise.resolve(0),
      search(query) {
        const words = [...new Set(foldedWords(query))].join(" ")
        const hits = index.search(words, { boost: { title: TITLE_WEIGHT }, bm25 }).slice(0, DEPTH)
        return Promise.resolve(hits.map((hit) => corpus[Number(hit.id)]?.id ?? ""))
      },
      close: () => undefined,
    }
  },
}

/** Closes every word, which turns Orama's search by prefixes (it has no other that ranks) into one by whole words. */
const END = "$"

/**
 * Orama with whole words (recall@10 0.650 instead of 0.566 on a collection of statutes) and without its length norm (0.742):
 * it divides the word counts by the length already. Repeated words stay dropped, as is its default (0.554 with them).
 */
export const orama: Engine = {
  name: "Orama",
  async index(corpus) {
    const { create, insertMultiple, search } = await loaded(import("@orama/orama"))
    const tokenizer = {
      language: "english",
      normalizationCache: new Map<string, string>(),
      tokenize: (text: string) => [...new Set(foldedWords(text))].map((word) => word + END),
    }
    const index = create({ schema: { title: "string", text: "string" } as const, components: { tokenizer } })
    const texts = corpus.map(({ title, text }, id) => ({ id: String(id), title: fold(title), text: fold(text) }))
    await insertMultiple(index, texts, 1000)
    return {
      nativeBytes: () => Promise.resolve(0),
      async search(query) {
        // To Orama a question without a word asks for everything.
        if (foldedWords(query).length === 0) return []
        const relevance = { k: 1.2, b: 0, d: 0.5 }
        const { hits } = await search(index, { term: query, limit: DEPTH, boost: { title: TITLE_WEIGHT }, relevance })
        return hits.map((hit) => corpus[Number(hit.id)]?.id ?? "")
      },
      close: () => undefined,
    }
  },
}
