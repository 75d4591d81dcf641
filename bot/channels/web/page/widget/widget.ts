import { createApi, type Api } from "../api.ts"
import { createChat, type Chat } from "../chat.ts"
import { createStorage } from "../storage.ts"
import { createConnect } from "../stream.ts"
import type { Info } from "../types.ts"
import { keepFocusWithin, keepKeysWithin } from "./focus.ts"
import { buildFrame } from "./frame.ts"
import { mayEmbed } from "./permission.ts"
import { readSettings, type WidgetSettings } from "./settings.ts"
import { createUnread } from "./unread.ts"

const TAG = "tro-ly-xa"

/** Puts the button on the page; the panel holds the very chat of the assistant's own page. */
function embed(settings: WidgetSettings, { api, info }: { api: Api; info: Info }): void {
  const storage = createStorage(() => window.localStorage)
  const frame = buildFrame(settings, () => {
    show(frame.panel.hidden)
  })
  const { host, shadow, launcher, panel } = frame
  const unread = createUnread(storage, { isOpen: () => !panel.hidden, show: frame.showUnread })
  const chat: Chat = createChat({
    api,
    storage,
    connect: createConnect(settings.base),
    target: host,
    said: unread.said,
    close: () => {
      show(false)
    },
  })
  panel.append(chat.view.root)

  function show(open: boolean): void {
    panel.hidden = !open
    host.toggleAttribute("data-open", open)
    launcher.setAttribute("aria-expanded", String(open))
    if (!open) {
      launcher.focus()
      return
    }
    unread.read()
    chat.shown()
    chat.focus()
  }

  panel.addEventListener("keydown", (event) => {
    // The question whether to begin anew closes itself.
    if (event.key === "Escape" && !chat.dialog.open && !event.isComposing) show(false)
  })
  keepFocusWithin(panel, shadow)
  keepKeysWithin(host)
  document.body.append(host)
  chat.start()
  chat.learn(info)
  if (settings.open) show(true)
}

async function start(script: HTMLScriptElement): Promise<void> {
  const settings = readSettings(script)
  const api = createApi(settings.base)
  const info = await mayEmbed(settings, api)
  // Two lines on one page are still one assistant.
  if (info !== null && document.querySelector(TAG) === null) embed(settings, { api, info })
}

if (document.currentScript instanceof HTMLScriptElement) {
  const script = document.currentScript
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => void start(script))
  } else void start(script)
}
