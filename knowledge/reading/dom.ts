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

/** The tree of an HTML text. Nothing is fetched or run. */
export function parseDom(html: string): DomDocument {
  const whole = /<body[\s>]/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`
  // The library's own types need those of the browser, which this program does without.
  const page: unknown = parseHTML(whole)
  return (page as { document: DomDocument }).document
}
