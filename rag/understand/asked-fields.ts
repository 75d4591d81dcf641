import { FIELDS, type Field } from "../types.ts"
import { foldedSyllables, type Token } from "../vietnamese/syllables.ts"
import { FILLERS, HOW, KEPT, PHRASES } from "./asked-phrases.ts"

const HOW_FIELDS: readonly Field[] = ["dossier", "steps"]

interface Phrase {
  readonly field: Field | "how" | "kept"
  readonly syllables: readonly string[]
}

/** Stands in a phrase for up to this many words that only fill it: "mang … gì" is also "mang theo những giấy tờ gì". */
const GAP = "…"
const MAX_GAP = 4
const fillers = new Set(foldedSyllables(FILLERS))

const phrases = (field: Phrase["field"], list: readonly string[]): Phrase[] =>
  list.map((phrase) => ({ field, syllables: phrase.split(" ").flatMap((word) => (word === GAP ? [GAP] : foldedSyllables(word))) }))

const TABLE: readonly Phrase[] = [
  ...FIELDS.flatMap((field) => phrases(field, PHRASES[field])),
  ...phrases("how", HOW),
  ...phrases("kept", KEPT),
].sort((a, b) => b.syllables.length - a.syllables.length)

/** Places in the table of the phrases that begin with a syllable: most words of a question begin none. */
const BEGINNING: ReadonlyMap<string, readonly number[]> = groupedByFirst(TABLE)

function groupedByFirst(table: readonly Phrase[]): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  table.forEach(({ syllables: [first = ""] }, i) => {
    const group = groups.get(first)
    if (group) group.push(i)
    else groups.set(first, [i])
  })
  return groups
}

/** "có phải … không", "… được không", "… thì sao" ask whether: conditions answer, or the sentence that rules it. */
const WHETHER =
  /(?:^| )(?:duoc|co|phai|can) (?:\S+ ){0,12}(?:khong|ko|k|hong|hok|chua)(?: a| vay| nhi| ad| the| ha| em| anh| chi)*$|thi sao(?: a| vay)*$|co cach nao/
/** A limit that binds the citizen, not the office: "bao lâu phải nộp", "phải báo trước bao nhiêu ngày". */
const DEADLINE =
  /(?:bao lau|bao nhieu ngay|may ngay|khi nao)(?: \S+){0,3} phai |phai(?: \S+){0,8} (?:truoc|trong|trong vong) (?:bao lau|bao nhieu ngay|may ngay)/
/** How long the paper holds: how long it takes to get it is no answer. For folded questions. */
export const VALIDITY =
  /(?:gia tri|hieu luc|co thoi han|han su dung|co han|con han|(?:dung|xai|su dung) duoc)(?: \S+){0,3} (?:bao lau|bao nhieu|may (?:ngay|thang|nam))/
/** Where one of these is asked for by name, "có … không" only asks for it. */
const NAMED_ALREADY: readonly Phrase["field"][] = ["conditions", "fee", "online"]

export interface AskedFields {
  /** Fields in the order in which they were asked. */
  readonly fields: readonly Field[]
  /** Positions of the syllables that only say what is asked. */
  readonly spent: ReadonlySet<number>
}

interface Found {
  readonly field: Phrase["field"]
  /** Positions of the phrase's own words, and of the words that fill it. */
  readonly at: readonly number[]
  readonly filling: readonly number[]
}

/** Which parts of a procedure a question asks for. */
export function askedFields(tokens: readonly Token[]): AskedFields {
  const found = findPhrases(tokens)
  const spent = new Set(found.flatMap(({ field, at, filling }) => (field === "kept" ? [] : [...at, ...filling])))
  const first = new Map<Phrase["field"], number>()
  for (const { field, at } of found) first.set(field, Math.min(first.get(field) ?? Infinity, at[0] ?? Infinity))
  if (rulingAsked(tokens, found) && !first.has("conditions")) first.set("conditions", tokens.length)
  const named = [...first].sort((a, b) => a[1] - b[1]).flatMap(([field]) => (field === "how" || field === "kept" ? [] : [field]))
  return { fields: named.length === 0 && first.has("how") ? HOW_FIELDS : withPartner(named), spent }
}

/** True when the question wants a yes or no, or what happens if: the very sentence that rules it is the answer. */
export const asksWhether = (tokens: readonly Token[]): boolean => rulingAsked(tokens, findPhrases(tokens))

function rulingAsked(tokens: readonly Token[], found: readonly Found[]): boolean {
  const named = found.flatMap(({ field, at }) => (NAMED_ALREADY.includes(field) && field !== "conditions" ? at : []))
  return clausesOf(tokens).some(({ from, to }) => {
    const words = tokens
      .slice(from, to)
      .map((t) => t.folded)
      .join(" ")
    return DEADLINE.test(words) || VALIDITY.test(words) || (WHETHER.test(words) && !named.some((at) => at >= from && at < to))
  })
}

/** The tokens between commas and full stops: "… có phải xin phép không, hồ sơ gì" asks twice. */
function clausesOf(tokens: readonly Token[]): { from: number; to: number }[] {
  const starts = tokens.flatMap((token, i) => (i === 0 || token.breakBefore ? [i] : []))
  return starts.map((from, i) => ({ from, to: starts[i + 1] ?? tokens.length }))
}

/** Longest first; a phrase that overlaps a longer one counts only when it asks for the same: "lệ phí" in "lệ phí bao nhiêu". */
function findPhrases(tokens: readonly Token[]): Found[] {
  const syllables = tokens.map((t) => t.folded)
  const owner = new Map<number, Phrase["field"]>()
  const found: Found[] = []
  for (const { field, at, filling } of matchesIn(syllables)) {
    if (at.some((k) => (owner.get(k) ?? field) !== field) || at.every((k) => owner.has(k))) continue
    for (const k of at) owner.set(k, field)
    found.push({ field, at, filling })
  }
  return found
}

/** Every phrase wherever it stands, in the order of the table. */
function matchesIn(syllables: readonly string[]): Found[] {
  const matches: { place: number; found: Found }[] = []
  syllables.forEach((syllable, start) => {
    for (const place of BEGINNING.get(syllable) ?? []) {
      const phrase = TABLE[place]
      const taken = phrase ? matchAt(syllables, start, phrase.syllables) : null
      if (phrase && taken) matches.push({ place, found: { field: phrase.field, ...taken } })
    }
  })
  return matches.sort((a, b) => a.place - b.place).map(({ found }) => found)
}

/** What the phrase takes when it starts here; null when it does not. What fills it may be a phrase of its own: "hồ sơ". */
function matchAt(syllables: readonly string[], start: number, phrase: readonly string[]): Pick<Found, "at" | "filling"> | null {
  const at: number[] = []
  const filling: number[] = []
  let i = start
  for (let k = 0; k < phrase.length; k++) {
    if (phrase[k] === GAP) {
      const next = phrase[k + 1]
      for (let gap = 0; gap < MAX_GAP && syllables[i] !== next && fillers.has(syllables[i] ?? ""); gap++) filling.push(i++)
      continue
    }
    if (syllables[i] !== phrase[k]) return null
    at.push(i++)
  }
  return { at, filling }
}

/** Who may and under which conditions are one question to a citizen: the record may hold the answer under either. */
function withPartner(fields: readonly Field[]): readonly Field[] {
  if (fields.includes("subjects") === fields.includes("conditions")) return fields
  return [...fields, fields.includes("subjects") ? "conditions" : "subjects"]
}
