import { z } from "zod"
import { procedureItem, type KnowledgeItem } from "../item.ts"
import { fromPortal, portalRecord } from "./portal-record.ts"
import type { Records } from "../reading/outcome.ts"
import type { AliasLookup } from "./read-file.ts"
import { faultsOf, inVietnamese } from "./wording.ts"

/** Reads JSONL of the national portal, a procedure a line. A code that comes twice is a fault of its second line. */
export function readPortalLines(text: string, aliases: AliasLookup): Records {
  const items: KnowledgeItem[] = []
  const problems: string[] = []
  const lineOfCode = new Map<string, number>()
  for (const [number, line] of numberedLines(text.replace(/^\ufeff/, ""))) {
    if (line.trim() === "") continue
    const outcome = readLine(line, aliases)
    if (typeof outcome === "string") {
      problems.push(`dòng ${number}: ${outcome}`)
      continue
    }
    const before = lineOfCode.get(outcome.key)
    if (before === undefined) items.push(outcome)
    else problems.push(`dòng ${number}: mã ${outcome.key} đã có ở dòng ${before}`)
    lineOfCode.set(outcome.key, before ?? number)
  }
  return { items, problems }
}

/** Lines one at a time: a national file is tens of megabytes. */
function* numberedLines(text: string): Generator<[number: number, line: string]> {
  let start = 0
  for (let number = 1; start <= text.length; number++) {
    const end = text.indexOf("\n", start)
    yield [number, text.slice(start, end === -1 ? text.length : end)]
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
