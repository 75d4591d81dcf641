import { openLanguage } from "./app.ts"
import { parse } from "./arguments.ts"
import { readConfig } from "./config.ts"
import { readCollection, type Collection } from "./rag/benchmark/collection.ts"
import { fts5, fts5Pairs } from "./rag/benchmark/fts5.ts"
import { generateCollection } from "./rag/benchmark/generated.ts"
import { ourEngines } from "./rag/benchmark/ours.ts"
import { miniSearch, orama } from "./rag/benchmark/peers.ts"
import { sideBySide, type Measured } from "./rag/benchmark/side-by-side.ts"
import { tableHead, tableLine, type Column } from "./rag/benchmark/table.ts"

const COLUMNS: readonly Column[] = [
  { title: "bộ tìm kiếm", width: 28 },
  { title: "recall@10", width: 9 },
  { title: "MRR@100", width: 7 },
  { title: "p50 ms", width: 8 },
  { title: "p95 ms", width: 8 },
  { title: "lập chỉ mục s", width: 8 },
  { title: "heap MB", width: 8 },
  { title: "ngoài heap MB", width: 8 },
]

const PASSAGES = 10_000
const QUESTIONS = 200

/** `bench -- retrieval [FOLDER…]`: our retriever beside other search libraries, on collections in BEIR's format or on generated text. */
export async function benchRetrieval(args: readonly string[], { print }: { print: (text: string) => void }): Promise<number> {
  const { positionals } = parse(args, {})
  const engines = [...ourEngines(await openLanguage(readConfig())), miniSearch, orama, fts5, fts5Pairs]
  // Read one after the other: a collection that is done with must not count in the next one's memory.
  const sources = positionals.map((folder) => () => readCollection(folder))
  for (const open of sources.length > 0 ? sources : [() => Promise.resolve(generateCollection(PASSAGES, QUESTIONS))]) {
    const collection = await open()
    print(`\n${titleOf(collection)}\n${tableHead(COLUMNS)}`)
    await sideBySide(engines, collection, (measured) => print(tableLine(COLUMNS, cellsOf(measured))))
  }
  print("\nBộ nhớ là phần tăng thêm sau khi lập chỉ mục; “ngoài heap” theo số của SQLite và của đồ thị véc-tơ.")
  return 0
}

const count = (n: number) => n.toLocaleString("vi-VN")

const titleOf = ({ name, corpus, queries }: Collection) => `${name}: ${count(corpus.length)} đoạn, ${count(queries.length)} câu hỏi`

/** The heap may shrink by a few bytes when all that grew lies outside of it: no "-0.0". */
const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1).replace("-0.0", "0.0")

const cellsOf = (m: Measured): string[] => [
  m.name,
  m.recall10.toFixed(3),
  m.mrr100.toFixed(3),
  m.p50.toFixed(2),
  m.p95.toFixed(2),
  m.indexSeconds.toFixed(2),
  megabytes(m.heapBytes),
  megabytes(m.nativeBytes),
]
