import type { z } from "zod"
import { documentSchema, type KnowledgeDocument, type Section } from "../document.ts"
import { placeOf } from "../import/place.ts"
import type { SourceLine } from "../import/structure.ts"
import { inVietnamese } from "../import/wording.ts"
import type { HeaderField, Proposal } from "./official-header.ts"

interface Draft {
  readonly id: string
  readonly lines: readonly SourceLine[]
  readonly sections: readonly Section[]
  readonly proposals: readonly Proposal[]
  /** The title that the file gives itself, when its text has no head. */
  readonly ownTitle: string | null
  readonly verified: boolean
}

const MAX_TITLE = 300

/** A document with what its head proposes; everything may be corrected before it is published. */
export function documentOf({ id, lines, sections, proposals, ownTitle, verified }: Draft): KnowledgeDocument {
  const proposed = new Map<HeaderField, string>(proposals.map((p) => [p.field, p.value]))
  const kind = proposed.get("kind") ?? ""
  const title = titleFrom(kind, proposed.get("title")) ?? ownTitle ?? firstLine(lines) ?? id
  const date = proposed.get("date") ?? null
  const values: z.input<typeof documentSchema> = {
    id,
    title: title.slice(0, MAX_TITLE),
    shortTitle: title.slice(0, MAX_TITLE),
    issuer: proposed.get("issuer") ?? "",
    number: proposed.get("number") ?? null,
    date,
    year: date ? Number(date.slice(0, 4)) : null,
    kind,
    signer: proposed.get("signer") ?? null,
    legalBasis: proposed.get("legalBasis") ?? null,
    place: proposed.get("place") ?? placeOf(title) ?? placeOf(startOf(lines)),
    effectiveFrom: proposed.get("effectiveFrom") ?? null,
    effectiveTo: proposed.get("effectiveTo") ?? null,
    verified,
    sections: sections.map((section) => ({ ...section, path: [...section.path], blocks: [...section.blocks] })),
  }
  return documentSchema.parse(values, inVietnamese)
}

function titleFrom(kind: string, subject: string | undefined): string | null {
  if (!subject) return null
  if (kind === "") return subject
  const first = subject.charAt(0)
  // "QUYẾT ĐỊNH / Về việc …" is read as one phrase; a name keeps its capital.
  const joined = /^(?:Về|Ban|Phê|Công|Quy|Triển|Xây|Thực|Tổ|Kết|Tăng|Thành)\s/u.test(subject)
    ? first.toLowerCase() + subject.slice(1)
    : subject
  return `${kind} ${joined}`
}

const firstLine = (lines: readonly SourceLine[]) => lines.map((line) => line.text.trim()).find((text) => text.length > 10) ?? null

const startOf = (lines: readonly SourceLine[]) =>
  lines
    .slice(0, 60)
    .map((line) => line.text)
    .join("\n")
