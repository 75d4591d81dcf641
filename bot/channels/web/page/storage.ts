const PREFIX = "tro-ly-xa."

export type StorageKey = "conversation" | "draft" | "unsent" | "text-size" | "disclosure-seen" | "read-until"

export interface PageStorage {
  read(key: StorageKey): string | null
  write(key: StorageKey, value: string | null): void
}

/** Keeps things between visits, or until the page closes where the browser blocks storage. */
export function createStorage(open: () => Storage): PageStorage {
  const memory = new Map<StorageKey, string>()
  return {
    read(key) {
      try {
        return open().getItem(PREFIX + key) ?? memory.get(key) ?? null
      } catch {
        return memory.get(key) ?? null
      }
    },
    write(key, value) {
      memory.delete(key)
      try {
        if (value === null) open().removeItem(PREFIX + key)
        else open().setItem(PREFIX + key, value)
      } catch {
        if (value !== null) memory.set(key, value)
      }
    },
  }
}
