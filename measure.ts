import { readFile, writeFile } from "node:fs/promises"
import { SingleBar } from "cli-progress"
import { openInstallation, openLanguage, openTemporary, type Language, type Outside } from "./app.ts"
import { parse } from "./arguments.ts"
import { readConfig } from "./config.ts"
import { InvalidInputError } from "./errors.ts"
import type { KnowledgeBase } from "./knowledge/base.ts"
import { createRetriever, readCorpus, readQueries, type RunLine } from "./rag/benchmark/retrieval.ts"
import { compare, readResults, type Comparison } from "./rag/evaluation/compare.ts"
import { fullReportOf, printFullReport } from "./rag/evaluation/full-report.ts"
import { printComparison } from "./rag/evaluation/print-comparison.ts"
import { readQuestions, type EvalQuestion } from "./rag/evaluation/questions.ts"
import { evaluate, isKnown, type Judged } from "./rag/evaluation/run.ts"
import { foldedTwin, slippedTwin, twinsOf } from "./rag/evaluation/twins.ts"
import type { AnswerQuestion } from "./rag/types.ts"
import type { Lexicon } from "./rag/understand/lexicon.ts"

interface Io {
  readonly print: (text: string) => void
  readonly world: Outside
}

const USAGE = `Cách dùng: npm run -s eval -- CÂU_HỎI.jsonl… [--knowledge TỆP…] [--out KẾT_QUẢ.jsonl] [--json] [--no-twins] [--known-only]
hoặc:     npm run -s eval -- --compare TRƯỚC.jsonl SAU.jsonl [CÂU_HỎI.jsonl…] [--json]`

/** `eval -- QUESTIONS.jsonl… [--knowledge PATH…] [--out RESULTS.jsonl] [--json] [--no-twins]`, or `--compare A B [QUESTIONS.jsonl…]` */
export async function evaluateFiles(args: readonly string[], { print, world }: Io): Promise<number> {
  const options = { json: "boolean", out: "string", compare: "boolean", "no-twins": "boolean", "known-only": "boolean" } as const
  const { flags, values, positionals, knowledge: files } = parse(args, options)
  const show = (told: object, text: string) => print(flags.has("json") ? JSON.stringify(told, null, 2) : text)
  if (flags.has("compare")) {
    const comparison = await compareFiles(positionals)
    show(comparison, printComparison(comparison))
    return 0
  }
  if (positionals.length === 0) throw new InvalidInputError(USAGE)
  const knowledge = await openKnowledge(files, world)
  const all = await readQuestions(positionals)
  const questions = flags.has("known-only") ? all.filter((question) => isKnown(question, knowledge.base)) : all
  const { judged, twins } = await askAll(questions, knowledge, !flags.has("no-twins"))
  await knowledge.close()
  const out = values.get("out")
  if (out) await writeFile(out, linesOf(judged))
  const report = fullReportOf(judged, { twins, lexicon: knowledge.lexicon })
  show(report, printFullReport(report))
  return report.figuresWithoutSource === 0 ? 0 : 1
}

async function compareFiles([before, after, ...questions]: readonly string[]): Promise<Comparison> {
  if (!before || !after) throw new InvalidInputError(USAGE)
  return compare(await readResults(before), await readResults(after), questions.length > 0 ? await readQuestions(questions) : null)
}

/** Asks every question as written and, when wanted, as its twins. */
async function askAll(questions: readonly EvalQuestion[], { base, answer }: Pick<Knowledge, "base" | "answer">, withTwins: boolean) {
  const bar = new SingleBar({ format: "Đang hỏi {bar} {value}/{total}", clearOnComplete: true, stream: process.stderr })
  bar.start(questions.length * (withTwins ? 3 : 1), 0)
  const ask = (asked: readonly EvalQuestion[]) => evaluate(asked, answer, { base, onProgress: () => bar.increment() })
  const judged = await ask(questions)
  const twins = withTwins
    ? twinsOf({ original: judged, folded: await ask(questions.map(foldedTwin)), slips: await ask(questions.map(slippedTwin)) })
    : null
  bar.stop()
  return { judged, twins }
}

const linesOf = (judged: readonly Judged[]) => judged.map((j) => `${JSON.stringify(j.result)}\n`).join("")

interface Knowledge {
  readonly base: KnowledgeBase
  readonly answer: AnswerQuestion
  readonly lexicon: Lexicon
  readonly close: () => Promise<void>
}

async function openKnowledge(files: readonly string[] | undefined, world: Outside): Promise<Knowledge> {
  const config = readConfig()
  const language = await openLanguage(config)
  const { lexicon } = language
  if (files) {
    const { base, answer } = await openTemporary(files, language, world)
    return { base, answer, lexicon, close: () => Promise.resolve() }
  }
  const installation = await openInstallation(config, language, world)
  return { base: installation.shelf.live().base, answer: installation.answer, lexicon, close: () => installation.close() }
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
