import { parseHTML } from "linkedom"

/** What reading needs of a page's tree; the browser's own types stay out of the program. */
export interface DomNode {
  readonly nodeType: number
  readonly textContent: string | null
  readonly childNodes: Iterable<DomNode>
}

export interface DomElement extends DomNode {
  readonly tagName: string
  readonly children: Iterable<DomElement>
  getAttribute(name: string): string | null
  querySelectorAll(selector: string): Iterable<DomElement>
  closest(selector: string): DomElement | null
  remove(): void
}

export interface DomDocument {
  readonly title: string
  readonly body: DomElement
  querySelectorAll(selector: string): Iterable<DomElement>
}

const ELEMENT = 1
const TEXT = 3

export const isElement = (node: DomNode): node is DomElement => node.nodeType === ELEMENT
export const isTextNode = (node: DomNode) => node.nodeType === TEXT

/** The tags around a page, which HTML allows to leave out. */
const FRAME = /<!doctype[^>]*>|<\/?(?:html|head|body)(?:\s(?:"[^"]*"|'[^']*'|[^'">])*)?>/gi
const TITLE = /<title(?:\s[^>]*)?>[^<]*<\/title>/i

/** The tree of an HTML text. Nothing is fetched or run. */
export function parseDom(html: string): DomDocument {
  // The library does not put in what a page leaves out, as browsers do: without its frame all of a page would be lost.
  const title = TITLE.exec(html)?.[0] ?? ""
  const inside = html.replace(TITLE, "").replace(FRAME, "")
  const whole = `<!doctype html><html><head>${title}</head><body>${inside}</body></html>`
  // The library's own types need those of the browser, which this program does without.
  const page: unknown = parseHTML(whole)
  return (page as { document: DomDocument }).document
}
