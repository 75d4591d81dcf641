import type { Lexicon } from "../understand/lexicon.ts"
import { groupsOf, NO_ORIGIN, type Group, type Groups, type Measures, type Rate } from "./groups.ts"
import { reliabilityOf, type Reliability } from "./reliability.ts"
import { intervalsOf, printReport, reportOf, type EvalReport, type Intervals } from "./report.ts"
import type { Judged } from "./run.ts"
import { table } from "./table.ts"
import type { Twins } from "./twins.ts"
import { worstOf, type Fault, type Worst } from "./worst.ts"

/** Everything that an evaluation tells. */
export interface FullReport extends EvalReport {
  readonly intervals: Intervals
  readonly groups: Groups
  /** Null when the twins were not asked. */
  readonly twins: Twins | null
  readonly reliability: Reliability | null
  readonly worst: readonly Worst[]
}

interface Beside {
  readonly twins: Twins | null
  readonly lexicon: Pick<Lexicon, "abbreviations">
}

export function fullReportOf(judged: readonly Judged[], { twins, lexicon }: Beside): FullReport {
  const report = reportOf(judged)
  return {
    ...report,
    intervals: intervalsOf(report),
    groups: groupsOf(judged, lexicon),
    twins,
    reliability: reliabilityOf(judged),
    worst: worstOf(judged),
  }
}

/** The full report as lines for a terminal. */
export function printFullReport(report: FullReport): string {
  const { style, origin, field } = report.groups
  const named = origin.filter((group) => group.name !== NO_ORIGIN)
  return [
    printReport(report),
    ...groupTable("Theo cách viết", style),
    ...groupTable("Theo nguồn", named.length > 0 ? origin : []),
    ...groupTable("Theo mục được hỏi (đủ mục: có chính mục đó)", field),
    ...(report.twins ? twinTable(report.twins) : []),
    ...(report.reliability ? reliabilityTable(report.reliability) : []),
    ...worstList(report.worst),
  ].join("\n")
}

const HEAD = ["n", "recall@1 [95 %]", "recall@10", "tài liệu@1 [95 %]", "đủ mục", "đã trả lời"]

function groupTable(title: string, groups: readonly Group[]): string[] {
  if (groups.length === 0) return []
  return [
    "",
    `${title}:`,
    table(
      ["", ...HEAD],
      groups.map((group) => [group.name, ...columns(group)]),
    ),
  ]
}

function twinTable({ original, folded, slips }: Twins): string[] {
  const rows = [
    ["nguyên văn", original],
    ["bỏ dấu", folded],
    ["gõ sai", slips],
  ] as const
  const printed = table(
    ["", ...HEAD, "số không nguồn"],
    rows.map(([name, m]) => [name, ...columns(m), String(m.figuresWithoutSource)]),
  )
  return ["", "Cùng câu hỏi, viết khác đi:", printed]
}

const columns = (m: Measures) => [
  String(m.n),
  withInterval(m.recall1),
  figure(m.recall10?.rate),
  withInterval(m.document1),
  figure(m.fields?.rate),
  figure(m.answered?.rate),
]

function reliabilityTable({ n, brier, calibrationError, bins }: Reliability): string[] {
  const rows = bins.map((bin) => [`${bin.from.toFixed(1)}–${bin.to.toFixed(1)}`, String(bin.n), figure(bin.predicted), figure(bin.right)])
  return [
    "",
    `Độ tin cậy của câu trả lời theo thủ tục (${n}): Brier ${figure(brier)}, sai số hiệu chuẩn ECE ${figure(calibrationError)}`,
    table(["khoảng", "n", "dự đoán", "đúng"], rows),
  ]
}

const FAULTS: Readonly<Record<Fault, string>> = {
  wrong_first: "sai kết quả đầu",
  field_missing: "thiếu mục",
  span_missing: "thiếu đoạn trích",
  status_wrong: "sai cách xử lý",
  answered_unanswerable: "trả lời khi không có tài liệu",
  not_answered: "chưa trả lời câu trả lời được",
}

function worstList(worst: readonly Worst[]): string[] {
  if (worst.length === 0) return []
  return ["", `Câu cần xem lại (${worst.length} câu nặng nhất, tin chắc nhất mà sai đứng trước):`, ...worst.flatMap(worstLines)]
}

function worstLines({ id, question, status, faults, expected, given, why }: Worst): string[] {
  const list = (values: readonly string[]) => (values.length > 0 ? values.join(", ") : "–")
  const kinds = (["codes", "docs"] as const).filter((kind) => expected[kind].length + given[kind].length > 0)
  const wanted = kinds.some((kind) => expected[kind].length > 0) ? kinds.filter((kind) => expected[kind].length > 0) : kinds
  const compared = wanted.map((kind) => `cần ${list(short(expected[kind]))} | có ${list(given[kind])}`)
  const best = why.titles.map((t) => `${t.code} ${t.score.toFixed(3)} “${cut(t.title)}”`)
  const passages = why.passages.map((p) => `${p.id} ${p.score.toFixed(3)}`)
  return [
    `  ${id}  ${question}`,
    `      ${status}${faults.includes("status_wrong") ? ` (cần ${expected.status ?? ""})` : ""}: ${faults.map((fault) => FAULTS[fault]).join(", ")}; ${list(compared)}`,
    ...(expected.fields.length > 0 ? [`      mục: cần ${list(expected.fields)} | có ${list(given.fields)}`] : []),
    ...(faults.includes("span_missing") ? [`      đoạn trích cần có: ${expected.spans.map((span) => `“${cut(span)}”`).join(", ")}`] : []),
    `      hiểu: mục ${list(why.fields)}; nghĩa ${list(why.meanings)}; sàng lọc ${why.screen || "–"}`,
    `      gần nhất: ${list(best)}${expected.docs.length > 0 || best.length === 0 ? `; đoạn ${list(passages)}` : ""}`,
    `      quyết định: ${why.decision || "–"}, tin cậy ${figure(why.confidence)}`,
  ]
}

const MANY = 5
/** A vague question may have two dozen right codes. */
const short = (values: readonly string[]) => (values.length > MANY ? [...values.slice(0, MANY), `… (${values.length})`] : values)

const WIDE = 90
const cut = (text: string) => (text.length > WIDE ? `${text.slice(0, WIDE)}…` : text)

const figure = (value: number | null | undefined) => (value === null || value === undefined ? "–" : value.toFixed(3))
const withInterval = (rate: Rate | null) => (rate ? `${figure(rate.rate)} [${rate.interval.map((end) => end.toFixed(3)).join("–")}]` : "–")
