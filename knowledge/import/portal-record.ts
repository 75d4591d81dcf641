import { z } from "zod"
import { procedureSchema, type DossierCase, type Procedure, type ProcedureMethod } from "../procedure.ts"
import { ownNameOf } from "./own-name.ts"
import { feesOf } from "./portal-fees.ts"
import { timeOf } from "./portal-times.ts"
import { cleanLines, cleanText, unwrapped } from "./portal-text.ts"
import { inVietnamese } from "./wording.ts"

const text = z
  .string()
  .nullish()
  .transform((v) => cleanText(v ?? ""))
const lines = z
  .string()
  .nullish()
  .transform((v) => cleanLines(v ?? ""))

const name = z.string().transform((v) => cleanText(v).replaceAll("\n", " ").replace(/ {2,}/g, " "))

const portalFee = z.looseObject({
  type: text,
  value: z.number().nullish(),
  currency: text,
  description: text,
})

const portalMethod = z.looseObject({
  method: z.string().transform(cleanText),
  time: text,
  time_qty: z.union([z.number(), z.string()]).nullish(),
  time_unit: text,
  description: text,
  fees: z.array(portalFee).nullish(),
})

/** A line of the national portal's crawl; fields that the product does not use are let through unread. */
export const portalRecord = z.looseObject({
  code: z.string().trim(),
  name,
  /** The name of the code in the national catalogue of the month. */
  catalog_name: name.nullish().transform((v) => v ?? ""),
  field: text,
  levels: z.array(z.string()).nullish(),
  agency: text,
  authority: text,
  issuing_agency: text,
  receiving_address: text,
  steps: lines,
  subjects: text,
  conditions: lines,
  results: z.array(z.string()).nullish(),
  dossier: z
    .array(
      z.looseObject({
        group: text,
        name: text,
        original: z.number().nullish(),
        copy: z.number().nullish(),
        forms: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
  methods: z.array(portalMethod).nullish(),
  time: text,
  forms: z.array(z.string()).nullish(),
  legal_basis: z.array(z.looseObject({ code: text, name: text })).nullish(),
  decision_no: text,
  raw_url: z.string().nullish(),
  source_date: text,
  text_quality: text,
  fee_zero_with_note: z.boolean().nullish(),
  time_unit_uncertain: z.boolean().nullish(),
})

export type PortalRecord = z.infer<typeof portalRecord>
export type PortalMethod = NonNullable<PortalRecord["methods"]>[number]

const CHANNELS: readonly (readonly [pattern: RegExp, channel: ProcedureMethod["channel"]])[] = [
  [/trực tuyến|online|qua mạng/i, "online"],
  [/bưu/i, "post"],
  [/trực tiếp/i, "in_person"],
]

const LEVELS: Readonly<Record<string, Procedure["levels"][number]>> = { xa: "commune", tinh: "province", bo: "ministry", khac: "other" }

/** Turns a portal record into a typed procedure. Throws a ZodError when the record cannot be one. */
export function fromPortal(given: PortalRecord, aliases: readonly string[]): Procedure {
  const record = withOwnText(given)
  const flowing = /pdf/i.test(record.text_quality) ? unwrapped : (wrapped: string) => wrapped
  const values: z.input<typeof procedureSchema> = {
    code: record.code,
    name: record.name,
    aliases: [...aliases],
    field: record.field,
    levels: (record.levels ?? []).map((level) => LEVELS[level] ?? "other"),
    authority: record.authority || record.agency,
    place: flowing(record.receiving_address || record.agency),
    subjects: record.subjects,
    methods: methodsOf(record),
    dossier: casesOf((record.dossier ?? []).map((row) => ({ ...row, name: flowing(row.name) }))),
    steps: record.steps,
    conditions: record.conditions.filter((line) => !NOTHING.test(line)),
    results: (record.results ?? []).map(cleanText).filter((line) => line !== ""),
    legalBasis: (record.legal_basis ?? []).filter((d) => d.code !== "").map(({ code, name }) => ({ code, name })),
    forms: [...new Set((record.forms ?? []).map(cleanText).filter((name) => name !== ""))].map((name) => ({ name })),
    locality: localityOf(record.issuing_agency),
    legacy: isLegacy(record),
    decision: record.decision_no ? { number: record.decision_no } : null,
    source: { title: "Cơ sở dữ liệu quốc gia về thủ tục hành chính", url: urlOrNull(record.raw_url), date: record.source_date },
  }
  return procedureSchema.parse(values, inVietnamese)
}

/** The code, the agency and the address on the portal are the catalogue's and stay; whoever asks must not be told another matter. */
const TOLD_NOTHING = {
  field: "",
  subjects: "",
  receiving_address: "",
  time: "",
  decision_no: "",
  ...{ steps: [], dossier: [], methods: [], conditions: [], results: [], legal_basis: [], forms: [] },
} satisfies Partial<PortalRecord>

function withOwnText(given: PortalRecord): PortalRecord {
  const { name, isOwnText } = ownNameOf(given)
  return isOwnText ? { ...given, name } : { ...given, ...TOLD_NOTHING, name }
}

const NOTHING = /^không có thông tin/i

function methodsOf(record: PortalRecord): ProcedureMethod[] {
  return waysOf(record).flatMap((method) => {
    const channel = CHANNELS.find(([pattern]) => pattern.test(method.method))?.[1]
    if (!channel) return []
    const fees = feesOf(method, record.fee_zero_with_note === true)
    const note = method.description === "" ? null : method.description
    return [{ channel, time: timeOf(method, record), fees, note }]
  })
}

/** A record without ways of handing in may still tell its time limit; in person one can always come. */
function waysOf({ methods, time }: PortalRecord): readonly PortalMethod[] {
  if (methods && methods.length > 0) return methods
  const limit = time.split("\n").find((line) => /\d\s*(?:ngày|giờ|tháng)/iu.test(line))
  return limit === undefined ? [] : [{ method: "Trực tiếp", time: limit.replace(/\.$/, ""), time_unit: "", description: "", fees: [] }]
}

/** Groups are cases ("Trường hợp …") or kinds ("Giấy tờ phải nộp"): papers stay under the group that the source puts them in. */
function casesOf(rows: NonNullable<PortalRecord["dossier"]>): DossierCase[] {
  const groups = new Map<string, DossierCase["papers"]>()
  for (const row of rows) {
    const name = row.name.replace(/^[-+•*\s]+/, "")
    if (name === "") continue
    const title = row.group.replace(/^[*+\-•\s]+|[:;\s]+$/g, "")
    const papers = groups.get(title) ?? []
    papers.push({ name, originals: row.original ?? null, copies: row.copy ?? null, form: row.forms?.[0] ?? null, note: isNote(row) })
    groups.set(title, papers)
  }
  return [...groups].map(([title, papers]) => ({ title, papers }))
}

/** The portal files guidance among the papers; it carries no number of copies and no form. */
function isNote(row: NonNullable<PortalRecord["dossier"]>[number]): boolean {
  const counted = (row.original ?? 0) + (row.copy ?? 0) > 0 || (row.forms?.length ?? 0) > 0
  return (
    !counted &&
    (/lưu ý/i.test(row.group) || /^[-+*•\s]*(trường hợp|lưu ý|ghi chú|người tiếp nhận|bản chụp|cá nhân có quyền)/i.test(row.name))
  )
}

/** "UBND tỉnh Lai Châu" publishes for Lai Châu alone; ministries publish for the whole country. */
function localityOf(issuer: string): string | null {
  return /^(?!Bộ\s).*?(?<!\p{L})(?:[Tt]ỉnh|TỈNH|[Tt]hành [Pp]hố|THÀNH PHỐ)\s+(\p{Lu}.*)$/u.exec(issuer)?.[1]?.trim() ?? null
}

/** Records from before the two-tier government of 1/7/2025 name districts that no longer exist. */
function isLegacy(record: PortalRecord): boolean {
  return (
    /legacy/i.test(record.text_quality) ||
    /before the two-tier|2025-0[1-6]|^20(1\d|2[0-4])/.test(record.source_date) ||
    /^(?:UBND|Ủy ban nhân dân) (?:cấp huyện|quận|huyện)[^;,]*$/iu.test(record.agency)
  )
}

function urlOrNull(url: string | null | undefined): string | null {
  return url && URL.canParse(url) ? url : null
}
