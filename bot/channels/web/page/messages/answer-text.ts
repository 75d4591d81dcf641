import { element } from "../dom.ts"
import type { Choice } from "../types.ts"

const BULLET = /^\s*[-–•*+]\s+/
const LABEL = /^([^:.]{2,40}:)(\s.*|)$/
const WEB_ADDRESS = /https?:\/\/[^\s<>"“”]*[^\s<>"“”.,;:)\]]/

interface AnswerTextOptions {
  readonly text: string
  /** Offered as buttons, so not listed a second time. */
  readonly choices: readonly Choice[]
  /** Numbers that a tap may call. */
  readonly phones: readonly string[]
}

/** The lines of an answer as paragraphs and lists, the first one being the answer in short. */
export function answerText({ text, choices, phones }: AnswerTextOptions): HTMLElement {
  const body = element("div", { class: "answer-text" })
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !isChoiceLine(line, choices))
  let list: HTMLUListElement | null = null
  for (const [index, line] of lines.entries()) {
    if (index > 0 && BULLET.test(line)) {
      list ??= body.appendChild(element("ul"))
      list.append(element("li", {}, withLinks(line.replace(BULLET, ""), phones)))
      continue
    }
    list = null
    body.append(index === 0 ? element("p", { class: "lead" }, withLinks(line, phones)) : element("p", {}, withLabel(line, phones)))
  }
  return body
}

/** Text with its web addresses and the given telephone numbers made into links. */
export function withLinks(text: string, phones: readonly string[]): (Node | string)[] {
  const link = new RegExp([WEB_ADDRESS.source, ...phones.map((phone) => `${literal(phone)}(?![.]?\\d)`)].join("|"), "g")
  const nodes: (Node | string)[] = []
  let end = 0
  for (const match of text.matchAll(link)) {
    if (/[\d.]/.test(text.charAt(match.index - 1))) continue
    nodes.push(text.slice(end, match.index), linkTo(match[0]))
    end = match.index + match[0].length
  }
  nodes.push(text.slice(end))
  return nodes
}

function linkTo(target: string): HTMLAnchorElement {
  const attributes: Record<string, string> = target.startsWith("http")
    ? { href: target, target: "_blank", rel: "noopener" }
    : { href: `tel:${target.replace(/[^\d+]/g, "")}` }
  return element("a", { text: target, attributes })
}

function withLabel(line: string, phones: readonly string[]): (Node | string)[] {
  const [, label, rest] = LABEL.exec(line) ?? []
  if (label === undefined || label.startsWith("http")) return withLinks(line, phones)
  return [element("strong", { text: label }), ...withLinks(rest ?? "", phones)]
}

function isChoiceLine(line: string, choices: readonly Choice[]): boolean {
  const numbered = /^\s*\d+\s*[.):–-]\s*(.+?)\s*$/.exec(line)
  return choices.some((choice) => choice.label === numbered?.[1])
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
}
