import { createAttachments, type Attachments } from "./attach/attachments.ts"
import { element } from "./dom.ts"
import type { PageStorage } from "./storage.ts"
import { TEXTS } from "./texts.ts"
import type { Draft } from "./types.ts"

const NEAR_THE_LIMIT = 0.9

interface ComposerParts {
  readonly storage: PageStorage
  readonly maxLength: () => number
  /** False when a question is still being answered: the words stay where they are. */
  readonly send: (draft: Draft) => boolean
  readonly maxUploadBytes: () => number
}

export interface Composer {
  readonly form: HTMLFormElement
  readonly focus: () => void
  /** After the text size changed. */
  fit(): void
  fill(text: string): void
  setBusy(busy: boolean): void
  /** After it became known what the commune takes. */
  refresh(): void
}

/** Where the citizen writes: grows with the text, keeps an unsent draft. */
export function createComposer(parts: ComposerParts): Composer {
  const attachments = createAttachments({
    maxUploadBytes: parts.maxUploadBytes,
    say: (words) => {
      hint.textContent = words
    },
    changed: () => {
      writing.say("")
      field.focus()
    },
  })
  const fields = buildForm(attachments)
  const { form, field, hint, sendButton } = fields
  const writing = createWriting(fields, { ...parts, attachments })

  field.value = parts.storage.read("draft") ?? ""
  field.addEventListener("input", writing.changed)
  whenSubmitted(form, field, writing.submit)
  requestAnimationFrame(writing.changed)

  return {
    form,
    refresh: attachments.refresh,
    focus() {
      field.focus({ preventScroll: true })
    },
    fit() {
      grow(field)
    },
    fill(text) {
      field.value = field.value.trim() === "" ? text : `${text}\n${field.value}`
      writing.changed()
      field.focus()
    },
    setBusy(busy) {
      sendButton.setAttribute("aria-disabled", String(busy))
      if (!busy && hint.textContent === TEXTS.busy) hint.textContent = ""
    },
  }
}

type Fields = ReturnType<typeof buildForm>

/** What happens to the words, from the first letter until they are sent. */
function createWriting({ field, hint, count }: Fields, parts: ComposerParts & { readonly attachments: Attachments }) {
  const { storage, maxLength, send, attachments } = parts

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
    const enclosure = attachments.enclosure()
    const problem = problemOf(field.value, { max: maxLength(), mayBeEmpty: enclosure !== undefined })
    say(problem)
    field.focus()
    if (problem !== "") return
    if (!send({ text: field.value.trim(), ...(enclosure === undefined ? {} : { enclosure }) })) {
      hint.textContent = TEXTS.busy
      return
    }
    field.value = ""
    attachments.clear()
    changed()
    say("")
  }
  return { changed, say, submit }
}

function buildForm({ toggle, tray }: Attachments) {
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
      tray,
      element("div", { class: "composer-row" }, [
        toggle,
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

function problemOf(text: string, { max, mayBeEmpty }: { max: number; mayBeEmpty: boolean }): string {
  if (text.trim() === "") return mayBeEmpty ? "" : TEXTS.empty
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
