import type { Entry } from "../types.ts"
import { assistantMessage, citizenMessage, updateCitizenMessage, type MessageActions } from "./message-view.ts"

/** How much of the screen a question may take before its answer is scrolled to instead. */
const TALL_QUESTION = 0.35
const NEAR_THE_END_PX = 120

interface ListParts {
  readonly log: HTMLElement
  readonly scroller: HTMLElement
  /** Shown when something came in below what is being read. */
  readonly newer: HTMLElement
  readonly actions: MessageActions
}

/** Shows the entries of a conversation and keeps the latest one in sight. */
export class MessageList {
  readonly #parts: ListParts
  readonly #articles = new Map<string, HTMLElement>()
  #atEnd = true

  constructor(parts: ListParts) {
    this.#parts = parts
    const { scroller, newer } = parts
    scroller.addEventListener("scroll", () => {
      this.#measure()
      if (this.#atEnd) newer.hidden = true
    })
    // The keyboard came up, or the composer grew.
    new ResizeObserver(() => {
      if (this.#atEnd && this.#articles.size > 0) this.scrollToEnd()
    }).observe(scroller)
    newer.addEventListener("click", () => {
      newer.hidden = true
      parts.log.lastElementChild?.scrollIntoView({ block: "start" })
    })
  }

  show(entry: Entry, before: string | null): void {
    const known = this.#articles.get(entry.key)
    if (known !== undefined) {
      updateCitizenMessage(known, entry, this.#parts.actions)
      if (entry.state === "failed") known.scrollIntoView({ block: "nearest" })
      return
    }
    const follow = this.#atEnd || entry.state === "sending"
    const make = entry.role === "citizen" ? citizenMessage : assistantMessage
    const article = make(entry, this.#parts.actions)
    this.#articles.set(entry.key, article)
    this.#parts.log.insertBefore(article, before === null ? null : (this.#articles.get(before) ?? null))
    if (follow) this.#bringIntoSight(article)
    else if (entry.role === "assistant") this.#parts.newer.hidden = false
  }

  remove(key: string): void {
    this.#articles.get(key)?.remove()
    this.#articles.delete(key)
    this.#parts.newer.hidden = true
  }

  scrollToEnd(): void {
    const { scroller } = this.#parts
    scroller.scrollTop = scroller.scrollHeight
    this.#atEnd = true
  }

  /** An answer is read from its beginning, under the question where both fit. */
  #bringIntoSight(article: HTMLElement): void {
    const question = article.previousElementSibling
    const { clientHeight } = this.#parts.scroller
    if (article.classList.contains("citizen")) this.scrollToEnd()
    else if (question?.classList.contains("citizen") === true && question.clientHeight < clientHeight * TALL_QUESTION)
      question.scrollIntoView({ block: "start" })
    else article.scrollIntoView({ block: "start" })
    this.#measure()
  }

  #measure(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#parts.scroller
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR_THE_END_PX
  }
}
