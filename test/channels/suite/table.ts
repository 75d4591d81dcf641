import type { Case } from "./case.ts"
import { ELSEWHERE } from "./elsewhere.ts"

export type Verdict = "passed" | "failed" | "not_applicable"

const SIGNS: Readonly<Record<Verdict, string>> = { passed: "✓", failed: "✗", not_applicable: "·" }

/** Channel × case: ✓ holds, ✗ broken, · the platform cannot do it; below it the cases that one test elsewhere tells. */
export function printTable(verdicts: ReadonlyMap<string, ReadonlyMap<number, Verdict>>, cases: readonly Case[]): void {
  const names = [...verdicts.keys()]
  const lines = cases.map(({ number, title }) => {
    const cells = names.map((name) => SIGNS[verdicts.get(name)?.get(number) ?? "not_applicable"].padStart(3))
    return `${String(number).padStart(3)} ${cells.join("")}  ${title}`
  })
  const head = names.map((name, i) => `  ${i + 1} = ${name}`)
  const columns = `    ${names.map((_, i) => String(i + 1).padStart(3)).join("")}`
  const elsewhere = ELSEWHERE.map(({ number, title, file }) => `${String(number).padStart(3)}  ${title} (${file})`)
  process.stdout.write(`${["Kênh × tình huống", ...head, columns, ...lines, "Kể ở nơi khác:", ...elsewhere].join("\n")}\n`)
}
