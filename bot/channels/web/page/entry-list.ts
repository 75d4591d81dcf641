import type { Entry, StreamMessage } from "./types.ts"

const CLOCKS_MAY_DIFFER_MS = 60_000

/** Hears of every change, in the order in which it happens. */
export interface EntryObserver {
  /** Added, or changed in place; `before` is the key of the entry that stands after it. */
  entryChanged(entry: Entry, before: string | null): void
  entryRemoved(key: string): void
}

/** The lines of the conversation in the order in which they are shown. */
export class EntryList {
  readonly #observer: EntryObserver
  #entries: Entry[] = []

  constructor(observer: EntryObserver) {
    this.#observer = observer
  }

  get empty(): boolean {
    return this.#entries.length === 0
  }

  /** Questions that the server may not have. */
  get unsent(): readonly Entry[] {
    return this.#entries.filter((entry) => entry.role === "citizen" && entry.state !== "sent")
  }

  /** Questions that the server has, although sending them looked like a failure. */
  get failedYetReceived(): readonly Entry[] {
    return this.#entries.filter((entry) => entry.state === "failed" && entry.confirmed)
  }

  /** What was last said to the citizen. */
  get lastSaid(): string | undefined {
    return this.#entries.filter(({ role }) => role === "assistant").at(-1)?.text
  }

  find(key: string): Entry | undefined {
    return this.#entries.find((entry) => entry.key === key)
  }

  /** The question of this page that the server's copy belongs to. */
  findEchoed(message: StreamMessage): Entry | undefined {
    const open = this.#entries.filter((entry) => entry.role === "citizen" && !entry.confirmed)
    const named = open.find((entry) => entry.key === message.clientMessageId || entry.key === message.id)
    if (named !== undefined || message.clientMessageId !== undefined) return named
    const sent = open.filter((entry) => entry.state !== "failed")
    const latest = new Date(message.at).getTime() + CLOCKS_MAY_DIFFER_MS
    return (
      sent.find((entry) => entry.text === message.text) ??
      sent[0] ??
      open.find((entry) => entry.text === message.text && entry.at.getTime() <= latest)
    )
  }

  answeredAfter(key: string): boolean {
    const index = this.#entries.findIndex((entry) => entry.key === key)
    return this.#entries.slice(index + 1).some((later) => later.role === "assistant")
  }

  append(entry: Entry): void {
    this.#entries.push(entry)
    this.#observer.entryChanged(entry, null)
  }

  /** At the end, yet before questions that wait to be sent again. */
  insert(entry: Entry): void {
    let index = this.#entries.length
    while (index > 0 && isWaiting(this.#entries[index - 1])) index -= 1
    this.#entries.splice(index, 0, entry)
    this.#observer.entryChanged(entry, this.#entries[index + 1]?.key ?? null)
  }

  change(key: string, change: Partial<Entry>): void {
    const index = this.#entries.findIndex((entry) => entry.key === key)
    const entry = this.#entries[index]
    if (entry === undefined) return
    const changed = { ...entry, ...change }
    this.#entries[index] = changed
    this.#observer.entryChanged(changed, this.#entries[index + 1]?.key ?? null)
  }

  /** Moves a question to the end, so that its answer will stand under it. */
  moveToEnd(key: string): void {
    const entry = this.find(key)
    if (entry === undefined || this.#entries[this.#entries.length - 1] === entry) return
    this.remove(key)
    this.append(entry)
  }

  remove(key: string): void {
    this.#entries = this.#entries.filter((entry) => entry.key !== key)
    this.#observer.entryRemoved(key)
  }

  clear(): void {
    for (const entry of [...this.#entries]) this.remove(entry.key)
  }
}

function isWaiting(entry: Entry | undefined): boolean {
  return entry?.state === "failed" && !entry.confirmed
}
