import type { PageStorage } from "./storage.ts"
import { TEXTS } from "./texts.ts"
import type { Entry } from "./types.ts"

type Kept = Omit<Entry, "at"> & { readonly at: string }

/** Questions that were on their way when the page was closed; they wait to be sent again. */
export function readUnsent(storage: PageStorage): readonly Entry[] {
  try {
    const kept = JSON.parse(storage.read("unsent") ?? "[]") as readonly Kept[]
    return kept.map((entry) => ({ ...entry, ...readEnclosure(entry), at: new Date(entry.at), state: "failed", confirmed: false }))
  } catch {
    return []
  }
}

/** Photos and files are too large to be kept; a place is not. */
function readEnclosure({ enclosure, failure }: Kept): Pick<Entry, "enclosure" | "failure"> {
  if (enclosure !== undefined && enclosure.kind !== "location")
    return { enclosure: { ...enclosure, blob: null }, failure: { message: TEXTS.enclosureLost, lost: true } }
  return { failure: failure?.queued === true ? failure : { message: TEXTS.unsentAfterReload } }
}

export function writeUnsent(storage: PageStorage, entries: readonly Entry[]): void {
  storage.write("unsent", entries.length === 0 ? null : JSON.stringify(entries))
}
