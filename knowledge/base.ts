import { createHash } from "node:crypto"
import type { KnowledgeDocument } from "./document.ts"
import { digestOf, type KnowledgeItem, type KnowledgeKind } from "./item.ts"
import type { Notice } from "./notice.ts"
import type { Procedure } from "./procedure.ts"

/** Everything that is live at one moment, in memory. Never changed: a new release is a new base. */
export interface KnowledgeBase {
  /** Number of the release; 0 for a temporary base that was never published. */
  readonly version: number
  /** Equal for equal content. */
  readonly digest: string
  /** True while any of it is the shipped demo data. */
  readonly demo: boolean
  /** The kinds of records that still are: the commune's own replace the demo's kind by kind. */
  readonly demoKinds: ReadonlySet<KnowledgeKind>
  /** The commune that it speaks for ("xã An Hưng") and its province or city; null while none is configured. */
  readonly home: { readonly commune: string; readonly province: string } | null
  readonly procedures: readonly Procedure[]
  readonly documents: readonly KnowledgeDocument[]
  readonly notices: readonly Notice[]
  /** Codes of procedures that staff switched off: named, never answered from. */
  readonly suspended: ReadonlySet<string>
  /** Digest of a record by its kind and key ("procedure:1.001193"). */
  readonly digests: ReadonlyMap<string, string>
}

export type BaseIdentity = Pick<KnowledgeBase, "version" | "demo" | "home"> & Partial<Pick<KnowledgeBase, "demoKinds" | "suspended">>

/** Sorts records into a base. Equal records in any order give an equal digest. */
export function makeBase(items: readonly KnowledgeItem[], identity: BaseIdentity): KnowledgeBase {
  const digests = new Map(items.map((item) => [`${item.kind}:${item.key}`, digestOf(item)]))
  return {
    ...identity,
    demoKinds: identity.demoKinds ?? new Set(identity.demo ? items.map((item) => item.kind) : []),
    suspended: identity.suspended ?? new Set(),
    digest: digestOfAll(digests),
    procedures: items.flatMap((item) => (item.kind === "procedure" ? [item.body] : [])),
    documents: items.flatMap((item) => (item.kind === "document" ? [item.body] : [])),
    notices: items.flatMap((item) => (item.kind === "notice" ? [item.body] : [])),
    digests,
  }
}

/** The digest of a base from those of its records. */
export function digestOfAll(digests: ReadonlyMap<string, string>): string {
  const lines = [...digests].map(([key, digest]) => `${key} ${digest}`).sort()
  return createHash("sha256").update(lines.join("\n")).digest("hex")
}
