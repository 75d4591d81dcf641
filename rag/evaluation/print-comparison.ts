import { isGain, type Change, type ChangedQuestion, type Comparison, type Measure, type Moved, type Paired } from "./compare.ts"
import { table } from "./table.ts"

/** The comparison as lines for a terminal. */
export function printComparison(comparison: Comparison): string {
  const { common, onlyBefore, onlyAfter, status, first, text, judged } = comparison
  return [
    `Câu có trong cả hai tệp: ${common}`,
    ...(onlyBefore.length > 0 ? [`Chỉ có trong tệp trước (${onlyBefore.length}): ${onlyBefore.join(", ")}`] : []),
    ...(onlyAfter.length > 0 ? [`Chỉ có trong tệp sau (${onlyAfter.length}): ${onlyAfter.join(", ")}`] : []),
    `Đổi trạng thái: ${status.length}, đổi mã đứng đầu: ${first.length}, đổi lời: ${text.length}`,
    ...(judged ? judgedLines(judged) : changedLines({ status, first, text })),
  ].join("\n")
}

function judgedLines(judged: NonNullable<Comparison["judged"]>): string[] {
  const rows: readonly (readonly [string, Paired | null])[] = [
    ["recall@1 thủ tục", judged.recall1],
    ["tài liệu@1", judged.document1],
    ["có đoạn trích", judged.spans],
  ]
  const cells = rows.flatMap(([name, paired]) => (paired ? [[name, ...columns(paired)]] : []))
  return [
    "",
    `Đối chiếu với ${judged.questions} câu có đáp án:`,
    ...(cells.length > 0 ? [table(["", "n", "trước", "sau", "được", "mất", "p (McNemar)"], cells)] : []),
    ...questionLines("Được", judged.gained),
    ...questionLines("Mất", judged.lost),
  ]
}

const columns = ({ n, before, after, gained, lost, p }: Paired) => [
  String(n),
  (before / n).toFixed(3),
  (after / n).toFixed(3),
  `+${gained}`,
  `-${lost}`,
  p.toFixed(4),
]

function questionLines(title: string, questions: readonly ChangedQuestion[]): string[] {
  const cells = questions.map(({ id, question, changes }) => `  ${id}  ${changes.map(printChange).join("; ")}  | ${question}`)
  return ["", `${title} (${questions.length}):`, ...cells]
}

const MEASURES: Readonly<Record<Measure, string>> = { code: "hạng thủ tục", document: "hạng tài liệu", spans: "đoạn trích" }

const printChange = (change: Change) =>
  `${isGain(change) ? "+" : "-"} ${MEASURES[change.measure]} ${printValue(change.before)} → ${printValue(change.after)}`

const printValue = (value: Change["before"]) => (typeof value === "number" ? String(value) : value ? "có" : "không có")

function changedLines({ status, first, text }: Pick<Comparison, "status" | "first" | "text">): string[] {
  return [
    ...movedLines("Đổi trạng thái", status),
    ...movedLines("Đổi mã đứng đầu", first),
    ...(text.length > 0 ? ["", `Đổi lời (${text.length}): ${text.join(", ")}`] : []),
  ]
}

function movedLines(title: string, moved: readonly Moved[]): string[] {
  if (moved.length === 0) return []
  return ["", `${title} (${moved.length}):`, ...moved.map(({ id, before, after }) => `  ${id}  ${before} → ${after}`)]
}
