import type { Api } from "./api.ts"
import { createBusyIndicator } from "./busy-indicator.ts"
import { createComposer, type Composer } from "./composer.ts"
import { Conversation } from "./conversation.ts"
import { showDisclosure, showInfo } from "./info.ts"
import { MessageList } from "./messages/message-list.ts"
import type { MessageActions } from "./messages/message-view.ts"
import { createRestartDialog } from "./restart-dialog.ts"
import type { PageStorage } from "./storage.ts"
import type { MessageStream, StreamEvents } from "./stream.ts"
import { followHeaderHeight, followSurroundings } from "./surroundings.ts"
import { createTextSize } from "./text-size.ts"
import { TEXTS } from "./texts.ts"
import type { Entry, Info } from "./types.ts"
import { buildPage, fillWelcome, paragraphs, type PageView } from "./view.ts"

const DEFAULT_MAX_LENGTH = 4000
/** How long earlier messages may take to come back before the chat counts as empty. */
const RESTORE_MS = 1_500

interface ChatParts {
  readonly api: Api
  readonly storage: PageStorage
  readonly connect: (conversationId: string, events: StreamEvents) => MessageStream
  /** Carries the measures and the text size for the styles. */
  readonly target: HTMLElement
  /** Hears of everything said by the assistant or an officer, also of what is only being shown again. */
  readonly said?: (entry: Entry) => void
  readonly close?: () => void
}

export interface Chat {
  readonly view: PageView
  readonly dialog: HTMLDialogElement
  readonly focus: () => void
  /** After it came into sight. */
  shown(): void
  /** Once it stands in the document. */
  start(): void
  learn(info: Info): void
}

/** The chat as one part: the page is nothing else, the widget puts it into a panel. */
export function createChat(parts: ChatParts): Chat {
  const state: State = { info: null, restoring: true }
  const composer = createComposer({
    storage: parts.storage,
    maxLength: () => state.info?.maxLength ?? DEFAULT_MAX_LENGTH,
    maxUploadBytes: () => state.info?.maxUploadBytes ?? 0,
    send: (draft) => talk.conversation.send(draft),
  })
  const dialog = createRestartDialog(() => {
    talk.conversation.restart()
    view.said.textContent = TEXTS.restarted
    keepFocus()
  })
  const view = buildView(parts, { composer, dialog })
  const keepFocus = createKeepFocus(view, composer)
  const talk = createTalk(parts, { state, view, composer, keepFocus })
  return {
    view,
    dialog,
    focus: composer.focus,
    shown() {
      composer.fit()
      // A newcomer begins at the top, with who it is that answers.
      if (!talk.conversation.empty) talk.list.scrollToEnd()
    },
    start() {
      followHeaderHeight(parts.target, view)
      followSurroundings(parts.target, (offline) => {
        view.offline.textContent = offline ? TEXTS.offline : ""
        if (!offline) talk.conversation.sendQueued()
      })
      view.disclosureBody.append(...paragraphs(TEXTS.disclosure))
      fillWelcome(view.welcome, null, talk.ask)
      talk.resume()
    },
    learn(info) {
      state.info = info
      showInfo(view, info)
      showDisclosure(view, info.disclosure, parts.storage)
      fillWelcome(view.welcome, info, talk.ask)
      composer.refresh()
    },
  }
}

interface State {
  info: Info | null
  /** Earlier messages are still coming back. */
  restoring: boolean
}

interface TalkParts {
  readonly state: State
  readonly view: PageView
  readonly composer: Composer
  readonly keepFocus: () => void
}

/** The conversation and the list that shows it, each told what the other does. */
function createTalk(parts: ChatParts, { state, view, composer, keepFocus }: TalkParts) {
  const indicator = createBusyIndicator(view.status)
  const conversation: Conversation = new Conversation({
    api: parts.api,
    storage: parts.storage,
    online: () => navigator.onLine,
    connect: parts.connect,
    observer: {
      entryChanged(entry, before) {
        if (entry.role === "assistant") indicator.answered()
        list.show(entry, before)
        if (state.restoring) list.scrollToEnd()
        if (entry.role === "assistant") parts.said?.(entry)
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
      progressed: (step) => {
        indicator.progress(step)
      },
    },
  })
  const actions = createActions(conversation, { state, composer, keepFocus })
  const list = new MessageList({ log: view.log, scroller: view.scroller, newer: view.newer, actions })
  const showWelcome = (): void => {
    view.welcome.hidden = state.restoring || !conversation.empty
  }
  const ask = (question: string): void => {
    if (conversation.send({ text: question })) keepFocus()
  }
  return { conversation, list, ask, resume: createResume(conversation, { state, view, showWelcome }) }
}

interface ResumeParts {
  readonly state: State
  readonly view: PageView
  readonly showWelcome: () => void
}

function createResume(conversation: Conversation, { state, view, showWelcome }: ResumeParts): () => void {
  const end = (): void => {
    state.restoring = false
    view.log.setAttribute("aria-live", "polite")
    showWelcome()
  }
  return () => {
    // What was said before is not read out a second time.
    view.log.setAttribute("aria-live", "off")
    if (conversation.resume()) setTimeout(end, RESTORE_MS)
    else end()
    conversation.sendQueued()
  }
}

function createActions(conversation: Conversation, { state, composer, keepFocus }: Omit<TalkParts, "view">): MessageActions {
  return {
    choose(choice) {
      if (conversation.send({ text: choice.label, choice })) keepFocus()
    },
    judge: (answerId, verdict) => conversation.feedback(answerId, verdict),
    resend(key) {
      if (conversation.resend(key)) keepFocus()
    },
    edit(key) {
      composer.fill(conversation.takeBack(key))
    },
    contact: () => ({ hotline: state.info?.hotline ?? null, hours: state.info?.hours ?? null }),
  }
}

function buildView(parts: ChatParts, { composer, dialog }: { composer: Composer; dialog: HTMLDialogElement }): PageView {
  const textSize = createTextSize({
    storage: parts.storage,
    target: parts.target,
    chosen: (name) => {
      view.said.textContent = TEXTS.textSizeChosen(name)
      composer.fit()
    },
  })
  const view = buildPage({
    textSize,
    composer: composer.form,
    dialog,
    openRestart: () => {
      dialog.showModal()
    },
    ...(parts.close === undefined ? {} : { close: parts.close }),
  })
  return view
}

/** After a tap on a button that goes away; on a telephone the keyboard should not cover the answer. */
function createKeepFocus(view: PageView, composer: Composer): () => void {
  return () => {
    if (window.matchMedia("(pointer: coarse)").matches) view.main.focus({ preventScroll: true })
    else composer.focus()
  }
}
