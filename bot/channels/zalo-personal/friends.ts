import type { API } from "zca-js"
import type { Logger } from "../../logger.ts"
import type { Calls } from "./calls.ts"
import { faultName } from "./failures.ts"
import type { Strangers } from "./strangers.ts"

interface Dependencies {
  readonly calls: Calls
  readonly strangers: Strangers
  readonly logger: Logger
}

/** Keeps who is a friend of the account as Zalo tells it. */
export function createFriends({ calls, strangers, logger }: Dependencies) {
  const accept = async (uid: string, api: API) => {
    const accepted = await calls.attempt(() => api.acceptFriendRequest(uid))
    if (!accepted.ok) logger.warn({ fault: faultName(accepted.fault) }, "Zalo friend not accepted")
  }
  return {
    async read(api: API): Promise<void> {
      const friends = await calls.attempt(() => api.getAllFriends())
      if (friends.ok && Array.isArray(friends.value)) for (const { userId } of friends.value) strangers.befriend(String(userId))
      else logger.warn({}, "Zalo friends not read: everybody counts as a stranger")
    },
    /** `accepting`: with what a request is accepted, null when the commune does not want that. */
    changed(change: "added" | "removed" | "asks", uid: string, accepting: API | null): void {
      if (change === "added") strangers.befriend(uid)
      if (change === "removed") strangers.unfriend(uid)
      if (change === "asks" && accepting) void accept(uid, accepting)
    },
  }
}
