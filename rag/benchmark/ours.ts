import { mkdtemp, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Embedder } from "../embedder.ts"
import type { Reading } from "../understand/reading.ts"
import type { Engine } from "./engine.ts"
import { createRetriever, type Retriever, type Use } from "./retrieval.ts"

const NAMES: Readonly<Record<Use, string>> = {
  both: "Trợ lý Xã, thêm véc-tơ",
  keywords: "Trợ lý Xã, chỉ từ khóa",
  vectors: "Trợ lý Xã, chỉ véc-tơ",
}

/** Our own retriever as it ships, and told what to go by. */
export function ourEngines(parts: { embedder: Embedder; read: (text: string) => Reading }): Engine[] {
  return ([null, "both", "keywords", "vectors"] as const).map((use) => ({
    name: use ? NAMES[use] : "Trợ lý Xã",
    async index(corpus) {
      const retriever = await createRetriever(corpus, { ...parts, ...(use ? { use } : {}) })
      return { search: (query) => retriever.search(query), nativeBytes: () => graphBytes(retriever), close: () => undefined }
    },
  }))
}

/** The graph lies in memory as it does in its file. */
async function graphBytes({ vectors }: Retriever): Promise<number> {
  if (vectors.size === 0) return 0
  const folder = await mkdtemp(path.join(tmpdir(), "tro-ly-xa-graph-"))
  try {
    const file = path.join(folder, "graph")
    vectors.save(file)
    return (await stat(file)).size
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
