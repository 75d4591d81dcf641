import type { Procedure } from "../../knowledge/procedure.ts"
import { analyze, kindOf } from "../index/analyzer.ts"
import type { QueryTerm } from "../index/keyword-index.ts"
import { splitSentences } from "../vietnamese/sentences.ts"

/** Wording that rules who may and when: what a question of the kind "có được … không" is answered from. */
const RULING = /trường hợp|điều kiện|phải |được |không |nếu |chỉ |có quyền|trách nhiệm/iu
/** Share of the question's weight that a sentence must carry. */
const ENOUGH = 0.3
const MAX_SENTENCES = 3
const MAX_LENGTH = 700

/**
 * Sentences of a record that bear on a question whose proper field is empty, in the record's words and order. Empty when
 * no sentence shares enough with the question: then nothing is claimed.
 */
export function tellingSentences(procedure: Procedure, terms: readonly QueryTerm[], idf: (term: string) => number): string[] {
  const weights = new Map(terms.filter((t) => kindOf(t.term) !== "accented" && t.weight > 0.3).map((t) => [t.term, t.weight * idf(t.term)]))
  const mass = [...weights.values()].reduce((a, b) => a + b, 0) || 1
  const scored = rulesOf(procedure).flatMap(({ text, terms: own }, order) => {
    const share = own.reduce((sum, term) => sum + (weights.get(term) ?? 0), 0) / mass
    return share >= ENOUGH ? [{ text, order, share }] : []
  })
  const best = scored.sort((a, b) => b.share - a.share).slice(0, MAX_SENTENCES)
  return best.sort((a, b) => a.order - b.order).map((s) => s.text)
}

interface RulingSentence {
  readonly text: string
  readonly terms: readonly string[]
}

/** Records never change while they are live, so their sentences are read once. */
const read = new WeakMap<Procedure, readonly RulingSentence[]>()

function rulesOf(procedure: Procedure): readonly RulingSentence[] {
  const known = read.get(procedure)
  if (known) return known
  const texts = [procedure.subjects, ...procedure.steps, ...procedure.dossier.flatMap((c) => c.papers.map((p) => p.name))]
  const sentences = [...new Set(texts.flatMap((text) => splitSentences(text).map((s) => s.text)))]
  const rules = sentences
    .filter((text) => RULING.test(text) && text.length <= MAX_LENGTH)
    .map((text) => ({ text, terms: [...new Set(analyze(text))] }))
  read.set(procedure, rules)
  return rules
}
