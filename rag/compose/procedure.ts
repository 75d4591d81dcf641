import type { Procedure } from "../../knowledge/procedure.ts"
import type { Reply } from "../pipeline.ts"
import type { AnswerTexts } from "../texts.ts"
import type { AnswerChoice, Citation, Field } from "../types.ts"
import { VALIDITY } from "../understand/asked-fields.ts"
import { fold } from "../vietnamese/fold.ts"
import { CHOOSE_FIELD } from "../steps/read.ts"
import { figureSources, readField, type FieldContent } from "./record-fields.ts"
import type { RecordSentence } from "./record-sentences.ts"
import { tellingSentences, type Asked, type Telling } from "./telling-sentences.ts"

/** What everybody needs: what to bring, where, how long, how much. */
const SUMMARY: readonly Field[] = ["dossier", "place", "time", "fee"]
/** Lines of a list that was not asked for; the rest comes on demand. */
const SHORT_LINES = 5
const FULL_LINES = 40
/** Longer than this, a field that nobody asked for is left to a choice. */
const SHORT_CHARACTERS = 400
const MAX_QUOTE = 4000
const MAX_FIELD_CHOICES = 3

const WHETHER: ReadonlySet<Field> = new Set(["conditions", "subjects"])

const NOTHING_ASKED: Telling = { sentences: [], circumstance: false }

interface Request {
  readonly procedure: Procedure
  readonly fields: readonly Field[]
  /** Set when the question wants a yes or no: the sentence that rules its circumstance comes first. */
  readonly whether: Asked | null
  readonly alternatives: readonly AnswerChoice[]
  readonly texts: AnswerTexts
  readonly demo: boolean
}

/**
 * Composes the answer on a procedure from its record, in the record's own words: first what was asked for, then the rest of
 * what everybody needs as far as it is short. Without a field asked for, all of it in short.
 */
export function composeProcedure(request: Request): Reply {
  const { procedure, fields, alternatives, texts, demo, whether } = request
  const { sentences: telling, circumstance } = whether ? tellingSentences(procedure, whether) : NOTHING_ASKED
  const found = fields.flatMap((field) => contentOf(field, telling, request))
  const misread: readonly Field[] = whether && VALIDITY.test(fold(whether.text)) ? ["time"] : []
  const unasked = SUMMARY.filter((field) => !fields.includes(field) && !misread.includes(field))
  const others = unasked.flatMap((field) => readField(procedure, field, texts) ?? [])
  const missing = (fields.length > 0 ? fields : leftOut(others)).filter(
    (field) => !found.some((c) => c.field === field) && !saidByPartner(field, found),
  )
  // Whoever asks whether, goes on to ask with what; whoever asks where, is about to go; whoever asks for a fee alone, is not.
  const goes = fields.includes("place")
  const rest = fields.every((field) => WHETHER.has(field)) ? others : others.filter((c) => (goes || c.field !== "dossier") && isShort(c))
  const parts = [...found.map((content) => ({ content, limit: FULL_LINES })), ...rest.map((content) => ({ content, limit: SHORT_LINES }))]
  const paragraphs = [
    texts.procedureTitle(procedure),
    ...(telling.length > 0 ? [texts.list({ label: texts.telling, items: telling.map((sentence) => sentence.text) })] : []),
    ...(circumstance && telling.length + missing.length === 0 && fields.every((field) => WHETHER.has(field)) ? [texts.notTold] : []),
    ...parts.filter(({ content }) => !toldAlready(content, telling)).map(({ content, limit }) => paragraph(content, texts, limit)),
    ...(missing.length > 0 ? [texts.missing(missing.map((field) => texts.fieldLabel[field]))] : []),
    texts.source({ title: procedure.source.title, section: null, date: procedure.source.date || null, demo }),
  ]
  const shown = [...parts.map((part) => part.content), ...toldFields(telling, parts)]
  return {
    status: missing.length === 0 ? "answered" : "answered_partial",
    text: paragraphs.join("\n"),
    procedure: { code: procedure.code, name: procedure.name },
    fields: Object.fromEntries(shown.map((content) => [content.field, content.lines.join("\n")])),
    citations: shown.map((content) => citation(procedure, content, texts)),
    choices: [...moreFields(procedure, parts, texts), ...alternatives],
    context: { procedureCode: procedure.code },
    support: figureSources(procedure),
  }
}

