import type { Procedure } from "../../knowledge/procedure.ts"
import type { Reply } from "../pipeline.ts"
import type { AnswerTexts } from "../texts.ts"
import type { Field } from "../types.ts"
import { citation, paragraph } from "./procedure.ts"
import { figureSources, readField } from "./record-fields.ts"

/**
 * What an old record may be told of, for reference: what to bring, who, where and how long. Never its fees, since a wrong fee is
 * worse than none, nor its steps and laws, which the reform of 1/7/2025 rewrote.
 */
const FOR_REFERENCE: readonly Field[] = ["dossier", "place", "time", "subjects", "conditions", "result", "forms"]
/** Beside what was asked for: enough to know what to prepare and where to ask again. */
const USUALLY: readonly Field[] = ["dossier", "place"]
/** Bodies that the reform abolished: what names them is wrong today. */
const ABOLISHED = /(?<!\p{L})(?:cấp huyện|quận|huyện|thị xã|thị trấn)(?!\p{L})/iu
const LINES = 10

interface Request {
  readonly procedure: Procedure
  readonly fields: readonly Field[]
  readonly texts: AnswerTexts
}

/**
 * The parts asked for, in the words of a record from before the two-tier government, for a procedure that the portal still
 * lists; null when it does not, or when the record says nothing on them that may still hold. The caller warns.
 */
export function tellOutdated({ procedure, fields, texts }: Request): Pick<Reply, "text" | "fields" | "citations" | "support"> | null {
  if (procedure.source.url === null) return null
  const wanted = new Set([...fields, ...USUALLY].filter((field) => FOR_REFERENCE.includes(field)))
  const contents = [...wanted]
    .flatMap((field) => readField(procedure, field, texts) ?? [])
    .filter(({ lines }) => !lines.some((line) => ABOLISHED.test(line)))
  if (contents.length === 0) return null
  const source = texts.source({ title: procedure.source.title, section: null, date: null, demo: false })
  return {
    text: [
      texts.forReference,
      ...contents.map((content) => paragraph(content, texts, LINES)),
      ...(fields.includes("fee") ? [texts.field({ label: texts.fieldLabel.fee, text: texts.feeToConfirm })] : []),
      source,
    ].join("\n"),
    fields: Object.fromEntries(contents.map(({ field, lines }) => [field, lines.join("\n")])),
    citations: contents.map((content) => citation(procedure, content, texts)),
    support: figureSources(procedure),
  }
}
