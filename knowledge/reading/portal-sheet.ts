import { unmarked } from "../quality/spelling.ts"
import type { SheetTable } from "./sheet.ts"

/** The columns of the portal's export, as it names them and as JSONL does. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  code: ["code", "ma thu tuc", "ma so thu tuc", "ma tthc", "ma so tthc", "ma so"],
  name: ["name", "ten thu tuc", "ten tthc", "ten thu tuc hanh chinh"],
  field: ["field", "linh vuc"],
  agency: ["agency", "co quan thuc hien"],
  authority: ["authority", "co quan co tham quyen", "co quan co tham quyen quyet dinh"],
  issuing_agency: ["issuing_agency", "co quan ban hanh"],
  receiving_address: ["receiving_address", "dia chi tiep nhan", "dia chi tiep nhan ho so", "noi nop"],
  steps: ["steps", "trinh tu thuc hien"],
  subjects: ["subjects", "doi tuong thuc hien"],
  conditions: ["conditions", "yeu cau dieu kien", "yeu cau dieu kien thuc hien"],
  results: ["results", "ket qua", "ket qua thuc hien"],
  dossier: ["dossier", "thanh phan ho so"],
  method: ["method", "cach thuc thuc hien", "hinh thuc nop"],
  time: ["time", "thoi han giai quyet", "thoi gian giai quyet"],
  fees: ["fees", "phi le phi", "le phi", "phi"],
  legal_basis: ["legal_basis", "can cu phap ly"],
  decision_no: ["decision_no", "so quyet dinh", "quyet dinh cong bo"],
  raw_url: ["raw_url", "duong dan", "lien ket"],
}

const HEAD_ROWS = 10

/** A record of the portal's crawl as a line of JSON, and where it stands in the workbook. */
type PlacedRecord = readonly [where: string, line: string]

/** Records of the portal's crawl made from sheets of its shape; null when they have another one. */
export function portalRecordsOf(sheets: readonly SheetTable[]): PlacedRecord[] | null {
  const found = sheets.flatMap(({ name, rows, numbers }) => {
    const at = rows.slice(0, HEAD_ROWS).findIndex((row) => isHead(row.map(columnOf)))
    if (at < 0) return []
    const groups = groupsUnder(rows[at]?.map(columnOf) ?? [], rows.slice(at + 1))
    const sheet = sheets.length > 1 ? `trang tính “${name}”, ` : ""
    return groups.map(({ start, cells }): PlacedRecord => [
      `${sheet}dòng ${numbers[at + 1 + start] ?? ""}`,
      JSON.stringify(recordOf(cells)),
    ])
  })
  return found.length > 0 ? found : null
}

const columnOf = (title: string) => {
  const plain = unmarked(title)
    .replace(/[^a-z_ ]/g, " ")
    .replace(/\s+/g, " ")
    .trim()
  return Object.entries(COLUMNS).find(([, names]) => names.includes(plain))?.[0] ?? null
}

const isHead = (columns: readonly (string | null)[]) => columns.includes("code") && columns.includes("name")

const lines = (text: string | undefined) =>
  (text ?? "")
    .split(/\r?\n/)
    .map((line) => line.replace(/^[-+•]\s*/u, "").trim())
    .filter((line) => line !== "")

type Cells = (name: string) => string | undefined

/**
 * The rows of each procedure. A row without code and name goes on with the one above: cells that reach over several rows, as
 * the code of a procedure with several ways of handing in does, stand in the first of them.
 */
function groupsUnder(columns: readonly (string | null)[], rows: readonly (readonly string[])[]) {
  const groups: { readonly start: number; readonly cells: Cells[] }[] = []
  for (const [start, row] of rows.entries()) {
    const cells: Cells = (name) => row[columns.indexOf(name)] || undefined
    if (cells("code") ?? cells("name")) groups.push({ start, cells: [cells] })
    else groups.at(-1)?.cells.push(cells)
  }
  return groups
}

const LISTS = ["results", "dossier", "legal_basis"]
const OF_METHODS = ["method", "time", "fees"]

function recordOf(rows: readonly Cells[]): Record<string, unknown> {
  const first = (name: string) => rows.map((cell) => cell(name)).find(Boolean)
  const all = (name: string) => [...new Set(rows.flatMap((cell) => lines(cell(name))))]
  const plain = Object.keys(COLUMNS).filter((name) => ![...LISTS, ...OF_METHODS].includes(name))
  const methods = methodsOf(rows)
  return {
    ...Object.fromEntries(plain.flatMap((name) => (first(name) ? [[name, first(name)]] : []))),
    ...{ code: first("code") ?? "", name: first("name") ?? "" },
    ...(all("results").length > 0 ? { results: all("results") } : {}),
    ...(all("dossier").length > 0 ? { dossier: all("dossier").map((name) => ({ name })) } : {}),
    ...(all("legal_basis").length > 0 ? { legal_basis: all("legal_basis").map((name) => ({ name })) } : {}),
    ...(methods.length > 0 ? { methods } : {}),
  }
}

/** One way of handing in for each row that tells of one; a row that does not name its way goes on with the way above. */
function methodsOf(rows: readonly Cells[]) {
  let method = "Trực tiếp"
  return rows.flatMap((cell) => {
    if (!OF_METHODS.some((name) => cell(name))) return []
    method = cell("method") ?? method
    const fee = cell("fees")
    return [{ method, time: cell("time") ?? "", ...(fee ? { fees: [{ description: fee }] } : {}) }]
  })
}
