import type { Database } from "../../prisma/database.ts"

/** Which of several processes serves an account that only one may serve. */
export interface Leases {
  /** Takes or keeps the lease; false while another process that lives has it. */
  hold(accountId: string): Promise<boolean>
  release(accountId: string): Promise<void>
}

/** A process of this machine; what stands in the lease of another. */
export interface Holder {
  readonly host: string
  readonly pid: number
}

interface Dependencies {
  readonly db: Database
  readonly now: () => Date
  readonly holder: Holder
  /** Whether a process of this machine still runs: after a crash nobody has to wait for its lease to end. */
  readonly isAlive: (pid: number) => boolean
}

export const LEASE_MS = 30_000

/** Leases in the database: taken by comparing with what was read, so of two processes one wins. */
export function createLeases({ db, now, holder, isAlive }: Dependencies): Leases {
  const mine = `${holder.host}:${holder.pid}`
  const free = (row: { holder: string; expiresAt: Date }) => row.holder === mine || row.expiresAt <= now() || isDead(row.holder)
  const isDead = (other: string) => {
    const [, host, pid] = /^(.*):(\d+)$/.exec(other) ?? []
    return host === holder.host && !isAlive(Number(pid))
  }
  return {
    async hold(accountId) {
      const data = { holder: mine, expiresAt: new Date(now().getTime() + LEASE_MS) }
      return db.$transaction(async (tx) => {
        const row = await tx.accountLease.findUnique({ where: { accountId } })
        if (!row) return (await tx.accountLease.create({ data: { accountId, ...data } })).holder === mine
        if (!free(row)) return false
        return (await tx.accountLease.updateMany({ where: { accountId, holder: row.holder, expiresAt: row.expiresAt }, data })).count === 1
      })
    },
    async release(accountId) {
      await db.accountLease.deleteMany({ where: { accountId, holder: mine } })
    },
  }
}

/** True when a process with this number runs on this machine. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}
