import type { Body, TextSpan } from "./message.ts"

/** Running text as paragraphs, one a line. */
export function bodyOf(text: string): Body {
  return text.split("\n").map((line) => (line === "" ? [] : [{ text: line }]))
}

/** The paragraphs as running text: `bodyOf` turned back, without bold and links. */
export function textOf(body: Body): string {
  return body.map((spans) => spans.map(({ text }) => text).join("")).join("\n")
}

/** Running text for platforms without links: the address stands behind the words that carry it. */
export function textWithAddresses(body: Body): string {
  return textOf(body.map((spans) => spans.map(withAddress)))
}

function withAddress({ text, href }: TextSpan): TextSpan {
  return { text: href === undefined || text.includes(href) ? text : `${text} (${href})` }
}
