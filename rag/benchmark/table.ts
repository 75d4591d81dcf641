export interface Column {
  readonly title: string
  readonly width: number
}

/** A line of a table: the first cell to the left, figures to the right. */
export function tableLine(columns: readonly Column[], cells: readonly string[]): string {
  const padded = columns.map(({ title, width }, i) => {
    const cell = cells[i] ?? ""
    const space = Math.max(width, title.length)
    return i === 0 ? cell.padEnd(space) : cell.padStart(space)
  })
  return padded.join("  ").trimEnd()
}

/** The head of a table and the rule under it. */
export function tableHead(columns: readonly Column[]): string {
  const rule = columns.map(({ title, width }) => "─".repeat(Math.max(width, title.length))).join("  ")
  return `${tableLine(
    columns,
    columns.map((column) => column.title),
  )}\n${rule}`
}
