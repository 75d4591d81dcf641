import type Sqlite from "better-sqlite3"
import { fold } from "../vietnamese/fold.ts"
import { DEPTH, foldedWords, TITLE_WEIGHT, type Engine, type Searcher } from "./engine.ts"
import type { CorpusLine } from "./retrieval.ts"

/**
 * SQLite's own full-text search, in memory. Any word of the question may match (bm25 orders them): asking for all of them
 * finds nothing for a sentence. No prefixes: Vietnamese syllables are short, and "ca" is not "cap" (recall@10 0.860 instead
 * of 0.898 on a collection of statutes).
 */
export const fts5: Engine = { name: "SQLite FTS5", index: (corpus) => indexWith(corpus, wordsOf) }

/** The same index asked for neighbouring syllables as phrases too: the fairest peer, since our own index holds pairs as well. */
export const fts5Pairs: Engine = { name: "SQLite FTS5, thêm cặp tiếng", index: (corpus) => indexWith(corpus, wordsAndPairsOf) }

const TABLE = `CREATE VIRTUAL TABLE passages USING fts5(title, text, content = '', tokenize = 'unicode61 remove_diacritics 2')`
const SEARCH = `SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages, ${TITLE_WEIGHT}, 1) LIMIT ${DEPTH}`

async function indexWith(corpus: readonly CorpusLine[], phrasesOf: (words: readonly string[]) => string[]): Promise<Searcher> {
  const { default: Database } = await import("better-sqlite3")
  const db = new Database(":memory:")
  db.exec(TABLE)
  const insert = db.prepare("INSERT INTO passages (rowid, title, text) VALUES (?, ?, ?)")
  db.transaction(() => {
    corpus.forEach(({ title, text }, position) => insert.run(position, fold(title), fold(text)))
  })()
  const select: Sqlite.Statement<[string], number> = db.prepare<[string], number>(SEARCH).pluck()
  return {
    nativeBytes: () => Promise.resolve(pragma(db, "page_count") * pragma(db, "page_size")),
    search(query) {
      const phrases = phrasesOf(foldedWords(query))
      const rows = phrases.length === 0 ? [] : select.all(phrases.join(" OR "))
      return Promise.resolve(rows.map((position) => corpus[position]?.id ?? ""))
    },
    close: () => void db.close(),
  }
}

const wordsOf = (words: readonly string[]) => [...new Set(words)].map((word) => `"${word}"`)

const wordsAndPairsOf = (words: readonly string[]) => [
  ...wordsOf(words),
  ...new Set(words.slice(1).map((word, i) => `"${words[i] ?? ""} ${word}"`)),
]

const pragma = (db: Sqlite.Database, name: string) => Number(db.pragma(name, { simple: true }))
