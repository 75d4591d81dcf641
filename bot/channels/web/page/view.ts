import { withLinks } from "./messages/answer-text.ts"
import { button, element } from "./dom.ts"
import { icon } from "./icon.ts"
import { TEXTS } from "./texts.ts"
import type { Info } from "./types.ts"

export interface PageParts {
  readonly textSize: HTMLElement
  readonly composer: HTMLFormElement
  readonly dialog: HTMLDialogElement
  readonly openRestart: () => void
  /** Closes the chat where it is part of another page. */
  readonly close?: () => void
}

export interface PageView {
  readonly root: DocumentFragment
  readonly app: HTMLElement
  readonly scroller: HTMLElement
  readonly header: HTMLElement
  readonly main: HTMLElement
  readonly log: HTMLElement
  readonly status: HTMLElement
  readonly newer: HTMLElement
  readonly said: HTMLElement
  readonly offline: HTMLElement
  readonly commune: HTMLElement
  readonly demo: HTMLElement
  readonly disclosure: HTMLDetailsElement
  readonly disclosureBody: HTMLElement
  readonly welcome: HTMLElement
}

/** The frame of the page; what changes later is handed back by name. */
export function buildPage(parts: PageParts): PageView {
  const commune = element("span", { class: "commune", text: TEXTS.communeUnknown })
  const demo = element("p", { class: "strip demo", text: TEXTS.demo, hidden: true })
  const offline = element("p", { class: "strip offline", attributes: { role: "status" } })
  const newer = element("button", { type: "button", class: "button primary newer", text: TEXTS.newer, hidden: true })
  const header = buildHeader(parts, [commune, demo])
  const disclosureBody = element("div", { class: "disclosure-body" })
  const disclosure = buildDisclosure(disclosureBody)
  const welcome = element("section", { class: "welcome", hidden: true, attributes: { "aria-labelledby": "welcome" } })
  const log = element("div", {
    class: "log",
    attributes: { role: "log", "aria-live": "polite", "aria-label": TEXTS.conversation },
  })
  const status = element("p", { class: "searching", attributes: { role: "status" } })
  const said = element("p", { class: "unseen", attributes: { role: "status" } })
  const main = element("main", { class: "column", attributes: { tabindex: "-1" } }, [disclosure, welcome, log, status, said])
  const scroller = element("div", { class: "scroller" }, [header, main])
  const app = element("div", { class: "app" }, [scroller, element("div", {}, [newer, offline, parts.composer])])
  const root = document.createDocumentFragment()
  root.append(app, parts.dialog)
  return {
    root,
    app,
    scroller,
    header,
    main,
    log,
    status,
    newer,
    said,
    offline,
    commune,
    demo,
    disclosure,
    disclosureBody,
    welcome,
  }
}

/** The examples and where to find a person, for a conversation not yet begun. */
export function fillWelcome(welcome: HTMLElement, info: Info | null, ask: (question: string) => void): void {
  const hotline = info?.hotline ?? null
  const examples = (info?.examples ?? []).map((example) =>
    element("li", {}, [
      button(example, "choice", () => {
        ask(example)
      }),
    ]),
  )
  const contact = TEXTS.contact(hotline, info?.hours ?? null)
  welcome.replaceChildren(
    element("h2", { id: "welcome", text: TEXTS.welcome }),
    element("p", { text: TEXTS.welcomeHint }),
    element("ul", { class: "choices" }, examples),
    element("p", { class: "contact" }, withLinks(contact, hotline === null ? [] : [hotline])),
  )
}

export function paragraphs(text: string): HTMLElement[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => element("p", {}, withLinks(line, [])))
}

/** For the keyboard: past everything to where one writes. */
export function buildSkipLink(skipToQuestion: () => void): HTMLElement {
  const attributes = { href: "#question" }
  return element("a", { class: "skip", text: TEXTS.skip, attributes, onClick: skipToQuestion })
}

function buildHeader(parts: PageParts, [commune, demo]: readonly [HTMLElement, HTMLElement]): HTMLElement {
  const close =
    parts.close === undefined
      ? null
      : element("button", {
          type: "button",
          class: "button header-button close",
          text: "✕",
          attributes: { "aria-label": TEXTS.widgetClose },
          onClick: parts.close,
        })
  const restart = element("button", {
    type: "button",
    class: "button header-button",
    text: TEXTS.restart,
    onClick: parts.openRestart,
  })
  const name = element("h1", { class: "brand-name" }, [
    commune,
    element("span", { class: "unseen", text: " – " }),
    element("span", { class: "brand-role", text: TEXTS.assistant }),
  ])
  return element("header", { class: "header" }, [
    element("div", { class: "bar" }, [
      element("div", { class: "column header-row" }, [
        element("div", { class: "brand" }, [icon("brand-mark"), name, close]),
        element("div", { class: "toolbar" }, [parts.textSize, restart]),
      ]),
    ]),
    demo,
  ])
}

function buildDisclosure(body: HTMLElement): HTMLDetailsElement {
  return element("details", { class: "disclosure" }, [
    element("summary", {}, [
      `${TEXTS.disclosureLine} · `,
      element("span", { class: "when-closed", text: TEXTS.disclosureMore }),
      element("span", { class: "when-open", text: TEXTS.disclosureLess }),
    ]),
    body,
  ])
}
