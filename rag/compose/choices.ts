import type { Procedure } from "../../knowledge/procedure.ts"
import type { Reply } from "../pipeline.ts"
import type { AnswerTexts } from "../texts.ts"
import type { Field } from "../types.ts"
import { citation, isShort, paragraph } from "./procedure.ts"
import { figureSources, readField, type FieldContent } from "./record-fields.ts"

interface Request {
  /** Best first. */
  readonly options: readonly Procedure[]
  readonly fields: readonly Field[]
  readonly texts: AnswerTexts
  readonly demo: boolean
}

type Told = Pick<Reply, "fields" | "citations" | "support"> & { readonly text: string }

/** Who names no part wants to know first what to bring. */
const NOTHING_NAMED: readonly Field[] = ["dossier"]
/** Lines of a list under each choice; the rest comes once it is chosen. */
const LINES = 5

/**
 * What was asked for, told of each choice beside the question back, so that many need not choose: once where all say the
 * same, else the likeliest choice's, and the others' as far as they are short. `fields` are the likeliest choice's.
 */
export function tellOfChoices({ options, fields, texts, demo }: Request): Told | null {
  const wanted = fields.length > 0 ? fields : NOTHING_NAMED
  const known = options.map((procedure) => ({ procedure, contents: wanted.flatMap((field) => readField(procedure, field, texts) ?? []) }))
  const [first, ...others] = known
  if (!first || first.contents.length === 0) return null
  const shared = first.contents.filter((content) => others.length > 0 && others.every(({ contents }) => contents.some(saysAs(content))))
  const own = known.map(({ procedure, contents }) => ({ procedure, contents: contents.filter((c) => !shared.some(saysAs(c))) }))
  const told = own.filter(({ procedure, contents }) => contents.length > 0 && (procedure === first.procedure || contents.every(isShort)))
  const shown = shared.length > 0 ? known : told
  return {
    text: [
      ...(shared.length > 0 ? [texts.anyChoice, ...shared.map((content) => paragraph(content, texts, LINES))] : []),
      ...told.flatMap(({ procedure, contents }) => [
        texts.ofChoice(procedure.name.replace(/^thủ tục\s+/iu, "")),
        ...contents.map((content) => paragraph(content, texts, LINES)),
      ]),
      ...new Set(shown.map(({ procedure }) => sourceOf(procedure, { texts, demo }))),
    ].join("\n"),
    fields: Object.fromEntries(first.contents.map(({ field, lines }) => [field, lines.join("\n")])),
    citations: known.flatMap(({ procedure, contents }) =>
      contents
        .filter((content) => shared.some(saysAs(content)) || told.some((t) => t.contents.includes(content)))
        .map((content) => citation(procedure, content, texts)),
    ),
    support: shown.flatMap(({ procedure }) => figureSources(procedure)),
  }
}

const saysAs = (one: FieldContent) => (other: FieldContent) => one.field === other.field && one.lines.join("\n") === other.lines.join("\n")

const sourceOf = ({ source }: Procedure, { texts, demo }: Pick<Request, "texts" | "demo">) =>
  texts.source({ title: source.title, section: null, date: source.date || null, demo })
