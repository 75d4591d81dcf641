/** A message of ours on its way. */
export interface Underway {
  /** `unknown`: nobody can say whether it arrived. */
  done(outcome: "settled" | "unknown"): void
}

interface Open {
  readonly peerId: string
  readonly words: string
}

const UNKNOWN_FOR_MS = 600_000

/**
 * Zalo tells us of our own messages as of those that staff type on the phone, sometimes before it answers the sending. Keeps
 * what is underway, and what may have arrived, so that neither is taken for a person who speaks.
 */
export function createEchoes(now: () => Date) {
  const underway = new Set<Open>()
  const ends = new EventTarget()
  let uncertain: (Open & { readonly until: number })[] = []

  return {
    begin(peerId: string, words: string): Underway {
      const open = { peerId, words }
      underway.add(open)
      return {
        done(outcome) {
          underway.delete(open)
          if (outcome === "unknown") uncertain.push({ ...open, until: now().getTime() + UNKNOWN_FOR_MS })
          ends.dispatchEvent(new Event("end"))
        },
      }
    },
    /** Whether what the account sent is a message of ours that nobody was sure of. Resolves when none to this citizen is underway. */
    async wasOurs(peerId: string, words: string): Promise<boolean> {
      while ([...underway].some((open) => open.peerId === peerId)) {
        await new Promise<void>((resolve) => ends.addEventListener("end", () => resolve(), { once: true }))
      }
      // Who waits for that outcome goes first.
      await new Promise((resolve) => setImmediate(resolve))
      uncertain = uncertain.filter(({ until }) => until > now().getTime())
      const ours = uncertain.find((open) => open.peerId === peerId && open.words === words)
      uncertain = uncertain.filter((open) => open !== ours)
      return ours !== undefined
    },
  }
}

export type Echoes = ReturnType<typeof createEchoes>
