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

/** Records of the portal's crawl made from a sheet of its shape; null when the sheet has another one. */
export function portalRecordsOf(sheets: readonly SheetTable[]): Record<string, unknown>[] | null {
  const found = sheets.flatMap(({ rows }) => {
    const at = rows.slice(0, HEAD_ROWS).findIndex((row) => isHead(row.map(columnOf)))
    return at < 0 ? [] : recordsUnder(rows[at]?.map(columnOf) ?? [], rows.slice(at + 1))
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

function recordsUnder(columns: readonly (string | null)[], rows: readonly (readonly string[])[]): Record<string, unknown>[] {
  return rows.flatMap((row) => {
    const cell = (name: string) => row[columns.indexOf(name)] || undefined
    if (!cell("code") && !cell("name")) return []
    const plain = Object.keys(COLUMNS).filter((name) => !["method", "time", "fees", "results", "dossier", "legal_basis"].includes(name))
    const fee = cell("fees")
    return [
      {
        ...Object.fromEntries(plain.flatMap((name) => (cell(name) ? [[name, cell(name)]] : []))),
        code: cell("code") ?? "",
        name: cell("name") ?? "",
        ...(cell("results") ? { results: lines(cell("results")) } : {}),
        ...(cell("dossier") ? { dossier: lines(cell("dossier")).map((name) => ({ name })) } : {}),
        ...(cell("legal_basis") ? { legal_basis: lines(cell("legal_basis")).map((name) => ({ name })) } : {}),
        ...(cell("method") || cell("time") || fee
          ? {
              methods: [
                { method: cell("method") ?? "Trực tiếp", time: cell("time") ?? "", ...(fee ? { fees: [{ description: fee }] } : {}) },
              ],
            }
          : {}),
      },
    ]
  })
}
