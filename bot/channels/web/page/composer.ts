import { element } from "./dom.ts"
import type { PageStorage } from "./storage.ts"
import { TEXTS } from "./texts.ts"

const NEAR_THE_LIMIT = 0.9

interface ComposerParts {
  readonly storage: PageStorage
  readonly maxLength: () => number
  /** False when a question is still being answered: the words stay where they are. */
  readonly send: (text: string) => boolean
}

export interface Composer {
  readonly form: HTMLFormElement
  focus(): void
  /** After the text size changed. */
  fit(): void
  fill(text: string): void
  setBusy(busy: boolean): void
}

/** Where the citizen writes: grows with the text, keeps an unsent draft. */
export function createComposer({ storage, maxLength, send }: ComposerParts): Composer {
  const { form, field, hint, count, sendButton } = buildForm()

  function changed(): void {
    storage.write("draft", field.value === "" ? null : field.value)
    const near = field.value.length >= maxLength() * NEAR_THE_LIMIT
    count.textContent = near ? TEXTS.count(field.value.length, maxLength()) : ""
    if (field.value.trim() !== "" && field.value.length <= maxLength()) say("")
    grow(field)
  }

  function say(words: string): void {
    hint.textContent = words
    field.setAttribute("aria-invalid", String(words !== ""))
  }

  function submit(): void {
    const problem = problemOf(field.value, maxLength())
    say(problem)
    field.focus()
    if (problem !== "") return
    if (!send(field.value.trim())) {
      hint.textContent = TEXTS.busy
      return
    }
    field.value = ""
    changed()
    say("")
  }

  field.value = storage.read("draft") ?? ""
  field.addEventListener("input", changed)
  whenSubmitted(form, field, submit)
  requestAnimationFrame(changed)

  return {
    form,
    focus() {
      field.focus({ preventScroll: true })
    },
    fit() {
      grow(field)
    },
    fill(text) {
      field.value = field.value.trim() === "" ? text : `${text}\n${field.value}`
      changed()
      field.focus()
    },
    setBusy(busy) {
      sendButton.setAttribute("aria-disabled", String(busy))
      if (!busy && hint.textContent === TEXTS.busy) hint.textContent = ""
    },
  }
}

function buildForm() {
  const field = element("textarea", {
    id: "question",
    attributes: {
      rows: "1",
      placeholder: TEXTS.placeholder,
      enterkeyhint: "send",
      autocomplete: "off",
      "aria-describedby": "question-hint question-count",
    },
  })
  const hint = element("p", { id: "question-hint", class: "hint", attributes: { role: "alert" } })
  const count = element("p", { id: "question-count", class: "count" })
  const sendButton = element("button", { type: "submit", class: "button primary send", text: TEXTS.send })
  const form = element("form", { class: "composer", attributes: { novalidate: "" } }, [
    element("div", { class: "column" }, [
      hint,
      element("div", { class: "composer-row" }, [
        element("label", { class: "unseen", text: TEXTS.question, attributes: { for: "question" } }),
        field,
        sendButton,
      ]),
      count,
    ]),
  ])
  return { form, field, hint, count, sendButton }
}

function whenSubmitted(form: HTMLFormElement, field: HTMLTextAreaElement, submit: () => void): void {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return
    event.preventDefault()
    submit()
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    submit()
  })
}

function problemOf(text: string, max: number): string {
  if (text.trim() === "") return TEXTS.empty
  return text.length > max ? TEXTS.tooLong(text.length, max) : ""
}

/** Enter also ends a word in Vietnamese typing tools; that Enter sends nothing. */
function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.key === "Process"
}

function grow(field: HTMLTextAreaElement): void {
  field.style.height = "auto"
  const borders = field.offsetHeight - field.clientHeight
  field.style.height = `${String(field.scrollHeight + borders)}px`
}
