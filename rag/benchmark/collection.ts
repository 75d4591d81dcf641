import { readFile } from "node:fs/promises"
import path from "node:path"
import { InvalidInputError } from "../../errors.ts"
import { readRelevance, type Relevance } from "./relevance.ts"
import { readCorpus, readQueries, type CorpusLine, type QueryLine } from "./retrieval.ts"

/** Texts, questions about them, and which texts are right for each question. */
export interface Collection {
  readonly name: string
  readonly corpus: readonly CorpusLine[]
  readonly queries: readonly QueryLine[]
  readonly relevant: Relevance
}

/** Reads a folder in BEIR's format (Thakur et al. 2021). Throws InvalidInputError with the file and line at fault. */
export async function readCollection(folder: string): Promise<Collection> {
  const corpus = await readPart(path.join(folder, "corpus.jsonl"), readCorpus)
  const queries = await readPart(path.join(folder, "queries.jsonl"), readQueries)
  const relevant = await readPart(path.join(folder, "qrels.tsv"), readRelevance)
  const judged = queries.filter((query) => relevant.has(query.id))
  if (judged.length === 0) throw new InvalidInputError(`${folder}: không có câu hỏi nào kèm đáp án`)
  return { name: path.basename(path.resolve(folder)), corpus, queries: judged, relevant }
}

async function readPart<T>(file: string, read: (text: string) => T): Promise<T> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new InvalidInputError(`Không đọc được tệp ${file}`)
  })
  try {
    return read(text)
  } catch (error) {
    throw error instanceof InvalidInputError ? new InvalidInputError(`${file}: ${error.message}`) : error
  }
}
