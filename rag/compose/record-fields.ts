import type { Paper, Procedure, ProcedureMethod } from "../../knowledge/procedure.ts"
import type { AnswerTexts } from "../texts.ts"
import type { Field } from "../types.ts"
import { splitSentences } from "../vietnamese/sentences.ts"
import { type FigureSource, type KnownFigures, readFigures } from "./figures.ts"
import { saidElsewhere } from "./said-elsewhere.ts"

/** What a record says on one field: lines to show, in the record's own words. */
export interface FieldContent {
  readonly field: Field
  readonly lines: readonly string[]
  /** False when the record itself says that this must be confirmed. */
  readonly certain: boolean
  /** The parts of the record that the lines stand in; without it, the field's own. */
  readonly origins?: readonly Field[]
}

type Reader = (procedure: Procedure, texts: AnswerTexts) => readonly string[]

const MONEY = /\d[\d.,]*\s*(?:đồng|vnđ|usd|%)|lệ phí|(?<!\p{L})phí(?!\p{L})/iu
const TIME_WORDING = /\d{1,3}\s*(?:ngày|giờ|tháng)|trong ngày|ngay (?:sau )?khi/i

const READERS: Readonly<Record<Field, Reader>> = {
  dossier: (p, texts) =>
    p.dossier.flatMap((c) => [...(c.title ? [`${c.title}:`] : []), ...c.papers.map((paper) => paperLine(paper, texts))]),
  fee: feeLines,
  time: (p, texts) => byChannel(p.methods, texts, (m) => [...(m.time?.certain ? [m.time.text] : []), ...noteAbout(m, TIME_WORDING)]),
  place: (p, texts) => [...(p.place ? [p.place] : []), ...(p.authority && p.authority !== p.place ? [texts.authority(p.authority)] : [])],
  steps: (p) => p.steps,
  online: onlineLines,
  subjects: (p) => nonEmpty(p.subjects),
  conditions: (p) => p.conditions,
  result: (p) => p.results,
  legalBasis: (p) => p.legalBasis.map((d) => (d.name ? `${d.code} – ${d.name}` : d.code)),
  forms: (p) => [
    ...new Set([...p.forms.map((f) => f.name), ...p.dossier.flatMap((c) => c.papers.flatMap((x) => (x.form ? [x.form] : [])))]),
  ],
}

/** What the record holds on a field, in its own part or else in another one; null when it says nothing. */
export function readField(procedure: Procedure, field: Field, texts: AnswerTexts): FieldContent | null {
  const lines = READERS[field](procedure, texts)
  const certain = field !== "time" || procedure.methods.every((m) => m.time?.certain !== false)
  if (lines.length > 0) return { field, lines, certain }
  const elsewhere = saidElsewhere(procedure, field)
  const origins = [...new Set(elsewhere.map((sentence) => sentence.origin))]
  const said = [...elsewhere.map((sentence) => sentence.text), ...toConfirm(field, { certain, said: elsewhere.length > 0 }, texts)]
  return said.length > 0 ? { field, lines: said, certain: false, origins: origins.length > 0 ? origins : [field] } : null
}

/** A number without a unit is not shown, but that there is a limit to be confirmed is; so for a fee without its amount. */
function toConfirm(field: Field, { certain, said }: { certain: boolean; said: boolean }, texts: AnswerTexts): readonly string[] {
  if (field === "time" && !certain) return [texts.timeToConfirm]
  return field === "fee" && said ? [texts.feeToConfirm] : []
}

const figuresByRecord = new WeakMap<Procedure, KnownFigures>()

/** All figures that a record holds, with the numbers of copies as they are shown: what those of an answer must stand in. */
export function figureSources(procedure: Procedure): FigureSource[] {
  const known = figuresByRecord.get(procedure) ?? readFigures(saidBy(procedure))
  figuresByRecord.set(procedure, known)
  return [known]
}

function saidBy(procedure: Procedure): string[] {
  const counts = procedure.dossier.flatMap((c) => c.papers.flatMap(({ originals, copies }) => [originals ?? 0, copies ?? 0]))
  return [JSON.stringify(procedure), ...[...new Set(counts)].filter((count) => count > 0).map((count) => `${count} bản`)]
}

function paperLine(paper: Paper, texts: AnswerTexts): string {
  if (paper.note) return texts.note(paper.name)
  const copies = texts.copies({ originals: paper.originals ?? 0, copies: paper.copies ?? 0 })
  return copies ? `${paper.name} (${copies})` : paper.name
}

function feeLines(procedure: Procedure, texts: AnswerTexts): string[] {
  const amounts = byChannel(procedure.methods, texts, (m) => [...m.fees.map((fee) => fee.text), ...noteAbout(m, MONEY)])
  const exemptions = new Set(
    procedure.methods.flatMap((m) => m.fees.flatMap((f) => (f.exemptions && !f.text.includes(f.exemptions) ? [f.exemptions] : []))),
  )
  const lines = [...amounts, ...[...exemptions].map((text) => texts.exemption(text))]
  // "Miễn phí" beside a fee that the province sets would read as free.
  return lines.length > 0 && procedure.methods.flatMap((m) => m.fees).length === 0 ? [...lines, texts.feeToConfirm] : lines
}

/** Of a note only the sentences that bear on the subject: a remark on copies is no time limit. */
function noteAbout({ note, fees }: ProcedureMethod, subject: RegExp): string[] {
  if (!note || fees.some((f) => f.text.includes(note))) return []
  return splitSentences(note).flatMap(({ text }) => (subject.test(text) ? [text] : []))
}

/** The same words for several ways of handing in are said once, with the ways named. */
function byChannel(
  methods: readonly ProcedureMethod[],
  texts: AnswerTexts,
  read: (method: ProcedureMethod) => readonly string[],
): string[] {
  const channelsOf = new Map<string, Set<string>>()
  for (const method of methods) {
    for (const line of new Set(read(method))) channelsOf.set(line, (channelsOf.get(line) ?? new Set()).add(texts.channel[method.channel]))
  }
  const all = new Set(methods.map((m) => texts.channel[m.channel]))
  return [...channelsOf].map(([line, channels]) => (channels.size === all.size ? line : `${[...channels].join(", ")}: ${line}`))
}

function onlineLines(procedure: Procedure, texts: AnswerTexts): string[] {
  if (procedure.methods.length === 0) return []
  const remote = procedure.methods.filter((m) => m.channel !== "in_person")
  const channels = [...new Set(remote.map((m) => texts.channel[m.channel]))]
  const notes = [...new Set(remote.flatMap((m) => (m.note ? [m.note] : [])))]
  return channels.length === 0 ? [texts.onlineNo] : [texts.onlineYes(channels), ...notes]
}

const nonEmpty = (text: string) => (text === "" ? [] : [text])
