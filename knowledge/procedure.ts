import { z } from "zod"

/** Ways of handing a dossier in, as the national portal names them. */
export const METHOD_CHANNELS = ["in_person", "online", "post"] as const
export type MethodChannel = (typeof METHOD_CHANNELS)[number]

export const TIME_UNITS = ["same_day", "working_day", "day", "hour", "month"] as const

/**
 * A time limit. `text` is the published wording and the only thing shown; amount and unit are for reminders and sums.
 * `certain: false` means that the published unit is unknown: the wording must be confirmed with an officer.
 */
const timeLimit = z
  .strictObject({
    text: z.string().min(1),
    amount: z.number().positive().nullable().default(null),
    unit: z.enum(TIME_UNITS).nullable().default(null),
    certain: z.boolean().default(true),
  })
  .refine((t) => (t.amount === null || t.unit !== null) && (t.certain || t.amount === null), {
    message: "có số thì phải có đơn vị; thời hạn chưa chắc chắn (certain: false) thì không ghi số",
  })

/**
 * `free` only where the source says so without a condition; `set_locally`: the People's Council of the province or city
 * sets it, whatever number the portal prints; `see_text`: only the wording is known.
 */
export const FEE_STATUSES = ["amount", "free", "set_locally", "see_text"] as const

const fee = z
  .strictObject({
    kind: z.enum(["phí", "lệ phí", "mức giá", "phí, lệ phí"]),
    text: z.string().min(1),
    status: z.enum(FEE_STATUSES),
    amount: z.number().int().nonnegative().nullable().default(null),
    per: z.string().nullable().default(null),
    exemptions: z.string().nullable().default(null),
  })
  .refine((f) => (f.status === "amount") === (f.amount !== null && f.amount > 0), {
    message: "chọn “Có số tiền” (status: amount) thì phải ghi số tiền lớn hơn 0 đồng (amount), chọn cách ghi khác thì bỏ trống số tiền",
  })

const method = z.strictObject({
  channel: z.enum(METHOD_CHANNELS),
  time: timeLimit.nullable().default(null),
  fees: z.array(fee).default([]),
  note: z.string().nullable().default(null),
})

const paper = z.strictObject({
  name: z.string().min(1),
  originals: z.number().int().nonnegative().nullable().default(null),
  copies: z.number().int().nonnegative().nullable().default(null),
  form: z.string().nullable().default(null),
  /** Guidance printed among the papers ("Trường hợp … thì không phải nộp …"): shown as a note, never counted as a paper. */
  note: z.boolean().default(false),
})

/** Papers of one case (trường hợp); an empty title means: for everybody. */
const dossierCase = z.strictObject({
  title: z.string().default(""),
  papers: z.array(paper).min(1),
})

const legalDocument = z.strictObject({ code: z.string().min(1), name: z.string().default("") })
const form = z.strictObject({ name: z.string().min(1), url: z.url().nullable().default(null) })
const date = z.iso.date()

/** Codes of the national database ("1.001193") or of a province's own procedures. */
export const procedureCode = z.string().regex(/^\d\.\d{6}(\.[A-Z0-9.]+)?$/, "mã thủ tục có dạng 1.001193")

/** A procedure (thủ tục hành chính) as the commune publishes it. Each typed value keeps the verbatim text beside it. */
export const procedureSchema = z.strictObject({
  code: procedureCode,
  name: z.string().min(3),
  aliases: z.array(z.string().min(2)).default([]),
  /** Wordings by which another matter is meant: questions that hold one are never answered from this record. */
  notFor: z.array(z.string().min(2)).default([]),
  field: z.string().default(""),
  levels: z.array(z.enum(["commune", "province", "ministry", "other"])).default(["commune"]),
  /** Who decides. */
  authority: z.string().default(""),
  /** Where the dossier is handed in. */
  place: z.string().default(""),
  subjects: z.string().default(""),
  methods: z.array(method).default([]),
  dossier: z.array(dossierCase).default([]),
  steps: z.array(z.string().min(1)).default([]),
  conditions: z.array(z.string().min(1)).default([]),
  results: z.array(z.string().min(1)).default([]),
  legalBasis: z.array(legalDocument).default([]),
  forms: z.array(form).default([]),
  sameDay: z.boolean().default(false),
  /** Province or city whose own procedure this is; null for a national one. */
  locality: z.string().nullable().default(null),
  /** Predates the two-tier government of 1/7/2025: kept for reference, never served as current. */
  legacy: z.boolean().default(false),
  decision: z
    .strictObject({ number: z.string().min(1), date: date.nullable().default(null) })
    .nullable()
    .default(null),
  effectiveFrom: date.nullable().default(null),
  effectiveTo: date.nullable().default(null),
  source: z.strictObject({ title: z.string().min(1), url: z.url().nullable().default(null), date: z.string().default("") }),
})

export type Procedure = z.infer<typeof procedureSchema>
export type ProcedureMethod = z.infer<typeof method>
export type Fee = z.infer<typeof fee>
export type TimeLimit = z.infer<typeof timeLimit>
export type DossierCase = z.infer<typeof dossierCase>
export type Paper = z.infer<typeof paper>
