import { maskPersonalData } from "../privacy.ts"
import type { Step } from "../pipeline.ts"
import { FIELDS, type Field } from "../types.ts"
import { screen } from "../screen/screen.ts"
import type { Route } from "../screen/routes.ts"
import type { Speller } from "../spelling/speller.ts"
import type { Reading } from "../understand/reading.ts"
import { tidy } from "../vietnamese/fold.ts"

/** A question longer than this is read up to here; the channel keeps the whole. */
const MAX_CHARACTERS = 4000

export const normalise: Step = (draft) => {
  const text = tidy(draft.question.text).slice(0, MAX_CHARACTERS)
  return { draft: { ...draft, text }, verdict: text === "" ? "empty" : "ok" }
}

export const mask: Step = (draft) => {
  const { text, found } = maskPersonalData(draft.text)
  return { draft: { ...draft, text, masked: text }, verdict: found.length === 0 ? "nothing" : "masked", details: { found } }
}

/** Reads over slips of typing. What was typed stays as it is for everything but the reading. */
export const repair: Step = (draft) => {
  const { text, repairs } = draft.question.choiceId ? { text: draft.text, repairs: [] } : draft.live.spell(draft.text)
  return { draft: { ...draft, meant: text }, verdict: repairs.length === 0 ? "as typed" : "repaired" }
}

/** Messages of these routes are replied to at once: nothing in the knowledge bears on them. */
const AT_ONCE: ReadonlySet<Route> = new Set(["emergency", "blocked_injection", "blocked_abuse", "greeting", "thanks"])

/** Law keeps the content of a denunciation out of every log (Luật Tố cáo 2018, Điều 8). */
const HIDDEN = "[nội dung tố cáo, đã che]"

export const screenMessage: Step = (draft) => {
  const { choiceId } = draft.question
  // Who picks a human says it as plainly as can be; what it is about, the human asks.
  if (choiceId === CHOOSE_HUMAN)
    return { draft: { ...draft, decision: { kind: "route", route: "routed_human" } }, verdict: "routed_human", details: { rule: "chosen" } }
  const screened = choiceId ? null : screenBoth(draft.text, draft.meant)
  if (!screened) return { draft, verdict: "question" }
  const next =
    screened.route === "routed_denunciation" ? { ...draft, screened, text: HIDDEN, masked: HIDDEN, meant: HIDDEN } : { ...draft, screened }
  if (!AT_ONCE.has(screened.route)) return { draft: next, verdict: screened.route, details: { rule: screened.rule } }
  return {
    draft: { ...next, decision: { kind: "route", route: screened.route } },
    verdict: screened.route,
    details: { rule: screened.rule },
  }
}

/** What may be kept of a message that no step has read. */
export function storable(text: string, spell: Speller): string {
  const masked = maskPersonalData(tidy(text).slice(0, MAX_CHARACTERS)).text
  return screenBoth(masked, spell(masked).text)?.route === "routed_denunciation" ? HIDDEN : masked
}

/** A slip must hide neither a cry for help nor a denunciation, so the message counts as typed and as meant. */
const screenBoth = (typed: string, meant: string) => screen(typed) ?? screen(meant)

/** Reads the question, and takes over what was asked before a choice was offered. */
export function understand(read: (text: string) => Reading): Step {
  return (draft) => {
    const context = draft.question.context ?? null
    const choice = draft.question.choiceId ?? ""
    const chosen = choice.startsWith(CHOOSE_PROCEDURE) ? context?.pendingQuestion : undefined
    const meant = chosen ? draft.live.spell(chosen).text : draft.meant
    const own = read(meant)
    // Asked "which one?", some ask on instead of choosing: "thế lệ phí bao nhiêu" is still about what was asked back.
    const pending = choice === "" && own.fields.length > 0 && own.content.length === 0 ? context?.pendingQuestion : undefined
    const reading = pending === undefined ? own : { ...read(`${pending}. ${meant}`), fields: own.fields }
    const fields = chosenField(choice) ?? (choice.startsWith(CHOOSE_PROCEDURE) ? (context?.fields ?? reading.fields) : reading.fields)
    const details = { fields, meanings: reading.meanings, variants: [...reading.variants], content: reading.content, meant }
    return { draft: { ...draft, reading, fields }, verdict: fields.join(" ") || "no field", details }
  }
}

/** Choice ids: "p:1.001193" picks a procedure, "f:fee" a part of the one talked about, "human" an officer. */
export const CHOOSE_PROCEDURE = "p:"
export const CHOOSE_FIELD = "f:"
export const CHOOSE_HUMAN = "human"

function chosenField(choice: string): Field[] | null {
  if (!choice.startsWith(CHOOSE_FIELD)) return null
  const wanted = choice.slice(CHOOSE_FIELD.length)
  return FIELDS.filter((field) => field === wanted)
}
