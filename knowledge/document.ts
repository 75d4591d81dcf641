import { z } from "zod"

const date = z.iso.date()

/**
 * A paragraph, a list item or a table row. Items keep their mark ("-", "a)") in `text`. `page` is given where it is not the
 * page on which the section begins.
 */
const block = z.strictObject({
  kind: z.enum(["paragraph", "item", "row"]),
  text: z.string().min(1),
  page: z.number().int().positive().optional(),
})

const section = z.strictObject({
  /** Headings from the outermost to this one. */
  path: z.array(z.string()),
  page: z.number().int().positive().nullable().default(null),
  blocks: z.array(block),
})

/** An official text (plan, decision, notice) with its section tree flattened into paths. */
export const documentSchema = z.strictObject({
  /** File name without ending. */
  id: z.string().min(1),
  title: z.string().min(1),
  shortTitle: z.string().min(1),
  issuer: z.string().default(""),
  number: z.string().nullable().default(null),
  date: date.nullable().default(null),
  year: z.number().int().nullable().default(null),
  kind: z.string().default(""),
  signer: z.string().nullable().default(null),
  legalBasis: z.string().nullable().default(null),
  /** The commune, town, district or city that it speaks for, as written ("xã An Hưng"); null when it names none. */
  place: z.string().nullable().default(null),
  effectiveFrom: date.nullable().default(null),
  effectiveTo: date.nullable().default(null),
  /** False for text that was read from a scan and not yet compared with it: its figures are not certain. */
  verified: z.boolean().default(true),
  url: z.url().nullable().default(null),
  sections: z.array(section),
})

export type KnowledgeDocument = z.infer<typeof documentSchema>
export type Section = z.infer<typeof section>
export type Block = z.infer<typeof block>
