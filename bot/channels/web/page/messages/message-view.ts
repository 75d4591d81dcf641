import { enclosureWords } from "../attach/attachments.ts"
import { answerText, withLinks } from "./answer-text.ts"
import { copyText } from "./clipboard.ts"
import { button, element } from "../dom.ts"
import { sourceLine, sourcesView } from "./sources-view.ts"
import { TEXTS } from "../texts.ts"
import type { Answer, Choice, Enclosure, Entry, Verdict } from "../types.ts"

const NOTE_MS = 4_000
const EMERGENCY_PHONES = ["111", "112", "113", "114", "115"]
/** Answers that can be right or wrong; a greeting or a question back cannot. */
const JUDGED_STATUSES = ["answered", "answered_partial", "no_source", "low_confidence", "out_of_scope", "expired_source"]

export interface MessageActions {
  choose(choice: Choice): void
  judge(answerId: string, verdict: Verdict): Promise<void>
  resend(key: string): void
  edit(key: string): void
  contact(): { readonly hotline: string | null; readonly hours: string | null }
}

/** A message of the citizen; `updateCitizenMessage` keeps it up to date. */
export function citizenMessage(entry: Entry, actions: MessageActions): HTMLElement {
  const article = element("article", { class: "message citizen" }, [
    byline(TEXTS.citizenAsked, entry.at),
    entry.enclosure === undefined ? null : enclosureView(entry.enclosure),
    element("p", { class: "bubble question-text" }),
    element("div", { class: "delivery" }),
  ])
  updateCitizenMessage(article, entry, actions)
  return article
}

export function updateCitizenMessage(article: HTMLElement, entry: Entry, actions: MessageActions): void {
  const text = article.querySelector(".question-text")
  if (text !== null && text.textContent !== entry.text) text.textContent = entry.text
  article.dataset["state"] = entry.state
  const delivery = entry.state === "failed" ? failedDelivery(entry, actions) : progressView(entry)
  article.querySelector(".delivery")?.replaceChildren(...delivery)
}

/** An answer, or the words of an officer, which come without sources. */
export function assistantMessage(entry: Entry, actions: MessageActions): HTMLElement {
  const { answer } = entry
  const hotline = actions.contact().hotline
  const emergency = answer?.status === "emergency"
  const phones = [...(hotline === null ? [] : [hotline]), ...(emergency ? EMERGENCY_PHONES : [])]
  const bubble = element("div", { class: "bubble" }, [answerText({ text: entry.text, choices: answer?.choices ?? [], phones })])
  if (answer !== undefined) bubble.append(...answerParts(answer, actions))
  const look = entry.author === undefined ? (emergency ? " emergency" : "") : " officer"
  const who = entry.author === undefined ? TEXTS.assistant : `${TEXTS.officer}: ${entry.author}`
  return element("article", { class: `message assistant${look}` }, [byline(who, entry.at), bubble])
}

function enclosureView(enclosure: Enclosure): HTMLElement {
  return element("p", { class: `enclosure ${enclosure.kind}` }, [
    element("span", { class: "unseen", text: `${TEXTS.enclosed}: ` }),
    enclosureWords(enclosure),
  ])
}

function progressView({ progress }: Entry): Node[] {
  if (progress === undefined) return []
  return [element("progress", { attributes: { max: "1", value: String(progress), "aria-label": TEXTS.uploading } })]
}

function byline(who: string, at: Date): HTMLElement {
  const today = at.toDateString() === new Date().toDateString()
  return element("p", { class: "byline" }, [
    `${who} · `,
    element("time", { attributes: { datetime: at.toISOString() } }, [
      TEXTS.clock(at),
      element("span", { class: today ? "print-only" : "", text: TEXTS.day(at) }),
    ]),
  ])
}

