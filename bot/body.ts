import type { Body } from "./message.ts"

/** Running text as paragraphs, one a line. */
export function bodyOf(text: string): Body {
  return text.split("\n").map((line) => (line === "" ? [] : [{ text: line }]))
}

/** The paragraphs as running text: `bodyOf` turned back, without bold and links. */
export function textOf(body: Body): string {
  return body.map((spans) => spans.map(({ text }) => text).join("")).join("\n")
}
