import { isAnswerable, isUnanswerable, type Judged } from "./run.ts"
import { wilson, type Interval } from "./statistics.ts"

export interface Ranking {
  readonly n: number
  readonly recall1: number
  readonly recall3: number
  readonly recall5: number
  readonly recall10: number
  readonly mrr: number
}

export interface EvalReport {
  readonly questions: number
  readonly procedures: Ranking | null
  readonly documents: Ranking | null
  /** Share of questions whose expected fields are all in the answer. */
  readonly fields: { readonly n: number; readonly rate: number } | null
  readonly spans: { readonly n: number; readonly rate: number } | null
  /** Share of questions with an expected status ("clarification") whose answer has it. */
  readonly status: { readonly n: number; readonly rate: number } | null
  readonly answerable: { readonly n: number; readonly answered: number } | null
  readonly unanswerable: { readonly n: number; readonly abstained: number } | null
  /** Share of the questions with an expected procedure that were answered from another one: worse than no answer. */
  readonly wrongProcedure: { readonly n: number; readonly rate: number } | null
  readonly figuresWithoutSource: number
  readonly statuses: Readonly<Record<string, number>>
  readonly ms: { readonly p50: number; readonly p95: number; readonly p99: number }
}

/** The figures of an evaluation; rates are shares from 0 to 1, times are milliseconds. */
export function reportOf(judged: readonly Judged[]): EvalReport {
  const answerable = judged.filter(isAnswerable)
  const unanswerable = judged.filter(isUnanswerable)
  const withCodes = judged.filter((j) => j.codeRank !== null)
  const times = judged.map((j) => j.result.ms).sort((a, b) => a - b)
  return {
    questions: judged.length,
    procedures: rankingOf(judged.map((j) => j.codeRank)),
    documents: rankingOf(judged.map((j) => j.docRank)),
    fields: rateOf(judged.map((j) => j.fieldsFound)),
    spans: rateOf(judged.map((j) => j.spansFound)),
    status: rateOf(judged.map((j) => j.statusRight)),
    answerable: answerable.length > 0 ? { n: answerable.length, answered: share(answerable, (j) => j.answered) } : null,
    wrongProcedure: withCodes.length > 0 ? { n: withCodes.length, rate: share(withCodes, answeredFromAnother) } : null,
    unanswerable: unanswerable.length > 0 ? { n: unanswerable.length, abstained: share(unanswerable, (j) => !j.answered) } : null,
    figuresWithoutSource: judged.reduce((sum, j) => sum + j.madeUp.length, 0),
    statuses: countBy(judged.map((j) => j.result.status)),
    ms: { p50: percentile(times, 0.5), p95: percentile(times, 0.95), p99: percentile(times, 0.99) },
  }
}

/** 95 % confidence intervals of recall@1 and of the main rates. */
export type Intervals = Readonly<Record<"procedures" | "documents" | "fields" | "spans" | "answerable" | "unanswerable", Interval | null>>

export function intervalsOf(report: EvalReport): Intervals {
  const of = (n: number | undefined, rate: number | undefined) => (n === undefined || rate === undefined ? null : wilson(rate * n, n))
  return {
    procedures: of(report.procedures?.n, report.procedures?.recall1),
    documents: of(report.documents?.n, report.documents?.recall1),
    fields: of(report.fields?.n, report.fields?.rate),
    spans: of(report.spans?.n, report.spans?.rate),
    answerable: of(report.answerable?.n, report.answerable?.answered),
    unanswerable: of(report.unanswerable?.n, report.unanswerable?.abstained),
  }
}

/** The report as lines for a terminal. */
export function printReport(report: EvalReport): string {
  const rate = (value: number) => value.toFixed(3)
  const sure = intervalsOf(report)
  const between = (key: keyof Intervals) => `  [95 %${key === "procedures" || key === "documents" ? " @1" : ""}: ${range(sure[key])}]`
  const ranking = (name: string, key: "procedures" | "documents") => {
    const r = report[key]
    if (!r) return []
    const recalls = `recall@1 ${rate(r.recall1)}  @3 ${rate(r.recall3)}  @5 ${rate(r.recall5)}  @10 ${rate(r.recall10)}`
    return [`${name} (${r.n}): ${recalls}  MRR ${rate(r.mrr)}${between(key)}`]
  }
  return [
    `Câu hỏi: ${report.questions}`,
    ...ranking("Thủ tục", "procedures"),
    ...ranking("Tài liệu", "documents"),
    ...(report.fields ? [`Đủ các mục được hỏi (${report.fields.n}): ${rate(report.fields.rate)}${between("fields")}`] : []),
    ...(report.spans ? [`Có đoạn trích đúng trong câu trả lời (${report.spans.n}): ${rate(report.spans.rate)}${between("spans")}`] : []),
    ...(report.status ? [`Đúng cách xử lý mong đợi (${report.status.n}): ${rate(report.status.rate)}`] : []),
    ...(report.answerable
      ? [`Trả lời được (${report.answerable.n}): đã trả lời ${rate(report.answerable.answered)}${between("answerable")}`]
      : []),
    ...(report.wrongProcedure ? [`Trả lời bằng thủ tục khác (${report.wrongProcedure.n}): ${rate(report.wrongProcedure.rate)}`] : []),
    ...(report.unanswerable
      ? [`Không có trong tài liệu (${report.unanswerable.n}): đã từ chối ${rate(report.unanswerable.abstained)}${between("unanswerable")}`]
      : []),
    `Con số không có nguồn: ${report.figuresWithoutSource}`,
    `Trạng thái: ${Object.entries(report.statuses)
      .map(([status, n]) => `${status} ${n}`)
      .join(", ")}`,
    `Thời gian mỗi câu: p50 ${report.ms.p50.toFixed(1)} ms, p95 ${report.ms.p95.toFixed(1)} ms, p99 ${report.ms.p99.toFixed(1)} ms`,
  ].join("\n")
}

const range = (interval: Interval | null) => (interval ? interval.map((end) => end.toFixed(3)).join("–") : "–")

function rankingOf(ranks: readonly (number | null)[]): Ranking | null {
  const known = ranks.filter((rank) => rank !== null)
  if (known.length === 0) return null
  const within = (k: number) => share(known, (rank) => rank >= 0 && rank < k)
  const mrr = known.reduce((sum, rank) => sum + (rank >= 0 ? 1 / (rank + 1) : 0), 0) / known.length
  return { n: known.length, recall1: within(1), recall3: within(3), recall5: within(5), recall10: within(10), mrr }
}

function rateOf(found: readonly (boolean | null)[]): { n: number; rate: number } | null {
  const known = found.filter((f) => f !== null)
  return known.length === 0 ? null : { n: known.length, rate: share(known, (f) => f) }
}

const share = <T>(items: readonly T[], holds: (item: T) => boolean) => items.filter(holds).length / Math.max(1, items.length)

function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

const percentile = (sorted: readonly number[], p: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0

const answeredFromAnother = ({ answered, answer, question }: Judged) =>
  answered && question.expect.codes?.includes(answer.procedure?.code ?? "") === false
