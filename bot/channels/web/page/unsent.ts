import type { PageStorage } from "./storage.ts"
import { TEXTS } from "./texts.ts"
import type { Entry } from "./types.ts"

type Kept = Omit<Entry, "at"> & { readonly at: string }

/** Questions that were on their way when the page was closed; they wait to be sent again. */
export function readUnsent(storage: PageStorage): readonly Entry[] {
  try {
    const kept = JSON.parse(storage.read("unsent") ?? "[]") as readonly Kept[]
    const failure = { message: TEXTS.unsentAfterReload }
    return kept.map((entry) => ({ ...entry, at: new Date(entry.at), state: "failed", confirmed: false, failure }))
  } catch {
    return []
  }
}

export function writeUnsent(storage: PageStorage, entries: readonly Entry[]): void {
  storage.write("unsent", entries.length === 0 ? null : JSON.stringify(entries))
}
