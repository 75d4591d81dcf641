/** Rows under a head in aligned columns: the first to the left, figures to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows]
  const widths = head.map((_, i) => Math.max(...all.map((row) => lengthOf(row[i] ?? ""))))
  const line = (row: readonly string[]) =>
    widths.map((width, i) => (i === 0 ? padEnd(row[i] ?? "", width) : padStart(row[i] ?? "", width))).join("  ")
  return all.map((row) => `  ${line(row).trimEnd()}`).join("\n")
}

const lengthOf = (text: string) => Array.from(text.normalize("NFC")).length
const padEnd = (text: string, width: number) => text + " ".repeat(width - lengthOf(text))
const padStart = (text: string, width: number) => " ".repeat(width - lengthOf(text)) + text
