import type { SourceLine } from "../import/structure.ts"
import type { KnowledgeItem } from "../item.ts"
import type { PageQuality, Verdict } from "../quality/gate.ts"
import type { FileKind } from "./kinds.ts"
import type { ScannedWord } from "./ocr.ts"
import type { Proposal } from "./official-header.ts"
import type { UnreadableReason } from "./unreadable.ts"

/** One page as a reader gives it. Files without pages (Word, HTML) are one page with number null. */
export interface ReadPage {
  readonly number: number | null
  readonly from: "text" | "ocr"
  readonly lines: readonly SourceLine[]
  /** The words of a scan with their boxes (pixels) and confidence (0–100); empty for text. */
  readonly words: readonly ScannedWord[]
  /** Mean confidence of OCR, 0 to 1; null for text. */
  readonly confidence: number | null
  /** Why a scanned page stayed empty. */
  readonly problem: UnreadableReason | null
}

/** What a file holds, before any person confirmed it. Plain JSON: it comes from another process and is stored as it is. */
export interface Reading {
  readonly kind: FileKind
  readonly items: readonly KnowledgeItem[]
  /** Faults of single records, in words; the others can be used. */
  readonly problems: readonly string[]
  /** Remarks for the clerk: another encoding, a name that promised something else. */
  readonly notes: readonly string[]
  /** What the official header says, each with where it was read; empty for files of records. */
  readonly proposals: readonly Proposal[]
  readonly pages: readonly PageReport[]
  readonly verdict: Verdict
  /** What a person said of it; absent before, and again after it was read anew. */
  readonly review?: Review
}

export interface Review {
  /** The head was looked at, field by field. */
  readonly confirmed: boolean
  /** Text and figures were compared with the original. */
  readonly compared: boolean
  /** It takes the place of another document that is told under its name. */
  readonly replaces?: boolean
}

export interface PageReport extends PageQuality {
  readonly number: number | null
  readonly from: ReadPage["from"]
  readonly text: string
  readonly words: readonly ScannedWord[]
}
