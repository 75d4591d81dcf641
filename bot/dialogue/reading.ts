import { isStrayNumber, typedChoice } from "../choices.ts"
import type { Choice, InboundEvent, InboundMessage, Place } from "../message.ts"
import { cleanText } from "./clean-text.ts"

export const MAX_TEXT = 4000
const PROCEDURE_LINK = /^tthc_(.+)$/

/** What a stored event says, without the envelope. */
export type Said = InboundEvent extends infer Event ? (Event extends unknown ? Omit<Event, "dedupeKey" | "peer" | "sentAt"> : never) : never

/** What came instead of words. */
export const WORDLESS = ["empty", "image", "video", "voice", "file", "sticker", "location", "contact", "opaque"] as const
export type Wordless = (typeof WORDLESS)[number]

/** What an event means in this conversation. */
export type Reading =
  | {
      readonly kind: "question"
      readonly text: string
      readonly choiceId: string | null
      /** Photos or files came with the words: what they are about is said. */
      readonly enclosed?: boolean
    }
  /** `code`: the link was that of a procedure. */
  | { readonly kind: "start"; readonly origin: string | null; readonly code: string | null }
  | { readonly kind: "wordless"; readonly what: Wordless; readonly place?: Place }
  /** A number that none of the open choices has; there are so many. */
  | { readonly kind: "stray_number"; readonly text: string; readonly choices: number }
  | { readonly kind: "too_long"; readonly text: string }
  | { readonly kind: "choice_closed" }
  /** The citizen gave a number to be told of news, or wants it forgotten; the channel has done so already. */
  | { readonly kind: "phone"; readonly kept: boolean }
  /** Not the citizen's word: staff spoke on the platform, a message was changed, a receipt came. Nothing is replied. */
  | { readonly kind: "note"; readonly said: Said }

/** Reads one event in the light of the choices that are open. Pure. */
export function read(said: Said, open: readonly Choice[]): Reading {
  switch (said.type) {
    case "message":
      return said.author === "staff" ? { kind: "note", said } : readMessage(said, open)
    case "choice":
      return readChoice(said, open)
    case "start":
      return { kind: "start", origin: said.origin, code: PROCEDURE_LINK.exec(said.origin ?? "")?.[1] ?? null }
    case "relation":
      return said.state === "followed" ? { kind: "start", origin: null, code: null } : { kind: "note", said }
    case "shared_info":
      return readInfo(said)
    case "edited":
    case "retracted":
    case "reaction":
    case "receipt":
      return { kind: "note", said }
  }
}

/** A channel that has kept the number names it, one that has forgotten it names nothing. */
function readInfo({ phone, name, address }: { phone?: string; name?: string; address?: string }): Reading {
  if (phone !== undefined) return { kind: "phone", kept: true }
  return name === undefined && address === undefined ? { kind: "phone", kept: false } : { kind: "wordless", what: "contact" }
}

function readMessage(said: InboundMessage, open: readonly Choice[]): Reading {
  const text = cleanText(said.text)
  if (text === "") return { kind: "wordless", what: wordlessIn(said), ...(said.location ? { place: said.location } : {}) }
  if (text.length > MAX_TEXT) return { kind: "too_long", text }
  const choice = typedChoice(text, open)
  if (isStrayNumber(text, open)) return { kind: "stray_number", text, choices: open.length }
  return choice ? picked(choice) : { kind: "question", text, choiceId: null, enclosed: (said.media ?? []).length > 0 }
}

const ALIKE: Partial<Record<string, Wordless>> = { audio: "voice" }

function wordlessIn({ media = [], location, contact, opaque }: InboundMessage): Wordless {
  const [first] = media
  if (first) return ALIKE[first.kind] ?? (first.kind as Wordless)
  return location ? "location" : contact ? "contact" : opaque ? "opaque" : "empty"
}

function readChoice(said: { choiceId: string; label: string | null }, open: readonly Choice[]): Reading {
  const choice = open.find(({ id }) => id === said.choiceId)
  if (choice) return picked(choice)
  const label = cleanText(said.label ?? "")
  return label === "" || label.length > MAX_TEXT ? { kind: "choice_closed" } : { kind: "question", text: label, choiceId: null }
}

const picked = (choice: Choice): Reading => ({ kind: "question", text: choice.label, choiceId: choice.id })
