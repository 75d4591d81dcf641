import type { MarkedLine } from "./marked-lines.ts"
import { isElement, isTextNode, parseDom, type DomElement, type DomNode } from "./dom.ts"
import { namedRows } from "./layout.ts"

const SKIPPED = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD", "IFRAME", "SVG"])
const BLOCKS = new Set([
  "P",
  "DIV",
  "LI",
  "H1",
  "H2",
  "H3",
  "H4",
  "H5",
  "H6",
  "UL",
  "OL",
  "SECTION",
  "ARTICLE",
  "MAIN",
  "BODY",
  "HEADER",
  "FOOTER",
  "BLOCKQUOTE",
  "PRE",
  "DL",
  "DT",
  "DD",
])
/** Tables that only set things side by side: the head of an official text, its signature. */
const SIDE_BY_SIDE = /CỘNG H[OÒ]A X[AÃ] HỘI|Nơi nhận\s*:/iu

/** The lines of HTML. Nothing is fetched or run. */
export const linesOfHtml = (html: string): MarkedLine[] => linesUnder(parseDom(html).body)

/** The lines of everything below an element. */
export function linesUnder(root: DomElement): MarkedLine[] {
  const out: MarkedLine[] = []
  let open = ""
  const flush = (heading?: number) => {
    const text = open
      .replace(/[ \t\u00a0]+/g, " ")
      .normalize("NFC")
      .trim()
    if (text !== "") out.push({ text, page: null, ...(heading ? { heading } : {}) })
    open = ""
  }
  const walk = (node: DomNode): void => {
    if (isTextNode(node)) open += (node.textContent ?? "").replace(/\s+/g, " ")
    else if (isElement(node)) enter(node, node.tagName.toUpperCase())
  }
  const enter = (element: DomElement, name: string): void => {
    if (SKIPPED.has(name)) return
    if (BLOCKS.has(name) || name === "TABLE" || name === "BR") flush()
    if (name === "TABLE") {
      out.push(...tableLines(element))
      return
    }
    if (name === "LI" && !NUMBERED.test(element.textContent ?? "")) open += "- "
    for (const child of element.childNodes) walk(child)
    if (!BLOCKS.has(name)) return
    flush(/^H[1-6]$/.test(name) ? Number(name.slice(1)) : undefined)
    if (!LISTS.has(name)) out.push({ text: "", page: null })
  }
  for (const child of root.childNodes) walk(child)
  flush()
  return out
}

const NUMBERED = /^\s*(?:[-+•]|\d+[.)])/
const LISTS = new Set(["LI", "UL", "OL"])

function tableLines(table: DomElement): MarkedLine[] {
  const rows = rowsOf(table)
  const flat = table.textContent ?? ""
  const cells = rows.map((row) => row.map((cell) => cell.element))
  if (SIDE_BY_SIDE.test(flat) || Math.max(...rows.map((row) => row.length)) === 1) {
    return [...new Set(cells.flat())].flatMap((cell) => [...linesUnder(cell), { text: "", page: null }])
  }
  const texts = rows.map((row) => row.map((cell) => cell.text))
  return [...namedRows(texts).map((text) => ({ text, page: null, row: true })), { text: "", page: null }]
}

interface DomCell {
  readonly element: DomElement
  readonly text: string
}

/** A grid: a cell over several columns or rows stands in each of them, named only once per row. */
function rowsOf(table: DomElement): DomCell[][] {
  const own = [...table.querySelectorAll("tr")].filter((row) => row.closest("table") === table)
  const grid: DomCell[][] = own.map(() => [])
  own.forEach((row, r) => {
    let column = 0
    for (const cell of row.children) {
      while (grid[r]?.[column]) column++
      const text = linesUnder(cell)
        .map((line) => line.text)
        .filter((line) => line !== "")
        .join(" ")
      const width = span(cell, "colspan")
      for (let down = 0; down < Math.min(span(cell, "rowspan"), own.length - r); down++) {
        for (let right = 0; right < width; right++) {
          const target = grid[r + down]
          if (target) target[column + right] = { element: cell, text: right === 0 ? text : "" }
        }
      }
      column += width
    }
  })
  return grid.map((row) => Array.from(row, (cell) => (cell as DomCell | undefined) ?? { element: table, text: "" }))
}

const MAX_SPAN = 50
const span = (cell: DomElement, name: string) => Math.min(MAX_SPAN, Math.max(1, Number(cell.getAttribute(name) ?? "1") || 1))
