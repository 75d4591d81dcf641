import { FIELDS, type Field } from "../types.ts"
import { foldedSyllables, type Token } from "../vietnamese/syllables.ts"
import { HOW, KEPT, PHRASES } from "./asked-phrases.ts"

const HOW_FIELDS: readonly Field[] = ["dossier", "steps"]

interface Phrase {
  readonly field: Field | "how" | "kept"
  readonly syllables: readonly string[]
}

const phrases = (field: Phrase["field"], list: readonly string[]): Phrase[] =>
  list.map((phrase) => ({ field, syllables: foldedSyllables(phrase) }))

const TABLE: readonly Phrase[] = [
  ...FIELDS.flatMap((field) => phrases(field, PHRASES[field])),
  ...phrases("how", HOW),
  ...phrases("kept", KEPT),
].sort((a, b) => b.syllables.length - a.syllables.length)

/** "có phải … không", "… được không", "… thì sao" ask whether: conditions answer, or the sentence that rules it. */
const WHETHER =
  /(?:^| )(?:duoc|co|phai|can) (?:\S+ ){0,9}(?:khong|ko|k|hong|hok|chua)(?: a| vay| nhi| ad| the)?$|thi sao(?: a)?$|co cach nao/

export interface AskedFields {
  /** Fields in the order in which they were asked. */
  readonly fields: readonly Field[]
  /** Positions of the syllables that only say what is asked. */
  readonly spent: ReadonlySet<number>
}

/** Which parts of a procedure a question asks for. */
export function askedFields(tokens: readonly Token[]): AskedFields {
  const syllables = tokens.map((t) => t.folded)
  const taken = new Set<number>()
  const spent = new Set<number>()
  const found = new Map<Phrase["field"], number>()
  for (const { field, syllables: phrase } of TABLE) {
    for (let i = 0; i + phrase.length <= syllables.length; i++) {
      if (!phrase.every((s, k) => syllables[i + k] === s && !taken.has(i + k))) continue
      phrase.forEach((_, k) => taken.add(i + k))
      if (field === "kept") continue
      phrase.forEach((_, k) => spent.add(i + k))
      found.set(field, Math.min(found.get(field) ?? i, i))
    }
  }
  const asksWhether = WHETHER.test(syllables.join(" ")) && !found.has("conditions") && !found.has("fee") && !found.has("online")
  if (asksWhether) found.set("conditions", syllables.length)
  const named = [...found].sort((a, b) => a[1] - b[1]).flatMap(([field]) => (field === "how" || field === "kept" ? [] : [field]))
  return { fields: named.length === 0 && found.has("how") ? HOW_FIELDS : withPartner(named), spent }
}

/** Who may and under which conditions are one question to a citizen: the record may hold the answer under either. */
function withPartner(fields: readonly Field[]): readonly Field[] {
  if (fields.includes("subjects") === fields.includes("conditions")) return fields
  return [...fields, fields.includes("subjects") ? "conditions" : "subjects"]
}
