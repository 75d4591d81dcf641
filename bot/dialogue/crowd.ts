/** An account that is asked more than it answers, as long as the last question that was put off is not a minute old. */
export interface Crowd {
  readonly since: Date
  /** Questions that were put off since then. */
  readonly putOff: number
}

export interface Asked {
  readonly accountId: string
  readonly sentAt: Date
  /** When this citizen wrote for the first time. */
  readonly knownSince: Date
}

export interface CrowdBrake {
  /** False: this question is kept but not answered now. */
  readonly admits: (asked: Asked) => boolean
  /** The crowded accounts. */
  readonly crowds: () => ReadonlyMap<string, Crowd>
  /** How many questions each account has put off since the program began. */
  readonly putOff: () => ReadonlyMap<string, number>
}

interface Account {
  /** Questions that were answered, by the second in which they were sent; the one touched last stands last. */
  readonly seconds: Map<number, number>
  crowd: (Crowd & { readonly lastAt: number }) | null
  putOff: number
}

const SECOND_MS = 1000
const WINDOW_SECONDS = 60
const OVER_AFTER_MS = 60_000
/** A flood brings accounts of its own, made for it; who wrote long before it is no part of it. */
const KNOWN_BEFORE_MS = 60 * 60_000
/** Room for those who are known, above what everybody has. */
const FOR_THE_KNOWN = 2
/** Platforms hand over late what they kept meanwhile, so more than the last minute is remembered. */
const MOST_SECONDS = 600

/**
 * Holds back a flood of one account: within any minute `perMinute` questions are answered, and as many again of citizens who wrote
 * before the flood began. Counted is when the citizen sent, as in a conversation's own brake, so what piled up in an outage is
 * no flood. It lets go by itself: what was put off does not count.
 */
export function createCrowdBrake({ perMinute, now }: { perMinute: number; now: () => Date }): CrowdBrake {
  const accounts = new Map<string, Account>()
  const accountOf = (accountId: string): Account => {
    const account = accounts.get(accountId) ?? { seconds: new Map<number, number>(), crowd: null, putOff: 0 }
    accounts.set(accountId, account)
    return account
  }
  const isOver = ({ crowd }: Account) => crowd === null || now().getTime() - crowd.lastAt >= OVER_AFTER_MS
  return {
    admits({ accountId, sentAt, knownSince }) {
      const account = accountOf(accountId)
      const at = now()
      const before = isOver(account) ? null : account.crowd
      const isKnown = knownSince.getTime() <= (before?.since ?? at).getTime() - KNOWN_BEFORE_MS
      const second = Math.floor(sentAt.getTime() / SECOND_MS)
      if (answeredBefore(account, second) < perMinute * (isKnown ? FOR_THE_KNOWN : 1)) {
        count(account, second)
        return true
      }
      account.putOff += 1
      account.crowd = { since: before?.since ?? at, putOff: (before?.putOff ?? 0) + 1, lastAt: at.getTime() }
      return false
    },
    crowds: () => new Map([...accounts].flatMap(([id, account]) => (account.crowd && !isOver(account) ? [[id, account.crowd]] : []))),
    putOff: () => new Map([...accounts].map(([id, { putOff }]) => [id, putOff])),
  }
}

function answeredBefore({ seconds }: Account, second: number): number {
  let sum = 0
  for (let age = 0; age < WINDOW_SECONDS; age += 1) sum += seconds.get(second - age) ?? 0
  return sum
}

function count({ seconds }: Account, second: number): void {
  const counted = seconds.get(second) ?? 0
  seconds.delete(second)
  seconds.set(second, counted + 1)
  const [oldest] = seconds.keys()
  if (seconds.size > MOST_SECONDS && oldest !== undefined) seconds.delete(oldest)
}
