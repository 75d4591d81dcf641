import type { PublicAnswer } from "../../public-answer.ts"
import { printable } from "./printable.ts"
import { terminalTexts } from "../../texts/terminal.ts"

interface Style {
  readonly colour: boolean
}

const STRONG = "\u001b[1m"
const FAINT = "\u001b[2m"
const PLAIN = "\u001b[0m"

/** An answer for the terminal: the words, the choices, the sources. `colour` only when standard output is a terminal. */
export function printAnswer(answer: PublicAnswer, { colour }: Style): string {
  const paint = (text: string, style: string) => (colour ? `${style}${text}${PLAIN}` : text)
  const title = answer.procedure ? [paint(`${answer.procedure.name} (${answer.procedure.code})`, STRONG), ""] : []
  const choices = answer.choices.map(({ label }, i) => `  ${i + 1}. ${label}`)
  const sources = [...new Set(answer.citations.map(sourceLine))].map((line) => paint(`  - ${line}`, FAINT))
  return [
    ...title,
    printable(answer.text),
    ...(choices.length > 0 ? ["", terminalTexts.choices, ...choices.map(printable)] : []),
    ...(sources.length > 0 ? ["", paint(terminalTexts.sources, FAINT), ...sources] : []),
    "",
    paint(`[${answer.status}, ${Math.round(answer.ms)} ms]`, FAINT),
  ].join("\n")
}

function sourceLine({ title, section, page, url }: PublicAnswer["citations"][number]): string {
  const place = [title, section, page === undefined ? undefined : `trang ${page}`, url]
  return printable(place.filter((part) => part !== undefined && part !== "").join(", "))
}
