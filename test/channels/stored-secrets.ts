import type { SecretStore } from "../../bot/accounts/channel-kind.ts"

export interface StoredSecrets<Secrets> {
  /** What a process of its own sees: its writes fail when somebody else wrote since it read. */
  handle(): SecretStore<Secrets>
  /** All that was ever stored, oldest first. */
  readonly history: Secrets[]
  /** So many of the next writes fail, as on a full disk. */
  failWrites(count: number): void
}

/** Encrypted secrets of one account as several processes share them, without the encryption. */
export function storedSecrets<Secrets>(first: Secrets): StoredSecrets<Secrets> {
  const history = [first]
  let failing = 0
  return {
    history,
    failWrites: (count) => {
      failing = count
    },
    handle() {
      let version = 0
      return {
        read: async () => {
          await Promise.resolve()
          version = history.length
          return history[history.length - 1] as Secrets
        },
        write: async (secrets) => {
          await Promise.resolve()
          if (failing > 0) {
            failing -= 1
            throw new Error("The disk is full")
          }
          if (version !== history.length) throw new Error("Somebody else wrote since")
          history.push(secrets)
          version = history.length
        },
      }
    },
  }
}
