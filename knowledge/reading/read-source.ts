import { z } from "zod"
import { AppError, InvalidInputError } from "../../errors.ts"
import { faultsOf } from "../import/wording.ts"
import { KIND_LABEL, sniff, type FileKind } from "./kinds.ts"
import type { ReadLimits } from "./limits.ts"
import type { ReadPicture } from "./ocr.ts"
import { readingOf, type Outcome } from "./outcome.ts"
import type { Reading } from "./reading.ts"
import { UnreadableFileError, type UnreadableReason } from "./unreadable.ts"

export interface ReadTools {
  readonly limits: ReadLimits
  readonly readPicture: ReadPicture
  /** Names that citizens use for a procedure, by its code. */
  readonly aliases: (code: string) => readonly string[]
  readonly onPage: (done: number, total: number) => void
}

export interface NamedBytes {
  readonly bytes: Uint8Array
  readonly name: string
  /** The id of the document that comes of it. */
  readonly id: string
}

export type Reader = (file: { bytes: Uint8Array; id: string }, tools: ReadTools) => Promise<Outcome> | Outcome
export type Readers = Readonly<Partial<Record<FileKind, Reader>>>
/**
 * Reads the bytes of one file whose kind has a reader. Throws UnreadableFileError, which says in words what a clerk can do; faults of
 * single records are told in `problems`.
 */
export async function readSource(file: NamedBytes, readers: Readers, tools: ReadTools): Promise<Reading> {
  const { bytes, name, id } = file
  if (bytes.length === 0) throw new UnreadableFileError("empty")
  if (bytes.length > tools.limits.maxBytes) throw new UnreadableFileError("too_large", { detail: sizeDetail(bytes.length, tools.limits) })
  const { kind, promised } = sniff(bytes, name)
  const reader = readers[kind]
  if (!reader) throw new UnreadableFileError(SAVED_OTHERWISE[kind] ?? "unsupported")
  const outcome = await faultsExplained(() => reader({ bytes, id }, tools))
  const notes = [
    ...(promised ? [`Tên tệp là ${KIND_LABEL[promised]} nhưng nội dung là ${KIND_LABEL[kind]}; đã đọc theo nội dung.`] : []),
    ...(outcome.notes ?? []),
  ]
  return { kind, ...readingOf(id, outcome), notes }
}

/** Kinds that the program which made them can save as one that is read. */
const SAVED_OTHERWISE: Readonly<Partial<Record<FileKind, UnreadableReason>>> = { xls: "legacy_sheet", rtf: "rtf", csv: "csv" }

const MB = 1024 * 1024
const sizeDetail = (bytes: number, limits: ReadLimits) => `${Math.ceil(bytes / MB)} MB, tối đa ${Math.round(limits.maxBytes / MB)} MB`

/** What people wrote wrongly is theirs to put right; anything else that is thrown is a bug and stays one. */
async function faultsExplained(read: () => Promise<Outcome> | Outcome): Promise<Outcome> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error
    const faults = faultsIn(error)
    if (!faults) throw error
    return { items: [], problems: faults }
  }
}

function faultsIn(error: unknown): readonly string[] | null {
  if (error instanceof InvalidInputError && error.problems.length > 0) return error.problems
  if (error instanceof AppError) return [error.message]
  return error instanceof z.ZodError ? faultsOf(error.issues) : null
}
