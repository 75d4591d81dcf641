import type { Case } from "./case.ts"
import { ELSEWHERE } from "./elsewhere.ts"

export type Verdict = "passed" | "failed" | "not_applicable" | "not_run" | "elsewhere"

const SIGNS: Readonly<Record<Verdict, string>> = { passed: "✓", failed: "✗", not_applicable: "·", not_run: "-", elsewhere: "»" }

interface Line {
  readonly number: number
  readonly title: string
  readonly cell: (channel: string) => string
}

/** Channel × case, all of CHANNELS' cases; below it the tests that tell what no story of the suite tells. */
export function tableOf(verdicts: ReadonlyMap<string, ReadonlyMap<number, Verdict>>, cases: readonly Case[]): string {
  const names = [...verdicts.keys()]
  const lines: Line[] = [
    ...cases.map(({ number, title }) => ({
      number,
      title,
      cell: (channel: string) => SIGNS[verdicts.get(channel)?.get(number) ?? "not_run"],
    })),
    ...ELSEWHERE.map(({ number, title, channels }) => ({
      number,
      title,
      cell: (channel: string) => SIGNS[channels?.includes(channel) === false ? "not_applicable" : "elsewhere"],
    })),
  ].sort((a, b) => a.number - b.number)
  return [
    "Kênh × tình huống: ✓ đạt, ✗ hỏng, · nền tảng không có, » bài kiểm thử riêng kể (ở dưới), - không chạy lần này",
    ...names.map((name, i) => `  ${i + 1} = ${name}`),
    `    ${names.map((_, i) => String(i + 1).padStart(3)).join("")}`,
    ...lines.map(({ number, title, cell }) => `${String(number).padStart(3)} ${names.map((n) => cell(n).padStart(3)).join("")}  ${title}`),
    "» kể ở:",
    ...ELSEWHERE.flatMap(({ number, tests }) => tests.map(({ file, test }) => `${String(number).padStart(3)}  ${file}: ${test}`)),
    "",
  ].join("\n")
}
