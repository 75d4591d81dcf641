import { z } from "zod"
import { procedureItem, type KnowledgeItem } from "../item.ts"
import { fromPortal, portalRecord } from "./portal-record.ts"
import type { Records } from "../reading/outcome.ts"
import type { AliasLookup } from "./read-file.ts"
import { faultsOf, inVietnamese } from "./wording.ts"

/** Reads JSONL of the national portal, a procedure a line. A code that comes twice is a fault of its second line. */
export const readPortalLines = (text: string, aliases: AliasLookup): Records =>
  readPortalRecords(numberedLines(text.replace(/^\ufeff/, "")), aliases)

/** The same of lines that each tell where they stand ("dòng 7"). */
export function readPortalRecords(lines: Iterable<readonly [where: string, line: string]>, aliases: AliasLookup): Records {
  const items: KnowledgeItem[] = []
  const problems: string[] = []
  const placeOfCode = new Map<string, string>()
  for (const [where, line] of lines) {
    if (line.trim() === "") continue
    const outcome = readLine(line, aliases)
    if (typeof outcome === "string") {
      problems.push(`${where}: ${outcome}`)
      continue
    }
    const before = placeOfCode.get(outcome.key)
    if (before === undefined) items.push(outcome)
    else problems.push(`${where}: mã ${outcome.key} đã có ở ${before}`)
    placeOfCode.set(outcome.key, before ?? where)
  }
  return { items, problems }
}

/** Lines one at a time: a national file is tens of megabytes. */
function* numberedLines(text: string): Generator<[where: string, line: string]> {
  let start = 0
  for (let number = 1; start <= text.length; number++) {
    const end = text.indexOf("\n", start)
    yield [`dòng ${number}`, text.slice(start, end === -1 ? text.length : end)]
    if (end === -1) return
    start = end + 1
  }
}

function readLine(line: string, aliases: AliasLookup): KnowledgeItem | string {
  let data: unknown
  try {
    data = JSON.parse(line)
  } catch {
    return "không phải JSON hợp lệ"
  }
  const record = portalRecord.safeParse(data, inVietnamese)
  if (!record.success) return inWords(record.error)
  try {
    return { ...procedureItem(fromPortal(record.data, aliases(record.data.code))), portal: true }
  } catch (error) {
    if (error instanceof z.ZodError) return inWords(error)
    throw error
  }
}

const inWords = (error: z.ZodError) => faultsOf(error.issues).join("; ")
