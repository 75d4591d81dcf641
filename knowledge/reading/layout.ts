import type { SourceLine } from "../import/structure.ts"

/** A piece of text with its place on the page; y grows downwards. Units are the page's own. */
export interface Run {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Cell {
  readonly x: number
  readonly right: number
  readonly text: string
}

/** One line of a page; a gap as wide as a column border parts it into cells. */
export interface LaidLine {
  readonly y: number
  readonly height: number
  readonly cells: readonly Cell[]
}

/** Puts runs into lines from top to bottom, and the runs of a line into cells from left to right. */
export function layOut(runs: readonly Run[]): LaidLine[] {
  const rows: Run[][] = []
  const seen = runs.filter((run) => run.text.trim() !== "" && run.height > 0)
  for (const run of [...seen].sort((a, b) => middle(a) - middle(b))) {
    const row = rows.at(-1)
    const last = row?.at(-1)
    if (row && last && middle(run) - middle(last) < 0.5 * Math.min(run.height, last.height)) row.push(run)
    else rows.push([run])
  }
  return rows.map((row) => {
    const height = median(row.map((run) => run.height))
    const cells = cellsOf(
      [...row].sort((a, b) => a.x - b.x),
      height,
    )
    return { y: Math.min(...row.map((run) => run.y)), height, cells }
  })
}

const middle = (run: Run) => run.y + run.height / 2

export const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** In heights of a line: a wider gap parts columns, a smaller one than the second is no gap at all. */
const COLUMN_GAP = 1.6
const WORD_GAP = 0.12

function cellsOf(row: readonly Run[], height: number): Cell[] {
  const cells: Cell[] = []
  for (const run of row) {
    const last = cells.at(-1)
    const gap = last ? run.x - last.right : Infinity
    const right = run.x + run.width
    if (!last || gap > COLUMN_GAP * height) cells.push({ x: run.x, right, text: run.text })
    else
      cells.splice(-1, 1, {
        x: last.x,
        right: Math.max(last.right, right),
        text: `${last.text}${gap > WORD_GAP * height ? " " : ""}${run.text}`,
      })
  }
  return cells.map((cell) => ({ ...cell, text: cell.text.replace(/\s+/g, " ").trim() })).filter((cell) => cell.text !== "")
}

/** The two columns above the title of an official text, and "Nơi nhận" beside the signature, are no tables. */
const SIDE_BY_SIDE = /CỘNG H[OÒ]A X[AÃ] HỘI|Độc lập|^Nơi nhận|^Số\s*:|, ngày .* tháng/iu

/** The lines of a page in reading order: tables row by row under their column names, columns beside each other one by one. */
export function linesOfPage(lines: readonly LaidLine[], page: number): SourceLine[] {
  const out: SourceLine[] = []
  let start = 0
  while (start < lines.length) {
    const end = regionEnd(lines, start)
    const region = lines.slice(start, Math.max(end, start + 1))
    if (end - start < 2) out.push(...region.map((line) => ({ text: line.cells.map((cell) => cell.text).join(" "), page })))
    else if (end - start < 3 || region.some((line) => line.cells.some((cell) => SIDE_BY_SIDE.test(cell.text))))
      out.push(...columnByColumn(region, page))
    else out.push(...tableRows(region).map((text) => ({ text, page, row: true })))
    if (gapAfter(lines, Math.max(end, start + 1) - 1)) out.push({ text: "", page })
    start = Math.max(end, start + 1)
  }
  return out
}

/** A blank line on paper ends a paragraph. */
function gapAfter(lines: readonly LaidLine[], i: number): boolean {
  const [line, next] = [lines[i], lines[i + 1]]
  return line !== undefined && next !== undefined && next.y - line.y > 2.2 * Math.max(line.height, next.height)
}

const MAX_ALONE = 6

/** Where a stretch of lines in several columns, begun at `start`, ends. Single cells belong to it when they lie within a column. */
function regionEnd(lines: readonly LaidLine[], start: number): number {
  const first = lines[start]
  if (!first || first.cells.length < 2) return start
  let end = start + 1
  let columns = first.cells
  for (let i = start + 1; i < lines.length && i - end < MAX_ALONE; i++) {
    const [line, before] = [lines[i], lines[i - 1]]
    if (!line || !before || line.y - before.y > 5 * before.height) break
    if (line.cells.length === 1 && !within(line.cells[0], columns)) break
    if (line.cells.length > columns.length) columns = line.cells
    if (line.cells.length > 1) end = i + 1
  }
  return closingLines(lines, { end, columns })
}

/** The last row of a table may go on for some lines in one column only. */
function closingLines(lines: readonly LaidLine[], { end, columns }: { end: number; columns: readonly Cell[] }): number {
  let i = end
  for (; i < lines.length && i < end + MAX_ALONE; i++) {
    const [line, before] = [lines[i], lines[i - 1]]
    const cell = line?.cells[0]
    if (!line || !before || !cell || line.cells.length > 1 || line.y - before.y > 1.7 * before.height) break
    if (!within(cell, columns) || cell.x < (columns[1]?.x ?? 0) - before.height) break
  }
  return i
}

/** A column reaches to where the next one begins. */
function within(cell: Cell | undefined, columns: readonly Cell[]): boolean {
  if (!cell) return false
  return columns.some(
    (column, c) =>
      cell.x > column.x - (cell.right - cell.x) / 2 && cell.right <= (columns[c + 1]?.x ?? Infinity) && (cell.x < column.right || c > 0),
  )
}

function columnByColumn(region: readonly LaidLine[], page: number): SourceLine[] {
  const columns = columnsOf(region)
  return columns.flatMap((column) => [
    ...region.flatMap((line) =>
      line.cells.filter((cell) => columnFor(cell, columns) === column).map((cell) => ({ text: cell.text, page })),
    ),
    { text: "", page },
  ])
}

type Column = { readonly x: number; readonly right: number }

/** Columns are the stretches of the page's width on which cells lie over each other. */
function columnsOf(region: readonly LaidLine[]): Column[] {
  const most = Math.max(...region.map((line) => line.cells.length))
  const columns: { x: number; right: number }[] = []
  const full = region.filter((line) => line.cells.length === most)
  for (const cell of full.flatMap((line) => line.cells).sort((a, b) => a.x - b.x)) {
    const last = columns.at(-1)
    if (last && cell.x < last.right) last.right = Math.max(last.right, cell.right)
    else columns.push({ x: cell.x, right: cell.right })
  }
  return columns
}

function columnFor(cell: Cell, columns: readonly Column[]): Column | undefined {
  const overlap = (column: Column) => Math.min(cell.right, column.right) - Math.max(cell.x, column.x)
  return [...columns].sort((a, b) => overlap(b) - overlap(a))[0]
}

/** Rows of a table, each cell under the name of its column, so that a row can be read on its own. */
function tableRows(region: readonly LaidLine[]): string[] {
  const columns = columnsOf(region)
  const rows: string[][] = []
  let before: LaidLine | null = null
  for (const line of region) {
    const cells = columns.map((column) =>
      line.cells
        .filter((cell) => columnFor(cell, columns) === column)
        .map((cell) => cell.text)
        .join(" "),
    )
    const last = rows.at(-1)
    const begins = !last || !before || cells[0] !== "" || line.y - before.y > 2 * before.height
    if (begins) rows.push(cells)
    else cells.forEach((text, i) => (last[i] = `${last[i] ?? ""} ${text}`.trim()))
    before = line
  }
  return namedRows(rows)
}

/** Puts a table into words: "STT: 1; Nội dung: …". Everything above the row numbered 1 names the columns, else the first row. */
export function namedRows(rows: readonly (readonly string[])[]): string[] {
  const first = rows.findIndex((row) => /^(?:0?1|I)[.)]?$/.test(row[0] ?? ""))
  const heads = rows.slice(0, first > 0 ? first : 1)
  const body = rows.slice(first > 0 ? first : 1)
  const names = (heads[0] ?? []).map((_, i) =>
    heads
      .map((head) => head[i] ?? "")
      .filter((text) => text !== "")
      .join(" "),
  )
  if (body.length === 0) return rows.map((row) => row.filter((text) => text !== "").join("; "))
  return body
    .map((row) =>
      row
        .map((text, i) => (names[i] && text !== "" ? `${names[i]}: ${text}` : text))
        .filter((text) => text !== "")
        .join("; "),
    )
    .filter((text) => text !== "")
}
