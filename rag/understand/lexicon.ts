import { readFileSync } from "node:fs"
import path from "node:path"
import { parse } from "yaml"
import { z } from "zod"
import { SCREENED_WORDINGS } from "../screen/rules.ts"
import { usageOf, type Usage } from "../spelling/usage.ts"
import { foldedSyllables, tokenize } from "../vietnamese/syllables.ts"
import { eachOf } from "./alternatives.ts"
import { HOW, KEPT, PHRASES } from "./asked-phrases.ts"
import { FUNCTION_WORDS } from "./function-words.ts"

const abbreviations = z.array(z.strictObject({ short: z.string(), long: z.string(), near: z.array(z.string()).optional() }))
/** Stands in a phrase where a few words may say whose or when: "bố … mất hôm" is also "bố chồng em mới mất hôm". */
export const GAP = "…"

/** "mất thẻ bảo hiểm" is also said "thẻ bảo hiểm bị mất": of two syllables and more, since "việc bị mất" is nobody's word. */
const FRONTED = /^mất (\S+ .+)$/u
const saidEitherWay = (wording: string): string[] => {
  const thing = FRONTED.exec(wording)?.[1]
  return thing ? [wording, `${thing} bị mất`] : [wording]
}

/** Wordings of citizens; "{a|b}" stands for each of the words in it. */
const wordings = z.array(z.string()).transform((list) => list.flatMap(eachOf))
const synonyms = z.array(
  z.strictObject({
    say: wordings.transform((list) => list.flatMap(saidEitherWay)),
    mean: z.array(z.string()),
    instead: z.boolean().optional(),
    beside: wordings.optional(),
    unless: wordings.optional(),
  }),
)
const variants = z.array(
  z.strictObject({
    id: z.string(),
    decisive: z.boolean().optional(),
    name: z.array(z.string()),
    opens: wordings.optional(),
    ask: wordings,
    beside: wordings.optional(),
    unless: wordings.optional(),
    ages: z.tuple([z.number(), z.number()]).optional(),
  }),
)

/** A phrase as it is compared: folded syllables (or a gap), and the marked ones that a marked question must match. */
export interface Phrase {
  readonly folded: readonly string[]
  readonly marked: readonly string[]
}

export interface Abbreviation {
  readonly long: string
  readonly near: readonly (readonly string[])[] | null
}

/** What else a message must hold, and must not hold, for a phrase of it to count. */
export interface Company {
  readonly beside: readonly Phrase[] | null
  readonly unless: readonly Phrase[]
}

export interface Synonym extends Company {
  readonly say: Phrase
  readonly mean: readonly string[]
  readonly instead: boolean
}

/** Circumstances that make a procedure a rare variant: how names carry them and how citizens call for them. */
export interface Variant extends Company {
  readonly id: string
  readonly name: readonly Phrase[]
  /** Acts that carry the circumstance where a name begins with them: further on they are one of several. */
  readonly opens: readonly Phrase[]
  readonly ask: readonly Phrase[]
  /** Ages in years, from and to, that call for it as well. */
  readonly ages: readonly [number, number] | null
  /** Its words are unmistakable: once it is called for, its official phrase is searched for too. */
  readonly decisive: boolean
}

export interface Lexicon {
  readonly abbreviations: ReadonlyMap<string, readonly Abbreviation[]>
  /** By first folded syllable, longest phrase first. */
  readonly synonyms: ReadonlyMap<string, readonly Synonym[]>
  readonly variants: readonly Variant[]
  /** Neighbouring syllables of official wordings, folded: "dang ky" there is "đăng ký", never "đang". */
  readonly officialPairs: ReadonlySet<string>
  /** How the tables and everyday talk use words: what a mistyped one is compared with. */
  readonly usage: Usage
}

/** How often a wording of each table is heard, roughly, beside one unit of the knowledge. */
const USE = { asking: 20, function: 30, everyday: 10, word: 3, table: 3, place: 0.1 } as const

