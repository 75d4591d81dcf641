import { writeFile } from "node:fs/promises"
import path from "node:path"
import { documentSchema, type Block, type KnowledgeDocument } from "../../knowledge/document.ts"
import { readPortalLines } from "../../knowledge/import/portal-lines.ts"
import { procedureItem, type KnowledgeItem } from "../../knowledge/item.ts"
import { procedureSchema, type Procedure, type ProcedureMethod } from "../../knowledge/procedure.ts"
import { aFolder } from "../prisma/temporary-memory.ts"

export const noAliases = () => []

/** One line of the national portal's crawl, as an officer would copy it into a file. */
export function portalLine(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    code: "1.900001",
    name: "Cấp giấy phép nuôi chim bồ câu",
    issuing_agency: "Bộ Tư pháp",
    source_date: "2026-07",
    ...changes,
  })
}

/** The procedure that a portal record becomes. */
export function published(changes: Record<string, unknown>): Procedure {
  const { items, problems } = readPortalLines(portalLine(changes), noAliases)
  const [item] = items
  if (item?.kind !== "procedure") throw new Error(problems.join("; "))
  return item.body
}

/** The only way of handing in of a portal record that has one. */
export function handedIn(method: Record<string, unknown>, record: Record<string, unknown> = {}): ProcedureMethod {
  const [only] = published({ ...record, methods: [{ method: "Trực tiếp", ...method }] }).methods
  if (!only) throw new Error("the record has no method")
  return only
}

export function aProcedure(code: string, changes: Partial<Procedure> = {}): KnowledgeItem {
  const source = { title: "Quyết định công bố của tỉnh" }
  return procedureItem(procedureSchema.parse({ code, name: `Thủ tục thử số ${code}`, source, ...changes }))
}

export function aDocument(blocks: readonly (Block | string)[], path: readonly string[] = ["I. Việc phải làm"]): KnowledgeDocument {
  const asBlock = (block: Block | string): Block => (typeof block === "string" ? { kind: "paragraph", text: block } : block)
  return documentSchema.parse({
    id: "ke-hoach",
    title: "Kế hoạch",
    shortTitle: "Kế hoạch",
    sections: [{ path, blocks: blocks.map(asBlock) }],
  })
}

/** A file in a folder that goes away with the test. */
export async function aFile(name: string, content: string | Uint8Array): Promise<string> {
  const file = path.join(await aFolder(), name)
  await writeFile(file, content)
  return file
}
