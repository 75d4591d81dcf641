import type { Database, Transaction } from "../../prisma/database.ts"
import { Refusal } from "../api/refusal.ts"
import { refusals } from "../texts.ts"

const SECOND = 1000
const FORGET_MS = 24 * 60 * 60 * SECOND
const LONGEST_MS = 15 * 60 * SECOND
const FIRST_MS = 5 * SECOND

/** How many failures cost nothing. A whole office may share one address, so it gets more. */
const FREE = { account: 5, address: 30 } as const
type Kind = keyof typeof FREE

export interface Attempt {
  readonly account: string
  readonly address: string
}

const keysOf = ({ account, address }: Attempt) =>
  [
    ["account", `account:${account}`],
    ["address", `address:${address}`],
  ] as const satisfies readonly (readonly [Kind, string])[]

/** How long to wait after so many failures, in milliseconds: twice as long each time, a quarter of an hour at most. */
export function delayAfter(failures: number, kind: Kind): number {
  const over = failures - FREE[kind]
  return over < 0 ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** over)
}

/**
 * Counts an attempt as failed before it is made, so that many at once are not more than many one after another. Throws a
 * Refusal that tells how long to wait.
 */
export async function reserveAttempt(db: Database, attempt: Attempt, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.signInThrottle.deleteMany({ where: { updatedAt: { lt: new Date(now.getTime() - FORGET_MS) } } })
    const keys = keysOf(attempt)
    const rows = await tx.signInThrottle.findMany({ where: { key: { in: keys.map(([, key]) => key) } } })
    const until = Math.max(0, ...rows.map((row) => row.blockedUntil.getTime()))
    if (until > now.getTime()) throw tooEarly(Math.ceil((until - now.getTime()) / SECOND))
    for (const [kind, key] of keys) {
      const failures = (rows.find((row) => row.key === key)?.failures ?? 0) + 1
      const state = { failures, blockedUntil: new Date(now.getTime() + delayAfter(failures, kind)), updatedAt: now }
      await tx.signInThrottle.upsert({ where: { key }, create: { key, ...state }, update: state })
    }
  })
}

const tooEarly = (seconds: number) =>
  new Refusal({ status: 429, code: "sign_in_throttled", message: refusals.wait(seconds), retryAfterSeconds: seconds })

/** Takes back an attempt that was no failure, as when the password was right and only the code is still to come. */
export async function takeBack(tx: Transaction, attempt: Attempt, now: Date): Promise<void> {
  for (const [, key] of keysOf(attempt)) {
    await tx.signInThrottle.updateMany({ where: { key }, data: { failures: { decrement: 1 }, blockedUntil: now } })
  }
}

/** Forgets an account's failures after a sign-in. The address keeps its own: it may be trying other accounts. */
export async function forgetFailures(tx: Transaction, attempt: Attempt, now: Date): Promise<void> {
  await takeBack(tx, attempt, now)
  await tx.signInThrottle.deleteMany({ where: { key: `account:${attempt.account}` } })
}
