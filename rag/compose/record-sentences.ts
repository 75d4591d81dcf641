import type { Procedure } from "../../knowledge/procedure.ts"
import { analyze } from "../index/analyzer.ts"
import type { Field } from "../types.ts"
import { splitSentences } from "../vietnamese/sentences.ts"

/** A sentence of a record, and the part of the record that it stands in. */
export interface RecordSentence {
  readonly text: string
  readonly origin: Field
  readonly terms: readonly string[]
}

/** Longer ones are whole laws: nobody reads them in a chat. */
const MAX_LENGTH = 700
/** An item up to this length is quoted whole: half of it would say something else. */
const WHOLE = 350

/** Records never change while they are live, so their sentences are read once. */
const read = new WeakMap<Procedure, readonly RecordSentence[]>()

/** The sentences of a record that may tell who, when and how, each once, in the record's order and words. */
export function sentencesOf(procedure: Procedure): readonly RecordSentence[] {
  const known = read.get(procedure)
  if (known) return known
  const parts: readonly (readonly [Field, readonly string[]])[] = [
    ["conditions", procedure.conditions],
    ["subjects", [procedure.subjects]],
    ["dossier", procedure.dossier.flatMap((c) => [c.title, ...c.papers.map((paper) => paper.name)])],
    ["steps", procedure.steps],
  ]
  const seen = new Set<string>()
  const sentences = parts.flatMap(([origin, texts]) =>
    texts.flatMap((text) =>
      sentencesIn(text).flatMap((sentence): RecordSentence[] => {
        if (sentence === "" || sentence.length > MAX_LENGTH || seen.has(sentence)) return []
        seen.add(sentence)
        return [{ text: sentence, origin, terms: [...new Set(analyze(sentence))] }]
      }),
    ),
  )
  read.set(procedure, sentences)
  return sentences
}

/** What follows a semicolon belongs to what stands before it. */
function sentencesIn(text: string): string[] {
  if (text.length <= WHOLE) return [text.trim()]
  return splitSentences(text).reduce<string[]>((all, { text: next }) => {
    const before = all.at(-1)
    if (before?.endsWith(";") && before.length + next.length <= WHOLE) return [...all.slice(0, -1), `${before} ${next}`]
    return [...all, next]
  }, [])
}
