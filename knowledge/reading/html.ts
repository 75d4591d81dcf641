import type { MarkedLine } from "./marked-lines.ts"
import { Readability } from "@mozilla/readability"
import { type DomDocument, parseDom } from "./dom.ts"
import { linesOfHtml, linesUnder } from "./dom-lines.ts"

/** A page whose article holds less than this share of the words is not an article: all of it is taken. */
const ARTICLE_SHARE = 0.35

const headingOf = (document: DomDocument) => [...document.querySelectorAll("h1")][0]?.textContent?.trim() ?? ""

/** The lines of a web page without its menus and footers, and the title that it gives itself. */
export function readHtml(source: string): { lines: MarkedLine[]; title: string | null } {
  const document = parseDom(source)
  // The article leaves its first heading out.
  const title = (document.title.trim() || headingOf(document)).normalize("NFC") || null
  for (const aside of document.querySelectorAll("nav, footer, form, script, style, noscript, iframe")) aside.remove()
  const whole = linesUnder(document.body)
  const article = new Readability(document, { charThreshold: 200 }).parse()
  const lines = article?.content ? linesOfHtml(article.content) : []
  const size = (list: readonly MarkedLine[]) => list.reduce((sum, line) => sum + line.text.length, 0)
  return { lines: size(lines) >= ARTICLE_SHARE * size(whole) ? lines : whole, title }
}
