import type { Style } from "zca-js"
import { textOf } from "../../body.ts"
import type { Attachment, Body, Choice } from "../../message.ts"
import { numbered } from "../../numbered.ts"
import { splitText } from "../../split.ts"

/** UTF-16 units; the library checks nothing, and longer texts were reported lost. */
export const MAX_TEXT = 2000

export type Part = { readonly text: string; readonly styles: Style[] } | { readonly attachment: Attachment }

export interface Rendered {
  readonly body: Body
  readonly choices: readonly Choice[]
  readonly attachments?: readonly Attachment[]
}

/** The messages that a body becomes: text first, then each file on its own; choices are a list to answer by its number. */
export function render({ body, choices, attachments = [] }: Rendered, chooseByNumber: string): Part[] {
  const full = withLinks([...body, ...numbered(body, choices, chooseByNumber)])
  const styles = stylesOf(full)
  const parts: Part[] = []
  let from = 0
  for (const text of splitText(textOf(full), MAX_TEXT)) {
    if (text.trim() !== "") parts.push({ text, styles: within(styles, from, from + text.length) })
    from += text.length
  }
  return [...parts, ...attachments.map((attachment) => ({ attachment }))]
}

/** Zalo has no links behind words: the address is written out. */
function withLinks(body: Body): Body {
  return body.map((spans) =>
    spans.flatMap((span) => (span.href === undefined || span.text.includes(span.href) ? [span] : [span, { text: ` (${span.href})` }])),
  )
}

function stylesOf(body: Body): Style[] {
  const styles: Style[] = []
  let start = 0
  for (const spans of body) {
    for (const { text, bold } of spans) {
      if (bold && text !== "") styles.push({ start, len: text.length, st: "b" })
      start += text.length
    }
    start += 1
  }
  return styles
}

function within(styles: readonly Style[], from: number, to: number): Style[] {
  return styles.flatMap(({ start, len, st }) => {
    const first = Math.max(start, from)
    const end = Math.min(start + len, to)
    return first < end ? [{ start: first - from, len: end - first, st }] : []
  })
}
