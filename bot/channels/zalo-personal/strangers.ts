import type { SecretsKeeper } from "./account.ts"

interface Dependencies {
  readonly perDay: number
  readonly secrets: SecretsKeeper
  readonly now: () => Date
}

const VIETNAM_MS = 7 * 3_600_000

/**
 * Who is a friend, and how many others may still be answered today (by the Vietnamese calendar). Zalo lets a personal account
 * answer few people who are not its friends, and locks what looks like a machine.
 */
export function createStrangers({ perDay, secrets, now }: Dependencies) {
  const friends = new Set<string>()

  const today = () => {
    const day = new Date(now().getTime() + VIETNAM_MS).toISOString().slice(0, 10)
    const counted = secrets.current().strangers
    return counted?.day === day ? counted : { day, uids: [] }
  }
  return {
    isFriend: (uid: string) => friends.has(uid),
    befriend: (uid: string) => void friends.add(uid),
    unfriend: (uid: string) => void friends.delete(uid),
    left: () => Math.max(0, perDay - today().uids.length),
    /** True when this stranger may be answered today; counted, and the count stored, before anything is sent. */
    async admit(uid: string): Promise<boolean> {
      const { day, uids } = today()
      if (uids.includes(uid)) return true
      if (uids.length >= perDay) return false
      await secrets.change((given) => ({ ...given, strangers: { day, uids: [...uids, uid] } }))
      return true
    },
  }
}

export type Strangers = ReturnType<typeof createStrangers>
