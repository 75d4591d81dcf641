import type { z } from "zod"
import { noticeItem, procedureItem, type KnowledgeItem } from "../item.ts"
import { noticeSchema } from "../notice.ts"
import { procedureSchema } from "../procedure.ts"
import type { Records } from "../reading/outcome.ts"
import { fieldOf, inVietnamese } from "./wording.ts"
import { readYaml } from "./yaml-source.ts"

/** Reads a YAML list of typed procedures and public notices (a notice has a `kind`). Faults name the line and the field. */
export function readTypedRecords(text: string): Records {
  const yaml = readYaml(text.replace(/^\ufeff/, "").normalize("NFC"))
  if ("faults" in yaml) return { items: [], problems: yaml.faults }
  if (!Array.isArray(yaml.value)) return { items: [], problems: ["dòng 1: tệp cần là một danh sách (mỗi mục bắt đầu bằng “- ”)"] }
  const items: KnowledgeItem[] = []
  const problems: string[] = []
  const lineOfKey = new Map<string, number>()
  for (const [i, value] of yaml.value.entries()) {
    const outcome = readEntry(value)
    if ("issues" in outcome) {
      problems.push(...outcome.issues.map((issue) => `dòng ${yaml.lineOf([i, ...issue.path])}: ${fieldOf(issue)}: ${issue.message}`))
      continue
    }
    const key = `${outcome.item.kind}:${outcome.item.key}`
    const before = lineOfKey.get(key)
    if (before === undefined) items.push(outcome.item)
    else problems.push(`dòng ${yaml.lineOf([i])}: mã ${outcome.item.key} đã có ở dòng ${before}`)
    lineOfKey.set(key, before ?? yaml.lineOf([i]))
  }
  return { items, problems }
}

function readEntry(value: unknown): { item: KnowledgeItem } | { issues: readonly z.core.$ZodIssue[] } {
  if (typeof value === "object" && value !== null && "kind" in value) {
    const notice = noticeSchema.safeParse(value, inVietnamese)
    return notice.success ? { item: noticeItem(notice.data) } : { issues: notice.error.issues }
  }
  const procedure = procedureSchema.safeParse(value, inVietnamese)
  return procedure.success ? { item: procedureItem(procedure.data) } : { issues: procedure.error.issues }
}
