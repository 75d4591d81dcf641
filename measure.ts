import { readFile, writeFile } from "node:fs/promises"
import { SingleBar } from "cli-progress"
import { openInstallation, openLanguage, openTemporary, type Language, type Outside } from "./app.ts"
import { parse } from "./arguments.ts"
import { readConfig } from "./config.ts"
import { InvalidInputError } from "./errors.ts"
import { createRetriever, readCorpus, readQueries, type RunLine } from "./rag/benchmark/retrieval.ts"
import { readQuestions } from "./rag/evaluation/questions.ts"
import { printReport, reportOf } from "./rag/evaluation/report.ts"
import { evaluate, type Judged } from "./rag/evaluation/run.ts"

interface Io {
  readonly print: (text: string) => void
  readonly world: Outside
}

/** `eval -- QUESTIONS.jsonl… [--knowledge PATH…] [--out RESULTS.jsonl] [--json]` */
export async function evaluateFiles(args: readonly string[], { print, world }: Io): Promise<number> {
  const { flags, values, positionals, knowledge: files } = parse(args, { json: "boolean", out: "string" })
  if (positionals.length === 0)
    throw new InvalidInputError("Cách dùng: npm run -s eval -- CÂU_HỎI.jsonl… [--knowledge TỆP…] [--out KẾT_QUẢ.jsonl] [--json]")
  const questions = await readQuestions(positionals)
  const knowledge = await openKnowledge(files, world)
  const bar = new SingleBar({ format: "Đang hỏi {bar} {value}/{total}", clearOnComplete: true, stream: process.stderr })
  bar.start(questions.length, 0)
  const judged = await evaluate(questions, knowledge.answer, { base: knowledge.base, onProgress: (done) => bar.update(done) })
  bar.stop()
  await knowledge.close()
  const out = values.get("out")
  if (out) await writeFile(out, linesOf(judged))
  const report = reportOf(judged)
  print(flags.has("json") ? JSON.stringify(report, null, 2) : printReport(report))
  return report.figuresWithoutSource === 0 ? 0 : 1
}

const linesOf = (judged: readonly Judged[]) => judged.map((j) => `${JSON.stringify(j.result)}\n`).join("")

async function openKnowledge(files: readonly string[] | undefined, world: Outside) {
  const config = readConfig()
  const language = await openLanguage(config)
  if (files) {
    const { base, answer } = await openTemporary(files, language, world)
    return { base, answer, close: () => Promise.resolve() }
  }
  const installation = await openInstallation(config, language, world)
  return { base: installation.shelf.live().base, answer: installation.answer, close: () => installation.close() }
}

/** `retrieve -- --corpus CORPUS.jsonl --queries QUERIES.jsonl --out RUN.jsonl` */
export async function retrieveFiles(args: readonly string[], { print }: Pick<Io, "print">): Promise<number> {
  const { values } = parse(args, { corpus: "string", queries: "string", out: "string" })
  const [corpusFile, queriesFile, out] = ["corpus", "queries", "out"].map((name) => values.get(name))
  if (!corpusFile || !queriesFile || !out) {
    throw new InvalidInputError("Cách dùng: npm run -s retrieve -- --corpus KHO.jsonl --queries CÂU_HỎI.jsonl --out KẾT_QUẢ.jsonl")
  }
  const corpus = readCorpus(await readFile(corpusFile, "utf8"))
  const queries = readQueries(await readFile(queriesFile, "utf8"))
  const language: Language = await openLanguage(readConfig())
  const started = performance.now()
  const retriever = await createRetriever(corpus, language)
  const indexSeconds = (performance.now() - started) / 1000
  const lines: RunLine[] = []
  for (const { id, text } of queries) {
    const asked = performance.now()
    const hits = await retriever.search(text)
    lines.push({ id, hits, ms: Math.round((performance.now() - asked) * 1000) / 1000 })
  }
  await writeFile(out, lines.map((line) => `${JSON.stringify(line)}\n`).join(""))
  const times = lines.map((l) => l.ms).sort((a, b) => a - b)
  const at = (p: number) => (times[Math.min(times.length - 1, Math.floor(times.length * p))] ?? 0).toFixed(2)
  const total = times.reduce((a, b) => a + b, 0)
  print(
    `Lập chỉ mục ${corpus.length} đoạn: ${indexSeconds.toFixed(2)} s (${Math.round(corpus.length / indexSeconds)} đoạn/s), bộ nhớ cao nhất ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  )
  print(`Tìm ${queries.length} câu: ${Math.round(queries.length / (total / 1000))} câu/s, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`)
  return 0
}
