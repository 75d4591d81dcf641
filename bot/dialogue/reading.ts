import { typedChoice } from "../choices.ts"
import type { Choice, InboundEvent, Unreadable } from "../message.ts"
import { cleanText } from "./clean-text.ts"

export const MAX_TEXT = 4000

/** What a stored event says, without the envelope. */
export type Said = InboundEvent extends infer Event ? (Event extends unknown ? Omit<Event, "dedupeKey" | "peer" | "sentAt"> : never) : never

/** What an event means in this conversation. */
export type Reading =
  | { readonly kind: "question"; readonly text: string; readonly choiceId: string | null }
  | { readonly kind: "start"; readonly origin: string | null }
  | { readonly kind: "unreadable"; readonly what: Unreadable | "empty" }
  | { readonly kind: "too_long"; readonly text: string }
  | { readonly kind: "choice_closed" }

/** Reads one event in the light of the choices that are open. Pure. */
export function read(said: Said, open: readonly Choice[]): Reading {
  switch (said.type) {
    case "message":
      return readText(said.text, open)
    case "choice":
      return readChoice(said, open)
    case "start":
      return { kind: "start", origin: said.origin }
    case "unreadable":
      return { kind: "unreadable", what: said.what }
  }
}

function readText(raw: string, open: readonly Choice[]): Reading {
  const text = cleanText(raw)
  if (text === "") return { kind: "unreadable", what: "empty" }
  if (text.length > MAX_TEXT) return { kind: "too_long", text }
  const choice = typedChoice(text, open)
  return choice ? picked(choice) : { kind: "question", text, choiceId: null }
}

function readChoice(said: { choiceId: string; label: string | null }, open: readonly Choice[]): Reading {
  const choice = open.find(({ id }) => id === said.choiceId)
  if (choice) return picked(choice)
  const label = cleanText(said.label ?? "")
  return label === "" || label.length > MAX_TEXT ? { kind: "choice_closed" } : { kind: "question", text: label, choiceId: null }
}

const picked = (choice: Choice): Reading => ({ kind: "question", text: choice.label, choiceId: choice.id })