export const LEXICON_FOLDER = path.join(import.meta.dirname, "..", "vietnamese", "lexicon")

/** Reads the language tables of a folder. Throws when a table is not as it should be: a fault of the installation. */
export function loadLexicon(folder = LEXICON_FOLDER): Lexicon {
  const read = <T>(name: string, schema: z.ZodType<T>) => schema.parse(parse(readFileSync(path.join(folder, `${name}.yaml`), "utf8")))
  const everyday = read("synonyms", synonyms)
  const circumstances = read("variants", variants)
  const short = read("abbreviations", abbreviations)
  const lines = (name: string) => readFileSync(path.join(folder, `${name}.txt`), "utf8").split("\n")
  return {
    abbreviations: abbreviationTable(short),
    usage: usageOf([
      { texts: [...Object.values(PHRASES).flat(), ...HOW, ...KEPT], weight: USE.asking },
      { texts: FUNCTION_WORDS, weight: USE.function },
      { texts: lines("everyday"), weight: USE.everyday },
      { texts: lines("common-words").flatMap((line) => line.split(" ")), weight: USE.word },
      {
        texts: [...everyday.flatMap((s) => [...s.say, ...s.mean]), ...circumstances.flatMap((v) => [...v.name, ...v.ask])],
        weight: USE.table,
      },
      { texts: short.flatMap((a) => [a.long, ...(a.near ?? [])]), weight: USE.table },
      { texts: SCREENED_WORDINGS, weight: USE.table },
      { texts: lines("places"), weight: USE.place },
    ]),
    synonyms: synonymTable(everyday),
    officialPairs: pairsOf([...everyday.flatMap((s) => s.mean), ...circumstances.flatMap((v) => v.name)]),
    variants: circumstances.map((v) => ({
      id: v.id,
      name: v.name.map(phraseOf),
      opens: v.opens?.map(phraseOf) ?? [],
      ask: v.ask.map(phraseOf),
      ...companyOf(v),
      ages: v.ages ?? null,
      decisive: v.decisive === true,
    })),
  }
}

function pairsOf(wordings: readonly string[]): Set<string> {
  return new Set(
    wordings.flatMap((wording) => {
      const syllables = foldedSyllables(wording)
      return syllables.slice(1).map((syllable, i) => `${syllables[i] ?? ""} ${syllable}`)
    }),
  )
}

export function phraseOf(text: string): Phrase {
  const parts = text.split(GAP).map(tokenize)
  const joined = <T>(of: (token: (typeof parts)[number][number]) => T) =>
    parts.flatMap((tokens, i) => (i === 0 ? tokens.map(of) : [GAP, ...tokens.map(of)]))
  return { folded: joined((t) => t.folded), marked: joined((t) => t.text) }
}

const companyOf = (entry: { beside?: string[] | undefined; unless?: string[] | undefined }): Company => ({
  beside: entry.beside?.map(phraseOf) ?? null,
  unless: entry.unless?.map(phraseOf) ?? [],
})

function abbreviationTable(entries: z.infer<typeof abbreviations>): Map<string, Abbreviation[]> {
  const table = new Map<string, Abbreviation[]>()
  for (const { short, long, near } of entries) {
    const key = short.normalize("NFC").toLowerCase()
    table.set(key, [...(table.get(key) ?? []), { long, near: near ? near.map(foldedSyllables) : null }])
  }
  return table
}

function synonymTable(entries: z.infer<typeof synonyms>): Map<string, Synonym[]> {
  const table = new Map<string, Synonym[]>()
  for (const entry of entries) {
    for (const say of entry.say.map(phraseOf)) {
      const first = say.folded[0]
      const synonym = { say, mean: entry.mean, instead: entry.instead === true, ...companyOf(entry) }
      if (first) table.set(first, [...(table.get(first) ?? []), synonym])
    }
  }
  for (const list of table.values()) list.sort((a, b) => b.say.folded.length - a.say.folded.length)
  return table
}
