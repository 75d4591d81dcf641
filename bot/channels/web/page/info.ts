import type { Api } from "./api.ts"
import type { PageStorage } from "./storage.ts"
import type { Info } from "./types.ts"
import { paragraphs, type PageView } from "./view.ts"

const RETRY_MS = 5_000

/** Asks the server about the commune until it answers; the page is usable meanwhile. */
export async function loadInfo(api: Api): Promise<Info> {
  for (;;) {
    try {
      return await api.info()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
}

export function showInfo(view: PageView, info: Info): void {
  view.commune.textContent = info.commune
  view.demo.hidden = !info.demo
}

/** In full until it was seen once; afterwards one line that opens on a tap. */
export function showDisclosure(view: PageView, text: string, storage: PageStorage): void {
  view.disclosureBody.replaceChildren(...paragraphs(text))
  view.disclosure.open = storage.read("disclosure-seen") !== text
  storage.write("disclosure-seen", text)
}