function failedDelivery(entry: Entry, actions: MessageActions): Node[] {
  const resend = button(TEXTS.resend, "primary", () => {
    if (resend.getAttribute("aria-disabled") !== "true") actions.resend(entry.key)
  })
  const edit = button(TEXTS.edit, "plain", () => {
    actions.edit(entry.key)
  })
  resend.hidden = entry.failure?.lost === true || entry.failure?.queued === true
  if (entry.failure?.retryAt !== undefined) countDown(resend, entry.failure.retryAt)
  return [
    element("p", { class: "failure", text: entry.failure?.message ?? TEXTS.unsent }),
    element("div", { class: "actions" }, [resend, edit]),
  ]
}

function countDown(resend: HTMLButtonElement, until: number): void {
  const left = Math.ceil((until - Date.now()) / 1000)
  resend.textContent = left > 0 ? TEXTS.resendIn(left) : TEXTS.resend
  resend.setAttribute("aria-disabled", String(left > 0))
  if (left <= 0) return
  setTimeout(() => {
    if (resend.isConnected) countDown(resend, until)
  }, 1000)
}

function answerParts(answer: Answer, actions: MessageActions): Node[] {
  const { procedure, citations, choices } = answer
  const parts: Node[] = []
  if (choices.length > 0) parts.push(choiceList(choices, actions))
  if (procedure !== undefined) {
    parts.push(element("p", { class: "procedure", text: TEXTS.procedure(procedure.name, procedure.code) }))
  }
  if (citations.length > 0) parts.push(sourcesView(citations))
  parts.push(answerActions(answer, actions))
  return parts
}

function choiceList(choices: readonly Choice[], actions: MessageActions): HTMLElement {
  const items = choices.map((choice, index) => {
    const pick = button("", "choice", () => {
      actions.choose(choice)
    })
    pick.append(element("span", { class: "choice-number", text: `${String(index + 1)}.` }), " ", choice.label)
    return element("li", {}, [pick])
  })
  return element("ul", { class: "choices", attributes: { "aria-label": TEXTS.choices } }, items)
}

function answerActions(answer: Answer, actions: MessageActions): HTMLElement {
  const note = element("p", { class: "note", attributes: { role: "status" } })
  const row = element("div", { class: "actions" })
  if (JUDGED_STATUSES.includes(answer.status)) row.append(verdictButtons(answer, { actions, note }))
  row.append(
    button(TEXTS.copy, "plain", () => {
      void copyAnswer(answer, note)
    }),
  )
  return element("div", { class: "answer-actions" }, [row, note])
}

function verdictButtons(answer: Answer, { actions, note }: { actions: MessageActions; note: HTMLElement }): HTMLElement {
  const judge = async (verdict: Verdict): Promise<void> => {
    press(verdict)
    try {
      await actions.judge(answer.id, verdict)
      const { hotline, hours } = actions.contact()
      const words = verdict === "right" ? TEXTS.thanks : TEXTS.sorry(hotline, hours)
      note.replaceChildren(...withLinks(words, hotline === null ? [] : [hotline]))
    } catch {
      press(null)
      note.textContent = TEXTS.feedbackFailed
    }
  }
  const verdicts = { right: TEXTS.right, wrong: TEXTS.wrong }
  const buttons = (["right", "wrong"] as const).map((verdict) => {
    const made = button(verdicts[verdict], "plain verdict", () => void judge(verdict))
    return { verdict, made }
  })
  const press = (chosen: Verdict | null): void => {
    for (const { verdict, made } of buttons) made.setAttribute("aria-pressed", String(verdict === chosen))
  }
  press(null)
  const attributes = { role: "group", "aria-label": TEXTS.feedback }
  return element(
    "div",
    { class: "verdicts", attributes },
    buttons.map(({ made }) => made),
  )
}

async function copyAnswer(answer: Answer, note: HTMLElement): Promise<void> {
  const sources = answer.citations.map((citation) => `${TEXTS.source}: ${sourceLine(citation)}`)
  const copied = await copyText([answer.text, ...new Set(sources)].join("\n"), note)
  note.textContent = copied ? TEXTS.copied : TEXTS.notCopied
  if (!copied) return
  setTimeout(() => {
    if (note.textContent === TEXTS.copied) note.textContent = ""
  }, NOTE_MS)
}
