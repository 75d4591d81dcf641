import { element } from "../dom.ts"
import { TEXTS } from "../texts.ts"
import type { Citation } from "../types.ts"

/** What the answer rests on, folded until asked for. */
export function sourcesView(citations: readonly Citation[]): HTMLDetailsElement {
  return element("details", { class: "sources" }, [
    element("summary", { text: TEXTS.sources(citations.length) }),
    element(
      "ul",
      {},
      citations.map((citation) => element("li", {}, sourceView(citation))),
    ),
  ])
}

/** Title, place in the document and address of a source, on one line. */
export function sourceLine(citation: Citation): string {
  const { title, url } = citation
  return [title, place(citation), url].filter((part) => part !== undefined && part !== "").join(", ")
}

function sourceView(citation: Citation): (Node | null)[] {
  const where = place(citation)
  const address = safeAddress(citation.url)
  return [
    element("p", { class: "source-title", text: citation.title }),
    where === "" ? null : element("p", { class: "source-place", text: where }),
    element("blockquote", { text: citation.quote }),
    address === null
      ? null
      : element("a", { class: "source-link", attributes: { href: address, target: "_blank", rel: "noopener" } }, [
          TEXTS.openSource,
          element("span", { class: "unseen", text: ` ${TEXTS.opensNewPage}` }),
        ]),
  ]
}

function place({ section, page }: Citation): string {
  return [section, page === undefined ? undefined : TEXTS.page(page)].filter((part) => part !== undefined).join(", ")
}

function safeAddress(url: string | undefined): string | null {
  if (url === undefined) return null
  try {
    const address = new URL(url, window.location.href)
    return address.protocol === "https:" || address.protocol === "http:" ? address.href : null
  } catch {
    return null
  }
}
