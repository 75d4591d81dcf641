import { api } from "./api.ts"
import { createBusyIndicator } from "./busy-indicator.ts"
import { createComposer } from "./composer.ts"
import { Conversation } from "./conversation.ts"
import { loadInfo, showDisclosure, showInfo } from "./info.ts"
import { MessageList } from "./messages/message-list.ts"
import type { MessageActions } from "./messages/message-view.ts"
import { createRestartDialog } from "./restart-dialog.ts"
import { createStorage } from "./storage.ts"
import { openStream } from "./stream.ts"
import { followHeaderHeight, followSurroundings } from "./surroundings.ts"
import { createTextSize } from "./text-size.ts"
import { TEXTS } from "./texts.ts"
import type { Info } from "./types.ts"
import { buildPage, fillWelcome, paragraphs } from "./view.ts"

const DEFAULT_MAX_LENGTH = 4000
/** How long earlier messages may take to come back before the page counts as empty. */
const RESTORE_MS = 1_500

const storage = createStorage(() => window.localStorage)
let info: Info | null = null
let restoring = true

const composer = createComposer({
  storage,
  maxLength: () => info?.maxLength ?? DEFAULT_MAX_LENGTH,
  send: (text) => conversation.send(text),
})
const dialog = createRestartDialog(restart)
const textSize = createTextSize(storage, (name) => {
  view.said.textContent = TEXTS.textSizeChosen(name)
  composer.fit()
})
const view = buildPage({
  textSize,
  composer: composer.form,
  dialog,
  openRestart: () => {
    dialog.showModal()
  },
  skipToQuestion: () => {
    composer.focus()
  },
})
const indicator = createBusyIndicator(view.status)
const actions: MessageActions = {
  choose(choice) {
    if (conversation.send(choice.label, choice)) keepFocus()
  },
  judge: (answerId, verdict) => conversation.feedback(answerId, verdict),
  resend(key) {
    if (conversation.resend(key)) keepFocus()
  },
  edit(key) {
    composer.fill(conversation.takeBack(key))
  },
  contact: () => ({ hotline: info?.hotline ?? null, hours: info?.hours ?? null }),
}
const list = new MessageList({ log: view.log, scroller: view.scroller, newer: view.newer, actions })
const conversation = new Conversation({
  api,
  storage,
  connect: openStream,
  observer: {
    entryChanged(entry, before) {
      if (entry.role === "assistant") indicator.answered()
      list.show(entry, before)
      if (restoring) list.scrollToEnd()
      showWelcome()
    },
    entryRemoved(key) {
      list.remove(key)
      showWelcome()
    },
    busyChanged(busy) {
      indicator.setBusy(busy)
      composer.setBusy(busy)
      if (busy) list.scrollToEnd()
    },
    progressed(step) {
      indicator.progress(step)
    },
  },
})

function showWelcome(): void {
  view.welcome.hidden = restoring || !conversation.empty
}

function ask(question: string): void {
  if (conversation.send(question)) keepFocus()
}

function restart(): void {
  conversation.restart()
  view.said.textContent = TEXTS.restarted
  keepFocus()
}

/** After a tap on a button that goes away; on a telephone the keyboard should not cover the answer. */
function keepFocus(): void {
  if (window.matchMedia("(pointer: coarse)").matches) view.main.focus({ preventScroll: true })
  else composer.focus()
}

function endRestoring(): void {
  restoring = false
  view.log.setAttribute("aria-live", "polite")
  showWelcome()
}

async function learnInfo(): Promise<void> {
  info = await loadInfo(api)
  showInfo(view, info)
  showDisclosure(view, info.disclosure, storage)
  fillWelcome(view.welcome, info, ask)
}

function startPage(): void {
  document.querySelector("#app")?.replaceWith(view.root)
  followHeaderHeight(view.header, view.demo)
  followSurroundings((offline) => {
    view.offline.textContent = offline ? TEXTS.offline : ""
  })
  view.disclosureBody.append(...paragraphs(TEXTS.disclosure))
  fillWelcome(view.welcome, null, ask)
  // What was said before is not read out a second time.
  view.log.setAttribute("aria-live", "off")
  if (conversation.resume()) setTimeout(endRestoring, RESTORE_MS)
  else endRestoring()
  void learnInfo()
}

startPage()
