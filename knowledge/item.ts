import { createHash } from "node:crypto"
import type { KnowledgeDocument } from "./document.ts"
import type { Notice } from "./notice.ts"
import type { Procedure } from "./procedure.ts"

/** One thing that the commune knows. `key` is unique within its kind: a procedure's code, a document's or notice's id. */
export type KnowledgeItem =
  /** `portal`: read from a file of the national portal, which knows nothing of the commune's own words about it. */
  | { readonly kind: "procedure"; readonly key: string; readonly body: Procedure; readonly portal?: true }
  | { readonly kind: "document"; readonly key: string; readonly body: KnowledgeDocument }
  | { readonly kind: "notice"; readonly key: string; readonly body: Notice }

export const KNOWLEDGE_KINDS = ["procedure", "document", "notice"] as const satisfies readonly KnowledgeItem["kind"][]
export type KnowledgeKind = KnowledgeItem["kind"]

export const procedureItem = (body: Procedure): Extract<KnowledgeItem, { kind: "procedure" }> => ({
  kind: "procedure",
  key: body.code,
  body,
})
export const documentItem = (body: KnowledgeDocument): KnowledgeItem => ({ kind: "document", key: body.id, body })
export const noticeItem = (body: Notice): KnowledgeItem => ({ kind: "notice", key: body.id, body })

/** Equal for equal content, whatever the order of keys. */
export function digestOf(item: KnowledgeItem): string {
  return createHash("sha256").update(canonical(item.body)).digest("hex").slice(0, 32)
}

/** A list that records got later: empty it changes nothing, so a new version of the program makes no record a changed one. */
const CAME_LATER = "notFor"

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  if (value === null || typeof value !== "object") return JSON.stringify(value)
  const entries = Object.entries(value)
    .filter(([key, v]) => !(key === CAME_LATER && Array.isArray(v) && v.length === 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, v]) => `${JSON.stringify(key)}:${canonical(v)}`).join(",")}}`
}