/** A record without conditions of its own may still rule the matter in a sentence elsewhere: that one is the condition. */
function contentOf(field: Field, telling: readonly RecordSentence[], { procedure, texts }: Request): FieldContent[] {
  if (field === "conditions" && procedure.conditions.length === 0 && telling.length > 0)
    return [{ field, lines: telling.map((s) => s.text), certain: false, origins: [...new Set(telling.map((s) => s.origin))] }]
  return [readField(procedure, field, texts) ?? []].flat()
}

/** The parts that the telling sentences stand in, where they are not shown as a whole. */
function toldFields(telling: readonly RecordSentence[], parts: readonly Part[]): FieldContent[] {
  const shown = new Set(parts.map(({ content }) => content.field))
  const origins = [...new Set(telling.map((sentence) => sentence.origin))].filter((origin) => !shown.has(origin))
  return origins.map((field) => ({ field, lines: telling.filter((s) => s.origin === field).map((s) => s.text), certain: true }))
}

const toldAlready = ({ lines }: FieldContent, telling: readonly RecordSentence[]) =>
  telling.length > 0 && lines.every((line) => telling.some((sentence) => sentence.text === line))

/** A record that does not even say what to bring is told with what it lacks, also to those who name no part. */
const leftOut = (told: readonly FieldContent[]): readonly Field[] =>
  told.some((c) => c.field === "dossier") ? [] : SUMMARY.filter((field) => !told.some((c) => c.field === field))

interface Part {
  readonly content: FieldContent
  readonly limit: number
}

/** Short enough to be told where nobody asked for it. */
export const isShort = ({ lines }: FieldContent) => lines.join(" ").length <= SHORT_CHARACTERS

/** The line that stands for what was cut. It tells no count: that would be a figure which the record does not hold. */
const cutNotice = ({ lines }: FieldContent, texts: AnswerTexts, limit: number) => (lines.length > limit ? [texts.moreItems] : [])

/** "ai được" and "điều kiện" are looked up together; one of the two is enough. */
const saidByPartner = (field: Field, found: readonly FieldContent[]) =>
  (field === "subjects" && found.some((c) => c.field === "conditions")) ||
  (field === "conditions" && found.some((c) => c.field === "subjects"))

/** A part of the record with its label; of a long list the first lines. */
export function paragraph(content: FieldContent, texts: AnswerTexts, limit: number): string {
  const label = texts.fieldLabel[content.field]
  const [only] = content.lines
  if (content.lines.length === 1 && only !== undefined) return texts.field({ label, text: only })
  return texts.list({ label, items: [...content.lines.slice(0, limit), ...cutNotice(content, texts, limit)] })
}

/** Where the part stands, in its own words. */
export function citation(procedure: Procedure, { field, lines, origins }: FieldContent, texts: AnswerTexts): Citation {
  return {
    sourceId: procedure.code,
    title: procedure.name,
    section: (origins ?? [field]).map((origin) => texts.fieldLabel[origin]).join(", "),
    quote: lines.join("\n").slice(0, MAX_QUOTE),
    ...(procedure.source.url ? { url: procedure.source.url } : {}),
  }
}

/** In the order in which citizens ask next. */
const ON_DEMAND: readonly Field[] = [
  "dossier",
  "fee",
  "time",
  "place",
  "steps",
  "online",
  "conditions",
  "forms",
  "subjects",
  "result",
  "legalBasis",
]

function moreFields(procedure: Procedure, parts: readonly Part[], texts: AnswerTexts): AnswerChoice[] {
  const seen = new Set(parts.flatMap(({ content, limit }) => (content.lines.length <= limit ? [content.field] : [])))
  return ON_DEMAND.filter((field) => !seen.has(field) && readField(procedure, field, texts) !== null)
    .slice(0, MAX_FIELD_CHOICES)
    .map((field) => ({ id: CHOOSE_FIELD + field, label: texts.moreChoice[field] }))
}
