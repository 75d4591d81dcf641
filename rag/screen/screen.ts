import { fold } from "../vietnamese/fold.ts"
import { isMarked } from "../understand/marked.ts"
import { newToneMarks } from "../vietnamese/tone.ts"
import type { Route } from "./routes.ts"
import { RULES, type Rule } from "./rules.ts"

export interface Screened {
  readonly route: Route
  /** The rule's place in the table, for the trace. */
  readonly rule: number
}

interface Compiled {
  readonly route: Route
  readonly when: RegExp
  readonly unless: RegExp | null
}

const compile = (rule: Rule, write: (text: string) => string): Compiled => ({
  route: rule.route,
  when: expression(rule.when.map(write), rule.whole === true),
  unless: rule.unless ? expression(rule.unless.map(write), false) : null,
})

function expression(alternatives: readonly string[], whole: boolean): RegExp {
  const body = `(?:${alternatives.join("|")})`
  return new RegExp(whole ? `^${body}[\\s!.?]*$` : `(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, "u")
}

const marked = RULES.map((rule) => compile(rule, newToneMarks))
const unmarked = RULES.map((rule) => compile(rule, fold))

/** The first rule that a message meets, or null for an ordinary question. */
export function screen(text: string): Screened | null {
  const withMarks = isMarked(text)
  const message = newToneMarks(text.toLowerCase()).replace(/\s+/g, " ").trim()
  const subject = withMarks ? message : fold(message)
  const index = (withMarks ? marked : unmarked).findIndex((rule) => rule.when.test(subject) && !rule.unless?.test(subject))
  const found = RULES[index]
  return found ? { route: found.route, rule: index } : null
}
