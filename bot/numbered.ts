import { textOf } from "./body.ts"
import type { Body, Choice } from "./message.ts"
import { splitText } from "./split.ts"

/** The choices as a numbered list under `heading`, so that each can be typed; empty when the body numbers them itself. */
export function numbered(body: Body, choices: readonly Choice[], heading: string): Body {
  const text = textOf(body)
  const listed = choices.every(({ label }, i) => text.includes(`${i + 1}. ${label}`))
  if (choices.length === 0 || listed) return []
  return [[], [{ text: heading }], ...choices.map(({ label }, i) => [{ text: `${i + 1}. ${label}` }])]
}

/** A label of at most `limit` UTF-16 units for a button: cut at a word, with "…". */
export function shortened(label: string, limit: number): string {
  return label.length <= limit ? label : `${(splitText(label, limit - 1)[0] ?? "").trimEnd()}…`
}
