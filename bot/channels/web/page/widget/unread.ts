import type { PageStorage } from "../storage.ts"
import type { Entry } from "../types.ts"

export interface Unread {
  /** Something was said to the citizen. */
  readonly said: (entry: Entry) => void
  /** All of it is being read. */
  readonly read: () => void
}

/** Counts what was said while the panel was closed, also across visits. */
export function createUnread(
  storage: PageStorage,
  given: { readonly isOpen: () => boolean; readonly show: (count: number) => void },
): Unread {
  let latest = Number(storage.read("read-until") ?? "0")
  let count = 0
  const read = (): void => {
    count = 0
    storage.write("read-until", String(latest))
    given.show(0)
  }
  return {
    read,
    said(entry) {
      const at = entry.at.getTime()
      const isNew = at > Number(storage.read("read-until") ?? "0")
      latest = Math.max(latest, at)
      if (given.isOpen()) {
        read()
        return
      }
      if (!isNew) return
      count += 1
      given.show(count)
    },
  }
}
