import { TEXTS } from "./texts.ts"

const SLOW_MS = 8_000
/** An announced step is forgotten when its answer never comes. */
const STEP_LIFE_MS = 30_000

export interface BusyIndicator {
  setBusy(busy: boolean): void
  /** A step told by the server, also for a question asked before the page was reloaded. */
  progress(step: string): void
  answered(): void
}

/** "Searching…" while an answer is being made. */
export function createBusyIndicator(place: HTMLElement): BusyIndicator {
  let busy = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function say(words: string, then: { readonly words: string; readonly afterMs: number } | null): void {
    clearTimeout(timer)
    if (place.textContent !== words) place.textContent = words
    if (then === null) return
    timer = setTimeout(() => {
      say(then.words, null)
    }, then.afterMs)
  }

  return {
    setBusy(now) {
      busy = now
      if (busy) say(TEXTS.searching, { words: TEXTS.stillSearching, afterMs: SLOW_MS })
      else say("", null)
    },
    progress(step) {
      const words = TEXTS.steps[step] ?? TEXTS.searching
      say(words, busy ? { words: TEXTS.stillSearching, afterMs: SLOW_MS } : { words: "", afterMs: STEP_LIFE_MS })
    },
    answered() {
      if (!busy) say("", null)
    },
  }
}
