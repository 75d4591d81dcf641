import { openLanguage, type Outside } from "./app.ts"
import { parse } from "./arguments.ts"
import { answerTexts } from "./bot/texts/answers.ts"
import { readConfig } from "./config.ts"
import { InvalidInputError } from "./errors.ts"
import { readKnowledgeFiles } from "./knowledge/import/import-files.ts"
import { ABLATIONS, measureAblation } from "./rag/benchmark/ablation.ts"
import { tableHead, tableLine, type Column } from "./rag/benchmark/table.ts"
import { readQuestions } from "./rag/evaluation/questions.ts"
import type { Ranking } from "./rag/evaluation/report.ts"
import { slippedTwin } from "./rag/evaluation/twins.ts"

interface Io {
  readonly print: (text: string) => void
  readonly world: Outside
}

const COLUMNS: readonly Column[] = [
  { title: "tìm thủ tục", width: 26 },
  { title: "recall@1", width: 8 },
  { title: "chênh", width: 7 },
  { title: "recall@10", width: 9 },
  { title: "chênh", width: 7 },
  { title: "MRR", width: 6 },
  { title: "gõ sai @1", width: 9 },
  { title: "@10", width: 6 },
]

/** `bench -- procedures PROCEDURES.jsonl QUESTIONS.jsonl…`: what each sign of the procedure search brings. */
export async function benchProcedures(args: readonly string[], { print, world }: Io): Promise<number> {
  const [procedures, ...files] = parse(args, {}).positionals
  if (!procedures || files.length === 0)
    throw new InvalidInputError("Cách dùng: npm run -s bench -- procedures THỦ_TỤC.jsonl CÂU_HỎI.jsonl…")
  const questions = (await readQuestions(files)).filter((q) => q.expect.codes)
  if (questions.length === 0) throw new InvalidInputError("Không câu hỏi nào cho biết thủ tục đúng (expect.codes)")
  const { lexicon, embedder, placeNames, aliases } = await openLanguage(readConfig())
  const { items, problems } = await readKnowledgeFiles([procedures], { aliases })
  if (items.length === 0) throw new InvalidInputError("Không đọc được thủ tục nào", problems)
  const given = { all: { items, lexicon, embedder, placeNames }, around: { texts: answerTexts, ...world } }
  print(`\n${items.length} mục kiến thức, ${questions.length} câu hỏi\n${tableHead(COLUMNS)}`)
  let whole: Ranking | null = null
  for (const ablation of ABLATIONS) {
    const ranking = await measureAblation(ablation, questions, given)
    if (!ranking) continue
    const mistyped = await measureAblation(ablation, questions.map(slippedTwin), given)
    const slips = mistyped ? [mistyped.recall1.toFixed(3), mistyped.recall10.toFixed(3)] : []
    print(tableLine(COLUMNS, [ablation.name, ...cellsOf(ranking, whole), ...slips]))
    whole ??= ranking
  }
  return 0
}

function cellsOf(ranking: Ranking, whole: Ranking | null): string[] {
  const change = (now: number, before: number | undefined) => (before === undefined ? "" : signed(now - before))
  return [
    ranking.recall1.toFixed(3),
    change(ranking.recall1, whole?.recall1),
    ranking.recall10.toFixed(3),
    change(ranking.recall10, whole?.recall10),
    ranking.mrr.toFixed(3),
  ]
}

/** With its sign; what rounds to nothing has none. */
function signed(change: number): string {
  const shown = Math.abs(change).toFixed(3)
  return shown === "0.000" ? shown : `${change < 0 ? "−" : "+"}${shown}`
}
